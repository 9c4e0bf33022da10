import type { Checkpoint } from '../domain/checkpoint.ts';
import type { LoopSeed, MailboxError, MailboxState } from '../domain/mailbox.ts';

/**
 * What travels between the workflow and its activities, and so into workflow histories: ids, counts and times. Names
 * and fields are wire format. Content stays in PostgreSQL.
 */
export interface MailboxRef {
  readonly mailboxId: string;
}

export interface LoadedMailbox {
  readonly seed: LoopSeed;
  readonly workspaceId: string;
  readonly provider: string;
}

export interface FetchRequest extends MailboxRef {
  /** The number that the batch gets if there is one. */
  readonly seq: number;
  /** Makes the batch id unique, so that a fetch that was given up and still runs does not mix into a newer one. */
  readonly nonce: string;
  readonly checkpoint: Checkpoint;
  readonly batchSize: number;
  /** A number in [0, 1) that spreads the next visit; drawn by the workflow. */
  readonly jitter: number;
}

export interface FetchResult {
  /** null when there is nothing to decide. */
  readonly batchId: string | null;
  readonly count: number;
  /** Whether messages are left for another batch. */
  readonly more: boolean;
  /** The checkpoint once the batch is committed. */
  readonly checkpoint: Checkpoint;
  /** Milliseconds between ordinary visits, by the policy of this moment. */
  readonly pollEveryMs: number;
}

export interface BatchRef extends MailboxRef {
  readonly batchId: string;
}

/** How many messages a stage let pass, and how many it kept out. */
export interface StageResult {
  readonly passed: number;
  readonly skipped: number;
}

export interface PersistRequest extends BatchRef {
  readonly seq: number;
  /** Whether this batch ends the visit. */
  readonly isLast: boolean;
  readonly pollEveryMs: number;
  readonly jitter: number;
}

export interface PersistResult {
  /** The checkpoint that is now committed. */
  readonly checkpoint: Checkpoint;
  readonly logged: number;
  readonly skipped: number;
  readonly failed: number;
}

export interface StatusReport extends MailboxRef {
  readonly state: MailboxState;
  readonly nextVisitAt: number | null;
  readonly lastError: MailboxError | null;
}

/** The five verbs of a pass, and the bookkeeping around them. */
export interface Activities {
  readonly fetchNew: (request: FetchRequest) => Promise<FetchResult>;
  readonly parse: (batch: BatchRef) => Promise<StageResult>;
  readonly classify: (batch: BatchRef) => Promise<StageResult>;
  readonly match: (batch: BatchRef) => Promise<StageResult>;
  readonly persist: (request: PersistRequest) => Promise<PersistResult>;
  /** null when the mailbox is gone or disconnected. */
  readonly loadMailbox: (mailbox: MailboxRef) => Promise<LoadedMailbox | null>;
  readonly projectStatus: (report: StatusReport) => Promise<void>;
  /** R54: forgets the credentials of a disconnected mailbox. */
  readonly cleanUp: (mailbox: MailboxRef) => Promise<void>;
}
