import { CancellationScope } from '@temporalio/workflow';
import type { PersistResult } from '../activities/contract.ts';
import type { Checkpoint } from '../domain/checkpoint.ts';
import type { Lane, MailboxLoop } from '../domain/mailbox.ts';
import { isSlowedDown } from '../domain/visit.ts';
import type { LoopSettings } from './messages.ts';
import { decideBatch, fetchBatch, type Fetched } from './pipeline.ts';

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

  async read(lane: Lane, reading: Reading): Promise<LaneEnd> {
    const { loop } = reading;
    let fetching = this.#fetch(lane, loop(), {
      seq: loop().seq + 1,
      checkpoint: loop().checkpoint,
    });
    for (let batch = 1; ; batch += 1) {
      const fetched = await fetching.result;
      this.#fetching = undefined;
      this.#worker = fetched.worker;
      const end = { ...fetched, isReconcileDue: fetched.isReconcileDue === true };
      if (fetched.batchId === null) {
        reading.onNothing(fetched.checkpoint);
        return end;
      }
      const isLast = !fetched.more || batch >= this.#settings.batchesPerVisit;
      const ahead = isLast || !reading.mayGoOn() ? null : this.#fetchAhead(lane, loop(), fetched);
      try {
        const committed = await decideBatch(this.#mailboxId, fetched.batchId, fetched);
        await reading.onCommitted({ ...committedOf(committed), seq: fetched.seq });
      } catch (error) {
        ahead?.scope.cancel();
        throw error;
      }
      if (ahead === null && (isLast || !reading.mayGoOn())) return end;
      const next = { seq: loop().seq + 1, checkpoint: loop().checkpoint };
      fetching = ahead ?? this.#fetch(lane, loop(), next);
    }
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
  ): Fetching {
    const scope = new CancellationScope();
    const result = scope.run(() =>
      fetchBatch({
        ...from,
        ...{ mailboxId: this.#mailboxId, lane, visit: loop.visits + 1, worker: this.#worker },
        batchSize: this.#batchSize(lane, loop),
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

function committedOf({ checkpoint, logged, skipped, failed }: PersistResult) {
  return { checkpoint, decided: logged + skipped + failed };
}
