import { scopeOf } from '../../../domain/redecision.ts';
import { insertAccount } from '../../../drizzle/accounts.ts';
import { notFound } from '../../errors.ts';
import { idOf } from '../../ids.ts';
import { begun, retroMatch } from '../../redecisions.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { checkDomains, checkText, MAX_NAME } from '../../validation/fields.ts';
import { parentProblems, taken, unlessTaken } from '../account-input.ts';

export const createAccount: MutationResolvers['createAccount'] = async (
  _root,
  { input },
  context,
) => {
  const { write, loaders, viewer } = context;
  const name = checkText(input.name, { min: 1, max: MAX_NAME }, ['input', 'name']);
  const domains = checkDomains(input.domains ?? [], ['input', 'domains']);
  const parentId = input.parentId == null ? null : idOf('Account', input.parentId);
  const userErrors = [...name.userErrors, ...domains.userErrors];
  if (input.parentId != null && parentId === null) userErrors.push(notFound('account', 'parentId'));
  if (userErrors.length > 0) return { account: null, userErrors };
  const defaultForArchive = input.defaultForArchive ?? false;
  const details = { name: name.value, parentId, defaultForArchive };
  const made = await unlessTaken(() =>
    write(async (db) => {
      const problems = [
        ...(await taken(db, domains.value, null)),
        ...(await parentProblems(db, parentId, null)),
      ];
      if (problems.length > 0) return problems;
      const id = await insertAccount(db, viewer.workspaceId, details, domains.value);
      const scope = scopeOf([], domains.value);
      return { id, again: await retroMatch(db, context, { cause: 'account_domain', scope }) };
    }),
  );
  if (!('id' in made)) return { account: null, userErrors: made };
  const redecision = await begun(context, made.again);
  return { account: await loaders.Account.load(made.id), redecision, userErrors: [] };
};
