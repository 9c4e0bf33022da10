import type { MutationResolvers } from '../../schema.generated.ts';
import {
  asItNowIs,
  findConnected,
  isUserError,
  newCommandId,
  NOTHING_KEPT,
  refused,
  scheduling,
} from '../mailbox-commands.ts';

export const stopMailboxImport: MutationResolvers['stopMailboxImport'] = async (
  _root,
  { input },
  context,
) => {
  const mailbox = await findConnected(context, input.mailboxId);
  if (isUserError(mailbox)) return refused(mailbox);
  return scheduling(context, NOTHING_KEPT, async () => {
    await context.services.orchestrator.stopImport(mailbox, newCommandId());
    return asItNowIs(context, mailbox.id);
  });
};
