import type { Decision } from '../../drizzle/decisions.ts';
import type { Mailbox } from '../../drizzle/mailboxes.ts';
import type { RequestContext } from '../context.ts';
import { notFound, userError, type UserError } from '../errors.ts';
import { idOf } from '../ids.ts';
import { requireAdminOrOwner } from './require-admin.ts';
import { required } from './required.ts';

export const NOT_FAILED = userError(
  'not_failed',
  'Only messages that were set aside as failed can be tried again or discarded, and this one is not.',
  ['input', 'decisionId'],
);

/** The failed message that a decision stands for, with its mailbox, or why not. Throws FORBIDDEN. */
export async function findFailed(
  { loaders, viewer }: RequestContext,
  globalId: string,
): Promise<{ decision: Decision; mailbox: Mailbox } | UserError> {
  const id = idOf('Decision', globalId);
  const decision = id === null ? null : await loaders.Decision.load(id);
  if (decision === null) return notFound('decision', 'decisionId');
  const mailbox = required(await loaders.Mailbox.load(decision.mailboxId));
  requireAdminOrOwner(viewer, mailbox);
  return decision.verdict === 'failed' ? { decision, mailbox } : NOT_FAILED;
}
