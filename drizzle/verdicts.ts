import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { EmailAddress } from '../domain/address.ts';
import type { Evidence, SkipReason } from '../domain/decision.ts';
import type { Db } from './database.ts';
import { nextTry } from './gaps.ts';
import { asRecords, isOneOfIds, textArray } from './rows.ts';
import { engagements, sightings, type Verdict } from './schema/index.ts';

/** What became earlier of messages that this mailbox sees again: logged from it, or logged and deleted (R23, R40). */
export async function earlierVerdicts(
  db: Db,
  mailbox: { readonly id: string; readonly workspaceId: string },
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, 'logged_here' | 'deleted'>> {
  if (messageIds.length === 0) return new Map();
  const rows = await db
    .select({
      messageId: engagements.messageId,
      deletedAt: engagements.deletedAt,
      // Written out: in a select from one table drizzle leaves the table's name away, and `id` would be the sighting's.
      seenHere: sql<boolean>`exists (
        select from sightings s where s.engagement_id = "engagements"."id"
          and s.mailbox_id = ${mailbox.id}::uuid and s.verdict = 'logged')`,
    })
    .from(engagements)
    .where(
      and(
        eq(engagements.workspaceId, mailbox.workspaceId),
        isOneOfIds(engagements.messageId, messageIds),
      ),
    );
  const earlier = new Map<string, 'logged_here' | 'deleted'>();
  for (const { messageId, deletedAt, seenHere } of rows) {
    if (deletedAt !== null) earlier.set(messageId, 'deleted');
    else if (seenHere) earlier.set(messageId, 'logged_here');
  }
  return earlier;
}

/** How many sightings of a batch got which verdict. */
export async function verdictCounts(
  db: Db,
  batchId: string,
): Promise<{ logged: number; skipped: number; failed: number }> {
  const rows = await db
    .select({ verdict: sightings.verdict, count: sql<number>`count(*)::int` })
    .from(sightings)
    .where(and(eq(sightings.batchId, batchId), isNotNull(sightings.verdict)))
    .groupBy(sightings.verdict);
  const counts = { logged: 0, skipped: 0, failed: 0 };
  for (const { verdict, count } of rows) if (verdict !== null) counts[verdict] = count;
  return counts;
}

/** A decision as it is written into the ledger. */
export interface Decided {
  readonly id: string;
  /** null when it could not be made a message of. */
  readonly messageId: string | null;
  readonly verdict: Verdict;
  readonly reason: SkipReason | null;
  readonly evidence: Evidence;
  readonly engagementId: string | null;
}

/** Writes the decisions of a batch; a sighting that is decided already keeps its decision, and one that failed has another try. */
export async function saveDecisions(db: Db, decisions: readonly Decided[]): Promise<void> {
  if (decisions.length === 0) return;
  await db.execute(sql`
    update sightings s set stage = 'decided', message_id = coalesce(d."messageId", s.message_id), verdict = d.verdict,
      reason = d.reason, evidence = d.evidence, engagement_id = d."engagementId", decided_at = now(),
      header_block = null, body_structure = null,
      attempts = s.attempts + (d.verdict = 'failed')::int,
      retry_at = case when d.verdict = 'failed' then ${nextTry(sql`s.attempts + 1`)} end
    from jsonb_to_recordset(${asRecords(decisions)})
      as d(id uuid, "messageId" uuid, verdict text, reason text, evidence jsonb, "engagementId" uuid)
    where s.id = d.id and s.stage <> 'decided'`);
}

/** Remembers which participants were the workspace's own when the messages were decided; `parse` has guessed already. */
export async function markInternal(
  db: Db,
  messageIds: readonly string[],
  internal: readonly EmailAddress[],
): Promise<void> {
  if (messageIds.length === 0) return;
  // Locked in one order for everybody: another mailbox may be deciding the same messages.
  await db.execute(sql`
    with own as (select ${textArray(internal)} as addresses),
    decided as (
      select q.message_id, q.position, q.address = any (own.addresses) as is_internal
      from participants q, own
      where ${isOneOfIds(sql`q.message_id`, messageIds)}
        and q.is_internal is distinct from (q.address = any (own.addresses))
      order by q.message_id, q.position for update of q)
    update participants p set is_internal = d.is_internal from decided d
    where p.message_id = d.message_id and p.position = d.position`);
}
