import {
  findContacts,
  replaceAccountLinks,
  replaceAddresses,
  updateContact as storeContact,
  type Contact,
} from '../../../drizzle/contacts.ts';
import type { Db } from '../../../drizzle/database.ts';
import type { EmailAddress } from '../../../domain/address.ts';
import { added, scopeOf } from '../../../domain/redecision.ts';
import { notFound, type UserError } from '../../errors.ts';
import { idOf } from '../../ids.ts';
import { begun, retroMatch } from '../../redecisions.ts';
import type { MutationResolvers, UpdateContactInput } from '../../schema.generated.ts';
import {
  checkAddresses,
  checkIds,
  checkText,
  MAX_NAME,
  type Checked,
} from '../../validation/fields.ts';
import { checkDefault, unknownAccounts } from '../contact-input.ts';

/** What is to change; a field that is undefined stays. */
interface Changes {
  readonly name: string | undefined;
  readonly addresses: readonly EmailAddress[] | undefined;
  readonly accountIds: readonly string[] | undefined;
  readonly defaultAccountId: string | null | undefined;
}

export const updateContact: MutationResolvers['updateContact'] = async (
  _root,
  { input },
  context,
) => {
  const { write, loaders, viewer } = context;
  const contactId = idOf('Contact', input.contactId);
  if (contactId === null) return { contact: null, userErrors: [notFound('contact', 'contactId')] };
  const changes = checkInput(input);
  if (changes.userErrors.length > 0) return { contact: null, userErrors: changes.userErrors };
  const done = await write(async (db) => {
    const [contact] = await findContacts(db, [contactId]);
    if (contact === undefined) return [notFound('contact', 'contactId')];
    const problems = await conflicts(db, contact, changes.value);
    if (problems.length > 0) return problems;
    await apply(db, viewer.workspaceId, contact, changes.value);
    const scope = scopeOf(added(contact.addresses, changes.value.addresses ?? []));
    return { again: await retroMatch(db, context, { cause: 'contact', scope }) };
  });
  if (!('again' in done)) return { contact: null, userErrors: done };
  const redecision = await begun(context, done.again);
  return { contact: await loaders.Contact.load(contactId), redecision, userErrors: [] };
};

function checkInput(input: UpdateContactInput): Checked<Changes> {
  const name =
    input.name == null
      ? undefined
      : checkText(input.name, { min: 0, max: MAX_NAME }, ['input', 'name']);
  const addresses =
    input.addresses == null ? undefined : checkAddresses(input.addresses, ['input', 'addresses']);
  const accounts =
    input.accountIds == null
      ? undefined
      : checkIds('Account', input.accountIds, ['input', 'accountIds']);
  const chosen = input.defaultAccountId;
  const defaultAccountId = chosen == null ? chosen : idOf('Account', chosen);
  const isUnknown = chosen != null && defaultAccountId === null;
  return {
    value: {
      name: name?.value,
      addresses: addresses?.value,
      accountIds: accounts?.value,
      defaultAccountId,
    },
    userErrors: [
      ...(name?.userErrors ?? []),
      ...(addresses?.userErrors ?? []),
      ...(accounts?.userErrors ?? []),
      ...(isUnknown ? [notFound('account', 'defaultAccountId')] : []),
    ],
  };
}

async function conflicts(
  db: Db,
  contact: Contact,
  { accountIds, defaultAccountId }: Changes,
): Promise<readonly UserError[]> {
  return [
    ...(await unknownAccounts(db, accountIds ?? [])),
    ...checkDefault(defaultAccountId ?? null, accountIds ?? contact.accountIds),
  ];
}

async function apply(
  db: Db,
  workspaceId: string,
  contact: Contact,
  { name, addresses, accountIds, defaultAccountId }: Changes,
): Promise<void> {
  const chosen = defaultAccountId === undefined ? contact.defaultAccountId : defaultAccountId;
  // A default that is no longer linked falls back to the most recently linked account.
  const isLinked = chosen !== null && (accountIds ?? contact.accountIds).includes(chosen);
  await storeContact(db, contact.id, {
    ...(name === undefined ? {} : { name }),
    defaultAccountId: isLinked ? chosen : null,
  });
  if (addresses !== undefined) await replaceAddresses(db, workspaceId, contact.id, addresses);
  if (accountIds !== undefined) await replaceAccountLinks(db, workspaceId, contact.id, accountIds);
}
