import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { toGlobalId } from '../../../api/ids.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { dataOf, startTestApi, type TestApi } from './harness.ts';
import { aMailbox, aSighting, aSkippedMail } from './records.ts';

let api: TestApi;
let workspaceId: string;
let mailboxId: string;

beforeAll(async () => {
  api = await startTestApi();
  ({ workspaceId } = api.acme);
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  api.orchestrator.reset();
  mailboxId = await aMailbox(api.database.db, workspaceId);
});

const DECISION = 'decision { verdict reason attempts retryAt advice evidence { name value } }';

async function run(field: string, input: object, selection: string): Promise<unknown> {
  const title = field.charAt(0).toUpperCase() + field.slice(1);
  const document = `mutation ($input: ${title}Input!) { ${field}(input: $input) {
    ${selection} userErrors { code field } } }`;
  return dataOf(await api.ask(document, { input }), field);
}

const aFailed = (more: Partial<typeof tables.sightings.$inferInsert> = {}) =>
  aSighting(api.database.db, workspaceId, mailboxId, { verdict: 'failed', attempts: 2, ...more });

async function rowOf(id: string) {
  const found = eq(tables.sightings.id, id);
  const [row] = await api.database.db.select().from(tables.sightings).where(found);
  return row;
}

test('R45 the quarantine is listed with attempts and what to do', async () => {
  await aFailed({ evidence: { problem: 'the server does not hand it out' } });
  const retryAt = new Date('2026-11-22T09:00:00Z');
  await aFailed({ retryAt, attempts: 1, decidedAt: new Date('2026-11-20T09:00:00Z') });
  const document = `query ($filter: DecisionFilter) { decisions(filter: $filter) {
    nodes { verdict attempts retryAt advice } } }`;
  const filter = { verdict: 'FAILED', mailboxId: toGlobalId('Mailbox', mailboxId) };
  expect(dataOf(await api.ask(document, { filter }), 'decisions')).toMatchObject({
    nodes: [
      { attempts: 2, retryAt: null, advice: expect.stringContaining('discard') as string },
      {
        ...{ attempts: 1, retryAt: retryAt.toISOString() },
        advice: expect.stringContaining('by itself') as string,
      },
    ],
  });
});

test('a failed message is tried again with the next visit, which comes at once', async () => {
  const id = await aFailed();
  const input = { decisionId: toGlobalId('Decision', id) };
  expect(await run('retryMessage', input, `confirmed ${DECISION}`)).toMatchObject({
    ...{ confirmed: true, userErrors: [] },
    decision: { verdict: 'FAILED', retryAt: expect.any(String) as string },
  });
  expect((await rowOf(id))?.retryAt?.getTime()).toBeLessThanOrEqual(Date.now());
  expect(api.orchestrator.told).toEqual([{ command: 'nudge', mailboxId }]);
});

test('all failed messages of one mailbox are tried again, and of no other', async () => {
  const ids = [await aFailed(), await aFailed()];
  const skipped = await aSkippedMail(api.database.db, workspaceId, mailboxId, 'draft');
  const other = await aMailbox(api.database.db, workspaceId);
  const elsewhere = await aSighting(api.database.db, workspaceId, other, { verdict: 'failed' });
  const input = { mailboxId: toGlobalId('Mailbox', mailboxId) };
  expect(await run('retryFailedMessages', input, 'messageCount confirmed')).toMatchObject({
    ...{ messageCount: 2, confirmed: true },
  });
  for (const id of ids) expect((await rowOf(id))?.retryAt).toBeInstanceOf(Date);
  for (const id of [skipped, elsewhere]) expect((await rowOf(id))?.retryAt).toBeNull();
});

test('a discarded message is skipped for good, and says who did it', async () => {
  const id = await aFailed({ retryAt: new Date(), evidence: { problem: 'broken' } });
  const input = { decisionId: toGlobalId('Decision', id) };
  expect(await run('discardMessage', input, DECISION)).toMatchObject({
    decision: {
      ...{ verdict: 'SKIPPED', reason: 'DISCARDED', retryAt: null },
      evidence: [
        { name: 'problem', value: 'broken' },
        { name: 'discardedBy', value: 'Admin of acme' },
      ],
    },
  });
  expect(await run('discardMessage', input, DECISION)).toMatchObject({
    ...{ decision: null, userErrors: [{ code: 'NOT_FAILED', field: ['input', 'decisionId'] }] },
  });
});

test('only failed messages are tried again or discarded', async () => {
  const id = await aSkippedMail(api.database.db, workspaceId, mailboxId, 'blacklisted');
  const input = { decisionId: toGlobalId('Decision', id) };
  for (const field of ['retryMessage', 'discardMessage']) {
    expect(await run(field, input, DECISION)).toMatchObject({
      ...{ decision: null, userErrors: [{ code: 'NOT_FAILED' }] },
    });
  }
  expect(await rowOf(id)).toMatchObject({ reason: 'blacklisted', retryAt: null });
});

test('R57 the quarantine of another workspace, or of somebody else’s mailbox, is out of reach', async () => {
  const id = await aFailed();
  const input = { decisionId: toGlobalId('Decision', id) };
  for (const field of ['retryMessage', 'discardMessage']) {
    const title = field.charAt(0).toUpperCase() + field.slice(1);
    const document = `mutation ($input: ${title}Input!) { ${field}(input: $input) { userErrors { code } } }`;
    const strange = await api.ask(document, { input }, api.rival);
    expect(strange.data).toEqual({ [field]: { userErrors: [{ code: 'NOT_FOUND' }] } });
    await api.asMember(async () => {
      const { errors } = await api.ask(document, { input });
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    });
  }
  expect(await rowOf(id)).toMatchObject({ verdict: 'failed', retryAt: null });
});

test('the function that discards obeys the wall around the workspace, whoever calls it', async () => {
  const id = await aFailed();
  const discard = sql`select mailroom_discard_failed(${id}::uuid, ${api.rival.userId}::uuid) as id`;
  const { database, rival } = api;
  expect(await database.inWorkspace(rival.workspaceId, (db) => db.execute(discard))).toEqual([
    { id: null },
  ]);
  expect(await rowOf(id)).toMatchObject({ verdict: 'failed' });
});
