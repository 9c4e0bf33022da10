import type { MutationResolvers } from '../../schema.generated.ts';
import { upsertContactRows } from '../../upserts.ts';
import { checkSize } from '../../validation/upsert-rows.ts';
import { notStored } from '../not-stored.ts';

/** For every user, as `createContact`. */
export const upsertContacts: MutationResolvers['upsertContacts'] = async (
  _root,
  { input },
  context,
) => {
  const tooMany = checkSize(input.contacts.length, 'contacts');
  if (tooMany !== null) return notStored([tooMany]);
  return { ...(await upsertContactRows(context, input.contacts)), userErrors: [] };
};
