import { MailError } from '../../../mail/errors.ts';
import { loginFailed } from '../../errors.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { checkLogin } from '../../validation/mailbox.ts';

/** R50: tried before saving. */
export const testMailbox: MutationResolvers['testMailbox'] = async (
  _root,
  { input },
  { services },
) => {
  const login = checkLogin(input.imap, services.allowLocalServers);
  if (login.userErrors.length > 0) return { test: null, userErrors: login.userErrors };
  try {
    return { test: await services.testLogin(login.value), userErrors: [] };
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    return { test: null, userErrors: [loginFailed(error)] };
  }
};
