import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../../drizzle/database.ts';
import { openCountingDatabase } from './counting.ts';
import { dataOf, startTestApi, type Tenant, type TestApi } from './harness.ts';
import { aContact, anAccount } from './records.ts';

const stack = new AsyncDisposableStack();
let api: TestApi;
let isBroken = false;

beforeAll(async () => {
  const real = await openCountingDatabase(stack);
  const database: Database = {
    ...real,
    inWorkspace: (workspaceId, work) =>
      isBroken ? Promise.reject(new Error('gone')) : real.inWorkspace(workspaceId, work),
  };
  api = stack.use(await startTestApi({ database }));
});
afterAll(() => stack.disposeAsync());

type Kind = 'contacts' | 'accounts' | 'blacklist';

async function importing(kind: Kind, csv: string, tenant?: Tenant, more: object = {}) {
  const field = {
    contacts: 'importContacts',
    accounts: 'importAccounts',
    blacklist: 'importBlacklist',
  }[kind];
  const title = field.replace('i', 'I');
  const document = `mutation ($input: ${title}Input!) { ${field}(input: $input) {
    created updated unchanged refused lineErrors { line column code message } userErrors { code message } } }`;
  return dataOf(await api.ask(document, { input: { csv, ...more } }, tenant), field);
}

async function exported(kind: Kind, tenant: Tenant | null = api.acme, method = 'GET') {
  const headers = { ...(tenant === null ? {} : { authorization: `Bearer ${tenant.token}` }) };
  const response = await fetch(`${api.url}/export/${kind}.csv`, { method, headers });
  return { response, text: await response.text() };
}

test('accounts and contacts are imported with errors by line, exported, and imported again without a change', async () => {
  expect(
    await importing(
      'accounts',
      'externalId;name;domains;parentExternalId;defaultForArchive\r\nb;Branch;b.example;g;\r\ng;"=Group";;;TRUE\r\nx;X;gmail.com;;\r\ny;Y;;;maybe\r\n',
    ),
  ).toMatchObject({
    ...{ created: 2, updated: 0, unchanged: 0, refused: 2, userErrors: [] },
    lineErrors: [
      { line: 4, column: 'domains', code: 'SHARED_DOMAIN' },
      { line: 5, column: 'defaultForArchive', code: 'INVALID_CSV' },
    ],
  });
  expect(
    await importing(
      'contacts',
      [
        'externalId,name,addresses,accountExternalIds,defaultAccountExternalId',
        'jill,"Doe, ""Jill""",jill@x.example;j@x.example,g;b,g',
        'joe,"two\nlines",joe@x.example,,',
        'bad,Bad,bad,,',
        "'-dash,'=1+1,dash@x.example,,",
        'short',
      ].join('\n'),
    ),
  ).toMatchObject({
    ...{ created: 3, refused: 2, userErrors: [] },
    lineErrors: [
      { line: 5, column: 'addresses', code: 'INVALID_ADDRESS' },
      { line: 7, column: null, code: 'INVALID_CSV' },
    ],
  });
  const { db } = api.database;
  await aContact(db, api.acme.workspaceId, 'made@x.example', 'Made by hand');
  await anAccount(db, api.acme.workspaceId, 'By hand');
  const contacts = await exported('contacts');
  expect(contacts.text.split('\r\n')[0]).toBe(
    'contactId,externalId,name,addresses,accountExternalIds,accountIds,defaultAccountExternalId,defaultAccountId',
  );
  expect(contacts.text).toContain(
    ',jill,"Doe, ""Jill""","jill@x.example;j@x.example","g;b",,g,\r\n',
  );
  expect(contacts.text).toContain(",'-dash,'=1+1,dash@x.example,,,,\r\n");
  const accounts = await exported('accounts');
  expect(accounts.text).toContain(",g,'=Group,,,,true\r\n");
  const again = { created: 0, updated: 0, refused: 0, lineErrors: [], userErrors: [] };
  expect(await importing('accounts', accounts.text)).toMatchObject({ ...again, unchanged: 3 });
  expect(await importing('contacts', contacts.text)).toMatchObject({ ...again, unchanged: 4 });
});

test('an empty cell clears its field, and a column that is missing leaves it', async () => {
  const row = 'externalId,name,addresses\nkept,Kept,kept@x.example\n';
  await importing('contacts', row);
  expect(await importing('contacts', 'externalId,name\nkept,\n')).toMatchObject({ updated: 1 });
  const document = '{ contactByExternalId(externalId: "kept") { name primaryAddress } }';
  expect(dataOf(await api.ask(document), 'contactByExternalId')).toEqual({
    ...{ name: '', primaryAddress: 'kept@x.example' },
  });
});

test('R20 the blacklist comes and goes as CSV, under the rules of addBlacklistEntry, for admins', async () => {
  const csv =
    'value,note\n@Spam.example,"why, then"\nnews@list.example,\nacme.example,\ngmail.com,\nspam.example,twice\n';
  expect(await importing('blacklist', csv)).toMatchObject({
    ...{ created: 2, updated: 0, unchanged: 0, refused: 3 },
    lineErrors: [
      { line: 4, column: 'value', code: 'OWN_ADDRESS' },
      { line: 5, column: 'value', code: 'SHARED_DOMAIN' },
      { line: 6, column: 'value', code: 'DUPLICATE' },
    ],
  });
  const { text } = await exported('blacklist');
  expect(text.split('\r\n').sort()).toEqual(
    ['', 'news@list.example,', 'spam.example,"why, then"', 'value,note'].sort(),
  );
  expect(await importing('blacklist', text)).toMatchObject({
    unchanged: 2,
    created: 0,
    updated: 0,
  });
  const shared = { allowSharedDomains: true };
  expect(
    await importing('blacklist', 'value\ngmail.com\nspam.example\n', undefined, shared),
  ).toMatchObject({ created: 1, unchanged: 1, lineErrors: [] });
  expect(await importing('blacklist', 'value,note\nspam.example,new\n')).toMatchObject({
    updated: 1,
  });
  await api.asMember(async () => {
    await expect(importing('blacklist', csv)).rejects.toThrow('FORBIDDEN');
    expect((await exported('blacklist')).response.status).toBe(200);
  });
});

test('a file that cannot be read is refused whole', async () => {
  expect(await importing('contacts', 'externalId,phone\n1,2\n')).toMatchObject({
    ...{ created: null, lineErrors: null },
    userErrors: [{ code: 'UNKNOWN_COLUMN' }],
  });
  expect(await importing('contacts', 'externalId,name\n1,"open')).toMatchObject({
    userErrors: [{ code: 'INVALID_CSV' }],
  });
});

test('an export is a file of the own workspace, in pages, for those who have a token', async () => {
  const rows = Array.from({ length: 1_001 }, (_, n) => `r${n},r${n}@x.example`);
  const csv = `externalId,addresses\n${rows.join('\n')}\n`;
  expect(await importing('contacts', csv, api.rival)).toMatchObject({ created: 1_001 });
  const { response, text } = await exported('contacts', api.rival);
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
  expect(response.headers.get('content-disposition')).toBe('attachment; filename=contacts.csv');
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  const ids = text.split('\r\n').flatMap((line) => line.split(',')[1] || []);
  expect(new Set(ids).size).toBe(1_002);
  expect(ids).toHaveLength(1_002);
  expect(text).not.toContain('jill@x.example');
  expect((await exported('contacts')).text).not.toContain('r1@x.example');
  const head = await exported('contacts', api.acme, 'HEAD');
  expect([head.response.status, head.text]).toEqual([200, '']);
  const nobody = await exported('contacts', null);
  expect(nobody.response.status).toBe(401);
  expect(nobody.text).toContain('UNAUTHENTICATED');
});

test('a file that breaks off is not taken for a whole one', async () => {
  isBroken = true;
  await expect(exported('contacts')).rejects.toThrow('terminated');
  isBroken = false;
  expect(api.logged.join('')).toContain('export broke off');
});
