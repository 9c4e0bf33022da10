import type { Domain } from '../../../domain/address.ts';
import { scopeOf } from '../../../domain/redecision.ts';
import { insertAccount } from '../../../drizzle/accounts.ts';
import {
  contactIdsByAddress,
  insertContact,
  replaceAccountLinks,
  replaceAddresses,
} from '../../../drizzle/contacts.ts';
import type { Db } from '../../../drizzle/database.ts';
import { lockContacts } from '../../../drizzle/new-contacts.ts';
import { requestRedecision, requestRetroMatch } from '../../../drizzle/redecisions.ts';
import { takeUnknown, type UnknownCorrespondent } from '../../../drizzle/unknown-review.ts';
import type { Viewer } from '../../../drizzle/viewers.ts';
import { badInput, notFound, type UserError } from '../../errors.ts';
import { idOf } from '../../ids.ts';
import { begun } from '../../redecisions.ts';
import type { AcceptUnknownCorrespondentInput, MutationResolvers } from '../../schema.generated.ts';
import { checkDomains, checkText, MAX_NAME } from '../../validation/fields.ts';
import { taken, unlessTaken } from '../account-input.ts';
import { unknownAccounts } from '../contact-input.ts';

/** R34: a second click finds nobody left to accept, so there is one contact. */
export const acceptUnknownCorrespondent: MutationResolvers['acceptUnknownCorrespondent'] = async (
  _root,
  { input },
  context,
) => {
  const { write, loaders, viewer } = context;
  const checked = checkInput(input);
  const { wanted, userErrors } = checked;
  if (userErrors.length > 0) return { contact: null, userErrors };
  const accepted = await unlessTaken(() => write((db) => accept(db, viewer, wanted)));
  if (!('contactId' in accepted)) return { contact: null, userErrors: accepted.map(atNewAccount) };
  const redecision = await begun(context, accepted.redecisionId);
  await begun(context, accepted.colleaguesId);
  return { contact: await loaders.Contact.load(accepted.contactId), redecision, userErrors: [] };
};

interface Wanted {
  readonly id: string | null;
  /** null: as the person writes it. */
  readonly name: string | null;
  readonly accountId: string | null;
  readonly newAccount: { readonly name: string; readonly domains: readonly Domain[] } | null;
}

interface Accepted {
  readonly contactId: string;
  readonly redecisionId: string;
  /** Of the others at the new account; null where no policy asks for it. */
  readonly colleaguesId: string | null;
}

function checkInput(input: AcceptUnknownCorrespondentInput): {
  readonly wanted: Wanted;
  readonly userErrors: readonly UserError[];
} {
  const { accountId, newAccount } = input;
  if (accountId != null && newAccount != null) {
    throw badInput('Give `accountId` or `newAccount`, not both.');
  }
  const name = checkText(input.name ?? '', { min: 0, max: MAX_NAME }, ['input', 'name']);
  const path = ['input', 'newAccount'];
  const company = checkText(newAccount?.name ?? '-', { min: 1, max: MAX_NAME }, [...path, 'name']);
  const domains = checkDomains(newAccount?.domains ?? [], [...path, 'domains']);
  const account = accountId == null ? null : idOf('Account', accountId);
  return {
    wanted: {
      id: idOf('UnknownCorrespondent', input.unknownCorrespondentId),
      name: input.name == null ? null : name.value,
      accountId: account,
      newAccount: newAccount == null ? null : { name: company.value, domains: domains.value },
    },
    userErrors: [
      ...[name, company, domains].flatMap((part) => part.userErrors),
      ...(accountId != null && account === null ? [notFound('account', 'accountId')] : []),
    ],
  };
}

async function accept(
  db: Db,
  { workspaceId, userId: requestedBy }: Viewer,
  wanted: Wanted,
): Promise<Accepted | readonly UserError[]> {
  const { newAccount } = wanted;
  const problems = [
    ...(await unknownAccounts(db, wanted.accountId === null ? [] : [wanted.accountId])).map(
      (problem) => ({ ...problem, field: ['input', 'accountId'] }),
    ),
    ...(await taken(db, newAccount?.domains ?? [], null)),
  ];
  if (problems.length > 0) return problems;
  // The mailboxes make contacts too, and at this moment perhaps of the same person.
  await lockContacts(db, workspaceId);
  const person = wanted.id === null ? null : await takeUnknown(db, wanted.id);
  if (person === null) return [notFound('unknown correspondent', 'unknownCorrespondentId')];
  const { address } = person;
  const known = (await contactIdsByAddress(db, [address])).get(address);
  const contactId = known ?? (await makeContact(db, workspaceId, person, wanted));
  const by = { workspaceId, requestedBy };
  const accepted = { ...by, cause: 'accepted', scope: scopeOf([address]) } as const;
  const colleagues = known === undefined ? (newAccount?.domains ?? []) : [];
  const domains = { ...by, cause: 'account_domain', scope: scopeOf([], colleagues) } as const;
  const redecisionId = await requestRedecision(db, accepted);
  return { contactId, redecisionId, colleaguesId: await requestRetroMatch(db, domains) };
}

async function makeContact(
  db: Db,
  workspaceId: string,
  person: UnknownCorrespondent,
  { name, accountId, newAccount }: Wanted,
): Promise<string> {
  const details = { name: name ?? person.name, defaultAccountId: null };
  const contactId = await insertContact(db, workspaceId, details);
  await replaceAddresses(db, workspaceId, contactId, [person.address]);
  const made = newAccount === null ? null : { name: newAccount.name, ...NEW_ACCOUNT };
  const linked =
    made === null
      ? accountId
      : await insertAccount(db, workspaceId, made, newAccount?.domains ?? []);
  if (linked !== null) await replaceAccountLinks(db, workspaceId, contactId, [linked]);
  return contactId;
}

const NEW_ACCOUNT = { parentId: null, defaultForArchive: false };

/** What account-input.ts says of `domains` is here about those of the new account. */
function atNewAccount(error: UserError): UserError {
  const [input, field, ...rest] = error.field ?? [];
  if (input === undefined || field !== 'domains') return error;
  return { ...error, field: [input, 'newAccount', field, ...rest] };
}
