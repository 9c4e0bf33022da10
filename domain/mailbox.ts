import { EMPTY_CHECKPOINT, type Checkpoint } from './checkpoint.ts';
import { backoffMs, MIN_VISIT_GAP_MS, nextPollMs, type Trouble } from './polling.ts';

/**
 * The states a mailbox shows, and what ends each:
 *
 * - connecting          first visit has not succeeded yet
 * - importing           the first visits read the history that was asked for; ends when nothing is left
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

/** Failures that end only with new credentials or settings; every other one passes by itself (R55). */
const NEEDS_RECONNECTION: ReadonlySet<string> = new Set([
  'authentication_failed',
  'authorization_failed',
  'tls_failed',
  'host_refused',
]);

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
  if (loop.imported) return 'watching';
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
  return { ...loop, credentialVersion, parked: false, failures: 0, lastError: null, woken: true };
}

/** R54: for good; nothing leads out of it. */
export function disconnect(loop: MailboxLoop): MailboxLoop {
  return { ...loop, disconnected: true };
}

export function wake(loop: MailboxLoop): MailboxLoop {
  return { ...loop, woken: true };
}

/** A visit begins: what woke it is used up, and a later wake-up asks for another visit. */
export function visitStarted(loop: MailboxLoop): MailboxLoop {
  return { ...loop, woken: false };
}

/** A batch has been committed by `persist`; the checkpoint is what it returned, never ahead of it. */
export function batchCommitted(
  loop: MailboxLoop,
  batch: { readonly seq: number; readonly checkpoint: Checkpoint; readonly decided: number },
): MailboxLoop {
  return {
    ...loop,
    seq: batch.seq,
    checkpoint: batch.checkpoint,
    decided: loop.decided + batch.decided,
  };
}

/** The visit succeeded. With `more` left (interrupted or capped) the next one follows at once. */
export function visitSucceeded(
  loop: MailboxLoop,
  visit: { now: number; more: boolean; pollEveryMs: number; random: number },
): MailboxLoop {
  return {
    ...loop,
    failures: 0,
    lastError: null,
    lastSuccessAt: visit.now,
    imported: loop.imported || !visit.more,
    visits: loop.visits + 1,
    notBefore: visit.more ? 0 : visit.now + MIN_VISIT_GAP_MS,
    pollAt: visit.now + nextPollMs(visit.pollEveryMs, visit.random),
    woken: loop.woken || visit.more,
  };
}

/**
 * The visit failed. Refused credentials or settings park the mailbox until `reconnect` (R55). A throttle binds
 * everybody, so it moves `notBefore`; an outage only moves the ordinary visit, and people may try earlier.
 */
export function visitFailed(
  loop: MailboxLoop,
  failure: {
    code: string;
    now: number;
    hintMs: number | null;
    random: number;
    /** The credentials that the visit was made with. */
    credentialVersion: number;
  },
): MailboxLoop {
  const failures = loop.failures + 1;
  const failed = {
    ...loop,
    failures,
    visits: loop.visits + 1,
    lastError: { code: failure.code, at: failure.now },
    woken: false,
  };
  const isOutdated = failure.credentialVersion < loop.credentialVersion;
  // The old password was refused after the new one had come: try that.
  if (isOutdated) return { ...loop, visits: failed.visits, woken: true };
  if (NEEDS_RECONNECTION.has(failure.code)) return { ...failed, parked: true };
  const trouble: Trouble = failure.code === 'throttled' ? 'throttle' : 'outage';
  const retryAt = failure.now + backoffMs(trouble, failures, failure.hintMs, failure.random);
  const mustWait = trouble === 'throttle' || failure.hintMs !== null;
  return {
    ...failed,
    pollAt: retryAt,
    notBefore: mustWait ? retryAt : failure.now + MIN_VISIT_GAP_MS,
  };
}
