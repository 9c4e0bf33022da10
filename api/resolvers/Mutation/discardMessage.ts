import { discardFailed } from '../../../drizzle/quarantine.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { findFailed, NOT_FAILED } from '../failed-message.ts';
import { isUserError } from '../mailbox-commands.ts';

export const discardMessage: MutationResolvers['discardMessage'] = async (
  _root,
  { input },
  context,
) => {
  const found = await findFailed(context, input.decisionId);
  if (isUserError(found)) return { decision: null, userErrors: [found] };
  const { id } = found.decision;
  const isDone = await context.write((db) => discardFailed(db, id, context.viewer.userId));
  return isDone
    ? { decision: await context.loaders.Decision.load(id), userErrors: [] }
    : { decision: null, userErrors: [NOT_FAILED] };
};
