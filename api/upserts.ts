import type { Domain } from '../domain/address.ts';
import { scopeOf } from '../domain/redecision.ts';
import { ACCOUNT_DOMAIN_TAKEN } from '../drizzle/accounts.ts';
import { violates, type Db } from '../drizzle/database.ts';
import type { Redecision } from '../drizzle/redecisions.ts';
import { linkableAccounts, lockUpserts } from '../drizzle/upserts.ts';
import {
  lockAccountsNamed,
  ownersOf,
  parentsAbove,
  writeAccounts,
} from '../drizzle/upserts-accounts.ts';
import { lockContactsNamed, writeContacts } from '../drizzle/upserts-contacts.ts';
import type { RequestContext } from './context.ts';
import { begun, retroMatch } from './redecisions.ts';
import { checkAccountRow, planAccounts } from './validation/upsert-account.ts';
import type { AccountFields, AccountPlan } from './validation/upsert-account.ts';
import type { AccountRow } from './validation/upsert-agreement.ts';
import { checkContactRow, planContacts, type ContactFields } from './validation/upsert-contact.ts';
import { checkRows, namesOf, type Placed, type RowError } from './validation/upsert-rows.ts';

/** What became of the rows of a call. `created`, `updated`, `unchanged` and `refused` are all of them. */
export interface Upserted {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly rowErrors: readonly RowError[];
  readonly redecision: Redecision | null;
}

/** Two calls of `createAccount` and `updateAccount` may give domains away between our look and our writing. */
const ATTEMPTS = 3;

/** Stores what is right of these rows in one transaction, and says what is wrong with the rest. */
export async function upsertContactRows(
  context: RequestContext,
  inputs: readonly ContactFields[],
): Promise<Upserted> {
  const { workspaceId } = context.viewer;
  const { rows, errors } = checkRows(inputs, checkContactRow);
  const references = rows.flatMap(({ row }) => [
    ...(row.accounts ?? []),
    ...(row.defaultAccount ? [row.defaultAccount] : []),
  ]);
  const done = await context.write(async (db) => {
    await lockUpserts(db, workspaceId);
    const named = namesOf(rows.map(({ row }) => row));
    const stored = await lockContactsNamed(db, workspaceId, named);
    const accounts = await linkableAccounts(db, workspaceId, namesOf([], references));
    const plan = planContacts(rows, stored, accounts);
    if (plan.states.length > 0) await writeContacts(db, workspaceId, plan.states);
    const scope = scopeOf(plan.addedAddresses);
    return { plan, again: await retroMatch(db, context, { cause: 'contact', scope }) };
  });
  return outcome(context, done, errors);
}

/** The same of accounts. A row may name another row's account as its parent, and take over a domain that it gives up. */
export async function upsertAccountRows(
  context: RequestContext,
  inputs: readonly AccountFields[],
): Promise<Upserted> {
  const { rows, errors } = checkRows(inputs, checkAccountRow);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const done = await context.write(async (db) => {
        const plan = await storeAccounts(db, context.viewer.workspaceId, rows);
        const scope = scopeOf([], plan.addedDomains);
        return { plan, again: await retroMatch(db, context, { cause: 'account_domain', scope }) };
      });
      return await outcome(context, done, errors);
    } catch (error) {
      // The next look sees whose the domain is now.
      if (attempt === ATTEMPTS || !violates(error, ACCOUNT_DOMAIN_TAKEN)) throw error;
    }
  }
}

async function storeAccounts(
  db: Db,
  workspaceId: string,
  rows: readonly Placed<AccountRow>[],
): Promise<AccountPlan> {
  await lockUpserts(db, workspaceId);
  const stored = await lockAccountsNamed(db, workspaceId, namesOf(rows.map(({ row }) => row)));
  const references = rows.flatMap(({ row }) => row.parent ?? []);
  const parents = await linkableAccounts(db, workspaceId, namesOf([], references));
  const domains: readonly Domain[] = rows.flatMap(({ row }) => row.domains ?? []);
  const plan = planAccounts(rows, stored, {
    parents,
    parentOf: await parentsAbove(
      db,
      [...stored, ...parents].map(({ id }) => id),
    ),
    ownerOf: await ownersOf(db, workspaceId, domains),
  });
  await writeAccounts(db, workspaceId, plan.states);
  return plan;
}

async function outcome(
  context: RequestContext,
  done: {
    readonly plan: {
      readonly states: readonly unknown[];
      readonly created: number;
      readonly unchanged: number;
      readonly errors: readonly RowError[];
    };
    readonly again: string | null;
  },
  errors: readonly RowError[],
): Promise<Upserted> {
  const { states, created, unchanged, errors: conflicts } = done.plan;
  const rowErrors = [...errors, ...conflicts].sort((a, b) => a.index - b.index);
  return {
    ...{ created, unchanged, updated: states.length - created },
    refused: new Set(rowErrors.map(({ index }) => index)).size,
    rowErrors,
    redecision: await begun(context, done.again),
  };
}
