import { findAccounts } from '../../drizzle/accounts.ts';
import type { Db } from '../../drizzle/database.ts';
import { notFound, userError, type UserError } from '../errors.ts';

export const NOT_LINKED = 'The contact is not linked to this account. Link it first.';

/** Which of these accounts the workspace does not have; a foreign key would not ask whose they are. */
export async function unknownAccounts(
  db: Db,
  accountIds: readonly string[],
): Promise<readonly UserError[]> {
  if (accountIds.length === 0) return [];
  const known = new Set((await findAccounts(db, accountIds)).map(({ id }) => id));
  return accountIds.flatMap((id, index) =>
    known.has(id) ? [] : [notFound('account', 'accountIds', String(index))],
  );
}

/** The default account must be one of the contact's. */
export function checkDefault(
  defaultAccountId: string | null,
  accountIds: readonly string[],
): readonly UserError[] {
  if (defaultAccountId === null || accountIds.includes(defaultAccountId)) return [];
  return [userError('not_linked', NOT_LINKED, ['input', 'defaultAccountId'])];
}
