import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toGlobalId } from '../../../api/ids.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { dataOf, startTestApi, type TestApi } from './harness.ts';
import { aFolder, aMailbox } from './records.ts';

let api: TestApi;
let workspaceId: string;

beforeAll(async () => {
  api = await startTestApi();
  ({ workspaceId } = api.acme);
});
afterAll(() => api[Symbol.asyncDispose]());

const CHECKED_AT = new Date('2026-11-22T08:00:00.000Z');

async function show(mailboxId: string, selection: string): Promise<unknown> {
  const document = `query ($id: ID!) { mailbox(id: $id) { ${selection} } }`;
  return dataOf(await api.ask(document, { id: toGlobalId('Mailbox', mailboxId) }), 'mailbox');
}

async function aFolderWith(
  mailboxId: string,
  path: string,
  values: Partial<typeof tables.folders.$inferInsert>,
): Promise<string> {
  const id = await aFolder(api.database.db, workspaceId, mailboxId, path);
  await api.database.db.update(tables.folders).set(values).where(eq(tables.folders.id, id));
  return id;
}

test('R56 the mailbox says what is on the server, what is recorded and what is missing', async () => {
  const id = await aMailbox(api.database.db, workspaceId);
  const selection = 'coverage { onServer recorded missing checkedAt }';
  await aFolder(api.database.db, workspaceId, id, 'INBOX');
  expect(await show(id, selection)).toEqual({ coverage: null });
  const checkedAt = CHECKED_AT;
  await aFolderWith(id, 'Sent', { onServer: 7, recorded: 5, missing: 2, checkedAt });
  await aFolderWith(id, 'Kunden', { onServer: 3, recorded: 3, missing: 0, checkedAt });
  expect(await show(id, selection)).toEqual({
    coverage: { onServer: 10, recorded: 8, missing: 2, checkedAt: CHECKED_AT.toISOString() },
  });
});

test('R56 each folder says what was found in it, and why it is left alone', async () => {
  const id = await aMailbox(api.database.db, workspaceId);
  const parkedUntil = CHECKED_AT;
  await aFolderWith(id, 'Shared', { parkedUntil, parkedFor: 'NOPERM' });
  await aFolderWith(id, 'Old', { parkedUntil: new Date('9999-12-31'), parkedFor: 'gone' });
  await aFolderWith(id, 'INBOX', { uidValidity: '7', onServer: 4, recorded: 4, missing: 0 });
  const selection =
    'folders { path use uidValidity onServer recorded missing checkedAt parkedUntil parkedFor }';
  expect(await show(id, selection)).toEqual({
    folders: [
      {
        ...{ path: 'INBOX', use: 'OTHER', uidValidity: '7', onServer: 4, recorded: 4, missing: 0 },
        ...{ checkedAt: null, parkedUntil: null, parkedFor: null },
      },
      expect.objectContaining({
        ...{ path: 'Old', parkedUntil: null },
        parkedFor: 'The server does not have it any more.',
      }),
      {
        ...{ path: 'Shared', use: 'OTHER', uidValidity: null, onServer: null, recorded: null },
        ...{ missing: null, checkedAt: null },
        ...{ parkedUntil: CHECKED_AT.toISOString(), parkedFor: 'The account may not read it.' },
      },
    ],
  });
});

test('R56 octets and logins stand beside the allowance of the provider, or of the admin', async () => {
  const { db } = api.database;
  const id = await aMailbox(db, workspaceId);
  const selection = `provider { code name } protocol
    usage { bytes bytesPerDay liveBytes backfillBytes logins loginsPerHour }`;
  const hour = (ago: number) => sql`date_trunc('hour', now(), 'UTC') - ${ago} * interval '1 hour'`;
  await db.insert(tables.mailboxUsage).values([
    { workspaceId, mailboxId: id, hour: hour(0), received: 3_000_000_000, sent: 5, logins: 3 },
    { workspaceId, mailboxId: id, hour: hour(5), received: 1_000, sent: 0, logins: 9 },
    { workspaceId, mailboxId: id, hour: hour(30), received: 77, sent: 0, logins: 1 },
  ]);
  expect(await show(id, selection)).toMatchObject({
    ...{ provider: { code: 'generic' }, protocol: 'IMAP' },
    usage: { bytes: 3_000_001_005, logins: 3 },
  });
  const policy = { bytesPerDay: 10_000_000, loginsPerHour: 6 };
  await db.update(tables.mailboxes).set({ policy }).where(eq(tables.mailboxes.id, id));
  expect(await show(id, selection)).toMatchObject({
    usage: {
      ...{ bytesPerDay: 10_000_000, liveBytes: 8_000_000, backfillBytes: 4_000_000 },
      loginsPerHour: 6,
    },
  });
});

test('R56 what is put off shows with its reason until its time has come', async () => {
  const { db } = api.database;
  const id = await aMailbox(db, workspaceId);
  const until = Date.now() + 3_600_000;
  const putOff = async (deferred: typeof tables.mailboxes.$inferInsert.deferred) => {
    await db.update(tables.mailboxes).set({ deferred }).where(eq(tables.mailboxes.id, id));
    return show(id, 'deferred { lane reason until }');
  };
  const expected = {
    lane: 'BACKFILL',
    reason: 'BYTES_SPENT',
    until: new Date(until).toISOString(),
  };
  expect(await putOff({ lane: 'backfill', reason: 'bytes_spent', until })).toEqual({
    deferred: expected,
  });
  const past = { lane: 'live', reason: 'host_busy', until: Date.now() - 1 } as const;
  expect(await putOff(past)).toEqual({ deferred: null });
});

test('R56 the import counts what is decided of the history, and says how it ended', async () => {
  const { db } = api.database;
  const mailboxId = await aMailbox(db, workspaceId);
  const selection = 'import { total done remaining estimatedBytes stopped finishedAt }';
  expect(await show(mailboxId, selection)).toEqual({ import: null });
  const history = { uidValidity: '7', importedBelow: 100, importTotal: 10 };
  const folderId = await aFolderWith(mailboxId, 'INBOX', history);
  const sighting = { workspaceId, mailboxId, folderId, flags: [], size: 1, arrivedAt: new Date() };
  const decided = { stage: 'decided', verdict: 'failed', decidedAt: new Date() } as const;
  await db.insert(tables.sightings).values([
    { ...sighting, ...decided, uidValidity: '7', uid: 99 },
    { ...sighting, ...decided, uidValidity: '7', uid: 98 },
    { ...sighting, uidValidity: '7', uid: 97 },
    // Not of the history: it came later. Not of this epoch.
    { ...sighting, ...decided, uidValidity: '7', uid: 100 },
    { ...sighting, ...decided, uidValidity: '6', uid: 1 },
  ]);
  const at = { uidValidity: '7', lastUid: 100 };
  const reading = { [folderId]: { ...at, backfill: { next: 97, downTo: 0 } } };
  await db
    .insert(tables.mailboxCheckpoints)
    .values({ mailboxId, workspaceId, checkpoint: reading });
  expect(await show(mailboxId, selection)).toMatchObject({
    import: { total: 10, done: 2, remaining: 8, stopped: false, finishedAt: null },
  });
  await db
    .update(tables.mailboxCheckpoints)
    .set({ checkpoint: { [folderId]: at } })
    .where(eq(tables.mailboxCheckpoints.mailboxId, mailboxId));
  const event = { workspaceId, mailboxId };
  await db.insert(tables.mailboxEvents).values([
    { ...event, kind: 'import_stopped', at: CHECKED_AT },
    { ...event, kind: 'alert', at: new Date() },
  ]);
  expect(await show(mailboxId, selection)).toMatchObject({
    import: { done: 2, remaining: 0, estimatedBytes: 0, stopped: true, finishedAt: null },
  });
  const later = new Date(CHECKED_AT.getTime() + 1_000);
  await db.insert(tables.mailboxEvents).values({ ...event, kind: 'import_finished', at: later });
  expect(await show(mailboxId, selection)).toMatchObject({
    import: { stopped: false, finishedAt: later.toISOString() },
  });
});

test('R56 what happened is listed newest first, in words, page by page', async () => {
  const { db } = api.database;
  const mailboxId = await aMailbox(db, workspaceId);
  const folderId = await aFolder(db, workspaceId, mailboxId, 'INBOX');
  const event = { workspaceId, mailboxId };
  const at = (second: number) => new Date(CHECKED_AT.getTime() + second * 1_000);
  await db.insert(tables.mailboxEvents).values([
    { ...event, kind: 'failing', details: { code: 'timed_out' }, at: at(1) },
    { ...event, kind: 'uid_validity_changed', folderId, at: at(2) },
    { ...event, kind: 'recovered', at: at(3) },
  ]);
  await db.insert(tables.mailboxEvents).values({
    ...{ workspaceId, mailboxId: await aMailbox(db, workspaceId), kind: 'alert', at: at(9) },
  });
  const page = async (args: string) => {
    const selection = `events${args} { nodes { kind folder message at } pageInfo { hasNextPage endCursor } }`;
    return (await show(mailboxId, selection)) as {
      events: { nodes: unknown[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    };
  };
  const { events: first } = await page('(first: 2)');
  expect(first.nodes).toMatchObject([
    { kind: 'RECOVERED', folder: null, at: at(3).toISOString() },
    { kind: 'UID_VALIDITY_CHANGED', folder: 'INBOX' },
  ]);
  expect(first.pageInfo.hasNextPage).toBe(true);
  const { events: second } = await page(`(first: 2, after: "${first.pageInfo.endCursor}")`);
  expect(second).toMatchObject({
    nodes: [{ kind: 'FAILING', message: expect.stringContaining('in time') as string }],
    pageInfo: { hasNextPage: false },
  });
});

test('R57 nothing of another workspace’s mailbox is seen', async () => {
  const { db } = api.database;
  const id = await aMailbox(db, workspaceId);
  const document = 'query ($id: ID!) { mailbox(id: $id) { events { nodes { kind } } } }';
  const answer = await api.ask(document, { id: toGlobalId('Mailbox', id) }, api.rival);
  expect(answer.data).toEqual({ mailbox: null });
});
