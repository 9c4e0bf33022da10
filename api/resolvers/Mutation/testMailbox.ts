import type { MutationResolvers } from '../../schema.generated.ts';
import { checkServer } from '../../validation/server.ts';
import { isUserError, tryLogin } from '../mailbox-commands.ts';

/** R50: tried before saving. */
export const testMailbox: MutationResolvers['testMailbox'] = async (_root, { input }, context) => {
  const login = checkServer(input, context.services.allowLocalServers);
  if (login.value === null || login.userErrors.length > 0) {
    return { test: null, userErrors: login.userErrors };
  }
  const tried = await tryLogin(context, login.value);
  if (isUserError(tried)) return { test: null, userErrors: [tried] };
  const { folders, capabilities, messages } = tried;
  return { test: { folders, capabilities, messageCount: messages }, userErrors: [] };
};
