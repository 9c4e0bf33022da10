import {
  requestRetroMatch,
  type Redecision,
  type RedecisionRequest,
} from '../drizzle/redecisions.ts';
import type { RequestContext, Services } from './context.ts';
import type { Db } from '../drizzle/database.ts';
import { SchedulerUnavailable } from './scheduling.ts';
import { describeError } from '../log.ts';

/**
 * Starts what `requestRedecision` has committed. False when Temporal does not answer: the shepherd of the workers starts it
 * later.
 */
export async function startRedecision(
  { orchestrator, log }: Pick<Services, 'orchestrator' | 'log'>,
  redecision: { readonly id: string; readonly workspaceId: string },
): Promise<boolean> {
  try {
    await orchestrator.startRedecision(redecision);
    return true;
  } catch (error) {
    if (!(error instanceof SchedulerUnavailable)) throw error;
    log.warn({ error: describeError(error), redecisionId: redecision.id }, 'second look not begun');
    return false;
  }
}

/** R4: in the transaction of the change; null where the policy of no mailbox wants a second look. */
export function retroMatch(
  db: Db,
  { viewer }: Pick<RequestContext, 'viewer'>,
  change: Pick<RedecisionRequest, 'cause' | 'scope'>,
): Promise<string | null> {
  const { workspaceId, userId } = viewer;
  return requestRetroMatch(db, { ...change, workspaceId, requestedBy: userId });
}

/** After that transaction: the second look as the payload shows it, started as well as can be. */
export async function begun(
  { services, viewer, loaders }: RequestContext,
  redecisionId: string | null,
): Promise<Redecision | null> {
  if (redecisionId === null) return null;
  await startRedecision(services, { id: redecisionId, workspaceId: viewer.workspaceId });
  return loaders.Redecision.load(redecisionId);
}
