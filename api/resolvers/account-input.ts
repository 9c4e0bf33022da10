import type { Domain } from '../../domain/address.ts';
import {
  ACCOUNT_DOMAIN_TAKEN,
  findAccounts,
  isAncestor,
  takenDomains,
} from '../../drizzle/accounts.ts';
import { violates, type Db } from '../../drizzle/database.ts';
import { notFound, userError, type UserError } from '../errors.ts';

export const TAKEN = 'This domain already belongs to another account.';

/** Domains that other accounts own, named by their place in the input. */
export async function taken(
  db: Db,
  domains: readonly Domain[],
  accountId: string | null,
): Promise<readonly UserError[]> {
  const owned = await takenDomains(db, domains, accountId);
  return domains.flatMap((domain, index) =>
    owned.has(domain)
      ? [userError('domain_taken', TAKEN, ['input', 'domains', String(index)])]
      : [],
  );
}

/** The parent must exist, and must not be the account or stand below it. */
export async function parentProblems(
  db: Db,
  parentId: string | null,
  accountId: string | null,
): Promise<readonly UserError[]> {
  if (parentId === null) return [];
  if ((await findAccounts(db, [parentId])).length === 0) return [notFound('account', 'parentId')];
  if (accountId === null || !(await isAncestor(db, accountId, parentId))) return [];
  const message = 'An account cannot belong to itself or to an account below it.';
  return [userError('invalid_parent', message, ['input', 'parentId'])];
}

/** Two people may give the same domain to two accounts at once: the constraint decides. */
export async function unlessTaken<T>(
  work: () => Promise<T | readonly UserError[]>,
): Promise<T | readonly UserError[]> {
  try {
    return await work();
  } catch (error) {
    if (!violates(error, ACCOUNT_DOMAIN_TAKEN)) throw error;
    return [userError('domain_taken', TAKEN, ['input', 'domains'])];
  }
}
