import { expect, test } from 'vitest';
import { toGlobalId } from '../../../api/ids.ts';
import { checkAccountRow, planAccounts } from '../../../api/validation/upsert-account.ts';
import { checkContactRow, planContacts } from '../../../api/validation/upsert-contact.ts';
import { checkRows } from '../../../api/validation/upsert-rows.ts';
import type { AccountRowInput, ContactRowInput } from '../../../api/schema.generated.ts';
import { parseAddress, parseDomain } from '../../../domain/address.ts';
import type { LockedAccount } from '../../../drizzle/upserts-accounts.ts';
import type { LockedContact } from '../../../drizzle/upserts-contacts.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const address = (text: string) => parseAddress(text) ?? expect.unreachable();
const shown = (errors: readonly { index: number; code: string; field: unknown }[]) =>
  errors.map(({ index, code, field }) => [index, code, field]);

function aContact(over: Partial<LockedContact>): LockedContact {
  return {
    ...{ id: id(1), externalId: 'c1', name: 'Jill', defaultAccountId: null, accountIds: [] },
    ...{ addresses: [address('jill@x.example'), address('j@x.example')], ...over },
  };
}

function contacts(inputs: readonly ContactRowInput[], stored: readonly LockedContact[] = []) {
  const accounts = [
    { id: id(11), externalId: 'a1' },
    { id: id(12), externalId: null },
  ];
  const { rows, errors } = checkRows(inputs, checkContactRow);
  const plan = planContacts(rows, stored, accounts);
  return { ...plan, errors: shown([...errors, ...plan.errors]) };
}

function accounts(
  inputs: readonly AccountRowInput[],
  stored: readonly LockedAccount[] = [],
  owners: Readonly<Record<string, string>> = {},
) {
  const { rows, errors } = checkRows(inputs, checkAccountRow);
  const plan = planAccounts(rows, stored, {
    parents: stored,
    parentOf: new Map(stored.map((account) => [account.id, account.parentId])),
    ownerOf: new Map(Object.entries(owners)),
  });
  return { ...plan, errors: shown([...errors, ...plan.errors]) };
}

function anAccount(n: number, over: Partial<LockedAccount> = {}): LockedAccount {
  return {
    ...{ id: id(n), externalId: `a${n}`, name: `A ${n}`, domains: [], parentId: null },
    ...{ defaultForArchive: false, ...over },
  };
}

const domain = (text: string) => parseDomain(text) ?? expect.unreachable();

test('rows are checked as createContact checks, each error by row and field', () => {
  const { states, errors } = contacts([
    { externalId: 'ok', addresses: ['A@x.example'] },
    { externalId: ' ', addresses: ['no address', 'b@x.example', 'B@X.example'] },
    { externalId: 'x', name: 'n'.repeat(201), addresses: [] },
    { name: 'nobody', addresses: ['c@x.example'] },
    { externalId: 'new' },
    { externalId: 'y', addresses: ['d@x.example'], accountExternalIds: ['gone'] },
    { externalId: 'z', addresses: ['e@x.example'], defaultAccountExternalId: 'a1' },
    { contactId: toGlobalId('Contact', id(9)), addresses: ['f@x.example'] },
    { contactId: toGlobalId('Account', id(1)) },
  ]);
  expect(states.map(({ externalId, addresses }) => [externalId, addresses])).toEqual([
    ['ok', ['a@x.example']],
  ]);
  expect(errors.sort(([a], [b]) => Number(a) - Number(b))).toEqual([
    [1, 'required', ['externalId']],
    [1, 'invalid_address', ['addresses', '0']],
    [1, 'duplicate', ['addresses', '2']],
    [2, 'too_long', ['name']],
    [2, 'required', ['addresses']],
    [3, 'required', ['externalId']],
    [4, 'required', ['addresses']],
    [5, 'not_found', ['accountExternalIds', '0']],
    [6, 'not_linked', ['defaultAccountExternalId']],
    [7, 'not_found', ['contactId']],
    [8, 'not_found', ['contactId']],
  ]);
});

test('what is left out stays, what is null or empty is cleared, what stands so already is not written', () => {
  const stored = aContact({ accountIds: [id(11), id(12)], defaultAccountId: id(12) });
  const same = contacts(
    [{ externalId: 'c1', name: ' Jill ', addresses: ['JILL@x.example', 'j@x.example'] }],
    [stored],
  );
  expect([same.states, same.unchanged]).toEqual([[], 1]);
  const { states } = contacts(
    [{ externalId: 'c1', name: null, accountExternalIds: ['a1'] }],
    [stored],
  );
  // The default account is no longer linked.
  expect(states).toEqual([
    {
      ...{ id: id(1), isNew: false, externalId: 'c1', name: '', addresses: null },
      ...{ accountIds: [id(11)], defaultAccountId: null },
    },
  ]);
  const moved = contacts(
    [{ externalId: 'c1', addresses: ['j@x.example', 'new@x.example'] }],
    [stored],
  );
  expect(moved.addedAddresses).toEqual(['new@x.example']);
  expect(moved.states).toMatchObject([
    { addresses: ['j@x.example', 'new@x.example'], accountIds: null, defaultAccountId: id(12) },
  ]);
});

test('R16 two rows may carry one address; two rows about one contact may not be', () => {
  const one = { addresses: ['shared@x.example'] };
  const two = contacts([
    { externalId: 'p', ...one },
    { externalId: 'q', ...one },
    { externalId: 'p', ...one },
  ]);
  expect(two.created).toBe(2);
  expect(two.errors).toEqual([[2, 'duplicate', ['externalId']]]);
  const contactId = toGlobalId('Contact', id(1));
  const named = contacts([{ contactId, externalId: 'c2' }, { externalId: 'c1' }], [aContact({})]);
  expect(named.states).toMatchObject([{ id: id(1), externalId: 'c2' }]);
  expect(named.errors).toEqual([[1, 'duplicate', ['externalId']]]);
});

test('an id of the other system belongs to one contact', () => {
  const stored = [aContact({}), aContact({ id: id(2), externalId: null })];
  const contactId = toGlobalId('Contact', id(2));
  expect(contacts([{ contactId, externalId: 'c1' }], stored).errors).toEqual([
    [0, 'external_id_taken', ['externalId']],
  ]);
  const { states } = contacts([{ contactId, externalId: 'c2' }], stored);
  expect(states).toMatchObject([{ id: id(2), isNew: false, externalId: 'c2', name: 'Jill' }]);
});

test('R31 rows of accounts are checked as createAccount checks', () => {
  const { errors } = accounts([
    { externalId: 'a', name: 'A', domains: ['gmail.com', 'x.example', 'no domain'] },
    { externalId: 'b', name: ' ' },
    { externalId: 'c' },
    { externalId: 'd', name: null },
  ]);
  expect(errors.sort(([a], [b]) => Number(a) - Number(b))).toEqual([
    [0, 'shared_domain', ['domains', '0']],
    [0, 'invalid_domain', ['domains', '2']],
    [1, 'required', ['name']],
    [2, 'required', ['name']],
    [3, 'required', ['name']],
  ]);
});

test('a parent may be made by another row of the list, and what hangs on a refused one is refused', () => {
  const { states, errors } = accounts([
    { externalId: 'child', name: 'Child', parentExternalId: 'group' },
    { externalId: 'group', name: 'Group' },
    { externalId: 'orphan', name: 'Orphan', parentExternalId: 'bad' },
    { externalId: 'bad', name: 'Bad', parentExternalId: 'nowhere' },
  ]);
  const [child, group] = states;
  expect(child).toMatchObject({ externalId: 'child', parentId: group?.id });
  expect(errors).toEqual([
    [3, 'not_found', ['parentExternalId']],
    [2, 'not_found', ['parentExternalId']],
  ]);
});

test('no account comes to stand below itself, not even by several rows; the end counts and not the way', () => {
  const stored = [
    anAccount(1),
    anAccount(2, { parentId: id(1) }),
    anAccount(3, { parentId: id(2) }),
  ];
  expect(accounts([{ externalId: 'a1', parentExternalId: 'a3' }], stored).errors).toEqual([
    [0, 'invalid_parent', ['parentExternalId']],
  ]);
  expect(accounts([{ externalId: 'a1', parentExternalId: 'a1' }], stored).errors).toHaveLength(1);
  const turned = accounts(
    [
      { externalId: 'a1', parentExternalId: 'a3' },
      { externalId: 'a2', parentExternalId: null },
    ],
    stored,
  );
  expect(turned.errors).toEqual([]);
  const ring = accounts([
    { externalId: 'x', name: 'X', parentExternalId: 'y' },
    { externalId: 'y', name: 'Y', parentExternalId: 'x' },
    { externalId: 'z', name: 'Z' },
  ]);
  expect(ring.states).toMatchObject([{ externalId: 'z' }]);
});

test("a domain moves between accounts of one list, and is nobody else's to take", () => {
  const x = domain('x.example');
  const stored = [anAccount(1, { domains: [x] }), anAccount(2)];
  const owners = { 'x.example': id(1) };
  const take = { externalId: 'a2', domains: ['x.example'] };
  expect(accounts([take], stored, owners).errors).toEqual([[0, 'domain_taken', ['domains', '0']]]);
  const moved = accounts([take, { externalId: 'a1', domains: null }], stored, owners);
  expect([moved.errors, moved.addedDomains]).toEqual([[], [x]]);
  const kept = accounts([take, { externalId: 'a1', domains: [], name: '' }], stored, owners);
  expect(kept.errors).toEqual([
    [1, 'required', ['name']],
    [0, 'domain_taken', ['domains', '0']],
  ]);
  const both = accounts([
    { externalId: 'p', name: 'P', domains: ['y.example'] },
    { externalId: 'q', name: 'Q', domains: ['y.example'] },
  ]);
  expect(both.errors).toEqual([[1, 'domain_taken', ['domains', '0']]]);
});

test('rows that hang on a refused one in a long line are all refused, and soon', () => {
  const line = Array.from({ length: 10_000 }, (_, n) => ({
    ...{ externalId: `n${n}`, name: 'N', parentExternalId: `n${n + 1}` },
  }));
  const { states, errors } = accounts([...line, { externalId: 'alone', name: 'Alone' }]);
  expect(states).toMatchObject([{ externalId: 'alone' }]);
  expect(errors).toHaveLength(10_000);
});
