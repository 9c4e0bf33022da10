import { sql } from 'drizzle-orm';
import type { SkipReason } from '../domain/decision.ts';
import type { Db } from './database.ts';
import type { Verdict } from './schema/ledger.ts';

/** Sightings of one mailbox that were decided in the same way on one day. */
export interface DecisionCount {
  /** `2026-11-22`. */
  readonly day: string;
  readonly mailboxId: string;
  readonly verdict: Verdict;
  readonly reason: SkipReason | null;
  readonly count: number;
}

export interface DecisionCountFilter {
  readonly workspaceId: string;
  readonly mailboxId: string | null;
  readonly since: Date;
  readonly until: Date;
  /** IANA name. */
  readonly timeZone: string;
}

/** Latest day first; without days that have none. One pass over the index of decisions by time. */
export async function decisionCounts(
  db: Db,
  { workspaceId, mailboxId, since, until, timeZone }: DecisionCountFilter,
): Promise<readonly DecisionCount[]> {
  const ofMailbox = mailboxId === null ? sql`` : sql`and mailbox_id = ${mailboxId}::uuid`;
  // Grouped by days as dates, which are cheaper to compare than their names.
  return db.execute<{ [Name in keyof DecisionCount]: DecisionCount[Name] }>(sql`
    select to_char(day, 'YYYY-MM-DD') as day, mailbox_id as "mailboxId", verdict, reason, count
    from (
      select (decided_at at time zone ${timeZone}::text)::date as day, mailbox_id, verdict, reason,
        count(*)::int as count
      from sightings
      where workspace_id = ${workspaceId}::uuid and decided_at is not null
        and decided_at >= ${since.toISOString()}::timestamptz and decided_at < ${until.toISOString()}::timestamptz
        ${ofMailbox}
      group by 1, 2, 3, 4) counted
    order by counted.day desc, mailbox_id, verdict, reason`);
}
