import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blacklistEntryFor } from '../../../domain/blacklist.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { address } from '../../support/message.ts';
import { dataOf, startTestApi, type TestApi } from './harness.ts';
import { aLoggedMail } from './records.ts';

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
  const policy = { blacklistMode: 'sender_only' as const };
  await db.update(tables.workspaces).set({ policy }).where(eq(tables.workspaces.id, workspaceId));
  expect(await preview('count.example')).toMatchObject({ messageCount: 1 });
});

test('R22 adding an entry leaves engagements where they are', async () => {
  const { db } = api.database;
  await aLoggedMail(db, api.acme.workspaceId, { from: 'x@kept.example', subject: 'Kept' });
  await add({ value: 'kept.example' });
  const found = await api.ask('{ engagements(filter: { search: "Kept" }) { nodes { subject } } }');
  expect(found.data).toEqual({ engagements: { nodes: [{ subject: 'Kept' }] } });
});
