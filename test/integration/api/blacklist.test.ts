import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blacklistEntryFor, blacklistKeys } from '../../../domain/blacklist.ts';
import { blacklistKeysOf } from '../../../drizzle/blacklist-keys.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { address } from '../../support/message.ts';
import { dataOf, startTestApi, type TestApi } from './harness.ts';
import { aLoggedMail, aMailbox, aSighting } from './records.ts';

const ADD = `mutation ($input: AddBlacklistEntryInput!) { addBlacklistEntry(input: $input) {
  blacklistEntry { id kind value note author { name } createdAt } userErrors { code field } } }`;
const REMOVE = `mutation ($input: RemoveBlacklistEntryInput!) { removeBlacklistEntry(input: $input) {
  removedBlacklistEntryId userErrors { code field } } }`;
const PREVIEW =
  'query ($value: String!) { blacklistPreview(value: $value) { kind value messageCount } }';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api[Symbol.asyncDispose]());

async function add(input: object) {
  const payload = dataOf(await api.ask(ADD, { input }), 'addBlacklistEntry');
  return payload as { blacklistEntry: { id: string } | null; userErrors: unknown[] };
}
async function preview(value: string): Promise<unknown> {
  return dataOf(await api.ask(PREVIEW, { value }), 'blacklistPreview');
}

test('R20 an entry has author, time and note; it is listed, searched and removed', async () => {
  const { blacklistEntry } = await add({ value: 'Spam.Example', note: ' sends too much ' });
  expect(blacklistEntry).toMatchObject({
    ...{ kind: 'DOMAIN', value: 'spam.example', note: 'sends too much' },
    ...{ author: { name: 'Admin of acme' }, createdAt: expect.any(String) as string },
  });
  await add({ value: 'joe@other.example' });
  const search = '{ blacklistEntries(search: "TOO MUCH") { nodes { value } } }';
  const found = { blacklistEntries: { nodes: [{ value: 'spam.example' }] } };
  expect((await api.ask(search)).data).toEqual(found);
  const listed = await api.ask('{ blacklistEntries { nodes { value } } }');
  expect(listed.data).toEqual({
    blacklistEntries: { nodes: [{ value: 'joe@other.example' }, { value: 'spam.example' }] },
  });
  const input = { blacklistEntryId: blacklistEntry?.id };
  const removed = await api.ask(REMOVE, { input });
  expect(removed.data).toEqual({
    removeBlacklistEntry: { removedBlacklistEntryId: blacklistEntry?.id, userErrors: [] },
  });
  const again = await api.ask(REMOVE, { input });
  expect(again.data).toMatchObject({
    removeBlacklistEntry: { userErrors: [{ code: 'NOT_FOUND' }] },
  });
});

test('R20 adding a value twice answers with the entry there is, unchanged', async () => {
  const first = await add({ value: 'twice.example', note: 'first' });
  expect(await add({ value: 'TWICE.example', note: 'second' })).toEqual(first);
});

test('R20 what is neither an address nor a domain is refused', async () => {
  expect((await add({ value: 'jill@' })).userErrors).toEqual([
    { code: 'INVALID_ADDRESS', field: ['input', 'value'] },
  ]);
  expect((await add({ value: 'com' })).userErrors).toEqual([
    { code: 'INVALID_DOMAIN', field: ['input', 'value'] },
  ]);
  expect(await preview('com')).toBeNull();
});

test('R20 only admins change the blacklist; others may read it', async () => {
  const { db } = api.database;
  const role = (name: 'admin' | 'member') =>
    db.update(tables.users).set({ role: name }).where(eq(tables.users.id, api.acme.userId));
  await role('member');
  const refused = await api.ask(ADD, { input: { value: 'member.example' } });
  const read = await api.ask('{ blacklistEntries { nodes { id } } }');
  await role('admin');
  expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  expect(read.errors).toEqual([]);
});

test('R22 the preview counts what the rules would have kept out, for any address and entry', async () => {
  const senders = [
    ...['jill@example.net', 'jill+crm@example.net', 'jill@mail.example.net'],
    ...['jill@notexample.net', 'jack@example.net', '+odd@example.net', 'a.jill@example.net'],
  ];
  for (const from of senders) {
    await aLoggedMail(api.database.db, api.acme.workspaceId, { from });
  }
  const entries = ['jill@example.net', 'jill+crm@example.net', 'example.net', 'mail.example.net'];
  for (const entry of entries) {
    const covered = senders.filter(
      (sender) => blacklistEntryFor(address(sender), { values: new Set([entry]) }) !== null,
    );
    expect(await preview(entry), entry).toMatchObject({ messageCount: covered.length });
  }
});

test('R22 the preview counts recipients too, each message once, of the last 30 days, not deleted', async () => {
  const day = 24 * 60 * 60 * 1000;
  const { db } = api.database;
  const { workspaceId } = api.acme;
  const both = { from: 'a@count.example', to: ['b@count.example'] };
  await aLoggedMail(db, workspaceId, both);
  await aLoggedMail(db, workspaceId, {
    to: ['c@count.example'],
    at: new Date(Date.now() - 29 * day),
  });
  await aLoggedMail(db, workspaceId, { ...both, at: new Date(Date.now() - 31 * day) });
  const { engagementId } = await aLoggedMail(db, workspaceId, both);
  await db
    .update(tables.engagements)
    .set({ deletedAt: new Date(), text: '', html: null })
    .where(eq(tables.engagements.id, engagementId));
  expect(await preview('Count.example')).toEqual({
    ...{ kind: 'DOMAIN', value: 'count.example', messageCount: 2 },
  });
  const setMode = (blacklistMode: 'sender_only' | 'any_participant') =>
    db
      .update(tables.workspaces)
      .set({ policy: { blacklistMode } })
      .where(eq(tables.workspaces.id, workspaceId));
  await setMode('sender_only');
  expect(await preview('count.example')).toMatchObject({ messageCount: 1 });
  await setMode('any_participant');
});

test('R22 the preview asks the policy of each mailbox: what one of them would log is not kept out', async () => {
  const { db } = api.database;
  const { workspaceId } = api.acme;
  const lenient = await aMailbox(db, workspaceId);
  await db
    .update(tables.mailboxes)
    .set({ policy: { blacklistMode: 'sender_only' } })
    .where(eq(tables.mailboxes.id, lenient));
  const { messageId, engagementId } = await aLoggedMail(db, workspaceId, {
    to: ['cc@modes.example'],
  });
  await aLoggedMail(db, workspaceId, { from: 'from@modes.example', mailboxId: lenient });
  expect(await preview('modes.example')).toMatchObject({ messageCount: 2 });
  await aSighting(db, workspaceId, lenient, { verdict: 'logged', messageId, engagementId });
  expect(await preview('modes.example')).toMatchObject({ messageCount: 1 });
});

test('R21 the keys of an address are the same in SQL as in the rules', async () => {
  const raw = [
    'a@b.example',
    'a+b@x.y.b.example',
    'a+b+c@b.example',
    '+a@b.example',
    '+a+b@b.co.uk',
  ];
  for (const each of raw) {
    const one = address(each);
    const query = sql`select ${blacklistKeysOf(sql`${one}::text`)} as keys`;
    const [row] = await api.database.db.execute<{ keys: string[] }>(query);
    const withoutLastLabel = (row?.keys ?? []).filter((key) => key.includes('.'));
    expect(new Set(withoutLastLabel), each).toEqual(new Set(blacklistKeys(one)));
  }
});

test('R20 our own addresses and domains are refused, and a free-mail domain unless confirmed', async () => {
  for (const value of ['acme.example', 'anybody@acme.example']) {
    expect((await add({ value })).userErrors, value).toEqual([
      { code: 'OWN_ADDRESS', field: ['input', 'value'] },
    ]);
  }
  expect((await add({ value: 'hotmail.com' })).userErrors).toMatchObject([
    { code: 'SHARED_DOMAIN' },
  ]);
  const confirmed = await add({ value: 'hotmail.com', allowSharedDomain: true });
  expect(confirmed.blacklistEntry).toMatchObject({ value: 'hotmail.com' });
});

test('R20 the note of an entry can be changed, by admins', async () => {
  const { blacklistEntry } = await add({ value: 'noted.example', note: 'one' });
  const document = `mutation ($input: UpdateBlacklistEntryInput!) { updateBlacklistEntry(input: $input) {
    blacklistEntry { note } userErrors { code field } } }`;
  const change = (note: string | null) =>
    api.ask(document, { input: { blacklistEntryId: blacklistEntry?.id, note } });
  expect((await change(' two ')).data).toMatchObject({
    updateBlacklistEntry: { blacklistEntry: { note: 'two' }, userErrors: [] },
  });
  expect((await change(null)).data).toMatchObject({
    updateBlacklistEntry: { blacklistEntry: { note: null } },
  });
  expect((await change('x'.repeat(501))).data).toMatchObject({
    updateBlacklistEntry: { userErrors: [{ code: 'TOO_LONG', field: ['input', 'note'] }] },
  });
  const refused = await api.asMember(() => change('three'));
  expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

describe('R20 a pasted list', () => {
  const ADD_ALL = `mutation ($input: AddBlacklistEntriesInput!) { addBlacklistEntries(input: $input) {
    added alreadyThere errors { line text message } userErrors { code field } } }`;
  const addAll = async (input: object) =>
    dataOf(await api.ask(ADD_ALL, { input }), 'addBlacklistEntries');

  test('is added as far as it is right, with the errors line by line', async () => {
    await add({ value: 'old.example' });
    const text =
      'one@list.example\n*.two.example, Doe, Jill <three@list.example>\nold.example\nnonsense\nacme.example; gmail.com\nOne@list.example';
    expect(await addAll({ text, note: 'from the fair' })).toEqual({
      ...{ added: 3, alreadyThere: 2, userErrors: [] },
      errors: [
        { line: 4, text: 'nonsense', message: expect.stringContaining('domain name') as string },
        { line: 5, text: 'acme.example', message: expect.stringContaining('own') as string },
        { line: 5, text: 'gmail.com', message: expect.stringContaining('confirm') as string },
      ],
    });
    const search = '{ blacklistEntries(search: "the fair") { nodes { value author { name } } } }';
    const author = { name: 'Admin of acme' };
    expect(dataOf(await api.ask(search), 'blacklistEntries')).toEqual({
      nodes: ['one@list.example', 'three@list.example', 'two.example'].map((value) => ({
        ...{ value, author },
      })),
    });
    expect(await addAll({ text })).toMatchObject({ added: 0, alreadyThere: 5 });
    expect(await addAll({ text: 'gmail.com', allowSharedDomains: true })).toMatchObject({
      added: 1,
    });
  });

  test('of 10,000 entries is added at once, a longer or an empty one not at all', async () => {
    const lines = Array.from({ length: 10_001 }, (_, index) => `p${index}@many.example`);
    expect(await addAll({ text: lines.join('\n') })).toMatchObject({
      ...{ added: null, userErrors: [{ code: 'TOO_MANY', field: ['input', 'text'] }] },
    });
    expect(await addAll({ text: ' \n# nothing' })).toMatchObject({
      userErrors: [{ code: 'REQUIRED' }],
    });
    expect(await addAll({ text: lines.slice(1).join(';') })).toMatchObject({ added: 10_000 });
    const refused = await api.asMember(() => api.ask(ADD_ALL, { input: { text: 'x.example' } }));
    expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  test('R22 has a preview that counts each message once', async () => {
    const { db } = api.database;
    const both = { from: 'a@first.example', to: ['b@second.example'] };
    await aLoggedMail(db, api.acme.workspaceId, both);
    await aLoggedMail(db, api.acme.workspaceId, { from: 'c+tag@second.example' });
    const document = `query ($text: String!) { blacklistListPreview(text: $text) {
      entryCount messageCount errors { line text } } }`;
    const text = 'first.example\nc@second.example, b@second.example\n?';
    expect(dataOf(await api.ask(document, { text }), 'blacklistListPreview')).toEqual({
      ...{ entryCount: 3, messageCount: 2, errors: [{ line: 3, text: '?' }] },
    });
  });
});

test('R22 adding an entry leaves engagements where they are', async () => {
  const { db } = api.database;
  await aLoggedMail(db, api.acme.workspaceId, { from: 'x@kept.example', subject: 'Kept' });
  await add({ value: 'kept.example' });
  const found = await api.ask('{ engagements(filter: { search: "Kept" }) { nodes { subject } } }');
  expect(found.data).toEqual({ engagements: { nodes: [{ subject: 'Kept' }] } });
});
