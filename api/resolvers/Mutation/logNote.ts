import { findContacts } from '../../../drizzle/contacts.ts';
import type { Db } from '../../../drizzle/database.ts';
import { ownIdentity } from '../../../drizzle/facts.ts';
import { fileNote, noteKey, type FiledNote, type Note } from '../../../drizzle/notes.ts';
import { notFound, userError, type UserError } from '../../errors.ts';
import { readNote } from '../../note-reading.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { checkNote } from '../../validation/note.ts';
import { unknownAccounts } from '../contact-input.ts';

const DELETED = userError(
  'not_found',
  'This note was made before, and somebody has deleted it since. Use another key to make it anew.',
  ['input', 'idempotencyKey'],
);

/** R44. */
export const logNote: MutationResolvers['logNote'] = async (
  _root,
  { input },
  { read, write, loaders, viewer: { workspaceId, userId } },
) => {
  const { value, userErrors } = checkNote(input, userId);
  if (userErrors.length > 0) return refused(userErrors);
  const own = await read((db) => ownIdentity(db, workspaceId));
  const { draft, recognized } = await readNote(value, own, new Date());
  const { contactIds, accountIds } = value;
  const note = { ...draft, workspaceId, authorId: userId, contactIds, accountIds };
  const filed = await write(async (db) => {
    const problems = await unknownPeople(db, contactIds, accountIds);
    return problems.length > 0 ? problems : file(db, note, value.once);
  });
  if (!('kind' in filed)) return refused(filed);
  if (filed.kind === 'deleted') return refused([DELETED]);
  return {
    engagement: await loaders.Engagement.load(filed.engagementId),
    ...{ recognized, wasLogged: filed.kind === 'filed_before', userErrors: [] },
  };
};

function refused(userErrors: readonly UserError[]) {
  return { engagement: null, recognized: null, wasLogged: null, userErrors };
}

/**
 * A message that was deleted from timelines never comes back (R23), but whoever pastes it now wants it there: it stands as
 * a note of its own.
 */
async function file(db: Db, note: Note, once: string | null): Promise<FiledNote> {
  const filed = await fileNote(db, note);
  if (filed.kind !== 'deleted' || note.message.internetMessageId === null) return filed;
  const message = { ...note.message, messageKey: noteKey(once ?? undefined) };
  return fileNote(db, { ...note, message });
}

async function unknownPeople(
  db: Db,
  contactIds: readonly string[],
  accountIds: readonly string[],
): Promise<readonly UserError[]> {
  const found = contactIds.length === 0 ? [] : await findContacts(db, contactIds);
  const known = new Set(found.map(({ id }) => id));
  return [
    ...contactIds.flatMap((id, index) =>
      known.has(id) ? [] : [notFound('contact', 'contactIds', String(index))],
    ),
    ...(await unknownAccounts(db, accountIds)),
  ];
}
