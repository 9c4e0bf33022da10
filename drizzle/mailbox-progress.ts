import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Checkpoint } from '../domain/checkpoint.ts';
import type { Db } from './database.ts';
import { folders, mailboxCheckpoints, mailboxes, sightings } from './schema/index.ts';

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

/** The paths behind the ids that checkpoints name, by mailbox and folder. */
export async function folderPathsOf(
  db: Db,
  mailboxIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const rows = await db
    .select({ id: folders.id, mailboxId: folders.mailboxId, path: folders.path })
    .from(folders)
    .where(inArray(folders.mailboxId, [...mailboxIds]));
  const ofMailbox = Map.groupBy(rows, ({ mailboxId }) => mailboxId);
  return new Map(
    [...ofMailbox].map(([mailboxId, own]) => [
      mailboxId,
      new Map(own.map(({ id, path }) => [id, path])),
    ]),
  );
}

/** What people want of a mailbox, unchanged until the transaction ends; null when it is disconnected. */
export async function lockDesiredState(
  db: Db,
  mailboxId: string,
): Promise<'active' | 'paused' | null> {
  const [row] = await db
    .select({ desiredState: mailboxes.desiredState })
    .from(mailboxes)
    .where(and(eq(mailboxes.id, mailboxId), isNull(mailboxes.disconnectedAt)))
    .for('update');
  return row === undefined || row.desiredState === 'disconnected' ? null : row.desiredState;
}
