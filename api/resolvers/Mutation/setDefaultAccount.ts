import { findContacts, updateContact } from '../../../drizzle/contacts.ts';
import { notFound, userError } from '../../errors.ts';
import { idOf } from '../../ids.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { NOT_LINKED } from '../contact-input.ts';

/** R17: a user may choose; engagements already logged stay where they are. */
export const setDefaultAccount: MutationResolvers['setDefaultAccount'] = async (
  _root,
  { input },
  { write, loaders },
) => {
  const contactId = idOf('Contact', input.contactId);
  const accountId = idOf('Account', input.accountId);
  const userErrors = await write(async (db) => {
    const [contact] = contactId === null ? [] : await findContacts(db, [contactId]);
    if (contact === undefined) return [notFound('contact', 'contactId')];
    if (accountId === null || !contact.accountIds.includes(accountId)) {
      return [userError('not_linked', NOT_LINKED, ['input', 'accountId'])];
    }
    await updateContact(db, contact.id, { defaultAccountId: accountId });
    return [];
  });
  if (contactId === null || userErrors.length > 0) return { contact: null, userErrors };
  return { contact: await loaders.Contact.load(contactId), userErrors };
};
