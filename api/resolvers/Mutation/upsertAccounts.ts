import type { MutationResolvers } from '../../schema.generated.ts';
import { upsertAccountRows } from '../../upserts.ts';
import { checkSize } from '../../validation/upsert-rows.ts';
import { notStored } from '../not-stored.ts';

/** For every user, as `createAccount`. */
export const upsertAccounts: MutationResolvers['upsertAccounts'] = async (
  _root,
  { input },
  context,
) => {
  const tooMany = checkSize(input.accounts.length, 'accounts');
  if (tooMany !== null) return notStored([tooMany]);
  return { ...(await upsertAccountRows(context, input.accounts)), userErrors: [] };
};
