import {
  ActivityFailure,
  proxyActivities,
  TimeoutFailure,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';
import type {
  Activities,
  BatchRef,
  Coverage,
  FetchRequest,
  FetchResult,
  PersistResult,
} from '../activities/contract.ts';
import { hasBackfill, type Checkpoint } from '../domain/checkpoint.ts';
import type { Lane } from '../domain/mailbox.ts';
import { backfillQueue } from './queues.ts';

/**
 * Reading the mailbox: killed when it stops heartbeating; a pause cancels it without waiting for it. Attempts are bounded
 * here as well, because Temporal itself repeats what timed out or took its worker along.
 */
const READING = {
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '10 seconds',
  cancellationType: 'TRY_CANCEL',
  retry: { initialInterval: '2 seconds', maximumInterval: '1 minute', maximumAttempts: 12 },
} as const;
/** Our own work: tried a few times (activities/failures.ts says how often), then the visit fails and waits. */
const WORKING = {
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', maximumAttempts: 12 },
} as const;
/** A worker that does not take its own work within this time is gone. */
const OWN_QUEUE_TIMEOUT = '10 seconds';

const { fetchNew, reconcile } = proxyActivities<Activities>(READING);
const { parse, classify, match, persist } = proxyActivities<Activities>(WORKING);

/** Where an activity runs: anywhere, or first with one worker. */
interface Where {
  readonly taskQueue?: string;
  readonly scheduleToStartTimeout?: typeof OWN_QUEUE_TIMEOUT;
}

/** The worker to ask first; none any more once it has turned out to be gone. */
interface Route {
  worker: string | undefined;
}

type Options = typeof WORKING & Where;

/** Calls an activity where the mailbox's connection is, with this line for people who read the history. */
type Run = <T>(summary: string, call: (options: Options) => Promise<T>) => Promise<T>;

export type FetchPlan = Omit<FetchRequest, 'nonce' | 'jitter'> & {
  readonly lane: Lane;
  /** For people who read the history. */
  readonly visit: number;
  /** The worker that holds the connection, if one does. */
  readonly worker: string | undefined;
};

/** What one `fetchNew` brought, with what the rest of the pass needs to know of it. */
export type Fetched = FetchResult & {
  readonly seq: number;
  readonly lane: Lane;
  /** What spreads the next visit; drawn once, so that the store and the loop agree on its time. */
  readonly jitter: number;
};

/** The first verb of a pass. */
export async function fetchBatch({ visit, worker, ...plan }: FetchPlan): Promise<Fetched> {
  const { seq, lane } = plan;
  const jitter = Math.random();
  const request = { ...plan, nonce: uuid4(), jitter };
  const summary = `${lane === 'live' ? `visit ${visit}` : 'history'}, batch ${seq}`;
  const result = await onWorker({ worker }, lane, (where) =>
    fetchNew.executeWithOptions({ ...READING, ...where, summary }, [request]),
  );
  return { ...result, seq, lane, jitter };
}

/** A batch whose messages all have an outcome: `commit` makes decisions of them. */
export interface Matched {
  readonly commit: () => Promise<PersistResult>;
}

/** The next three verbs. Nothing is committed by them, so the batch before may still be on its way. */
export async function matchBatch(
  mailboxId: string,
  batchId: string,
  fetched: Fetched,
): Promise<Matched> {
  const { count, worker, lane } = fetched;
  const batch = { mailboxId, batchId };
  const route: Route = { worker };
  const run: Run = (summary, call) =>
    onWorker(route, lane, (where) => call({ ...WORKING, ...where, ...{ summary } }));
  await run(`${count} messages`, (options) => parse.executeWithOptions(options, [batch]));
  const candidates = await run(`${count} messages`, (options) =>
    classify.executeWithOptions(options, [batch]),
  );
  const { passed } = await run(`${candidates.passed} candidates`, (options) =>
    match.executeWithOptions(options, [batch]),
  );
  const summary = `${passed} to log, ${count - passed} skipped`;
  return { commit: () => commitBatch(batch, fetched, (call) => run(summary, call)) };
}

/** The last verb. The checkpoint that `persist` answers with is committed. */
async function commitBatch(
  batch: BatchRef,
  { more, lane, seq, pollEveryMs, jitter, checkpoint, isReconcileDue }: Fetched,
  run: (call: (options: Options) => Promise<PersistResult>) => Promise<PersistResult>,
): Promise<PersistResult> {
  const staysOpen = isReconcileDue === true || hasBackfill(checkpoint);
  return run((options) =>
    persist.executeWithOptions(options, [
      { ...batch, seq, isLast: !more, pollEveryMs, jitter, lane, staysOpen },
    ]),
  );
}

/** Compares the server with the ledger. */
export async function compare(
  mailboxId: string,
  checkpoint: Checkpoint,
  worker: string | undefined,
): Promise<Coverage> {
  return onWorker({ worker }, 'live', (where) =>
    reconcile.executeWithOptions({ ...READING, ...where, summary: 'server against ledger' }, [
      { mailboxId, checkpoint },
    ]),
  );
}

/** With the worker that holds the connection; with any, in the queue of the lane, when that one is gone. */
async function onWorker<T>(
  route: Route,
  lane: Lane,
  call: (where: Where) => Promise<T>,
): Promise<T> {
  const inLane = (queue: string) => (lane === 'live' ? queue : backfillQueue(queue));
  const anywhere = lane === 'live' ? {} : { taskQueue: inLane(workflowInfo().taskQueue) };
  if (route.worker === undefined) return call(anywhere);
  const taskQueue = inLane(route.worker);
  try {
    return await call({ taskQueue, scheduleToStartTimeout: OWN_QUEUE_TIMEOUT });
  } catch (error) {
    if (!isNobodyThere(error)) throw error;
    route.worker = undefined;
    return call(anywhere);
  }
}

function isNobodyThere(error: unknown): boolean {
  if (!(error instanceof ActivityFailure) || !(error.cause instanceof TimeoutFailure)) return false;
  return error.cause.timeoutType === 'SCHEDULE_TO_START';
}
