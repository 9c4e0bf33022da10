import { setDesiredState } from '../../../drizzle/mailboxes.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import {
  asItNowIs,
  findConnected,
  isUserError,
  newCommandId,
  NOTHING_CHANGED,
  refused,
  scheduling,
} from '../mailbox-commands.ts';

/** R52. The wish is committed only together with the signal: neither is worth anything alone. */
export const pauseMailbox: MutationResolvers['pauseMailbox'] = async (
  _root,
  { input },
  context,
) => {
  const mailbox = await findConnected(context, input.mailboxId);
  if (isUserError(mailbox)) return refused(mailbox);
  return scheduling(context, NOTHING_CHANGED, async () => {
    await context.write(async (db) => {
      await setDesiredState(db, mailbox.id, 'paused');
      await context.services.orchestrator.pause(mailbox, newCommandId());
    });
    return asItNowIs(context, mailbox.id);
  });
};
