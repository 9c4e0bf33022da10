import { inArray, sql } from 'drizzle-orm';
import type { Checkpoint } from '../domain/checkpoint.ts';
import type { Db } from './database.ts';
import { mailboxCheckpoints, sightings } from './schema/index.ts';

export interface VerdictCounts {
  readonly seen: number;
  readonly logged: number;
  readonly skipped: number;
  readonly failed: number;
}

export async function countsOf(
  db: Db,
  mailboxIds: readonly string[],
): Promise<ReadonlyMap<string, VerdictCounts>> {
  const rows = await db
    .select({
      mailboxId: sightings.mailboxId,
      seen: sql<number>`count(*)::int`,
      logged: sql<number>`(count(*) filter (where verdict = 'logged'))::int`,
      skipped: sql<number>`(count(*) filter (where verdict = 'skipped'))::int`,
      failed: sql<number>`(count(*) filter (where verdict = 'failed'))::int`,
    })
    .from(sightings)
    .where(inArray(sightings.mailboxId, [...mailboxIds]))
    .groupBy(sightings.mailboxId);
  return new Map(rows.map(({ mailboxId, ...counts }) => [mailboxId, counts]));
}

export async function checkpointsOf(
  db: Db,
  mailboxIds: readonly string[],
): Promise<ReadonlyMap<string, Checkpoint>> {
  const rows = await db
    .select({ id: mailboxCheckpoints.mailboxId, checkpoint: mailboxCheckpoints.checkpoint })
    .from(mailboxCheckpoints)
    .where(inArray(mailboxCheckpoints.mailboxId, [...mailboxIds]));
  return new Map(rows.map(({ id, checkpoint }) => [id, checkpoint]));
}
