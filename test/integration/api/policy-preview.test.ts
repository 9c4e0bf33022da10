import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toGlobalId } from '../../../api/ids.ts';
import type { SkipReason } from '../../../domain/decision.ts';
import { deleteEngagement } from '../../../drizzle/engagement-deletion.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { dataOf, startTestApi, type TestApi } from './harness.ts';
import { ERRORS } from './mailbox-actions.ts';
import { aContact, aLoggedMail, aMailbox, aSkippedMail } from './records.ts';

const DAY_MS = 24 * 3_600_000;
const ANSWER = `policyPreview { since messageCount isCut wouldBeLogged wouldBeSkipped effects {
  verdict reason count examples { subject from verdict reason } } } ${ERRORS}`;

let api: TestApi;
let mailboxId: string;
let otherId: string;

interface Preview {
  readonly policyPreview: Record<string, unknown> | null;
  readonly userErrors: readonly { code: string; field: string[] }[];
}

async function preview(input: object, tenant = api.acme): Promise<Preview> {
  const document = `query ($input: PolicyPreviewInput!) { policyPreview(input: $input) { ${ANSWER} } }`;
  return dataOf(await api.ask(document, { input }, tenant), 'policyPreview') as Preview;
}

/** Headers as they would have been fetched. */
async function withHeaders(sightingId: string, lines: readonly string[]): Promise<void> {
  await api.database.db.execute(sql`
    update messages set header_block = ${Buffer.from([...lines, '', ''].join('\r\n'))}
    where id = (select message_id from sightings where id = ${sightingId}::uuid)`);
}

async function skipped(
  reason: SkipReason,
  subject: string,
  from: string,
  more: readonly string[] = [],
  into = mailboxId,
): Promise<string> {
  const sketch = { subject, from };
  const id = await aSkippedMail(api.database.db, api.acme.workspaceId, into, reason, sketch);
  await withHeaders(id, [`From: ${from}`, 'To: admin@acme.example', ...more]);
  return id;
}

async function logged(subject: string): Promise<string> {
  const { workspaceId } = api.acme;
  const mail = { mailboxId, subject };
  const { sightingId, engagementId } = await aLoggedMail(api.database.db, workspaceId, mail);
  await withHeaders(sightingId, ['From: jill@customer.example', 'To: admin@acme.example']);
  return engagementId;
}

beforeAll(async () => {
  api = await startTestApi();
  const { db } = api.database;
  const { workspaceId } = api.acme;
  [mailboxId, otherId] = [await aMailbox(db, workspaceId), await aMailbox(db, workspaceId)];
  await aContact(db, workspaceId, 'jill@customer.example');
  await db
    .insert(tables.blacklistEntries)
    .values({ workspaceId, kind: 'domain', value: 'rival.example' });
  await logged('Order');
  await deleteEngagement(db, await logged('Deleted'), api.acme.userId);
  await skipped('unknown_sender', 'First', 'stranger@new.example');
  await skipped('unknown_sender', 'Second', 'stranger@new.example');
  await skipped('unknown_sender', 'Elsewhere', 'nobody@new.example', [], otherId);
  await skipped('blacklisted', 'Copied', 'jill@customer.example', ['Cc: spy@rival.example']);
  await skipped('bulk', 'News', 'jill@customer.example', ['List-Unsubscribe: <https://x.example>']);
  const old = await skipped('unknown_sender', 'Old', 'stranger@new.example');
  const arrivedAt = new Date(Date.now() - 31 * DAY_MS);
  await db.update(tables.sightings).set({ arrivedAt }).where(eq(tables.sightings.id, old));
  await skipped('before_start', 'Before', 'stranger@new.example');
});
afterAll(() => api[Symbol.asyncDispose]());

test('what would be logged that was not, by reason, with examples; nothing is stored', async () => {
  const { db } = api.database;
  const everything = async () =>
    JSON.stringify([
      await db.select().from(tables.sightings),
      await db.select().from(tables.workspaces),
    ]);
  const before = await everything();
  const { policyPreview } = await preview({
    policy: { unknownCorrespondents: 'ALWAYS', blacklistMode: 'SENDER_ONLY' },
  });
  expect(policyPreview).toMatchObject({
    ...{ messageCount: 7, isCut: false, wouldBeLogged: 4, wouldBeSkipped: 0 },
    effects: [
      { verdict: 'LOGGED', reason: 'UNKNOWN_SENDER', count: 3 },
      {
        ...{ verdict: 'LOGGED', reason: 'BLACKLISTED', count: 1 },
        examples: [
          {
            ...{ subject: 'Copied', from: 'Somebody <jill@customer.example>' },
            ...{ verdict: 'SKIPPED', reason: 'BLACKLISTED' },
          },
        ],
      },
    ],
  });
  const since = new Date(String(policyPreview?.['since'])).getTime();
  expect(Math.abs(Date.now() - 30 * DAY_MS - since)).toBeLessThan(60_000);
  expect(await everything()).toBe(before);
});

test('what would be skipped that was logged: R11 internal domains that are proposed count too', async () => {
  const internalDomains = ['acme.example', 'customer.example'];
  const { policyPreview } = await preview({ preset: 'SHOP', internalDomains });
  expect(policyPreview).toMatchObject({
    ...{ wouldBeLogged: 3, wouldBeSkipped: 1 },
    effects: [
      { verdict: 'LOGGED', reason: 'UNKNOWN_SENDER', count: 3 },
      { verdict: 'SKIPPED', reason: 'INTERNAL', count: 1, examples: [{ subject: 'Order' }] },
    ],
  });
  expect((await preview({})).policyPreview).toMatchObject({ effects: [], messageCount: 7 });
});

test('one mailbox, and mailboxes that chose for themselves', async () => {
  const one = {
    mailboxId: toGlobalId('Mailbox', otherId),
    policy: { unknownCorrespondents: 'ALWAYS' },
  };
  expect((await preview(one)).policyPreview).toMatchObject({ messageCount: 1, wouldBeLogged: 1 });
  const { db } = api.database;
  const choose = (policy: object) =>
    db.update(tables.mailboxes).set({ policy }).where(eq(tables.mailboxes.id, otherId));
  await choose({ unknownCorrespondents: 'never' });
  expect((await preview({ preset: 'SHOP' })).policyPreview).toMatchObject({ wouldBeLogged: 2 });
  await choose({});
});

test('a change that would be refused is refused here with the same words, and foreign mailboxes are none', async () => {
  const wrong = await preview({ policy: { history: { mode: 'DAYS' } }, internalDomains: ['com'] });
  expect(wrong.policyPreview).toBeNull();
  expect(wrong.userErrors).toMatchObject([
    { code: 'REQUIRED', field: ['input', 'policy', 'history', 'days'] },
    { code: 'INVALID_DOMAIN', field: ['input', 'internalDomains', '0'] },
  ]);
  const mixed = await preview({ mailboxId: toGlobalId('Mailbox', otherId), preset: 'SHOP' });
  expect(mixed.userErrors).toMatchObject([{ code: 'INVALID_SETTINGS' }]);
  const foreign = await preview({ mailboxId: toGlobalId('Mailbox', otherId) }, api.rival);
  expect(foreign.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['input', 'mailboxId'] }]);
  expect((await preview({ preset: 'SHOP' }, api.rival)).policyPreview).toMatchObject({
    ...{ messageCount: 0, isCut: false, effects: [] },
  });
});

test('R57 the preview is for admins', async () => {
  await api.asMember(async () => {
    const answer = await api.ask(`{ policyPreview(input: {}) { ${ANSWER} } }`);
    expect(answer.errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});

test('at most the 5,000 newest decisions are looked at, and the answer says so', async () => {
  const { db } = api.database;
  const copied = await skipped('unknown_sender', 'Many', 'stranger@new.example');
  await db.execute(sql`
    insert into sightings (workspace_id, mailbox_id, folder_id, uid_validity, uid, flags, size, arrived_at, stage,
                           verdict, reason, message_id, decided_at)
    select workspace_id, mailbox_id, folder_id, '2', n, flags, size, arrived_at, stage, verdict, reason, message_id,
           decided_at + n * interval '1 microsecond'
    from sightings, generate_series(1, 4999) as n where id = ${copied}::uuid`);
  expect((await preview({ preset: 'SHOP' })).policyPreview).toMatchObject({
    ...{ messageCount: 1, isCut: true, wouldBeLogged: 1 },
  });
});
