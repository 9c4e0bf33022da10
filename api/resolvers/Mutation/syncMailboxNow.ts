import { userError } from '../../errors.ts';
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

const NOT_ACTIVE = userError(
  'mailbox_not_active',
  'The mailbox is paused or waits for reconnection. Resume or reconnect it first.',
  ['input', 'mailboxId'],
);

export const syncMailboxNow: MutationResolvers['syncMailboxNow'] = async (
  _root,
  { input },
  context,
) => {
  const mailbox = await findConnected(context, input.mailboxId);
  if (isUserError(mailbox)) return refused(mailbox);
  let notBefore: Date | null = null;
  const payload = await scheduling(context, NOTHING_KEPT, async () => {
    const answer = await context.services.orchestrator.syncNow(mailbox, newCommandId());
    if (answer.kind === 'not_active') return refused(NOT_ACTIVE);
    if (answer.kind === 'kept') return { mailbox, confirmed: false, userErrors: [] };
    notBefore = new Date(answer.plan.notBefore);
    return { ...(await asItNowIs(context, mailbox.id)), confirmed: true };
  });
  return { ...payload, notBefore };
};
