import { countInScope, inFlightBatches } from '../drizzle/redecision-scope.ts';
import {
  beginRedecision,
  findOpenRedecision,
  retroMatchedMailboxes,
  saveRedecision,
} from '../drizzle/redecisions.ts';
import type { RedecisionPlan, RedecisionRef, RedecisionReport } from './contract.ts';
import type { Dependencies } from './dependencies.ts';

/**
 * Which messages a change can concern. Under the policy `retroMatch` of each mailbox (R4); all connected mailboxes when a
 * person has asked, for a message or by accepting its correspondent.
 */
export async function planRedecision(
  { db }: Dependencies,
  { redecisionId }: RedecisionRef,
): Promise<RedecisionPlan | null> {
  const redecision = await findOpenRedecision(db, redecisionId);
  if (redecision === null) return null;
  await beginRedecision(db, redecisionId);
  const { cause, workspaceId } = redecision;
  const isUrgent = cause === 'message';
  const inFlight = isUrgent ? 0 : await inFlightBatches(db, redecisionId);
  const isAsked = isUrgent || cause === 'accepted';
  const mailboxIds = isAsked ? null : await retroMatchedMailboxes(db, workspaceId);
  const counts = await countInScope(db, redecision, mailboxIds);
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  await saveRedecision(db, redecisionId, { state: 'running', total, done: 0 });
  return { total, mailboxIds: counts.map(({ mailboxId }) => mailboxId), isUrgent, inFlight };
}

export async function reportRedecision(
  { db }: Dependencies,
  { redecisionId, state, done }: RedecisionReport,
): Promise<void> {
  await saveRedecision(db, redecisionId, { state, done });
}
