import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorkspace } from '../../../drizzle/bootstrap.ts';
import { openDatabase, type Database, type Db } from '../../../drizzle/database.ts';
import { findConnected } from '../../../drizzle/loop.ts';
import {
  insertMailbox,
  markDisconnected,
  setDesiredState,
  storeCredentials,
} from '../../../drizzle/mailboxes.ts';
import { deleteEngagement } from '../../../drizzle/engagement-deletion.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { address } from '../../support/message.ts';
import { createDatabase, type TestDatabase } from '../../support/postgres.ts';
import { aLoggedMail } from '../api/records.ts';

let home: TestDatabase;
let database: Database;
let ids: { workspaceId: string; userId: string };

beforeAll(async () => {
  home = await createDatabase();
  database = openDatabase(home.url, { maxConnections: 2 });
  ids = await createWorkspace(database.db, {
    ...{ token: 't', workspaceName: 'acme', adminName: 'Admin' },
    ...{ adminAddress: 'admin@acme.example', internalDomains: [] },
  });
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

const asApi = <T>(work: (db: Db) => Promise<T>) => database.inWorkspace(ids.workspaceId, work);
const SERVER = { host: 'h', port: 993, security: 'tls', username: 'u' } as const;

async function aStoredMailbox(name: string): Promise<string> {
  const id = crypto.randomUUID();
  const { workspaceId, userId } = ids;
  const mailbox = { id, workspaceId, userId, address: address(`${name}@acme.example`) };
  const more = { server: SERVER, provider: 'generic', policy: {} };
  await asApi((db) => insertMailbox(db, { ...mailbox, ...more }, Buffer.from('sealed')));
  return id;
}

test.each([
  'select envelope from mailbox_credentials',
  'select * from mailbox_credentials',
  "update mailbox_credentials set envelope = ''",
  'insert into mailbox_credentials select * from mailbox_credentials returning envelope',
  'select token_hash from access_tokens',
  'select * from batches',
  "update sightings set verdict = 'logged'",
  'delete from messages',
  "update messages set subject = 'x'",
  'update participants set is_internal = true',
  'update threads set created_at = now()',
  'delete from participants',
  "update mailbox_checkpoints set checkpoint = '{}'",
  'delete from sightings',
  'delete from threads',
  'delete from folders',
  'update folders set missing = 0',
  'update sightings set attempts = 0',
  "update mailbox_leases set holder = 'me'",
  'delete from mailbox_usage',
  'delete from mailbox_events',
  'select * from host_paces',
])('the API’s role may not: %s', async (statement) => {
  await aStoredMailbox(crypto.randomUUID());
  const attempt = asApi((db) => db.execute(sql.raw(statement)));
  await expect(attempt).rejects.toMatchObject({ cause: { code: '42501' } });
});

test('R53 credentials are written by the API’s role, each as its own version', async () => {
  const id = await aStoredMailbox('versions');
  const mailbox = { id, workspaceId: ids.workspaceId };
  const store = () => asApi((db) => storeCredentials(db, mailbox, SERVER, Buffer.from('new')));
  expect((await Promise.all([store(), store()])).sort()).toEqual([2, 3]);
  const latest = await asApi((db) => storeCredentials(db, mailbox, SERVER, Buffer.from('latest')));
  const found = await findConnected(database.db, id);
  expect([found?.credentialVersion, found?.envelope.toString()]).toEqual([latest, 'latest']);
});

test('R52 a paused mailbox starts paused when its workflow is lost', async () => {
  const id = await aStoredMailbox('paused');
  const isPaused = async () => (await findConnected(database.db, id))?.seed.paused;
  expect(await isPaused()).toBe(false);
  await asApi((db) => setDesiredState(db, id, 'paused'));
  expect(await isPaused()).toBe(true);
});

test('the workspace and the role end with the transaction', async () => {
  await aStoredMailbox('ends');
  await using single = openDatabase(home.url, { maxConnections: 1 });
  await single.inWorkspace(ids.workspaceId, (db) => db.select().from(tables.mailboxes));
  const after = sql`select current_setting('role') as role, current_setting('mailroom.workspace_id', true) as id`;
  const [row] = await single.db.execute<{ role: string; id: string }>(after);
  expect(row).toEqual({ role: 'none', id: '' });
});

test('R54 credentials are deleted by the API’s role, of this mailbox only', async () => {
  const [gone, kept] = [await aStoredMailbox('gone'), await aStoredMailbox('kept')];
  await asApi((db) => markDisconnected(db, gone));
  const left = await database.db
    .select({ id: tables.mailboxCredentials.mailboxId })
    .from(tables.mailboxCredentials);
  expect(left).toContainEqual({ id: kept });
  expect(left).not.toContainEqual({ id: gone });
});

test('R23 an engagement is deleted by the API’s role', async () => {
  const { engagementId } = await aLoggedMail(database.db, ids.workspaceId);
  expect(await asApi((db) => deleteEngagement(db, engagementId, ids.userId))).toBe(true);
});

test('R44 the API’s role adds messages to its own workspace only', async () => {
  const rival = await createWorkspace(database.db, {
    ...{ token: 'r', workspaceName: 'rival', adminName: 'Admin' },
    ...{ adminAddress: 'admin@rival.example', internalDomains: [] },
  });
  const add = (workspaceId: string) =>
    asApi((db) =>
      db.insert(tables.messages).values({
        ...{ workspaceId, messageKey: 'note:1', subject: '', fromRaw: '', size: 0 },
        ...{ inReplyTo: [], references: [], headerBlock: Buffer.alloc(0) },
        bodyStructure: { mediaType: 'text/plain', parameters: {}, parts: [] },
      }),
    );
  await add(ids.workspaceId);
  await expect(add(rival.workspaceId)).rejects.toMatchObject({ cause: { code: '42501' } });
});

test('without a workspace the API’s role sees nothing', async () => {
  await database.db.transaction(async (db) => {
    await db.execute(sql`set local role mailroom_api`);
    expect(await db.select().from(tables.mailboxes)).toEqual([]);
  });
});
