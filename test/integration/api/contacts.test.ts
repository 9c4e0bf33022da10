import { afterAll, beforeAll, expect, test } from 'vitest';
import { toGlobalId } from '../../../api/ids.ts';
import { dataOf, startTestApi, type TestApi } from './harness.ts';
import { anAccount } from './records.ts';

const CONTACT = `id name primaryAddress alternateAddresses accounts { name } defaultAccount { name }
  source { mailbox { id } }`;
const ERRORS = 'userErrors { code field message }';
const CREATE = `mutation ($input: CreateContactInput!) {
  createContact(input: $input) { contact { ${CONTACT} } ${ERRORS} } }`;
const UPDATE = `mutation ($input: UpdateContactInput!) {
  updateContact(input: $input) { contact { ${CONTACT} } ${ERRORS} } }`;
const SET_DEFAULT = `mutation ($input: SetDefaultAccountInput!) {
  setDefaultAccount(input: $input) { contact { ${CONTACT} } ${ERRORS} } }`;

interface Payload {
  contact: { id: string; defaultAccount: { name: string } | null } | null;
  userErrors: { code: string; field: string[] }[];
}

let api: TestApi;
let north: string;
let south: string;

beforeAll(async () => {
  api = await startTestApi();
  north = toGlobalId('Account', await anAccount(api.database.db, api.acme.workspaceId, 'North'));
  south = toGlobalId('Account', await anAccount(api.database.db, api.acme.workspaceId, 'South'));
});
afterAll(() => api[Symbol.asyncDispose]());

async function change(document: string, field: string, input: object): Promise<Payload> {
  return dataOf(await api.ask(document, { input }), field) as Payload;
}
const create = (input: object) => change(CREATE, 'createContact', input);
const update = (input: object) => change(UPDATE, 'updateContact', input);

test('R14 R15 a contact has a primary address and alternate ones, all normalised', async () => {
  const { contact, userErrors } = await create({
    name: ' Jill Doe ',
    addresses: ['Jill@Customer.Example', 'jill@BÜCHER.example'],
  });
  expect(userErrors).toEqual([]);
  expect(contact).toMatchObject({
    name: 'Jill Doe',
    primaryAddress: 'jill@customer.example',
    alternateAddresses: ['jill@xn--bcher-kva.example'],
    accounts: [],
    defaultAccount: null,
    source: null,
  });
});

test('R14 an invalid address is named by its place, and nothing is stored', async () => {
  const { contact, userErrors } = await create({
    name: 'Nobody',
    addresses: ['ok@customer.example', 'Jill <jill@customer.example>'],
  });
  expect(contact).toBeNull();
  expect(userErrors).toMatchObject([
    { code: 'INVALID_ADDRESS', field: ['input', 'addresses', '1'] },
  ]);
  const found = await api.ask('{ contacts(search: "Nobody") { nodes { id } } }');
  expect(found.data).toEqual({ contacts: { nodes: [] } });
});

test('R16 several contacts may carry one address', async () => {
  const addresses = ['shared@customer.example'];
  const made = [await create({ addresses }), await create({ addresses })];
  expect(made.map(({ userErrors }) => userErrors)).toEqual([[], []]);
});

test('R17 without a choice the most recently linked account is the default', async () => {
  const { contact } = await create({ addresses: ['a@x.example'], accountIds: [north, south] });
  expect(contact).toMatchObject({
    accounts: [{ name: 'South' }, { name: 'North' }],
    defaultAccount: { name: 'South' },
  });
});

test('R17 of accounts linked at once the last counts as the most recent', async () => {
  const names = ['P', 'Q', 'R', 'S', 'T'];
  const accountIds: string[] = [];
  for (const name of names) {
    const id = await anAccount(api.database.db, api.acme.workspaceId, name);
    accountIds.push(toGlobalId('Account', id));
  }
  const { contact } = await create({ addresses: ['many@x.example'], accountIds });
  expect(contact).toMatchObject({ accounts: names.toReversed().map((name) => ({ name })) });
});

test('R17 a user can change the default, and go back', async () => {
  const made = await create({ addresses: ['b@x.example'], accountIds: [north, south] });
  const contactId = made.contact?.id;
  const input = { contactId, accountId: north };
  const chosen = await change(SET_DEFAULT, 'setDefaultAccount', input);
  expect(chosen.contact?.defaultAccount).toEqual({ name: 'North' });
  const back = await update({ contactId, defaultAccountId: null });
  expect(back.contact?.defaultAccount).toEqual({ name: 'South' });
});

test('R17 the default must be a linked account', async () => {
  const made = await create({ addresses: ['c@x.example'], accountIds: [north] });
  const contactId = made.contact?.id;
  const refused = await change(SET_DEFAULT, 'setDefaultAccount', { contactId, accountId: south });
  expect(refused.userErrors).toMatchObject([{ code: 'NOT_LINKED', field: ['input', 'accountId'] }]);
  const atOnce = await create({
    ...{ addresses: ['d@x.example'], accountIds: [north], defaultAccountId: south },
  });
  expect(atOnce.userErrors).toMatchObject([
    { code: 'NOT_LINKED', field: ['input', 'defaultAccountId'] },
  ]);
});

test('R17 a default that is unlinked falls back', async () => {
  const input = { addresses: ['e@x.example'], accountIds: [north, south], defaultAccountId: south };
  const contactId = (await create(input)).contact?.id;
  const { contact } = await update({ contactId, accountIds: [north] });
  expect(contact).toMatchObject({
    accounts: [{ name: 'North' }],
    defaultAccount: { name: 'North' },
  });
});

test('what is left out of an update stays', async () => {
  const made = await create({
    ...{ name: 'Joe', addresses: ['f@x.example', 'g@x.example'], accountIds: [north] },
  });
  const contactId = made.contact?.id;
  const { contact } = await update({ contactId, name: 'Joseph' });
  expect(contact).toMatchObject({
    name: 'Joseph',
    primaryAddress: 'f@x.example',
    alternateAddresses: ['g@x.example'],
    accounts: [{ name: 'North' }],
  });
  const swapped = await update({ contactId, addresses: ['g@x.example', 'h@x.example'] });
  expect(swapped.contact).toMatchObject({
    primaryAddress: 'g@x.example',
    alternateAddresses: ['h@x.example'],
  });
});

test('a refused update changes nothing', async () => {
  const made = await create({ name: 'Kim', addresses: ['i@x.example'] });
  const unknown = toGlobalId('Account', '01234567-89ab-cdef-0123-456789abcdef');
  const contactId = made.contact?.id;
  const { userErrors } = await update({ contactId, name: 'Lee', accountIds: [north, unknown] });
  expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['input', 'accountIds', '1'] }]);
  const { data } = await api.ask('query ($id: ID!) { contact(id: $id) { name accounts { id } } }', {
    id: contactId,
  });
  expect(data).toEqual({ contact: { name: 'Kim', accounts: [] } });
});

test('contacts are found by a part of name or address, wildcards taken literally', async () => {
  await create({ name: '100% Wool_Ltd', addresses: ['wool@x.example'] });
  const search = async (text: string) => {
    const document = 'query ($s: String) { contacts(search: $s) { nodes { name } } }';
    return dataOf(await api.ask(document, { s: text }), 'contacts');
  };
  const wool = { nodes: [{ name: '100% Wool_Ltd' }] };
  expect(await search('wool_l')).toEqual(wool);
  expect(await search('WOOL@x')).toEqual(wool);
  expect(await search('100%')).toEqual(wool);
  expect(await search('%Wool%Ltd')).toEqual({ nodes: [] });
});

test('a deleted contact is gone, and deleting it again says so', async () => {
  const contactId = (await create({ addresses: ['j@x.example'] })).contact?.id;
  const document = `mutation ($input: DeleteContactInput!) {
    deleteContact(input: $input) { deletedContactId userErrors { code field } } }`;
  const first = await api.ask(document, { input: { contactId } });
  expect(first.data).toEqual({ deleteContact: { deletedContactId: contactId, userErrors: [] } });
  const second = await api.ask(document, { input: { contactId } });
  expect(second.data).toEqual({
    deleteContact: {
      deletedContactId: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['input', 'contactId'] }],
    },
  });
  const { data } = await api.ask('query ($id: ID!) { contact(id: $id) { id } }', { id: contactId });
  expect(data).toEqual({ contact: null });
});
