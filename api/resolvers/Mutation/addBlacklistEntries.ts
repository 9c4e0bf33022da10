import { insertBlacklistEntries } from '../../../drizzle/blacklist.ts';
import { ownIdentity } from '../../../drizzle/facts.ts';
import { userError, type UserError } from '../../errors.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import {
  checkBlacklistText,
  checkNote,
  MAX_LISTED_ENTRIES,
  type CheckedList,
} from '../../validation/blacklist.ts';
import { requireAdmin } from '../require-admin.ts';

/** R20: all that is right of a list in one transaction; the same list again adds nothing. */
export const addBlacklistEntries: MutationResolvers['addBlacklistEntries'] = async (
  _root,
  { input },
  { write, viewer },
) => {
  requireAdmin(viewer);
  const note = checkNote(input.note);
  const { userId: authorId, workspaceId } = viewer;
  return write(async (db) => {
    const own = await ownIdentity(db, workspaceId);
    const list = checkBlacklistText(input.text, own, input.allowSharedDomains ?? false);
    const userErrors = [...note.userErrors, ...sizeProblems(list)];
    if (userErrors.length > 0) return { added: null, alreadyThere: null, errors: null, userErrors };
    const by = { workspaceId, authorId, note: note.value };
    const added = await insertBlacklistEntries(db, by, list.values);
    return { added, alreadyThere: list.valid - added, errors: list.errors, userErrors: [] };
  });
};

function sizeProblems({ entries }: CheckedList): readonly UserError[] {
  if (entries === 0) return [userError('required', 'The list is empty.', ['input', 'text'])];
  if (entries <= MAX_LISTED_ENTRIES) return [];
  const message = `The list has ${entries} entries; at most ${MAX_LISTED_ENTRIES} are taken at once. Nothing was added: cut it into parts.`;
  return [userError('too_many', message, ['input', 'text'])];
}
