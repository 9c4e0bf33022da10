import { deleteAccount as remove } from '../../../drizzle/accounts.ts';
import { notFound } from '../../errors.ts';
import { idOf } from '../../ids.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { requireAdmin } from '../require-admin.ts';

export const deleteAccount: MutationResolvers['deleteAccount'] = async (
  _root,
  { input },
  { write, viewer },
) => {
  requireAdmin(viewer);
  const id = idOf('Account', input.accountId);
  const isDone = id !== null && (await write((db) => remove(db, id)));
  return isDone
    ? { deletedAccountId: input.accountId, userErrors: [] }
    : { deletedAccountId: null, userErrors: [notFound('account', 'accountId')] };
};
