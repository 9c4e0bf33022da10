import { ensureBlacklistEntry } from '../../../drizzle/blacklist.ts';
import { userError } from '../../errors.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { parseBlacklistValue } from '../../validation/blacklist.ts';
import { checkText } from '../../validation/fields.ts';
import { requireAdmin } from '../require-admin.ts';

const MAX_NOTE = 500;

/** R20, R22: later mail only; the value is the natural key that makes a repeat harmless. */
export const addBlacklistEntry: MutationResolvers['addBlacklistEntry'] = async (
  _root,
  { input },
  { write, loaders, viewer },
) => {
  requireAdmin(viewer);
  const value = parseBlacklistValue(input.value);
  const note = checkText(input.note ?? '', { min: 0, max: MAX_NOTE }, ['input', 'note']);
  if (value === null) {
    const [code, words] = input.value.includes('@')
      ? (['invalid_address', 'one plain e-mail address, like jill@example.com'] as const)
      : (['invalid_domain', 'a domain name, like example.com'] as const);
    const wrong = userError(code, `This is not ${words}.`, ['input', 'value']);
    return { blacklistEntry: null, userErrors: [wrong, ...note.userErrors] };
  }
  if (note.userErrors.length > 0) return { blacklistEntry: null, userErrors: note.userErrors };
  const { userId: authorId, workspaceId } = viewer;
  const entry = { ...value, note: note.value || null, authorId, workspaceId };
  const id = await write((db) => ensureBlacklistEntry(db, entry));
  return { blacklistEntry: await loaders.BlacklistEntry.load(id), userErrors: [] };
};
