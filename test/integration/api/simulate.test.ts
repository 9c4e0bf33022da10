import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toGlobalId } from '../../../api/ids.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { dataOf, startTestApi, type TestApi } from './harness.ts';
import { aContact, aMailbox, anAccount } from './records.ts';

const SIMULATE = `query ($raw: String!, $mailboxId: ID, $folderUse: FolderUse, $flags: [String!]) {
  simulateMessage(raw: $raw, mailboxId: $mailboxId, folderUse: $folderUse, flags: $flags) { verdict reason explanation advice evidence { name value } trace { rule outcome explanation }
    direction subject sentAt internetMessageId participants { role address isInternal }
    contacts { name } accounts { name } newContacts { address name account { name } }
    text replyText html attachmentNames duplicateOf { subject } } }`;

type Simulated = Record<string, unknown> & {
  readonly trace: readonly { readonly rule: string; readonly outcome: string }[];
};

let api: TestApi;
let workspaceId: string;

beforeAll(async () => {
  api = await startTestApi();
  ({ workspaceId } = api.acme);
  const { db } = api.database;
  await aContact(db, workspaceId, 'jill@customer.example', 'Jill');
  const accountId = await anAccount(db, workspaceId, 'Big Ltd');
  await db.insert(tables.accountDomains).values({ workspaceId, accountId, domain: 'big.example' });
});
afterAll(() => api[Symbol.asyncDispose]());

async function simulate(input: object): Promise<Simulated> {
  return dataOf(await api.ask(SIMULATE, { ...input }), 'simulateMessage') as Simulated;
}

const mail = (from: string, ...more: readonly string[]): string =>
  [
    ...[`From: ${from}`, 'To: admin@acme.example', 'Cc: New Nora <nora@big.example>'],
    ...[
      'Subject: Offer',
      'Date: Mon, 5 Jan 2026 15:04:00 +0100',
      'Message-ID: <1@customer.example>',
    ],
    ...[...more, '', 'Yes.', '', 'On Mon, Jan 5, 2026, Ana wrote:', '> No?', ''],
  ].join('\n');

/** Everything that is stored, but for how often it was read. */
async function stored(): Promise<string> {
  const [row] = await api.database.db.execute(sql`
    select (select count(*) from messages) || '/' || (select count(*) from participants) || '/' ||
      (select count(*) from engagements) || '/' || (select count(*) from sightings) || '/' ||
      (select count(*) from contacts) || '/' || (select count(*) from threads) as counts`);
  return JSON.stringify(row);
}

test('R45 what would be logged is shown with everything that would be made, and nothing is', async () => {
  const before = await stored();
  const simulation = await simulate({ raw: mail('Jill <jill+x@customer.example>') });
  expect(simulation).toMatchObject({
    ...{ verdict: 'LOGGED', reason: null, advice: null, direction: 'INCOMING', subject: 'Offer' },
    ...{ sentAt: '2026-01-05T14:04:00.000Z', internetMessageId: '1@customer.example' },
    contacts: [{ name: 'Jill' }],
    accounts: [{ name: 'Big Ltd' }],
    newContacts: [{ address: 'nora@big.example', name: 'New Nora', account: { name: 'Big Ltd' } }],
    ...{ replyText: 'Yes.', html: null, attachmentNames: [], duplicateOf: null },
    participants: [
      { role: 'FROM', isInternal: false },
      { role: 'TO', isInternal: true },
      { role: 'CC', isInternal: false },
    ],
  });
  expect(simulation['text']).toContain('> No?');
  expect(simulation['explanation']).toBe(
    'The message would be logged on the contacts Jill, New Nora and the account Big Ltd. ' +
      'jill+x@customer.example (sender) is, without its tag, an address of Jill. ' +
      'nora@big.example (recipient) is nobody’s yet and would become the contact New Nora, as the policy for unknown people says. ' +
      'Big Ltd is the default account of New Nora.',
  );
  expect(new Set(simulation.trace.map(({ outcome }) => outcome))).toEqual(new Set(['PASSED']));
  expect(await stored()).toBe(before);
});

test('R45 what would be skipped names the rule that spoke, in the order of the rules', async () => {
  const raw = mail('jill@customer.example', 'List-Id: <news.customer.example>');
  const simulation = await simulate({ raw });
  expect(simulation).toMatchObject({
    ...{ verdict: 'SKIPPED', reason: 'BULK', text: null, html: null, contacts: [] },
    evidence: [{ name: 'mark', value: expect.stringContaining('List-Id') as string }],
  });
  const spoke = simulation.trace.findIndex(({ outcome }) => outcome === 'SPOKE');
  expect(simulation.trace[spoke]?.rule).toBe('BULK');
  expect(simulation.trace.slice(0, spoke).every(({ outcome }) => outcome === 'PASSED')).toBe(true);
  expect(simulation.trace.slice(spoke + 1).map(({ outcome }) => outcome)).toContain('NOT_ASKED');
  expect(await simulate({ raw, flags: ['$Junk'] })).toMatchObject({ reason: 'SPAM' });
  expect(await simulate({ raw, folderUse: 'DRAFTS' })).toMatchObject({
    reason: 'DRAFT',
  });
  expect(await simulate({ raw: mail('x@y.example') })).toMatchObject({
    explanation: expect.stringContaining('No contact had the address x@y.example') as string,
  });
});

test('R45 the policies of the mailbox count, and what it has logged already', async () => {
  const { db } = api.database;
  const id = await aMailbox(db, workspaceId, 'loose@acme.example');
  await db.execute(sql`update mailboxes set policy = '{"bulkAndAuto":"log","unknownCorrespondents":"always"}'
    where id = ${id}`);
  const mailboxId = toGlobalId('Mailbox', id);
  const raw = mail('stranger@far.example', 'List-Id: <x.far.example>');
  expect(await simulate({ raw, mailboxId })).toMatchObject({
    ...{ verdict: 'LOGGED', newContacts: [{ address: 'stranger@far.example', account: null }] },
  });
  const contact = await aContact(db, workspaceId);
  await api.ask('mutation ($input: LogNoteInput!) { logNote(input: $input) { wasLogged } }', {
    input: { contactIds: [toGlobalId('Contact', contact)], text: `MIME-Version: 1.0\n${raw}` },
  });
  expect(await simulate({ raw, mailboxId })).toMatchObject({
    ...{ verdict: 'LOGGED', duplicateOf: { subject: 'Offer' } },
  });
  await db.execute(sql`update engagements set deleted_at = now(), text = '', html = null`);
  expect(await simulate({ raw, mailboxId })).toMatchObject({
    ...{ reason: 'ENGAGEMENT_DELETED', duplicateOf: null },
  });
});

test('R45 what is no message is refused with what is wrong', async () => {
  const problem = async (input: object) =>
    (await api.ask(SIMULATE, { ...input })).errors.map(({ message, extensions }) =>
      [extensions?.['code'], message].join(' '),
    );
  const is = (words: string) => [expect.stringContaining(`BAD_USER_INPUT ${words}`) as string];
  expect(await problem({ raw: ' \n' })).toEqual(is('`raw` is not the source'));
  expect(await problem({ raw: '\n' })).toEqual(is('`raw` must not be empty'));
  expect(await problem({ raw: 'Hello\n\nWorld' })).toEqual(is('`raw` is not the source'));
  const huge = 'x'.repeat(1024 * 1024 + 1);
  expect(await problem({ raw: huge })).toEqual(is('`raw` is larger than 1 MiB'));
  const raw = mail('jill@customer.example');
  expect(await problem({ raw, mailboxId: 'none' })).toEqual(is('`mailboxId`'));
  expect(await problem({ raw, flags: Array(51).fill('x') })).toEqual(is('There must not be more'));
  const simulation = await simulate({ raw: 'Subject: nobody\n\n' });
  expect(simulation).toMatchObject({ reason: 'UNPARSABLE', direction: null, participants: [] });
});
