import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Services } from '../../../api/context.ts';
import { openDatabase, type Database } from '../../../drizzle/database.ts';
import { createDatabase, type TestDatabase } from '../../support/postgres.ts';
import { startTestApi, type TestApi } from './harness.ts';
import { aContact, aLoggedMail, aMailbox, anAccount, aThread } from './records.ts';

let home: TestDatabase;
let real: Database;
let api: TestApi;
let transactions = 0;

beforeAll(async () => {
  home = await createDatabase();
  real = openDatabase(home.url, { maxConnections: 4 });
  const database: Services['database'] = {
    db: real.db,
    inWorkspace: (workspaceId, work) => {
      transactions += 1;
      return real.inWorkspace(workspaceId, work);
    },
    listen: (channel, heard) => real.listen(channel, heard),
    load: () => real.load(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  api = await startTestApi({ database });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await real[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

const DOCUMENT = `{ contacts(first: 25) { nodes { name bouncedAddresses { address } accounts { name parent { name } } engagements(first: 10) {
  nodes { text bounces { recipient engagement { subject } } participants { address contact { name } } attachments { name } contacts { name }
    accounts { name engagements(first: 2) { nodes { subject } } }
    mailboxes { address counts { seen } checkpoint { folder } owner { name } } } } } }
  threads(first: 25) { nodes { subject participants engagementCount lastEngagementAt
    engagements { nodes { html calendar { uid } attachments(includeEmbedded: true) { name } } } } } }`;

async function transactionsFor(count: number): Promise<number> {
  const { db } = api.database;
  const { workspaceId } = api.acme;
  for (let n = 0; n < count; n += 1) {
    const contactIds = [await aContact(db, workspaceId, `c${n}@x.example`, `C ${n}`)];
    const accountIds = [await anAccount(db, workspaceId, `A ${n}`)];
    const mailboxId = await aMailbox(db, workspaceId);
    const threadId = await aThread(db, workspaceId);
    await aLoggedMail(db, workspaceId, {
      contactIds,
      accountIds,
      mailboxId,
      threadId,
      from: `c${n}@x.example`,
    });
  }
  transactions = 0;
  const answer = await api.ask(DOCUMENT);
  expect(answer.errors).toEqual([]);
  return transactions;
}

test('the number of reads depends on the levels of a query, not on the number of rows', async () => {
  const few = await transactionsFor(1);
  const many = await transactionsFor(20);
  expect(many).toBe(few);
});
