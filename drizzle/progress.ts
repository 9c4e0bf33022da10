import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { asRecords } from './rows.ts';
import { batches, sightings, type BatchProgress, type BatchStage } from './schema/index.ts';

/** What a batch has been through; null when it is gone: committed, or given up. */
export async function stageOf(db: Db, batchId: string): Promise<BatchStage | null> {
  const [row] = await db
    .select({ stage: batches.stage })
    .from(batches)
    .where(eq(batches.id, batchId));
  return row?.stage ?? null;
}

/** What the stage before found; null when the batch is not there (any more): then there is nothing to do. */
export async function progressAt(
  db: Db,
  batchId: string,
  stage: BatchStage,
): Promise<BatchProgress | null> {
  const [row] = await db
    .select({ stage: batches.stage, progress: batches.progress })
    .from(batches)
    .where(eq(batches.id, batchId));
  return row?.stage === stage ? row.progress : null;
}

/** Writes down what a stage found and moves the batch on; one that is further already stays as it is (R41). */
export async function advance(
  db: Db,
  batchId: string,
  stages: { readonly from: BatchStage; readonly to: BatchStage },
  progress: BatchProgress,
): Promise<void> {
  await db.execute(sql`
    update batches set stage = ${stages.to},
      progress = jsonb_build_object('run', ${progress.run}::text, 'found', ${asRecords(progress.found)})
    where id = ${batchId} and stage = ${stages.from}`);
}

/** Of the messages of a batch, those that have no decision yet. */
export async function openIds(db: Db, batchId: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ id: sightings.id })
    .from(sightings)
    .where(and(eq(sightings.batchId, batchId), eq(sightings.stage, 'fetched')));
  return new Set(rows.map(({ id }) => id));
}
