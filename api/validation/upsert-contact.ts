import { randomUUID } from 'node:crypto';
import type { EmailAddress } from '../../domain/address.ts';
import { added } from '../../domain/redecision.ts';
import type { ContactState, LockedContact } from '../../drizzle/upserts-contacts.ts';
import { storableText } from '../../drizzle/rows.ts';
import { userError, type UserError } from '../errors.ts';
import { idOf } from '../ids.ts';
import { NOT_LINKED } from '../resolvers/contact-input.ts';
import type { ContactRowInput } from '../schema.generated.ts';
import { checkAddresses, checkIds, checkText, MAX_NAME, ok, type Checked } from './fields.ts';
import { checkExternalId, checkIdentity, directoryOf, rowErrors, unknown } from './upsert-rows.ts';
import type { Given, NamedRow, Placed, Reference, RowError } from './upsert-rows.ts';
import { findTargets, type Targeted } from './upsert-target.ts';

const MAX_ACCOUNTS = 50;

/** What a row says of a contact; a field that is undefined stays. */
export interface ContactRow extends NamedRow {
  readonly name: string | undefined;
  readonly addresses: readonly EmailAddress[] | undefined;
  readonly accounts: readonly Reference[] | undefined;
  readonly defaultAccount: Reference | null | undefined;
}

/** A row as GraphQL or a file has it. */
export type ContactFields = Given<ContactRowInput>;

/** What is to be stored of the rows that may be. */
export interface ContactPlan {
  readonly states: readonly ContactState[];
  readonly created: number;
  readonly unchanged: number;
  readonly errors: readonly RowError[];
  /** Addresses that contacts did not carry before. */
  readonly addedAddresses: readonly EmailAddress[];
}

/** Everything that can be said of a row without looking at what is stored. */
export function checkContactRow(input: ContactFields): Checked<ContactRow> {
  const identity = checkIdentity('Contact', 'contactId', input.contactId, input.externalId);
  const name =
    input.name === undefined
      ? ok(undefined)
      : checkText(storableText(input.name ?? ''), { min: 0, max: MAX_NAME }, ['input', 'name']);
  const addresses =
    input.addresses === undefined
      ? ok(undefined)
      : checkAddresses(input.addresses ?? [], ['input', 'addresses']);
  const accounts = checkAccounts(input);
  const defaultAccount = checkDefaultAccount(input);
  return {
    value: {
      ...identity.value,
      ...{ name: name.value, addresses: addresses.value },
      ...{ accounts: accounts.value, defaultAccount: defaultAccount.value },
    },
    userErrors: [identity, name, addresses, accounts, defaultAccount].flatMap(
      (checked) => checked.userErrors,
    ),
  };
}

/** Compares the rows with what is stored: what has to be written, and which rows cannot be. */
export function planContacts(
  rows: readonly Placed<ContactRow>[],
  stored: readonly LockedContact[],
  accounts: readonly { readonly id: string; readonly externalId: string | null }[],
): ContactPlan {
  const { find } = directoryOf(accounts);
  const { targets, errors } = findTargets('Contact', rows, stored);
  const problems = [...errors];
  const states: ContactState[] = [];
  const addedAddresses = new Set<EmailAddress>();
  let unchanged = 0;
  for (const target of targets) {
    const { value, userErrors } = stateOf(target, (reference) => find(reference)?.id);
    if (userErrors.length > 0) {
      problems.push(...rowErrors(target.index, target.row.externalId ?? null, userErrors));
    } else if (target.stored !== null && isAsStored(value, target.stored)) {
      unchanged += 1;
    } else {
      states.push(value);
      const before = target.stored?.addresses ?? [];
      for (const address of added(before, value.addresses ?? [])) addedAddresses.add(address);
    }
  }
  return {
    ...{ states, unchanged, errors: problems, addedAddresses: [...addedAddresses] },
    created: states.filter(({ isNew }) => isNew).length,
  };
}

function checkAccounts(input: ContactFields): Checked<readonly Reference[] | undefined> {
  const { accountIds, accountExternalIds } = input;
  if (accountIds === undefined && accountExternalIds === undefined) return ok(undefined);
  const ids = checkIds('Account', accountIds ?? [], ['input', 'accountIds']);
  const externalIds = (accountExternalIds ?? []).map((raw, index) =>
    checkExternalId(raw, 'accountExternalIds', String(index)),
  );
  if (ids.value.length + externalIds.length > MAX_ACCOUNTS) {
    const message = `There must not be more than ${MAX_ACCOUNTS} accounts.`;
    return { value: [], userErrors: [userError('too_many', message, ['input', 'accountIds'])] };
  }
  return {
    value: [
      ...ids.value.map((value, index) => reference('id', value, 'accountIds', index)),
      ...externalIds.map(({ value }, index) =>
        reference('externalId', value, 'accountExternalIds', index),
      ),
    ],
    userErrors: [ids, ...externalIds].flatMap((checked) => checked.userErrors),
  };
}

function checkDefaultAccount(input: ContactFields): Checked<Reference | null | undefined> {
  const { defaultAccountId, defaultAccountExternalId } = input;
  if (defaultAccountId != null && defaultAccountExternalId != null) {
    const message = 'Name the default account by defaultAccountId or defaultAccountExternalId.';
    const field = ['input', 'defaultAccountId'];
    return { value: null, userErrors: [userError('invalid_settings', message, field)] };
  }
  if (defaultAccountId != null) {
    const id = idOf('Account', defaultAccountId);
    return id === null
      ? { value: null, userErrors: [unknown('Account', ['defaultAccountId'])] }
      : ok(reference('id', id, 'defaultAccountId'));
  }
  if (defaultAccountExternalId != null) {
    const { value, userErrors } = checkExternalId(
      defaultAccountExternalId,
      'defaultAccountExternalId',
    );
    return { value: reference('externalId', value, 'defaultAccountExternalId'), userErrors };
  }
  const isLeftOut = defaultAccountId === undefined && defaultAccountExternalId === undefined;
  return ok(isLeftOut ? undefined : null);
}

function reference(by: Reference['by'], value: string, field: string, index?: number): Reference {
  return { by, value, field: index === undefined ? [field] : [field, String(index)] };
}

/** What the contact is to become, with lists only where they differ from what is stored. */
function stateOf(
  { row, stored }: Targeted<ContactRow, LockedContact>,
  find: (reference: Reference) => string | undefined,
): Checked<ContactState> {
  const userErrors: UserError[] = [];
  const idOfAccount = (named: Reference): string[] => {
    const id = find(named);
    if (id === undefined) userErrors.push(unknown('Account', named.field));
    return id === undefined ? [] : [id];
  };
  const accountIds = row.accounts && [...new Set(row.accounts.flatMap(idOfAccount))];
  const linked = accountIds ?? stored?.accountIds ?? [];
  const [chosen = null] = row.defaultAccount ? idOfAccount(row.defaultAccount) : [];
  if (row.defaultAccount && chosen !== null && !linked.includes(chosen)) {
    userErrors.push(userError('not_linked', NOT_LINKED, ['input', ...row.defaultAccount.field]));
  }
  if (stored === null && row.addresses === undefined) {
    userErrors.push(userError('required', NO_ADDRESS, ['input', 'addresses']));
  }
  const kept = row.defaultAccount === undefined ? (stored?.defaultAccountId ?? null) : chosen;
  const value: ContactState = {
    id: stored?.id ?? randomUUID(),
    isNew: stored === null,
    externalId: row.externalId === undefined ? (stored?.externalId ?? null) : row.externalId,
    name: row.name ?? stored?.name ?? '',
    // A default that is no longer linked falls back to the most recently linked account.
    defaultAccountId: kept !== null && linked.includes(kept) ? kept : null,
    addresses: differing(row.addresses, stored?.addresses, isSameWithPrimary),
    accountIds: differing(accountIds, stored?.accountIds, isSameSet),
  };
  return { value, userErrors };
}

const NO_ADDRESS = 'A contact that is not there yet needs at least one address.';

function isAsStored(state: ContactState, stored: LockedContact): boolean {
  return (
    state.addresses === null &&
    state.accountIds === null &&
    state.externalId === stored.externalId &&
    state.name === stored.name &&
    state.defaultAccountId === stored.defaultAccountId
  );
}

/** The list when it is given and differs; null when nothing of it has to be written. */
function differing<T>(
  wanted: readonly T[] | undefined,
  stored: readonly T[] | undefined,
  isSame: (a: readonly T[], b: readonly T[]) => boolean,
): readonly T[] | null {
  return wanted === undefined || (stored !== undefined && isSame(wanted, stored)) ? null : wanted;
}

/** The order of addresses other than the first is not kept. */
function isSameWithPrimary<T>(a: readonly T[], b: readonly T[]): boolean {
  return a[0] === b[0] && isSameSet(a, b);
}

function isSameSet<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((value) => b.includes(value));
}
