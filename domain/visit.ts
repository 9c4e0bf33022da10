import { hasBackfill, withoutBackfill, type Checkpoint } from './checkpoint.ts';
import type { Deferral, MailboxLoop } from './mailbox.ts';
import {
  backoffMs,
  confirmationMs,
  MIN_VISIT_GAP_MS,
  nextPollMs,
  SLOW_FOR_MS,
  type Trouble,
} from './polling.ts';

/** Failures that end only with new credentials or settings; every other one passes by itself (R55). */
const NEEDS_RECONNECTION: ReadonlySet<string> = new Set([
  'authentication_failed',
  'authorization_failed',
  'tls_failed',
  'host_refused',
]);

/**
 * When the next batch of the history is due, in epoch ms; null when none is left, or when live mail has to succeed
 * first: trouble is met by visits, not by the import.
 */
export function backfillDueAt(loop: MailboxLoop): number | null {
  if (!hasBackfill(loop.checkpoint) || loop.failures > 0) return null;
  if (loop.isImportUnwanted === true || loop.lastSuccessAt === null) return null;
  return loop.deferred?.lane === 'backfill' ? loop.deferred.until : 0;
}

/** Whether the provider has asked for a slower pace within the last day. */
export function isSlowedDown(loop: MailboxLoop, now: number): boolean {
  return (loop.slowUntil ?? 0) > now;
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
    // A batch that was under way when the rest of the history was given up brings its own end of it.
    checkpoint: wanted(loop, batch.checkpoint),
    decided: loop.decided + batch.decided,
  };
}

/** Nothing was there to decide; the checkpoint may have moved over what is gone. */
export function nothingFound(loop: MailboxLoop, checkpoint: Checkpoint): MailboxLoop {
  return { ...loop, checkpoint: wanted(loop, checkpoint) };
}

function wanted(loop: MailboxLoop, checkpoint: Checkpoint): Checkpoint {
  return loop.isImportUnwanted === true ? withoutBackfill(checkpoint) : checkpoint;
}

/** The visit succeeded. With `more` left (interrupted or capped) the next one follows at once. */
export function visitSucceeded(
  loop: MailboxLoop,
  visit: {
    now: number;
    more: boolean;
    pollEveryMs: number;
    random: number;
    /** The loop as it was when the visit began: what the visit was asked to do. */
    asked?: MailboxLoop;
  },
): MailboxLoop {
  const pollEveryMs = visit.pollEveryMs * (isSlowedDown(loop, visit.now) ? 2 : 1);
  return {
    ...loop,
    failures: 0,
    lastError: null,
    lastSuccessAt: visit.now,
    imported: loop.imported || (!visit.more && !hasBackfill(loop.checkpoint)),
    visits: loop.visits + 1,
    notBefore: visit.more ? 0 : visit.now + MIN_VISIT_GAP_MS,
    pollAt: visit.now + nextPollMs(pollEveryMs, visit.random),
    woken: loop.woken || visit.more,
    ...(loop.deferred?.lane === 'live' ? { deferred: null } : {}),
    ...(loop.confirmAt === undefined ? {} : { confirmAt: null }),
    // What came up during the visit is for the next one.
    ...(visit.asked?.isReconnected === true ? { isReconnected: false } : {}),
    ...(visit.asked?.isImportUnwanted === true ? { isImportUnwanted: false } : {}),
  };
}

/** A batch of the history has been committed, and with the last one the history is read. */
export function backfillAdvanced(loop: MailboxLoop): MailboxLoop {
  return {
    ...loop,
    imported: loop.imported || !hasBackfill(loop.checkpoint),
    ...(loop.deferred?.lane === 'backfill' ? { deferred: null } : {}),
  };
}

/**
 * Nothing failed, but a budget is spent or the host is busy with other mailboxes: what is put off follows at
 * `deferral.until`, whoever asks before. Live mail that is put off does not put off pauses and reconnections.
 */
export function visitDeferred(loop: MailboxLoop, deferral: Deferral): MailboxLoop {
  if (deferral.lane === 'backfill') return { ...loop, deferred: deferral };
  return {
    ...loop,
    ...{ deferred: deferral, notBefore: deferral.until, pollAt: deferral.until, woken: false },
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
    /** The provider says that we are too fast altogether, not only at this moment. */
    shouldSlowDown?: boolean;
    /** What exactly is wrong, where that is known. */
    detail?: string | null;
    /** The provider is known to refuse right credentials now and then. */
    mayBeFalse?: boolean;
    /** Instead of the usual quarter to half of an hour. */
    confirmAfterMs?: number;
  },
): MailboxLoop {
  const failures = loop.failures + 1;
  const failed = {
    ...loop,
    failures,
    visits: loop.visits + 1,
    lastError: {
      ...{ code: failure.code, at: failure.now },
      ...(failure.detail == null ? {} : { detail: failure.detail }),
    },
    woken: false,
  };
  const isOutdated = failure.credentialVersion < loop.credentialVersion;
  // The old password was refused after the new one had come: try that.
  if (isOutdated) return { ...loop, visits: failed.visits, woken: true };
  if (NEEDS_RECONNECTION.has(failure.code)) {
    return { ...failed, parked: true, ...confirmation(loop, failure) };
  }
  const trouble: Trouble = failure.code === 'throttled' ? 'throttle' : 'outage';
  const retryAt = failure.now + backoffMs(trouble, failures, failure.hintMs, failure.random);
  const mustWait = trouble === 'throttle' || failure.hintMs !== null;
  return {
    ...failed,
    pollAt: retryAt,
    notBefore: mustWait ? retryAt : failure.now + MIN_VISIT_GAP_MS,
    ...(failure.shouldSlowDown === true ? { slowUntil: failure.now + SLOW_FOR_MS } : {}),
  };
}

/**
 * A mailbox that has worked with these credentials is asked once more, a while later: Microsoft 365 and some hosters
 * answer "wrong password" when they mean "too many". People see NEEDS_RECONNECTION meanwhile, and one refusal is one login.
 */
function confirmation(
  loop: MailboxLoop,
  failure: {
    code: string;
    now: number;
    random: number;
    mayBeFalse?: boolean;
    confirmAfterMs?: number;
  },
): { confirmAt?: number | null } {
  const isFirst = loop.failures === 0 && loop.lastSuccessAt !== null;
  if (failure.mayBeFalse !== true || failure.code !== 'authentication_failed' || !isFirst) {
    return loop.confirmAt === undefined ? {} : { confirmAt: null };
  }
  return { confirmAt: failure.now + (failure.confirmAfterMs ?? confirmationMs(failure.random)) };
}
