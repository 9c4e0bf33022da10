import { CancellationScope } from '@temporalio/workflow';
import type { PersistResult } from '../activities/contract.ts';
import type { Checkpoint } from '../domain/checkpoint.ts';
import type { Lane, MailboxLoop } from '../domain/mailbox.ts';
import { isSlowedDown } from '../domain/visit.ts';
import type { LoopSettings } from './messages.ts';
import { fetchBatch, matchBatch, type Fetched, type Matched } from './pipeline.ts';

/** What reading a lane changes, told to the loop while it happens. */
interface Reading {
  /** The loop of this moment: signals change it meanwhile. */
  readonly loop: () => MailboxLoop;
  /** Whether another batch may be begun. */
  readonly mayGoOn: () => boolean;
  readonly onCommitted: (batch: {
    seq: number;
    checkpoint: Checkpoint;
    decided: number;
  }) => Promise<void>;
  readonly onNothing: (checkpoint: Checkpoint) => void;
}

export interface LaneEnd {
  /** Whether messages are left on the server for another time. */
  readonly more: boolean;
  readonly pollEveryMs: number;
  readonly jitter: number;
  readonly isReconcileDue: boolean;
}

interface Fetching {
  readonly scope: CancellationScope;
  readonly result: Promise<Fetched>;
}

/** How much of a batch the first one of the history is: until it is matched, nothing is on its way beside it. */
const FIRST_SHARE = 0.25;

/**
 * Reads live mail or the history, batch after batch. The next batch is fetched while the one before is decided, so that
 * the mail server and we work at the same time; it is committed only after it.
 */
export class Lanes {
  readonly #mailboxId: string;
  readonly #settings: LoopSettings;
  #fetching: Fetching | undefined;
  #wasInterrupted = false;
  /** The worker that holds the mailbox's connection, as far as is known. */
  #worker: string | undefined;

  constructor(mailboxId: string, settings: LoopSettings, worker: string | undefined) {
    this.#mailboxId = mailboxId;
    this.#settings = settings;
    this.#worker = worker;
  }

  get worker(): string | undefined {
    return this.#worker;
  }

  get wasInterrupted(): boolean {
    return this.#wasInterrupted;
  }

  /** Who holds the connection from now on. */
  route(worker: string | undefined): void {
    this.#worker = worker;
  }

  begin(): void {
    this.#wasInterrupted = false;
  }

  /** Ends a fetch that may hang; a batch that is being decided goes on to its end. */
  interrupt(): void {
    this.#wasInterrupted = true;
    this.#fetching?.scope.cancel();
  }

  /**
   * Three batches are on their way at a time: one is fetched, one is matched, one is committed; each step in order. What
   * fails lets the commit before it end first, so that the loop knows what is committed.
   */
  async read(lane: Lane, reading: Reading): Promise<LaneEnd> {
    const { loop } = reading;
    const share = lane === 'backfill' ? FIRST_SHARE : 1;
    let fetching = this.#fetch(lane, loop(), this.#next(loop()), share);
    let committing: Promise<void> = Promise.resolve();
    for (let batch = 1; ; batch += 1) {
      const fetched = await orAfter(committing, fetching.result);
      this.#fetching = undefined;
      this.#worker = fetched.worker;
      const end = { ...fetched, isReconcileDue: fetched.isReconcileDue === true };
      if (fetched.batchId === null) {
        await committing;
        reading.onNothing(fetched.checkpoint);
        return end;
      }
      const isLast = !fetched.more || batch >= this.#settings.batchesPerVisit;
      const ahead = isLast || !reading.mayGoOn() ? null : this.#fetchAhead(lane, loop(), fetched);
      try {
        const matching = matchBatch(this.#mailboxId, fetched.batchId, fetched);
        const { commit } = await orAfter(committing, matching);
        await committing;
        committing = this.#commit(commit, fetched.seq, reading);
        if (ahead === null || fetched.mayOverlap !== true) await committing;
      } catch (error) {
        ahead?.scope.cancel();
        throw error;
      }
      if (ahead === null && (isLast || !reading.mayGoOn())) return end;
      fetching = ahead ?? this.#fetch(lane, loop(), this.#next(loop()));
    }
  }

  #next({ seq, checkpoint }: MailboxLoop): { seq: number; checkpoint: Checkpoint } {
    return { seq: seq + 1, checkpoint };
  }

  #commit(commit: Matched['commit'], seq: number, { onCommitted }: Reading): Promise<void> {
    const committing = commit().then((committed) =>
      onCommitted({ ...committedOf(committed), seq }),
    );
    // It is awaited later, with the batch after it or the failure of that.
    committing.catch(() => undefined);
    return committing;
  }

  /** Only from a worker that says who it is: the connection is there, and knows to wait its turn. */
  #fetchAhead(
    lane: Lane,
    loop: MailboxLoop,
    { worker, seq, checkpoint }: Fetched,
  ): Fetching | null {
    if (worker === undefined) return null;
    return this.#fetch(lane, loop, { seq: seq + 1, checkpoint, isAhead: true });
  }

  #fetch(
    lane: Lane,
    loop: MailboxLoop,
    from: { seq: number; checkpoint: Checkpoint; isAhead?: boolean },
    share = 1,
  ): Fetching {
    const scope = new CancellationScope();
    const result = scope.run(() =>
      fetchBatch({
        ...from,
        ...{ mailboxId: this.#mailboxId, lane, visit: loop.visits + 1, worker: this.#worker },
        batchSize: Math.ceil(this.#batchSize(lane, loop) * share),
        ...(loop.isImportUnwanted === true ? { isImportUnwanted: true } : {}),
        ...(loop.isReconnected === true ? { isReconnected: true } : {}),
      }),
    );
    // Somebody awaits it later, or nobody does because the batch before it failed.
    result.catch(() => undefined);
    this.#fetching = { scope, result };
    return this.#fetching;
  }

  #batchSize(lane: Lane, loop: MailboxLoop): number {
    const size = lane === 'live' ? this.#settings.batchSize : this.#settings.backfillBatchSize;
    return isSlowedDown(loop, Date.now()) ? Math.ceil(size / 2) : size;
  }
}

/** What comes of `work`; its failure only when what was begun before has ended, and then that one's, if it failed too. */
async function orAfter<T>(before: Promise<void>, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    await before;
    throw error;
  }
}

function committedOf({ checkpoint, logged, skipped, failed }: PersistResult) {
  return { checkpoint, decided: logged + skipped + failed };
}
