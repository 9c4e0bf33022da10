import { ApplicationFailure } from '@temporalio/activity';
import type { WorkerMetrics } from './metrics.ts';

/**
 * Wraps an activity of a visit that `guarded` has made fit for a history: a failure that is not tried again within the
 * visit ends it, and is counted by its type.
 */
export function counted<Request extends object, Result>(
  metrics: WorkerMetrics,
  run: (request: Request) => Promise<Result>,
): (request: Request) => Promise<Result> {
  return async (request) => {
    try {
      return await run(request);
    } catch (error) {
      if (error instanceof ApplicationFailure && error.nonRetryable === true) {
        countFailure(metrics, error.type ?? 'internal', request);
      }
      throw error;
    }
  };
}

function countFailure(metrics: WorkerMetrics, type: string, request: object): void {
  // A disconnected mailbox is no trouble.
  if (type === 'mailbox_gone') return;
  if (type !== 'deferred') metrics.visitFailed(type);
  // The history that is put off is no visit.
  else if (!('lane' in request && request.lane === 'backfill')) metrics.visitEnded('deferred');
}
