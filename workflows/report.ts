import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';
import { dueAt, isActive, stateOf, type Deferral, type MailboxLoop } from '../domain/mailbox.ts';
import type { MailboxStatus } from './messages.ts';

/** Answer of the `status` query: derived from the flags that signals set, so it is never behind a signal. */
export function statusOf(loop: MailboxLoop): MailboxStatus {
  return {
    state: stateOf(loop),
    checkpoint: loop.checkpoint,
    visits: loop.visits,
    decided: loop.decided,
    failures: loop.failures,
    lastSuccessAt: loop.lastSuccessAt,
    nextVisitAt: isActive(loop) && dueAt(loop) > 0 ? dueAt(loop) : null,
    lastError: loop.lastError,
    credentialVersion: loop.credentialVersion,
    deferred: loop.deferred ?? null,
  };
}

/** What a failed activity says for the loop to act on. */
export interface VisitFailure {
  readonly code: string;
  /** What the provider asked us to wait. */
  readonly hintMs: number | null;
  readonly shouldSlowDown: boolean;
  /** What exactly is wrong, where the server said more than the kind (mail/error-details.ts). */
  readonly detail: string | null;
  /** Set when nothing failed and the visit is put off. */
  readonly deferral: Deferral | null;
}

/** null for anything that is no failure of an activity. */
export function failureOf(error: unknown): VisitFailure | null {
  if (!(error instanceof ActivityFailure)) return null;
  const { cause } = error;
  const plain = { hintMs: null, shouldSlowDown: false, detail: null, deferral: null };
  if (cause instanceof TimeoutFailure) return { ...plain, code: 'timed_out' };
  if (!(cause instanceof ApplicationFailure)) return { ...plain, code: 'internal' };
  const [details] = (cause.details ?? []) as readonly (Details | null | undefined)[];
  return {
    code: cause.type ?? 'internal',
    hintMs: details?.retryAfterMs ?? null,
    shouldSlowDown: details?.shouldSlowDown ?? false,
    detail: details?.detail ?? null,
    deferral: cause.type === 'deferred' ? (details?.deferral ?? null) : null,
  };
}

/** Written by activities/failures.ts; fields are only added. */
interface Details {
  readonly retryAfterMs?: number | null;
  readonly shouldSlowDown?: boolean;
  readonly detail?: string | null;
  readonly deferral?: Deferral;
}

/** What an operator reads at the top of the workflow in the Temporal UI (Markdown). */
export function currentDetails(loop: MailboxLoop): string {
  const { state, nextVisitAt, lastSuccessAt, lastError } = statusOf(loop);
  const lines = [
    `**${state.replaceAll('_', ' ')}**`,
    `last success: ${at(lastSuccessAt)}`,
    `next visit: ${nextVisit(loop, nextVisitAt)}`,
    `visits: ${loop.visits}, messages decided: ${loop.decided}`,
  ];
  const { deferred } = loop;
  if (deferred) {
    lines.push(`put off: ${deferred.lane} (${deferred.reason}) until ${at(deferred.until)}`);
  }
  if (lastError !== null) lines.push(`last error: ${lastError.code} at ${at(lastError.at)}`);
  return lines.join('  \n');
}

function at(time: number | null): string {
  return time === null || time === 0 ? 'not yet' : new Date(time).toISOString();
}

function nextVisit(loop: MailboxLoop, nextVisitAt: number | null): string {
  if (!isActive(loop)) return 'when it is active again';
  return nextVisitAt === null ? 'now' : at(nextVisitAt);
}
