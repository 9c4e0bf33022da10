import { proxyActivities, uuid4 } from '@temporalio/workflow';
import type { Activities } from '../activities/contract.ts';
import { batchCommitted, type MailboxLoop } from '../domain/mailbox.ts';

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

const { fetchNew } = proxyActivities<Activities>(READING);
const { parse, classify, match, persist } = proxyActivities<Activities>(WORKING);

export interface PassResult {
  readonly loop: MailboxLoop;
  /** Whether messages are left on the server for another pass. */
  readonly more: boolean;
  readonly pollEveryMs: number;
  /** What spreads the next visit; drawn once, so that the store and the loop agree on its time. */
  readonly jitter: number;
}

/**
 * One pass over a mailbox: what arrived since the checkpoint, oldest first, at most one batch. The checkpoint moves
 * only to what `persist` has committed.
 */
export async function runPass(
  mailboxId: string,
  loop: MailboxLoop,
  reading: { batchSize: number; run: <T>(fetch: () => Promise<T>) => Promise<T> },
): Promise<PassResult> {
  const seq = loop.seq + 1;
  const jitter = Math.random();
  const request = { mailboxId, seq, nonce: uuid4(), checkpoint: loop.checkpoint, jitter };
  const fetched = await reading.run(() =>
    fetchNew.executeWithOptions({ ...READING, summary: `visit ${loop.visits + 1}, batch ${seq}` }, [
      { ...request, batchSize: reading.batchSize },
    ]),
  );
  const { batchId, more, pollEveryMs } = fetched;
  if (batchId === null) {
    return { loop: { ...loop, checkpoint: fetched.checkpoint }, more, pollEveryMs, jitter };
  }
  const batch = { mailboxId, batchId };
  const summarised = (summary: string) => ({ ...WORKING, summary });
  await parse.executeWithOptions(summarised(`${fetched.count} messages`), [batch]);
  const candidates = await classify.executeWithOptions(summarised(`${fetched.count} messages`), [
    batch,
  ]);
  const matched = await match.executeWithOptions(summarised(`${candidates.passed} candidates`), [
    batch,
  ]);
  const committed = await persist.executeWithOptions(
    summarised(`${matched.passed} to log, ${fetched.count - matched.passed} skipped`),
    [{ ...batch, seq, isLast: !more, pollEveryMs, jitter }],
  );
  const decided = committed.logged + committed.skipped + committed.failed;
  return {
    loop: batchCommitted(loop, { seq, checkpoint: committed.checkpoint, decided }),
    more,
    pollEveryMs,
    jitter,
  };
}
