import type { Decision } from '../../../drizzle/decisions.ts';
import { requestRedecision } from '../../../drizzle/redecisions.ts';
import type { RequestContext } from '../../context.ts';
import { notFound, userError, type UserError } from '../../errors.ts';
import { idOf } from '../../ids.ts';
import { startRedecision } from '../../redecisions.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { DISCONNECTED, isUserError } from '../mailbox-commands.ts';
import { requireAdminOrOwner } from '../require-admin.ts';
import { required } from '../required.ts';

const FIELD = ['input', 'decisionId'];
const LOGGED = userError('not_skipped', 'The message is on the timelines already.', FIELD);
const FAILED = userError(
  'not_skipped',
  'The message could not be read, so it was not decided yet. Use `retryMessage` to have it tried again.',
  FIELD,
);
const UNREAD = userError(
  'not_skipped',
  'Nothing is stored of the message that could be decided again. Move it out of its folder and back: it is then looked at anew.',
  FIELD,
);
const DELETED = userError(
  'engagement_deleted',
  'Somebody deleted the message from the timelines. It stays deleted; paste it as a note if you want it back.',
  FIELD,
);

/** R45: the answer to "I have put it right, now look again". */
export const redecideMessage: MutationResolvers['redecideMessage'] = async (
  _root,
  { input },
  context,
) => {
  const found = await findSkipped(context, input.decisionId);
  if (isUserError(found)) return { decision: null, redecision: null, userErrors: [found] };
  const { loaders, services, viewer, write } = context;
  const { workspaceId, userId } = viewer;
  const scope = { addresses: [], domains: [], subdomains: false, sightingIds: [found.id] };
  const id = await write((db) =>
    requestRedecision(db, { workspaceId, cause: 'message', scope, requestedBy: userId }),
  );
  if (await startRedecision(services, { id, workspaceId })) {
    await services.orchestrator.isRedecided(id);
  }
  const decision = await loaders.Decision.clear(found.id).load(found.id);
  return { decision, redecision: await loaders.Redecision.load(id), userErrors: [] };
};

/** The decision, or why it cannot be made again. Throws FORBIDDEN when it is not the viewer's business. */
async function findSkipped(
  { loaders, viewer }: RequestContext,
  globalId: string,
): Promise<Decision | UserError> {
  const id = idOf('Decision', globalId);
  const decision = id === null ? null : await loaders.Decision.load(id);
  if (decision === null) return notFound('decision', 'decisionId');
  const mailbox = required(await loaders.Mailbox.load(decision.mailboxId));
  requireAdminOrOwner(viewer, mailbox);
  if (decision.verdict === 'failed') return FAILED;
  if (decision.reason === 'engagement_deleted') return DELETED;
  if (decision.verdict === 'logged') {
    const { engagementId } = decision;
    const engagement = engagementId === null ? null : await loaders.Engagement.load(engagementId);
    return engagement === null ? DELETED : LOGGED;
  }
  if (decision.subject === null) return UNREAD;
  return mailbox.disconnectedAt === null ? decision : { ...DISCONNECTED, field: null };
}
