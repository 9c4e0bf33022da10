import { retryAllFailed } from '../../../drizzle/quarantine.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { findConnected, isUserError, nudge } from '../mailbox-commands.ts';

export const retryFailedMessages: MutationResolvers['retryFailedMessages'] = async (
  _root,
  { input },
  context,
) => {
  const mailbox = await findConnected(context, input.mailboxId);
  if (isUserError(mailbox)) return { messageCount: null, confirmed: false, userErrors: [mailbox] };
  const messageCount = await context.write((db) => retryAllFailed(db, mailbox.id));
  return { messageCount, confirmed: await nudge(context, mailbox), userErrors: [] };
};
