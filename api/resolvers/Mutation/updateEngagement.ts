import { changeNote, isOwnWords } from '../../../drizzle/notes.ts';
import { contentOfText } from '../../../mail/raw-message.ts';
import { forbidden, notFound, userError, type UserError } from '../../errors.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { checkNoteChange } from '../../validation/note.ts';
import { byGlobalId } from '../by-global-id.ts';

const NOT_A_NOTE = userError(
  'not_a_note',
  'This is a message as it was sent, and stays as it is. Only notes in a user’s own words can be changed.',
  ['input', 'engagementId'],
);

/** R44: what somebody wrote, somebody may correct. */
export const updateEngagement: MutationResolvers['updateEngagement'] = async (
  _root,
  { input },
  { read, write, loaders, viewer },
) => {
  const { value, userErrors } = checkNoteChange(input);
  if (userErrors.length > 0) return refused(userErrors);
  const engagement = await byGlobalId('Engagement', input.engagementId, loaders.Engagement);
  if (engagement === null) return refused([notFound('engagement', 'engagementId')]);
  const { id, kind, authorId, messageId } = engagement;
  const isNote = kind === 'note' && (await read((db) => isOwnWords(db, messageId)));
  if (!isNote) return refused([NOT_A_NOTE]);
  if (viewer.role !== 'admin' && viewer.userId !== authorId) {
    throw forbidden('Only admins and the author of the note may do this.');
  }
  const { text, subject, occurredAt } = value;
  const content = text === null ? null : await contentOfText(text);
  const isDone = await write((db) =>
    changeNote(db, id, {
      ...(content === null ? {} : { content }),
      ...(subject === null ? {} : { subject }),
      ...(occurredAt === null ? {} : { occurredAt }),
    }),
  );
  if (!isDone) return refused([notFound('engagement', 'engagementId')]);
  return { engagement: await loaders.Engagement.load(id), userErrors: [] };
};

function refused(userErrors: readonly UserError[]) {
  return { engagement: null, userErrors };
}
