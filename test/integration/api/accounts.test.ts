import { afterAll, beforeAll, expect, test } from 'vitest';
import * as tables from '../../../drizzle/schema/index.ts';
import { dataOf, startTestApi, type TestApi } from './harness.ts';
import { anAccount, waitingForLocks } from './records.ts';

const ACCOUNT = 'id name domains parent { name } defaultForArchive';
const ERRORS = 'userErrors { code field message }';
const CREATE = `mutation ($input: CreateAccountInput!) {
  createAccount(input: $input) { account { ${ACCOUNT} } ${ERRORS} } }`;
const UPDATE = `mutation ($input: UpdateAccountInput!) {
  updateAccount(input: $input) { account { ${ACCOUNT} } ${ERRORS} } }`;

interface Payload {
  account: { id: string; name: string; domains: string[] } | null;
  userErrors: { code: string; field: string[]; message: string }[];
}

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api[Symbol.asyncDispose]());

async function create(input: object): Promise<Payload> {
  return dataOf(await api.ask(CREATE, { input }), 'createAccount') as Payload;
}
async function update(input: object): Promise<Payload> {
  return dataOf(await api.ask(UPDATE, { input }), 'updateAccount') as Payload;
}

test('an account has domains, normalised, and may have a parent', async () => {
  const parent = await create({ name: 'Group' });
  const { account, userErrors } = await create({
    name: 'Amazon',
    domains: ['Amazon.com', 'amazon.ca.'],
    parentId: parent.account?.id,
    defaultForArchive: true,
  });
  expect(userErrors).toEqual([]);
  expect(account).toMatchObject({
    name: 'Amazon',
    domains: ['amazon.ca', 'amazon.com'],
    parent: { name: 'Group' },
    defaultForArchive: true,
  });
});

test('R31 free-mail domains and public suffixes are refused, and it is said why', async () => {
  const { account, userErrors } = await create({ name: 'G', domains: ['gmail.com', 'co.uk'] });
  expect(account).toBeNull();
  expect(userErrors).toMatchObject([
    { code: 'SHARED_DOMAIN', field: ['input', 'domains', '0'] },
    { code: 'SHARED_DOMAIN', field: ['input', 'domains', '1'] },
  ]);
  expect(userErrors[0]?.message).toContain('Many unrelated people');
});

test('a domain belongs to one account', async () => {
  await create({ name: 'First', domains: ['taken.example'] });
  const { account, userErrors } = await create({
    name: 'Second',
    domains: ['free.example', 'TAKEN.example'],
  });
  expect(account).toBeNull();
  expect(userErrors).toMatchObject([{ code: 'DOMAIN_TAKEN', field: ['input', 'domains', '1'] }]);
  const { data } = await api.ask('{ accounts(search: "free.example") { nodes { id } } }');
  expect(data).toEqual({ accounts: { nodes: [] } });
});

test('a domain belongs to one account also when two ask at the same moment', async () => {
  const { db } = api.database;
  const { workspaceId } = api.acme;
  const blocked = Promise.withResolvers<Payload>();
  await db.transaction(async (other) => {
    const accountId = await anAccount(other, workspaceId, 'Quicker');
    await other
      .insert(tables.accountDomains)
      .values({ workspaceId, accountId, domain: 'race.example' });
    // What is not committed yet is not seen: only the constraint can tell, once it is.
    create({ name: 'Slower', domains: ['race.example'] }).then(blocked.resolve, blocked.reject);
    await expect.poll(() => waitingForLocks(db)).toBe(1);
  });
  expect(await blocked.promise).toMatchObject({
    account: null,
    userErrors: [{ code: 'DOMAIN_TAKEN', field: ['input', 'domains'] }],
  });
});

test('an update replaces the domains it names and keeps what it leaves out', async () => {
  const made = await create({ name: 'Shop', domains: ['shop.example', 'shop.test'] });
  const accountId = made.account?.id;
  const { account } = await update({ accountId, domains: ['shop.test', 'store.example'] });
  expect(account).toMatchObject({ name: 'Shop', domains: ['shop.test', 'store.example'] });
  const renamed = await update({ accountId, name: 'Store' });
  expect(renamed.account).toMatchObject({
    name: 'Store',
    domains: ['shop.test', 'store.example'],
  });
  expect((await create({ name: 'Heir', domains: ['shop.example'] })).userErrors).toEqual([]);
});

test('an account cannot be its own parent, directly or through others', async () => {
  const top = (await create({ name: 'Top' })).account?.id;
  const middle = (await create({ name: 'Middle', parentId: top })).account?.id;
  const bottom = (await create({ name: 'Bottom', parentId: middle })).account?.id;
  for (const parentId of [top, middle, bottom]) {
    const { userErrors } = await update({ accountId: top, parentId });
    expect(userErrors).toMatchObject([{ code: 'INVALID_PARENT', field: ['input', 'parentId'] }]);
  }
  const freed = await update({ accountId: middle, parentId: null });
  expect(freed.account).toMatchObject({ parent: null });
});

test('a nameless account is refused', async () => {
  const { userErrors } = await create({ name: '  ' });
  expect(userErrors).toMatchObject([{ code: 'REQUIRED', field: ['input', 'name'] }]);
});

test('a deleted account leaves its contacts without it', async () => {
  const accountId = (await create({ name: 'Gone' })).account?.id;
  const made = await api.ask(
    `mutation ($input: CreateContactInput!) {
      createContact(input: $input) { contact { id } userErrors { code } } }`,
    { input: { addresses: ['a@gone.example'], accountIds: [accountId] } },
  );
  const { contact } = dataOf(made, 'createContact') as { contact: { id: string } };
  const deleted = await api.ask(
    `mutation ($input: DeleteAccountInput!) {
      deleteAccount(input: $input) { deletedAccountId userErrors { code } } }`,
    { input: { accountId } },
  );
  expect(deleted.data).toEqual({ deleteAccount: { deletedAccountId: accountId, userErrors: [] } });
  const document =
    'query ($id: ID!) { contact(id: $id) { accounts { id } defaultAccount { id } } }';
  const { data } = await api.ask(document, { id: contact.id });
  expect(data).toEqual({ contact: { accounts: [], defaultAccount: null } });
});

test('only admins delete accounts', async () => {
  const accountId = (await create({ name: 'Kept' })).account?.id;
  const document = `mutation ($input: DeleteAccountInput!) {
    deleteAccount(input: $input) { deletedAccountId } }`;
  const refused = await api.asMember(() => api.ask(document, { input: { accountId } }));
  expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  const found = await api.ask('{ accounts(search: "Kept") { nodes { name } } }');
  expect(found.data).toEqual({ accounts: { nodes: [{ name: 'Kept' }] } });
});
