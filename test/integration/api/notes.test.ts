import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toGlobalId } from '../../../api/ids.ts';
import { earlierVerdicts } from '../../../drizzle/verdicts.ts';
import { messageIdByKey } from '../../../drizzle/notes.ts';
import { messageKeyOf, readRawMessage } from '../../../mail/raw-message.ts';
import { dataOf, startTestApi, type TestApi } from './harness.ts';
import { aContact, aMailbox, anAccount, aSighting } from './records.ts';

const NOTE = `engagement { id kind author { name } direction subject text replyText html occurredAt
  internetMessageId participants { role address name isInternal } contacts { id } accounts { name }
  mailboxes { address } attachments { name } thread { id } }
  recognized { form from subject sentAt participants { address } } wasLogged userErrors { code message field }`;
const LOG = `mutation ($input: LogNoteInput!) { logNote(input: $input) { ${NOTE} } }`;
const UPDATE = `mutation ($input: UpdateEngagementInput!) { updateEngagement(input: $input) {
  engagement { subject text replyText occurredAt } userErrors { code field } } }`;
const DELETE = `mutation ($input: DeleteEngagementInput!) {
  deleteEngagement(input: $input) { deletedEngagementId } }`;
const TIMELINE = `query ($id: ID!) { contact(id: $id) {
  engagements { nodes { id } } accounts { engagements { nodes { id } } } } }`;

interface Logged {
  readonly engagement: Record<string, unknown> & { readonly id: string; readonly subject: string };
  readonly recognized: object | null;
  readonly wasLogged: boolean | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] }[];
}

let api: TestApi;
let workspaceId: string;
let jill: string;
let contactIds: readonly string[];

beforeAll(async () => {
  api = await startTestApi();
  ({ workspaceId } = api.acme);
  const { db } = api.database;
  jill = await aContact(db, workspaceId, 'jill@customer.example', 'Jill Doe');
  contactIds = [toGlobalId('Contact', jill)];
  const [first, second] = [
    await anAccount(db, workspaceId, 'First Ltd'),
    await anAccount(db, workspaceId, 'Second Ltd'),
  ];
  for (const accountId of [first, second]) {
    await db.execute(sql`insert into contact_accounts (workspace_id, contact_id, account_id)
      values (${workspaceId}, ${jill}, ${accountId})`);
  }
  await db.execute(sql`update contacts set default_account_id = ${first} where id = ${jill}`);
});
afterAll(() => api[Symbol.asyncDispose]());

async function log(input: object): Promise<Logged> {
  return dataOf(await api.ask(LOG, { input: { contactIds, ...input } }), 'logNote') as Logged;
}

const raw = (subject: string, id: string | null = `${subject}@customer.example`): string =>
  [
    ...['Received: from somewhere', 'From: Jill Doe <jill@customer.example>'],
    ...['To: Admin <admin@acme.example>', `Subject: ${subject}`],
    'Date: Mon, 5 Jan 2026 15:04:00 +0100',
    ...(id === null ? [] : [`Message-ID: <${id}>`]),
    ...['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '', '--b'],
    ...['Content-Type: text/html', '', '<p onclick=x>Yes</p>', '--b'],
    ...['Content-Type: application/pdf; name=offer.pdf', '', '%PDF', '--b--', ''],
  ].join('\n');

test('R44 a note stands on the timelines of the contact and its default account, with its author', async () => {
  const occurredAt = '2026-01-05T10:00:00.000Z';
  const text = 'Called Jill.\n\nOn Mon, Jan 5, 2026, Jill wrote:\n> call me';
  const { engagement, recognized, wasLogged } = await log({ text, subject: ' Call ', occurredAt });
  expect(engagement).toMatchObject({
    ...{ kind: 'NOTE', author: { name: 'Admin of acme' }, direction: 'OUTGOING', subject: 'Call' },
    ...{ text, replyText: 'Called Jill.', html: null, occurredAt, participants: [], thread: null },
    ...{ contacts: [{ id: contactIds[0] }], accounts: [{ name: 'First Ltd' }], mailboxes: [] },
  });
  expect([recognized, wasLogged]).toEqual([null, false]);
  const id = contactIds[0];
  const { data } = await api.ask(TIMELINE, { id });
  expect(data).toMatchObject({
    contact: {
      engagements: { nodes: [{ id: engagement.id }] },
      accounts: expect.arrayContaining([
        { engagements: { nodes: [{ id: engagement.id }] } },
      ]) as unknown,
    },
  });
});

test('R44 a message copied out of a mail program says itself who wrote when', async () => {
  const text = [
    ...['Von: Jill Doe <jill@customer.example>', 'Gesendet: Montag, 5. Januar 2026 15:04'],
    ...['An: Admin', 'Betreff: Angebot', '', 'Gern!', '', 'Von: Admin', 'Betreff: alt'],
  ].join('\r\n');
  const { engagement, recognized } = await log({ text, timeZone: 'Europe/Berlin' });
  expect(engagement).toMatchObject({
    ...{ kind: 'NOTE', direction: 'INCOMING', subject: 'Angebot', internetMessageId: null },
    occurredAt: '2026-01-05T14:04:00.000Z',
    participants: [
      { role: 'FROM', address: 'jill@customer.example', name: 'Jill Doe', isInternal: false },
    ],
  });
  expect(engagement['text']).toMatch(/^Gern!/);
  expect(recognized).toMatchObject({ form: 'HEADER', from: 'Jill Doe <jill@customer.example>' });
  const own = text.replace('jill@customer.example', 'admin@acme.example');
  expect((await log({ text: own })).engagement).toMatchObject({ direction: 'OUTGOING' });
  const told = { subject: 'Mine', direction: 'OUTGOING', occurredAt: '2026-02-01T00:00:00.000Z' };
  expect((await log({ text, ...told })).engagement).toMatchObject(told);
});

test('R44 the whole source of a message brings its content and its files', async () => {
  const { engagement, recognized } = await log({ text: raw('Source') });
  expect(engagement).toMatchObject({
    ...{ kind: 'NOTE', direction: 'INCOMING', subject: 'Source', html: '<p>Yes</p>' },
    ...{ text: 'Yes', internetMessageId: 'Source@customer.example' },
    attachments: [{ name: 'offer.pdf' }],
    participants: [{ role: 'FROM' }, { role: 'TO', isInternal: true }],
  });
  expect(engagement['thread']).not.toBeNull();
  expect(recognized).toMatchObject({ form: 'SOURCE', sentAt: '2026-01-05T14:04:00.000Z' });
});

test('R40 the same message in a mailbox is the same engagement, whoever came first', async () => {
  const text = raw('Twice');
  const first = await log({ text });
  const again = await log({ text: text.replaceAll('\n', '\r\n') });
  expect([again.engagement.id, again.wasLogged]).toEqual([first.engagement.id, true]);
  // What `parse` does with a sighting of it: the message is known, and so is its engagement.
  const message = readRawMessage(text);
  if (typeof message === 'string') throw new Error(message);
  const { db } = api.database;
  const messageId = await messageIdByKey(db, workspaceId, messageKeyOf(message));
  const mailboxId = await aMailbox(db, workspaceId, 'sees@acme.example');
  const mailbox = { id: mailboxId, workspaceId };
  expect(await earlierVerdicts(db, mailbox, [messageId ?? ''])).toEqual(new Map());
  const [engagement] = await db.execute<{ id: string }>(
    sql`select id from engagements where message_id = ${messageId}`,
  );
  const logged = { verdict: 'logged', messageId, engagementId: engagement?.id ?? '' } as const;
  await aSighting(db, workspaceId, mailboxId, logged);
  const seen = await log({ text });
  expect(seen.engagement).toMatchObject({ mailboxes: [{ address: 'sees@acme.example' }] });
});

test('R44 a message without a Message-ID is a note of its own each time', async () => {
  const [one, other] = [
    await log({ text: raw('No id', null) }),
    await log({ text: raw('No id', null) }),
  ];
  expect(one.engagement.id).not.toBe(other.engagement.id);
});

test('R23 a deleted message that is pasted again is a new note, and the message stays deleted', async () => {
  const text = raw('Deleted');
  const { engagement } = await log({ text });
  await api.ask(DELETE, { input: { engagementId: engagement.id } });
  const again = await log({ text });
  expect([again.wasLogged, again.engagement.id === engagement.id]).toEqual([false, false]);
  expect(again.engagement).toMatchObject({ subject: 'Deleted', text: 'Yes' });
  const [row] = await api.database.db.execute(sql`
    select count(*)::int as deleted from engagements e join messages m on m.id = e.message_id
    where m.internet_message_id = 'Deleted@customer.example' and deleted_at is not null`);
  expect(row).toEqual({ deleted: 1 });
});

test('R41 a repeated call with its key makes no second note; another user’s key is another', async () => {
  const input = { text: 'Once', idempotencyKey: 'key-1' };
  const [one, other] = await Promise.all([log(input), log(input)]);
  expect(one.engagement.id).toBe(other.engagement.id);
  expect([one.wasLogged, other.wasLogged].sort()).toEqual([false, true]);
  await api.ask(DELETE, { input: { engagementId: one.engagement.id } });
  expect(await log(input)).toMatchObject({
    engagement: null,
    userErrors: [{ code: 'NOT_FOUND', field: ['input', 'idempotencyKey'] }],
  });
});

test('R44 what cannot be a note is refused with what is wrong', async () => {
  const codes = async (input: object) =>
    (await log(input)).userErrors.map(({ code, field }) => `${code} ${field.slice(1).join('.')}`);
  expect(await codes({ text: ' \u0000\n' })).toEqual(['REQUIRED text']);
  expect(await codes({ text: 'x'.repeat(1024 * 1024 + 1) })).toEqual(['TOO_LONG text']);
  expect(await codes({ text: 'x', contactIds: [] })).toEqual(['REQUIRED contactIds']);
  expect(await codes({ text: 'x', contactIds: ['nobody'] })).toEqual(['NOT_FOUND contactIds.0']);
  const gone = [toGlobalId('Contact', crypto.randomUUID())];
  expect(await codes({ text: 'x', contactIds: gone })).toEqual(['NOT_FOUND contactIds.0']);
  expect(await codes({ text: 'x', timeZone: '+01:00' })).toEqual(['NOT_FOUND timeZone']);
  expect(await codes({ text: 'x', subject: 'x'.repeat(501) })).toEqual(['TOO_LONG subject']);
  expect(
    (
      await log({
        text: 'x\u0000y\ud800z'.padEnd(1024 * 1024 - 2, 'é '.repeat(10)).slice(0, 600_000),
      })
    ).userErrors,
  ).toEqual([]);
});

test('R44 a note is corrected by its author or an admin, and a message by nobody', async () => {
  const { engagement } = await api.asMember(() => log({ text: 'Wrong', subject: 'Call' }));
  const change = async (input: object, tenant = api.acme) =>
    api.ask(UPDATE, { input: { engagementId: engagement.id, ...input } }, tenant);
  const occurredAt = '2026-01-01T00:00:00.000Z';
  expect(dataOf(await change({ text: 'Right', occurredAt }), 'updateEngagement')).toEqual({
    engagement: { subject: 'Call', text: 'Right', replyText: 'Right', occurredAt },
    userErrors: [],
  });
  expect((await api.asMember(() => change({ subject: 'Mine' }))).errors).toEqual([]);
  const { db } = api.database;
  await db.execute(sql`update engagements set author_id = null where subject = 'Mine'`);
  const refused = await api.asMember(() => change({ subject: 'Not mine' }));
  expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  const source = await log({ text: raw('As it is') });
  const update = { engagementId: source.engagement.id, text: 'another' };
  expect((await api.ask(UPDATE, { input: update })).data).toMatchObject({
    updateEngagement: { engagement: null, userErrors: [{ code: 'NOT_A_NOTE' }] },
  });
  await api.ask(DELETE, { input: { engagementId: engagement.id } });
  expect(dataOf(await change({ text: 'late' }), 'updateEngagement')).toMatchObject({
    userErrors: [{ code: 'NOT_FOUND', field: ['input', 'engagementId'] }],
  });
});
