import {
  findAccounts,
  replaceDomains,
  updateAccount as storeAccount,
  type AccountDetails,
} from '../../../drizzle/accounts.ts';
import type { Domain } from '../../../domain/address.ts';
import { added, scopeOf } from '../../../domain/redecision.ts';
import { notFound } from '../../errors.ts';
import { idOf } from '../../ids.ts';
import { begun, retroMatch } from '../../redecisions.ts';
import type { MutationResolvers, UpdateAccountInput } from '../../schema.generated.ts';
import { checkDomains, checkText, MAX_NAME, type Checked } from '../../validation/fields.ts';
import { parentProblems, taken, unlessTaken } from '../account-input.ts';

interface Changes {
  readonly details: Partial<AccountDetails>;
  /** Undefined: they stay. */
  readonly domains: readonly Domain[] | undefined;
}

export const updateAccount: MutationResolvers['updateAccount'] = async (
  _root,
  { input },
  context,
) => {
  const { write, loaders, viewer } = context;
  const id = idOf('Account', input.accountId);
  const unknown = [notFound('account', 'accountId')];
  if (id === null) return { account: null, userErrors: unknown };
  const changes = checkInput(input);
  if (changes.userErrors.length > 0) return { account: null, userErrors: changes.userErrors };
  const { details, domains } = changes.value;
  const done = await unlessTaken(() =>
    write(async (db) => {
      const [account] = await findAccounts(db, [id]);
      if (account === undefined) return unknown;
      const problems = [
        ...(await taken(db, domains ?? [], id)),
        ...(await parentProblems(db, details.parentId ?? null, id)),
      ];
      if (problems.length > 0) return problems;
      await storeAccount(db, id, details);
      if (domains !== undefined) await replaceDomains(db, viewer.workspaceId, id, domains);
      const scope = scopeOf([], added(account.domains, domains ?? []));
      return { again: await retroMatch(db, context, { cause: 'account_domain', scope }) };
    }),
  );
  if (!('again' in done)) return { account: null, userErrors: done };
  const redecision = await begun(context, done.again);
  return { account: await loaders.Account.load(id), redecision, userErrors: [] };
};

function checkInput(input: UpdateAccountInput): Checked<Changes> {
  const { defaultForArchive } = input;
  const name =
    input.name == null
      ? undefined
      : checkText(input.name, { min: 1, max: MAX_NAME }, ['input', 'name']);
  const domains =
    input.domains == null ? undefined : checkDomains(input.domains, ['input', 'domains']);
  const parentId = input.parentId == null ? input.parentId : idOf('Account', input.parentId);
  const isUnknown = input.parentId != null && parentId === null;
  return {
    value: {
      details: {
        ...(name === undefined ? {} : { name: name.value }),
        ...(parentId === undefined ? {} : { parentId }),
        ...(defaultForArchive == null ? {} : { defaultForArchive }),
      },
      domains: domains?.value,
    },
    userErrors: [
      ...(name?.userErrors ?? []),
      ...(domains?.userErrors ?? []),
      ...(isUnknown ? [notFound('account', 'parentId')] : []),
    ],
  };
}
