import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { toGlobalId } from '../../../api/ids.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { openCountingDatabase, type CountingDatabase } from './counting.ts';
import { dataOf, startTestApi, type Tenant, type TestApi } from './harness.ts';
import { aContact, aMailbox, waitingForLocks } from './records.ts';

const stack = new AsyncDisposableStack();
let database: CountingDatabase;
let api: TestApi;

beforeAll(async () => {
  database = await openCountingDatabase(stack);
  api = stack.use(await startTestApi({ database }));
});
afterAll(() => stack.disposeAsync());
beforeEach(async () => {
  await database.db.delete(tables.contacts);
  await database.db.delete(tables.accounts);
});

interface Upserted {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly rowErrors: readonly { readonly index: number; readonly code: string }[];
  readonly redecision: { readonly id: string } | null;
  readonly userErrors: readonly object[];
}

async function upsert(
  what: 'contacts' | 'accounts',
  rows: readonly object[],
  tenant?: Tenant,
): Promise<Upserted> {
  const field = what === 'contacts' ? 'upsertContacts' : 'upsertAccounts';
  const title = what === 'contacts' ? 'UpsertContacts' : 'UpsertAccounts';
  const document = `mutation ($input: ${title}Input!) { ${field}(input: $input) {
    created updated unchanged refused rowErrors { index externalId code field message }
    redecision { id cause } userErrors { code field } } }`;
  return dataOf(await api.ask(document, { input: { [what]: rows } }, tenant), field) as Upserted;
}
const counts = ({ created, updated, unchanged, refused }: Upserted) => ({
  ...{ created, updated, unchanged, refused },
});

async function contact(externalId: string, tenant?: Tenant) {
  const document = `query ($externalId: String!) { contactByExternalId(externalId: $externalId) {
    id externalId name primaryAddress alternateAddresses accounts { externalId } defaultAccount { externalId } } }`;
  return dataOf(await api.ask(document, { externalId }, tenant), 'contactByExternalId');
}

const ACCOUNTS = [
  { externalId: 'b', name: 'Branch', parentExternalId: 'g', domains: ['Branch.example'] },
  { externalId: 'g', name: 'Group', defaultForArchive: true },
];
const CONTACTS = [
  {
    ...{ externalId: 'jill', name: 'Jill', addresses: ['Jill@x.example', 'j@x.example'] },
    ...{ accountExternalIds: ['g', 'b'], defaultAccountExternalId: 'g' },
  },
  { externalId: 'joe', addresses: ['joe@x.example', 'j@x.example'], accountExternalIds: ['b'] },
];

test('accounts and contacts come from another system, and coming again they change nothing', async () => {
  const all = { created: 2, updated: 0, unchanged: 0, refused: 0 };
  expect(counts(await upsert('accounts', ACCOUNTS))).toEqual(all);
  expect(counts(await upsert('contacts', CONTACTS))).toEqual(all);
  const jill = {
    ...{ externalId: 'jill', name: 'Jill', primaryAddress: 'jill@x.example' },
    ...{ alternateAddresses: ['j@x.example'], defaultAccount: { externalId: 'g' } },
    accounts: [{ externalId: 'b' }, { externalId: 'g' }],
  };
  expect(await contact(' jill ')).toMatchObject(jill);
  expect(await contact('joe')).toMatchObject({ name: '', defaultAccount: { externalId: 'b' } });
  const branch = await api.ask(`{ accountByExternalId(externalId: "b") {
    externalId name domains parent { externalId name defaultForArchive } } }`);
  expect(dataOf(branch, 'accountByExternalId')).toEqual({
    ...{ externalId: 'b', name: 'Branch', domains: ['branch.example'] },
    parent: { externalId: 'g', name: 'Group', defaultForArchive: true },
  });
  const none = { created: 0, updated: 0, unchanged: 2, refused: 0 };
  expect(counts(await upsert('accounts', ACCOUNTS))).toEqual(none);
  expect(counts(await upsert('contacts', CONTACTS))).toEqual(none);
  const half = [{ externalId: 'jill', addresses: ['new@x.example'], accountIds: [] }, CONTACTS[1]];
  expect(
    counts(
      await upsert(
        'contacts',
        half.flatMap((row) => row ?? []),
      ),
    ),
  ).toEqual({
    ...{ created: 0, updated: 1, unchanged: 1, refused: 0 },
  });
  expect(await contact('jill')).toMatchObject({
    ...{ name: 'Jill', primaryAddress: 'new@x.example', alternateAddresses: [] },
    ...{ accounts: [], defaultAccount: null },
  });
});

test('rows that are wrong are named and leave nothing behind; the others are stored', async () => {
  const made = await upsert('contacts', [
    { externalId: 'good', addresses: ['good@x.example'] },
    { externalId: 'bad', addresses: ['bad'] },
    { externalId: 'gone', addresses: ['gone@x.example'], accountExternalIds: ['nowhere'] },
  ]);
  expect(made).toMatchObject({
    ...{ created: 1, refused: 2, userErrors: [] },
    rowErrors: [
      { index: 1, externalId: 'bad', code: 'INVALID_ADDRESS', field: ['addresses', '0'] },
      { index: 2, externalId: 'gone', code: 'NOT_FOUND', field: ['accountExternalIds', '0'] },
    ],
  });
  expect(await database.db.select().from(tables.contacts)).toHaveLength(1);
  const many = Array.from({ length: 10_001 }, () => ({ externalId: 'x' }));
  const refused = await upsert('contacts', many);
  expect(refused).toMatchObject({
    ...{ created: null, updated: null, unchanged: null, refused: null, rowErrors: null },
    userErrors: [{ code: 'TOO_MANY', field: ['input', 'contacts'] }],
  });
});

test('a contact that Mailroom made is given to the other system by its id; bounces of kept addresses stay', async () => {
  const { workspaceId } = api.acme;
  const id = await aContact(database.db, workspaceId, 'made@x.example', 'Made');
  await database.db
    .update(tables.contactAddresses)
    .set({ bouncedAt: new Date(), bounceStatus: '5.1.1' });
  const row = { contactId: toGlobalId('Contact', id), externalId: 'm' };
  const addresses = ['first@x.example', 'made@x.example'];
  expect(counts(await upsert('contacts', [{ ...row, addresses }]))).toMatchObject({ updated: 1 });
  expect(await contact('m')).toMatchObject({
    ...{ id: row.contactId, name: 'Made', primaryAddress: 'first@x.example' },
  });
  const [kept] = await database.db
    .select()
    .from(tables.contactAddresses)
    .where(eq(tables.contactAddresses.address, 'made@x.example'));
  expect(kept).toMatchObject({ bounceStatus: '5.1.1', isPrimary: false });
});

test('10,000 rows are stored by as many statements as 10, and compared by as many', async () => {
  const statementsOf = async (rows: readonly object[]) => {
    database.statements = 0;
    const done = await upsert('contacts', rows);
    return { ...counts(done), statements: database.statements };
  };
  await upsert('accounts', [{ externalId: 'a', name: 'A' }]);
  const few = Array.from({ length: 10 }, (_, n) => aRow(n, '-few'));
  const many = Array.from({ length: 10_000 }, (_, n) => aRow(n));
  expect(await statementsOf(few)).toMatchObject({ created: 10, statements: 9 });
  expect(await statementsOf(many)).toMatchObject({ created: 10_000, statements: 9 });
  expect(await statementsOf(many)).toMatchObject({ unchanged: 10_000, statements: 5 });
  const changed = (row: object) => ({ ...row, addresses: ['other@x.example'], name: 'Changed' });
  expect(await statementsOf(few.map(changed))).toMatchObject({ updated: 10, statements: 10 });
  const some = many.slice(0, 1_000).map(changed);
  expect(await statementsOf(some)).toMatchObject({ updated: 1_000, statements: 10 });
});

function aRow(n: number, mark = '') {
  const addresses = [`p${n}${mark}@x.example`, `q${n}${mark}@x.example`];
  return { externalId: `c${n}${mark}`, name: `C ${n}`, addresses, accountExternalIds: ['a'] };
}

test('a domain that somebody gives away meanwhile is an error of its row and not of the call', async () => {
  await upsert('accounts', [{ externalId: 'first', name: 'First' }]);
  const { workspaceId } = api.acme;
  const [first] = await database.db.select().from(tables.accounts);
  const { waiting } = await database.db.transaction(async (other) => {
    await other
      .insert(tables.accountDomains)
      .values({ workspaceId, accountId: first?.id ?? '', domain: 'late.example' });
    const waiting = upsert('accounts', [
      { externalId: 'p', name: 'P', domains: ['late.example'] },
      { externalId: 'q', name: 'Q', domains: ['free.example'] },
    ]);
    await expect.poll(() => waitingForLocks(database.db)).toBe(1);
    // Not awaited here: it waits for this transaction.
    return { waiting };
  });
  expect(await waiting).toMatchObject({
    ...{ created: 1, refused: 1 },
    rowErrors: [{ index: 0, code: 'DOMAIN_TAKEN', field: ['domains', '0'] }],
  });
});

test('two calls at once with the same rows make nothing twice', async () => {
  const [one, two] = await Promise.all([
    upsert('contacts', CONTACTS.slice(1).map(unlinked)),
    upsert('contacts', CONTACTS.map(unlinked)),
  ]);
  expect(one.created + two.created).toBe(2);
  expect([...one.rowErrors, ...two.rowErrors]).toEqual([]);
});

function unlinked({ externalId, addresses }: { externalId: string; addresses: string[] }) {
  return { externalId, addresses };
}

test('R4 one second look is asked for per call, about what is new', async () => {
  const mailboxId = await aMailbox(database.db, api.acme.workspaceId);
  await database.db
    .update(tables.mailboxes)
    .set({ policy: { retroMatch: 'on' } })
    .where(eq(tables.mailboxes.id, mailboxId));
  await upsert('accounts', ACCOUNTS);
  await upsert('contacts', CONTACTS);
  expect((await upsert('contacts', CONTACTS)).redecision).toBeNull();
  const rows = await database.db
    .select()
    .from(tables.redecisions)
    .orderBy(tables.redecisions.createdAt);
  expect(rows.map(({ cause, scope }) => [cause, scope.addresses, scope.domains])).toEqual([
    ['account_domain', [], ['branch.example']],
    ['contact', ['jill@x.example', 'j@x.example', 'joe@x.example'], []],
  ]);
  expect(api.orchestrator.told).toHaveLength(2);
  await database.db.delete(tables.mailboxes);
});

describe('workspaces are apart', () => {
  test('the ids of another system mean nothing in another workspace', async () => {
    await upsert('accounts', ACCOUNTS);
    await upsert('contacts', CONTACTS);
    const foreign = await upsert(
      'contacts',
      [
        { externalId: 'jill', addresses: ['mine@x.example'] },
        { externalId: 'x', addresses: ['x@x.example'], accountExternalIds: ['g'] },
        { externalId: 'y', addresses: ['y@x.example'], defaultAccountExternalId: 'g' },
      ],
      api.rival,
    );
    expect(foreign).toMatchObject({ created: 1, refused: 2 });
    expect(new Set(foreign.rowErrors.map(({ code }) => code))).toEqual(new Set(['NOT_FOUND']));
    expect(await contact('jill')).toMatchObject({ primaryAddress: 'jill@x.example' });
    expect(await contact('jill', api.rival)).toMatchObject({ primaryAddress: 'mine@x.example' });
    expect(await contact('joe', api.rival)).toBeNull();
    const taken = [{ externalId: 'b', name: 'Mine', domains: ['branch.example'] }];
    expect(await upsert('accounts', taken, api.rival)).toMatchObject({ created: 1, refused: 0 });
    const child = [{ externalId: 'c', name: 'Child', parentExternalId: 'g' }];
    expect(await upsert('accounts', child, api.rival)).toMatchObject({ created: 0, refused: 1 });
  });

  test('global ids of another workspace are refused row by row, and nothing changes there', async () => {
    await upsert('accounts', ACCOUNTS);
    await upsert('contacts', CONTACTS);
    const world = async () =>
      JSON.stringify([
        await database.db.select().from(tables.contacts).orderBy(tables.contacts.id),
        await database.db.select().from(tables.accounts).orderBy(tables.accounts.id),
        await database.db.select().from(tables.contactAccounts),
        await database.db.select().from(tables.accountDomains),
      ]);
    const before = await world();
    const [account] = await database.db.select().from(tables.accounts);
    const accountId = toGlobalId('Account', account?.id ?? '');
    const { id: contactId } = (await contact('jill')) as { id: string };
    const own = { externalId: 'own', addresses: ['own@x.example'] };
    const people = [
      { contactId, name: 'mine', externalId: 'mine' },
      { ...own, accountIds: [accountId] },
      { ...own, defaultAccountId: accountId },
    ];
    const companies = [
      { accountId, name: 'mine', domains: [] },
      { externalId: 'x', name: 'x', parentId: accountId },
    ];
    for (const [what, rows] of [['contacts', people] as const, ['accounts', companies] as const]) {
      const done = await upsert(what, rows, api.rival);
      expect(done).toMatchObject({ created: 0, updated: 0, refused: rows.length });
      expect(done.rowErrors.map(({ code }) => code)).toContain('NOT_FOUND');
    }
    expect(await world()).toBe(before);
  });
});

test('members and services may, as with createContact', async () => {
  const row = { externalId: 'by-member', addresses: ['m@x.example'] };
  const made = await api.asMember(() => upsert('contacts', [row]));
  expect(made.created).toBe(1);
});
