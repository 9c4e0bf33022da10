import type { MutationResolvers } from '../../schema.generated.ts';
import { checkLogin } from '../../validation/mailbox.ts';
import { isUserError, tryLogin } from '../mailbox-commands.ts';

/** R50: tried before saving. */
export const testMailbox: MutationResolvers['testMailbox'] = async (_root, { input }, context) => {
  const login = checkLogin(input.imap, context.services.allowLocalServers);
  if (login.userErrors.length > 0) return { test: null, userErrors: login.userErrors };
  const tried = await tryLogin(context, login.value);
  return isUserError(tried) ? { test: null, userErrors: [tried] } : { test: tried, userErrors: [] };
};
