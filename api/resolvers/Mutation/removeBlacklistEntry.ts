import { removeBlacklistEntry as remove } from '../../../drizzle/blacklist.ts';
import { notFound } from '../../errors.ts';
import { idOf } from '../../ids.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { requireAdmin } from '../require-admin.ts';

export const removeBlacklistEntry: MutationResolvers['removeBlacklistEntry'] = async (
  _root,
  { input },
  { write, viewer },
) => {
  requireAdmin(viewer);
  const id = idOf('BlacklistEntry', input.blacklistEntryId);
  const isDone = id !== null && (await write((db) => remove(db, id)));
  return isDone
    ? { removedBlacklistEntryId: input.blacklistEntryId, userErrors: [] }
    : {
        removedBlacklistEntryId: null,
        userErrors: [notFound('blacklist entry', 'blacklistEntryId')],
      };
};
