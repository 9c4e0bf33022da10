import { randomUUID } from 'node:crypto';
import type { Domain } from '../../domain/address.ts';
import { added } from '../../domain/redecision.ts';
import { storableText } from '../../drizzle/rows.ts';
import type { AccountState, LockedAccount } from '../../drizzle/upserts-accounts.ts';
import { userError } from '../errors.ts';
import { idOf } from '../ids.ts';
import type { AccountRowInput } from '../schema.generated.ts';
import { agreeing } from './upsert-agreement.ts';
import type { AccountRow, Candidate, Surroundings } from './upsert-agreement.ts';
import { checkDomains, checkText, MAX_NAME, ok, type Checked } from './fields.ts';
import { checkExternalId, checkIdentity, rowErrors, unknown } from './upsert-rows.ts';
import type { Given, Placed, Reference, RowError } from './upsert-rows.ts';
import { findTargets, type Targeted } from './upsert-target.ts';

/** A row as GraphQL or a file has it. */
export type AccountFields = Given<AccountRowInput>;

/** What is to be stored of the rows that may be. */
export interface AccountPlan {
  readonly states: readonly AccountState[];
  readonly created: number;
  readonly unchanged: number;
  readonly errors: readonly RowError[];
  /** Domains that belonged to none of these accounts before. */
  readonly addedDomains: readonly Domain[];
}

/** Everything that can be said of a row without looking at what is stored. */
export function checkAccountRow(input: AccountFields): Checked<AccountRow> {
  const identity = checkIdentity('Account', 'accountId', input.accountId, input.externalId);
  const name =
    input.name === undefined
      ? ok(undefined)
      : checkText(storableText(input.name ?? ''), { min: 1, max: MAX_NAME }, ['input', 'name']);
  const domains =
    input.domains === undefined
      ? ok(undefined)
      : checkDomains(input.domains ?? [], ['input', 'domains']);
  const parent = checkParent(input);
  const { defaultForArchive } = input;
  return {
    value: {
      ...identity.value,
      ...{ name: name.value, domains: domains.value, parent: parent.value },
      defaultForArchive: defaultForArchive === undefined ? undefined : (defaultForArchive ?? false),
    },
    userErrors: [identity, name, domains, parent].flatMap((checked) => checked.userErrors),
  };
}

/** Compares the rows with what is stored: what has to be written, and which rows cannot be. */
export function planAccounts(
  rows: readonly Placed<AccountRow>[],
  stored: readonly LockedAccount[],
  around: Omit<Surroundings, 'stored'>,
): AccountPlan {
  const { targets, errors } = findTargets('Account', rows, stored);
  const problems = [...errors];
  const candidates: Candidate[] = [];
  for (const target of targets) {
    const { index, row } = target;
    if (target.stored === null && row.name === undefined) {
      const required = userError('required', NO_NAME, ['input', 'name']);
      problems.push(...rowErrors(index, row.externalId ?? null, [required]));
    } else {
      candidates.push({ index, row, stored: target.stored, id: target.stored?.id ?? randomUUID() });
    }
  }
  const { agreed, refused } = agreeing(candidates, { ...around, stored });
  const all = agreed.map(({ candidate, parentId }) => ({
    ...{ stored: candidate.stored, state: stateOf(candidate, candidate.id, parentId) },
  }));
  const changed = all.filter((one) => one.stored === null || !isAsStored(one.state, one.stored));
  const states = changed.map(({ state }) => state);
  const addedDomains = changed.flatMap((one) =>
    added(one.stored?.domains ?? [], one.state.domains ?? []),
  );
  return {
    ...{ states, addedDomains, errors: [...problems, ...refused] },
    unchanged: all.length - changed.length,
    created: states.filter(({ isNew }) => isNew).length,
  };
}

const NO_NAME = 'An account that is not there yet needs a name.';

function checkParent(input: AccountFields): Checked<Reference | null | undefined> {
  const { parentId, parentExternalId } = input;
  if (parentId != null && parentExternalId != null) {
    const message = 'Name the parent by parentId or parentExternalId.';
    const field = ['input', 'parentId'];
    return { value: null, userErrors: [userError('invalid_settings', message, field)] };
  }
  if (parentId != null) {
    const value = idOf('Account', parentId);
    return value === null
      ? { value: null, userErrors: [unknown('Account', ['parentId'])] }
      : ok({ by: 'id', value, field: ['parentId'] });
  }
  if (parentExternalId != null) {
    const { value, userErrors } = checkExternalId(parentExternalId, 'parentExternalId');
    return { value: { by: 'externalId', value, field: ['parentExternalId'] }, userErrors };
  }
  return ok(parentId === undefined && parentExternalId === undefined ? undefined : null);
}

function stateOf(
  { row, stored }: Targeted<AccountRow, LockedAccount>,
  id: string,
  parentId: string | null,
): AccountState {
  const domains = row.domains ?? null;
  const isSame = stored !== null && domains !== null && isSameSet(domains, stored.domains);
  return {
    ...{ id, parentId, isNew: stored === null },
    externalId: row.externalId === undefined ? (stored?.externalId ?? null) : row.externalId,
    name: row.name ?? stored?.name ?? '',
    defaultForArchive: row.defaultForArchive ?? stored?.defaultForArchive ?? false,
    domains: isSame ? null : domains,
  };
}

function isAsStored(state: AccountState, stored: LockedAccount): boolean {
  return (
    state.domains === null &&
    state.externalId === stored.externalId &&
    state.name === stored.name &&
    state.parentId === stored.parentId &&
    state.defaultForArchive === stored.defaultForArchive
  );
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value) => b.includes(value));
}
