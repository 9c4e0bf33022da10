import { retryFailed } from '../../../drizzle/quarantine.ts';
import type { UserError } from '../../errors.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { findFailed, NOT_FAILED } from '../failed-message.ts';
import { DISCONNECTED, isUserError, nudge } from '../mailbox-commands.ts';

export const retryMessage: MutationResolvers['retryMessage'] = async (
  _root,
  { input },
  context,
) => {
  const found = await findFailed(context, input.decisionId);
  if (isUserError(found)) return refusal(found);
  const { decision, mailbox } = found;
  if (mailbox.disconnectedAt !== null) return refusal({ ...DISCONNECTED, field: null });
  if (!(await context.write((db) => retryFailed(db, decision.id)))) return refusal(NOT_FAILED);
  const confirmed = await nudge(context, mailbox);
  return {
    decision: await context.loaders.Decision.load(decision.id),
    ...{ confirmed, userErrors: [] },
  };
};

function refusal(error: UserError) {
  return { decision: null, confirmed: false, userErrors: [error] };
}
