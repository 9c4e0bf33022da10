import type { Checkpoint } from '../domain/checkpoint.ts';
import type { Deferral, Lane, LoopSeed, MailboxError, MailboxState } from '../domain/mailbox.ts';
import type { RedecisionState } from '../domain/redecision.ts';

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
  /** Whether the provider is known to refuse right credentials now and then. */
  readonly falseRefusals?: boolean;
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
  /** `live` when left out. */
  readonly lane?: Lane;
  /** Whether the batch before it is still being decided: then nothing may be committed yet. */
  readonly isAhead?: boolean;
  /** The rest of the history has just been given up. */
  readonly isImportUnwanted?: boolean;
  /** New credentials have come since the last visit that succeeded. */
  readonly isReconnected?: boolean;
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
  /** The own task queue of the worker that holds the connection: what follows in this visit goes there. */
  readonly worker?: string;
  /** Whether the server is to be compared with the ledger once this visit has succeeded. */
  readonly isReconcileDue?: boolean;
  /** Whether this batch may be matched while the one before it is committed; what histories of before do not say. */
  readonly mayOverlap?: boolean;
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
  /** `live` when left out. */
  readonly lane?: Lane;
  /** Whether the connection is wanted once more after this batch. */
  readonly staysOpen?: boolean;
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
  readonly deferred?: Deferral | null;
}

export interface ReconcileRequest extends MailboxRef {
  readonly checkpoint: Checkpoint;
}

/** What the comparison of the server with the ledger found, over all folders (R56). */
export interface Coverage {
  readonly onServer: number;
  readonly recorded: number;
  readonly missing: number;
}

export interface RedecisionRef {
  readonly redecisionId: string;
}

/** What a second look at earlier messages is about (R4). */
export interface RedecisionPlan {
  /** Messages in scope, one per mailbox that has it, and the mailboxes. */
  readonly total: number;
  readonly mailboxIds: readonly string[];
  /** Whether a person waits for the one message that it is about. */
  readonly isUrgent: boolean;
  /** Batches that may have been decided without the change and are not committed yet: then it is too early. */
  readonly inFlight: number;
}

export interface RedecideRequest extends RedecisionRef, MailboxRef {
  /** The sighting after which the batch begins; null for the first. */
  readonly after: string | null;
  /** Messages at most. */
  readonly limit: number;
  /** Messages that were decided again before. */
  readonly done: number;
}

export interface RedecideResult {
  /** Where the next batch begins; null when this mailbox has none. */
  readonly after: string | null;
  readonly decided: number;
  readonly logged: number;
}

export interface RedecisionReport extends RedecisionRef {
  readonly state: RedecisionState;
  readonly done: number;
}

/** The five verbs of a pass, and the bookkeeping around them. */
export interface Activities {
  readonly fetchNew: (request: FetchRequest) => Promise<FetchResult>;
  readonly parse: (batch: BatchRef) => Promise<StageResult>;
  readonly classify: (batch: BatchRef) => Promise<StageResult>;
  readonly match: (batch: BatchRef) => Promise<StageResult>;
  readonly persist: (request: PersistRequest) => Promise<PersistResult>;
  /** Compares the server's messages with the ledger and has the next visit fetch what is missing. */
  readonly reconcile: (request: ReconcileRequest) => Promise<Coverage>;
  /** null when the mailbox is gone or disconnected. */
  readonly loadMailbox: (mailbox: MailboxRef) => Promise<LoadedMailbox | null>;
  readonly projectStatus: (report: StatusReport) => Promise<void>;
  /** Which earlier messages a change can concern; null when they have been decided again. */
  readonly planRedecision: (redecision: RedecisionRef) => Promise<RedecisionPlan | null>;
  /** Decides a batch of them again, in one mailbox. */
  readonly redecide: (request: RedecideRequest) => Promise<RedecideResult>;
  readonly reportRedecision: (report: RedecisionReport) => Promise<void>;
  /** R54: forgets the credentials of a disconnected mailbox. */
  readonly cleanUp: (mailbox: MailboxRef) => Promise<void>;
}
