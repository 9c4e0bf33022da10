import { deleteContact as remove } from '../../../drizzle/contacts.ts';
import { notFound } from '../../errors.ts';
import { idOf } from '../../ids.ts';
import type { MutationResolvers } from '../../schema.generated.ts';

export const deleteContact: MutationResolvers['deleteContact'] = async (
  _root,
  { input },
  { write },
) => {
  const id = idOf('Contact', input.contactId);
  const isDone = id !== null && (await write((db) => remove(db, id)));
  return isDone
    ? { deletedContactId: input.contactId, userErrors: [] }
    : { deletedContactId: null, userErrors: [notFound('contact', 'contactId')] };
};
