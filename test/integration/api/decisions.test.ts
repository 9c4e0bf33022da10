import { afterAll, beforeAll, expect, test } from 'vitest';
import { toGlobalId } from '../../../api/ids.ts';
import { REASON_TEXTS, SKIP_REASONS } from '../../../domain/decision.ts';
import { dataOf, startTestApi, type TestApi } from './harness.ts';
import { aContact, aLoggedMail, aMailbox, anAccount, aSighting, aSkippedMail } from './records.ts';

const DECISIONS = `query ($filter: DecisionFilter) { decisions(filter: $filter, first: 100) { nodes {
  verdict reason explanation advice evidence { name value } mailbox { address } folder uid
  internetMessageId from subject decidedAt engagement { subject } } } }`;

interface Found {
  nodes: { verdict: string; reason: string | null; explanation: string; advice: string | null }[];
}

let api: TestApi;
let workspaceId: string;
let mailboxId: string;

beforeAll(async () => {
  api = await startTestApi();
  ({ workspaceId } = api.acme);
  mailboxId = await aMailbox(api.database.db, workspaceId, 'sales@acme.example');
});
afterAll(() => api[Symbol.asyncDispose]());

async function ask(filter: object): Promise<Found> {
  return dataOf(await api.ask(DECISIONS, { filter }), 'decisions') as Found;
}

test('R45 a skipped message says why, in words, on what evidence, and what to do', async () => {
  const sketch = { from: 'spammer@example.com', subject: 'Buy now' };
  await aSkippedMail(api.database.db, workspaceId, mailboxId, 'blacklisted', sketch);
  expect(await ask({ address: 'Spammer@EXAMPLE.com' })).toMatchObject({
    nodes: [
      {
        ...{ verdict: 'SKIPPED', reason: 'BLACKLISTED' },
        explanation:
          'The sender or a recipient was on the blacklist, by the entry example.com; the entry has been removed since.',
        advice:
          'Nothing to do for later mail. This message stays out until somebody has it decided again.',
        evidence: [{ name: 'entry', value: 'example.com' }],
        ...{ mailbox: { address: 'sales@acme.example' }, uid: 1 },
        ...{ from: 'Somebody <spammer@example.com>', subject: 'Buy now', engagement: null },
      },
    ],
  });
});

test('R45 a logged message says on whose timelines', async () => {
  const jill = await aContact(api.database.db, workspaceId, 'jill@customer.example', 'Jill Doe');
  const joe = await aContact(api.database.db, workspaceId, 'joe@customer.example', '');
  const customer = await anAccount(api.database.db, workspaceId, 'Customer Ltd');
  await aLoggedMail(api.database.db, workspaceId, {
    ...{ from: 'logged@customer.example', contactIds: [jill, joe], accountIds: [customer] },
  });
  expect(await ask({ address: 'logged@customer.example' })).toMatchObject({
    nodes: [
      {
        ...{ verdict: 'LOGGED', reason: null, advice: null, engagement: { subject: 'Offer' } },
        explanation: expect.stringMatching(
          /^The message was logged on the contacts joe@customer\.example, Jill Doe and the account Customer Ltd\. /,
        ) as string,
      },
    ],
  });
});

test('R45 a message that could not be processed says so, though nothing of it could be read', async () => {
  await aSighting(api.database.db, workspaceId, mailboxId, { verdict: 'failed' });
  const { nodes } = await ask({ verdict: 'FAILED' });
  expect(nodes).toMatchObject([
    { reason: null, from: null, subject: null, internetMessageId: null, engagement: null },
  ]);
  expect(nodes[0]?.explanation).toMatch(/could not be processed/);
  expect(nodes[0]?.advice).toBeTruthy();
});

test('R45 every reason can be stored, asked for and explained', async () => {
  for (const reason of SKIP_REASONS) {
    await aSkippedMail(api.database.db, workspaceId, mailboxId, reason, { from: 'all@x.example' });
    const filter = { reason: reason.toUpperCase(), address: 'all@x.example' };
    const [found] = (await ask(filter)).nodes;
    if (reason === 'blacklisted') continue;
    expect(found).toMatchObject(REASON_TEXTS[reason]);
  }
});

test('R45 decisions are asked for by message, by mailbox and by time', async () => {
  const other = await aMailbox(api.database.db, workspaceId);
  const decidedAt = new Date('2026-01-05T12:00:00Z');
  const skipped = { verdict: 'skipped' as const, reason: 'draft' as const, decidedAt };
  await aSighting(api.database.db, workspaceId, other, skipped);
  const inOther = { mailboxId: toGlobalId('Mailbox', other) };
  expect((await ask(inOther)).nodes).toHaveLength(1);
  expect((await ask({ ...inOther, since: decidedAt })).nodes).toHaveLength(1);
  expect((await ask({ ...inOther, until: decidedAt })).nodes).toEqual([]);
  const { messageId } = await aLoggedMail(api.database.db, workspaceId);
  const internetMessageId = ` <${messageId}@example.com>`;
  expect((await ask({ internetMessageId })).nodes).toMatchObject([{ verdict: 'LOGGED' }]);
});

test('R45 a message that is still on its way has no decision', async () => {
  const waiting = await aMailbox(api.database.db, workspaceId);
  await aSighting(api.database.db, workspaceId, waiting, { stage: 'fetched', decidedAt: null });
  expect((await ask({ mailboxId: toGlobalId('Mailbox', waiting) })).nodes).toEqual([]);
  const { data } = await api.ask(
    'query ($id: ID!) { mailbox(id: $id) { counts { seen logged } } }',
    {
      id: toGlobalId('Mailbox', waiting),
    },
  );
  expect(data).toEqual({ mailbox: { counts: { seen: 1, logged: 0 } } });
});
