import { ensureBlacklistEntry } from '../../../drizzle/blacklist.ts';
import { ownIdentity } from '../../../drizzle/facts.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { checkBlacklistValue, checkNote, guard } from '../../validation/blacklist.ts';
import { requireAdmin } from '../require-admin.ts';

/** R20, R22: later mail only; the value is the natural key that makes a repeat harmless. */
export const addBlacklistEntry: MutationResolvers['addBlacklistEntry'] = async (
  _root,
  { input },
  { write, loaders, viewer },
) => {
  requireAdmin(viewer);
  const { value, userErrors } = checkBlacklistValue(input.value, ['input', 'value']);
  const note = checkNote(input.note);
  if (value === null || note.userErrors.length > 0) {
    return { blacklistEntry: null, userErrors: [...userErrors, ...note.userErrors] };
  }
  const { userId: authorId, workspaceId } = viewer;
  const entry = { ...value, note: note.value, authorId, workspaceId };
  const added = await write(async (db) => {
    const own = await ownIdentity(db, workspaceId);
    return (
      guard(value, own, input.allowSharedDomain ?? false) ?? (await ensureBlacklistEntry(db, entry))
    );
  });
  if (typeof added !== 'string') return { blacklistEntry: null, userErrors: [added] };
  return { blacklistEntry: await loaders.BlacklistEntry.load(added), userErrors: [] };
};
