import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toGlobalId } from '../../../api/ids.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { dataOf, startTestApi, type TestApi } from './harness.ts';
import { aContact, aLoggedMail, aMailbox, anAccount, aSighting, aSkippedMail } from './records.ts';

const WHY = `query ($filter: DecisionFilter) { decisions(filter: $filter) { nodes {
  verdict reason explanation advice } } }`;
const MISSING = `query ($input: WhyMissingInput!) { whyMissing(input: $input) {
  decisions { verdict reason } causes { code explanation advice } } }`;

interface Why {
  readonly verdict: string;
  readonly explanation: string;
  readonly advice: string | null;
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

async function why(filter: object): Promise<readonly Why[]> {
  const { nodes } = dataOf(await api.ask(WHY, { filter }), 'decisions') as { nodes: Why[] };
  return nodes;
}

/** A skipped message with this evidence, found by its sender. */
async function skipped(reason: (typeof tables.sightings.$inferInsert)['reason'], evidence: object) {
  const from = `${crypto.randomUUID()}@customer.example`;
  const id = await aSkippedMail(api.database.db, workspaceId, mailboxId, reason ?? 'draft', {
    from,
  });
  await api.database.db.execute(
    sql`update sightings set evidence = ${JSON.stringify(evidence)}::jsonb where id = ${id}`,
  );
  const [found] = await why({ address: from });
  return found;
}

test('R45 a blacklisted message names the entry, and who added it when, as long as it is there', async () => {
  const entry = 'x.example';
  const note = { workspaceId, kind: 'domain' as const, value: entry };
  const createdAt = new Date('2026-01-05T00:00:00Z');
  await api.database.db
    .insert(tables.blacklistEntries)
    .values({ ...note, authorId: api.acme.userId, createdAt });
  const evidence = { entry, address: 'jane@x.example', role: 'from' };
  expect(await skipped('blacklisted', evidence)).toMatchObject({
    explanation:
      'jane@x.example, the sender, is on the blacklist, by the entry x.example. It was added by Admin of acme on 5 January 2026.',
    advice: expect.stringMatching(
      /^An admin can remove the entry x\.example from the blacklist/,
    ) as string,
  });
  await api.database.db.delete(tables.blacklistEntries);
  expect(await skipped('blacklisted', evidence)).toMatchObject({
    explanation: expect.stringContaining('the entry has been removed since') as string,
  });
});

test('R45 an unknown sender is told from one who has become a contact since (R4)', async () => {
  expect(await skipped('unknown_sender', { sender: 'new@firm.example' })).toMatchObject({
    explanation:
      'No contact had the address new@firm.example, and no account owned exactly the domain firm.example.',
    advice:
      'Add new@firm.example to a contact, or the domain firm.example to an account; later mail is then filed. This message stays out until somebody has it decided again.',
  });
  await aContact(api.database.db, workspaceId, 'new@firm.example', 'Nina New');
  expect(await skipped('unknown_sender', { sender: 'new+tag@firm.example' })).toMatchObject({
    advice:
      'Nothing to do for later mail: today the contact Nina New has this address. This message stays out until somebody has it decided again.',
  });
});

test('R23, R45 a deleted engagement says who deleted it; a duplicate, what is there', async () => {
  const { db } = api.database;
  const mail = await aLoggedMail(db, workspaceId, { from: 'gone@customer.example', mailboxId });
  const repeat = { verdict: 'skipped', messageId: mail.messageId } as const;
  await aSighting(db, workspaceId, mailboxId, { ...repeat, reason: 'duplicate' });
  const [duplicate] = await why({ address: 'gone@customer.example', reason: 'DUPLICATE' });
  expect(duplicate?.explanation).toMatch(/already been logged from this mailbox, as “Offer” of /);
  const engagementId = toGlobalId('Engagement', mail.engagementId);
  await api.ask(
    `mutation { deleteEngagement(input: { engagementId: "${engagementId}" }) { deletedEngagementId } }`,
  );
  await aSighting(db, workspaceId, mailboxId, { ...repeat, reason: 'engagement_deleted' });
  const found = await why({ address: 'gone@customer.example' });
  expect(found.map(({ explanation }) => explanation)).toEqual([
    expect.stringMatching(/^Admin of acme deleted this message from the timelines on /),
    expect.stringContaining('already been logged'),
    'The message was logged, and deleted from the timelines later by Admin of acme.',
  ]);
});

test('R14, R17, R30, R45 a logged message says by which address each contact was found, and why the account', async () => {
  const { db } = api.database;
  const jill = await aContact(db, workspaceId, 'jill@big.example', 'Jill');
  const nameless = await aContact(db, workspaceId, 'cc@big.example', '');
  const account = await anAccount(db, workspaceId, 'Big Ltd');
  await db.execute(sql`update contacts set default_account_id = ${account} where id = ${jill}`);
  const mail = await aLoggedMail(db, workspaceId, {
    ...{ from: 'jill+crm@big.example', to: ['admin@acme.example', 'cc@big.example'] },
    ...{ contactIds: [jill, nameless], accountIds: [account], mailboxId },
  });
  const source = JSON.stringify({ messageId: mail.messageId, mailboxId });
  await db.execute(sql`update contacts set source = ${source}::jsonb where id = ${nameless}`);
  const [found] = await why({ address: 'JILL@big.example' });
  expect(found?.explanation).toBe(
    'The message was logged on the contacts cc@big.example, Jill and the account Big Ltd. ' +
      'cc@big.example (recipient) was nobody’s yet and became the contact cc@big.example, as the policy for unknown people says. ' +
      'jill+crm@big.example (sender) is, without its tag, an address of Jill. Big Ltd is the default account of Jill.',
  );
});

test('R45 a failed message says what is in the way, and what happens next', async () => {
  const retryAt = new Date('2026-01-05T14:04:00Z');
  const evidence = { problem: 'the server does not hand it out' };
  const failed = { verdict: 'failed', evidence, attempts: 3 } as const;
  await aSighting(api.database.db, workspaceId, mailboxId, { ...failed, retryAt });
  expect(await why({ verdict: 'FAILED' })).toMatchObject([
    {
      explanation:
        'The message could not be processed and was set aside: the server does not hand it out. It was tried 3 times.',
      advice: 'Nothing to do: it is tried again by itself on 5 January 2026, 14:04 UTC.',
    },
  ]);
});

test('R14, R45 decisions are found by id in any brackets, address with any tag, folder and subject', async () => {
  const { db } = api.database;
  const { messageId, sightingId } = await aLoggedMail(db, workspaceId, {
    ...{ from: 'who+x@tags.example', subject: '100% Sure_Thing', mailboxId },
  });
  await db.execute(sql`update folders set path = 'INBOX/Kunden'
    where id = (select folder_id from sightings where id = ${sightingId})`);
  const asked = [
    ...[`${messageId}@example.com`, ` <${messageId}@example.com>\n`].map((id) => ({
      internetMessageId: id,
    })),
    ...['who@tags.example', 'WHO+x@Tags.example', 'who+y@tags.example'].map((address) => ({
      address,
    })),
    ...[{ folder: 'inbox/kunden' }, { subject: '100% SURE_' }],
  ];
  for (const filter of asked) expect(await why(filter), JSON.stringify(filter)).toHaveLength(1);
  const others = [
    ...[{ address: 'who+x@other.example' }, { address: 'wh@tags.example' }, { folder: 'INBOX' }],
    ...[{ subject: '100%%' }, { subject: 'sure thing' }, { internetMessageId: messageId }],
  ];
  for (const filter of others) expect(await why(filter), JSON.stringify(filter)).toEqual([]);
});

test('R45 of a message that was never seen, the state of the mailbox says where it may be', async () => {
  const { db } = api.database;
  const id = await aMailbox(db, workspaceId, 'away@acme.example');
  const lastSuccessAt = new Date('2026-01-05T14:00:00Z');
  await db.execute(sql`update mailboxes set state = 'paused', desired_state = 'paused',
    last_success_at = ${lastSuccessAt.toISOString()} where id = ${id}`);
  await aSighting(db, workspaceId, id, { stage: 'fetched', decidedAt: null });
  await aSkippedMail(db, workspaceId, mailboxId, 'bulk', { from: 'seen@elsewhere.example' });
  const ask = async (input: object) =>
    dataOf(
      await api.ask(MISSING, { input: { mailboxId: toGlobalId('Mailbox', id), ...input } }),
      'whyMissing',
    ) as { decisions: object[]; causes: { code: string; explanation: string }[] };
  const { decisions, causes } = await ask({ address: 'seen@elsewhere.example' });
  expect(decisions).toEqual([{ verdict: 'SKIPPED', reason: 'BULK' }]);
  expect(causes.map(({ code }) => code)).toEqual([
    ...['PAUSED', 'BEING_DECIDED', 'FOLDER_NOT_READ', 'NOT_IN_MAILBOX'],
  ]);
  expect(causes[0]?.explanation).toBe(
    'away@acme.example is paused. It was last read on 5 January 2026, 14:00 UTC.',
  );
  const earlier = await ask({ arrivedAt: '2026-01-04T00:00:00Z' });
  expect([earlier.decisions, earlier.causes[0]?.code]).toEqual([[], 'BEING_DECIDED']);
});
