import { EMPTY_CHECKPOINT, hasBackfill, withoutBackfill, type Checkpoint } from './checkpoint.ts';

/**
 * The states a mailbox shows, and what ends each:
 *
 * - connecting          first visit has not succeeded yet
 * - importing           the history that was asked for is being read, beside live mail; ends when nothing is left
 * - watching            visited at its pace
 * - backing_off         the last visit failed for a passing reason; ends with the next success
 * - paused              an admin paused it; ends with `resume`
 * - needs_reconnection  the provider refuses the credentials or the settings; ends with `reconnect`
 * - disconnected        for good
 */
export const MAILBOX_STATES = [
  'connecting',
  'importing',
  'watching',
  'backing_off',
  'paused',
  'needs_reconnection',
  'disconnected',
] as const;
export type MailboxState = (typeof MAILBOX_STATES)[number];

const VISITED: ReadonlySet<MailboxState> = new Set([
  ...(['connecting', 'importing', 'watching', 'backing_off'] as const),
]);

/** What the workflow keeps of a mailbox and carries through continue-as-new. Plain JSON; times are epoch ms. */
export interface MailboxLoop {
  /** Version of this shape: fields are only added. */
  readonly v: 1;
  /** Number of the last batch that was committed: the fence against committing twice. */
  readonly seq: number;
  readonly checkpoint: Checkpoint;
  readonly paused: boolean;
  readonly parked: boolean;
  readonly disconnected: boolean;
  readonly credentialVersion: number;
  /** Failed visits in a row. */
  readonly failures: number;
  /** Whether the history has been read to its end once. */
  readonly imported: boolean;
  /** No visit before this, whoever asks: the provider's own limit. */
  readonly notBefore: number;
  /** The next ordinary visit; a wake-up brings it forward to `notBefore`. */
  readonly pollAt: number;
  readonly woken: boolean;
  readonly visits: number;
  readonly decided: number;
  readonly lastSuccessAt: number | null;
  readonly lastError: MailboxError | null;
  /** Once more with credentials that were refused, at this time: some providers refuse right ones now and then. */
  readonly confirmAt?: number | null;
  /** What is put off, for its own lane alone. */
  readonly deferred?: Deferral | null;
  /** Until then half as often and half as much: the provider said that we are too fast. */
  readonly slowUntil?: number;
  /** Somebody does not want the rest of the history; the next visit makes it so. */
  readonly isImportUnwanted?: boolean;
  /** New credentials came: the next visit compares the server with the ledger (R53). */
  readonly isReconnected?: boolean;
}

/** Live mail, or the history behind it; each has its own share of the budgets. */
export const LANES = ['live', 'backfill'] as const;
export type Lane = (typeof LANES)[number];

/** Why something is put off although nothing failed. */
export const DEFERRAL_REASONS = ['bytes_spent', 'logins_spent', 'host_busy'] as const;
export type DeferralReason = (typeof DEFERRAL_REASONS)[number];

/** What is put off, why, and until when (epoch ms). Nothing is dropped. */
export interface Deferral {
  readonly lane: Lane;
  readonly reason: DeferralReason;
  readonly until: number;
}

/** The kind of a failure and when it happened; never the server's words, which may name people. */
export interface MailboxError {
  readonly code: string;
  readonly at: number;
  /** What exactly is wrong, as a word of ours, where that is known. */
  readonly detail?: string;
}

export interface LoopSeed {
  readonly seq: number;
  readonly checkpoint: Checkpoint;
  readonly paused: boolean;
  readonly imported: boolean;
  readonly credentialVersion: number;
}

export function newLoop(seed: LoopSeed): MailboxLoop {
  return {
    v: 1,
    ...seed,
    parked: false,
    disconnected: false,
    failures: 0,
    notBefore: 0,
    pollAt: 0,
    woken: true,
    visits: 0,
    decided: 0,
    lastSuccessAt: null,
    lastError: null,
  };
}

export const EMPTY_SEED: LoopSeed = {
  seq: 0,
  checkpoint: EMPTY_CHECKPOINT,
  paused: false,
  imported: false,
  credentialVersion: 0,
};

export function stateOf(loop: MailboxLoop): MailboxState {
  if (loop.disconnected) return 'disconnected';
  if (loop.paused) return 'paused';
  if (loop.parked) return 'needs_reconnection';
  if (loop.failures > 0) return 'backing_off';
  if (loop.imported && !hasBackfill(loop.checkpoint)) return 'watching';
  return loop.lastSuccessAt === null && loop.decided === 0 ? 'connecting' : 'importing';
}

/** Whether visits are allowed at all. */
export function isActive(loop: MailboxLoop): boolean {
  return !loop.disconnected && !loop.paused && !loop.parked;
}

/** When the next visit is due, in epoch ms. */
export function dueAt(loop: MailboxLoop): number {
  return Math.max(loop.notBefore, loop.woken ? 0 : loop.pollAt);
}

/**
 * How late the next visit is, in milliseconds (R56); null where none is due. It grows while no worker runs: then the
 * state is still the last one that was reported.
 */
export function latenessMs(
  mailbox: { state: MailboxState; connectedAt: Date; nextVisitAt: Date | null },
  now: Date,
): number | null {
  const { state, connectedAt, nextVisitAt } = mailbox;
  const due = state === 'connecting' ? (nextVisitAt ?? connectedAt) : nextVisitAt;
  if (due === null || !VISITED.has(state)) return null;
  return Math.max(0, now.getTime() - due.getTime());
}

export function pause(loop: MailboxLoop): MailboxLoop {
  return { ...loop, paused: true };
}

/** R52: goes on from the checkpoint, at once. */
export function resume(loop: MailboxLoop): MailboxLoop {
  return loop.paused ? { ...loop, paused: false, woken: true } : loop;
}

/** R53: new credentials end the wait for them; a late signal with older ones changes nothing. */
export function reconnect(loop: MailboxLoop, credentialVersion: number): MailboxLoop {
  if (credentialVersion <= loop.credentialVersion) return loop;
  return {
    ...loop,
    ...{ credentialVersion, parked: false, confirmAt: null, failures: 0, lastError: null },
    ...{ isReconnected: true, woken: true },
  };
}

/** The rest of the history is not wanted any more; live mail goes on. */
export function stopImport(loop: MailboxLoop): MailboxLoop {
  if (!hasBackfill(loop.checkpoint)) return loop;
  return {
    ...loop,
    ...{ checkpoint: withoutBackfill(loop.checkpoint), isImportUnwanted: true, woken: true },
  };
}

/** Time to ask once more with credentials that were refused: see `confirmAt`. */
export function confirm(loop: MailboxLoop): MailboxLoop {
  return { ...loop, parked: false, confirmAt: null, woken: true };
}

/** R54: for good; nothing leads out of it. */
export function disconnect(loop: MailboxLoop): MailboxLoop {
  return { ...loop, disconnected: true };
}

export function wake(loop: MailboxLoop): MailboxLoop {
  return { ...loop, woken: true };
}
