import { scopeOf } from '../../../domain/redecision.ts';
import { insertContact, replaceAccountLinks, replaceAddresses } from '../../../drizzle/contacts.ts';
import { notFound } from '../../errors.ts';
import { idOf } from '../../ids.ts';
import { begun, retroMatch } from '../../redecisions.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { checkAddresses, checkIds, checkText, MAX_NAME } from '../../validation/fields.ts';
import { checkDefault, unknownAccounts } from '../contact-input.ts';

export const createContact: MutationResolvers['createContact'] = async (
  _root,
  { input },
  context,
) => {
  const { write, loaders, viewer } = context;
  const { workspaceId } = viewer;
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
    const scope = scopeOf(addresses.value);
    return { id, again: await retroMatch(db, context, { cause: 'contact', scope }) };
  });
  if (!('id' in made)) return { contact: null, userErrors: made };
  const redecision = await begun(context, made.again);
  return { contact: await loaders.Contact.load(made.id), redecision, userErrors: [] };
};
