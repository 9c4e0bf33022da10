import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';
import { dueAt, isActive, stateOf, type MailboxLoop } from '../domain/mailbox.ts';
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
  };
}

/** The type of a failed activity and what the provider asked us to wait; null for anything that is no such failure. */
export function failureOf(error: unknown): { code: string; hintMs: number | null } | null {
  if (!(error instanceof ActivityFailure)) return null;
  const { cause } = error;
  if (cause instanceof TimeoutFailure) return { code: 'timed_out', hintMs: null };
  if (!(cause instanceof ApplicationFailure)) return { code: 'internal', hintMs: null };
  return { code: cause.type ?? 'internal', hintMs: hintOf(cause.details) };
}

function hintOf(details: readonly unknown[] | null | undefined): number | null {
  const [first] = details ?? [];
  if (typeof first !== 'object' || first === null || !('retryAfterMs' in first)) return null;
  return typeof first.retryAfterMs === 'number' ? first.retryAfterMs : null;
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
