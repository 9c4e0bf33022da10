import { insertContact, replaceAccountLinks, replaceAddresses } from '../../../drizzle/contacts.ts';
import { notFound } from '../../errors.ts';
import { idOf } from '../../ids.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { checkAddresses, checkIds, checkText, MAX_NAME } from '../../validation/fields.ts';
import { checkDefault, unknownAccounts } from '../contact-input.ts';

export const createContact: MutationResolvers['createContact'] = async (
  _root,
  { input },
  { write, loaders, viewer: { workspaceId } },
) => {
  const name = checkText(input.name ?? '', { min: 0, max: MAX_NAME }, ['input', 'name']);
  const addresses = checkAddresses(input.addresses, ['input', 'addresses']);
  const accounts = checkIds('Account', input.accountIds ?? [], ['input', 'accountIds']);
  const chosen = input.defaultAccountId ?? null;
  const defaultAccountId = chosen === null ? null : idOf('Account', chosen);
  const userErrors = [name, addresses, accounts].flatMap((checked) => checked.userErrors);
  if (chosen !== null && defaultAccountId === null) {
    userErrors.push(notFound('account', 'defaultAccountId'));
  }
  if (userErrors.length > 0) return { contact: null, userErrors };
  const made = await write(async (db) => {
    const problems = [
      ...(await unknownAccounts(db, accounts.value)),
      ...checkDefault(defaultAccountId, accounts.value),
    ];
    if (problems.length > 0) return problems;
    const id = await insertContact(db, workspaceId, { name: name.value, defaultAccountId });
    await replaceAddresses(db, workspaceId, id, addresses.value);
    await replaceAccountLinks(db, workspaceId, id, accounts.value);
    return id;
  });
  if (typeof made !== 'string') return { contact: null, userErrors: made };
  return { contact: await loaders.Contact.load(made), userErrors: [] };
};
