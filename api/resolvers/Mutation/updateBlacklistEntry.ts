import { updateBlacklistNote } from '../../../drizzle/blacklist.ts';
import { notFound } from '../../errors.ts';
import { idOf } from '../../ids.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { checkNote } from '../../validation/blacklist.ts';
import { requireAdmin } from '../require-admin.ts';

export const updateBlacklistEntry: MutationResolvers['updateBlacklistEntry'] = async (
  _root,
  { input },
  { write, loaders, viewer },
) => {
  requireAdmin(viewer);
  const { value: note, userErrors } = checkNote(input.note);
  if (userErrors.length > 0) return { blacklistEntry: null, userErrors };
  const id = idOf('BlacklistEntry', input.blacklistEntryId);
  const isDone = id !== null && (await write((db) => updateBlacklistNote(db, id, note)));
  return isDone
    ? { blacklistEntry: await loaders.BlacklistEntry.load(id), userErrors: [] }
    : { blacklistEntry: null, userErrors: [notFound('blacklist entry', 'blacklistEntryId')] };
};
