import { undoContact } from '../../../drizzle/undone-contacts.ts';
import { notFound, userError, type UserError } from '../../errors.ts';
import { idOf } from '../../ids.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { loadAll } from '../load-all.ts';

const MADE_BY_PERSON =
  'A person made this contact, so there is nothing automatic to undo. Delete the contact instead.';

/** R33. */
export const undoAutomaticContact: MutationResolvers['undoAutomaticContact'] = async (
  _root,
  { input },
  { write, loaders, viewer },
) => {
  const id = idOf('Contact', input.contactId);
  if (id === null) return refused(notFound('contact', 'contactId'));
  const undone = await write((db) => undoContact(db, viewer, id));
  if (undone === 'not_found') return refused(notFound('contact', 'contactId'));
  if (undone === 'made_by_person') {
    return refused(userError('made_by_person', MADE_BY_PERSON, ['input', 'contactId']));
  }
  return {
    removedContactId: input.contactId,
    removedEngagementCount: undone.removedEngagements,
    unknownCorrespondents: await loadAll(loaders.UnknownCorrespondent, undone.unknownIds),
    userErrors: [],
  };
};

function refused(error: UserError) {
  return {
    ...{ removedContactId: null, removedEngagementCount: null, unknownCorrespondents: null },
    userErrors: [error],
  };
}
