import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { sightings } from './schema/index.ts';

/**
 * What people do about messages that were set aside as failed. The API's role may ask for another try (`retry_at`) and
 * decides nothing; giving one up goes through the function that migrate.ts makes.
 */

/** The next visit tries it again; false when it is not failed, or not any more. */
export async function retryFailed(db: Db, sightingId: string): Promise<boolean> {
  const rows = await db
    .update(sightings)
    .set({ retryAt: sql`now()` })
    .where(and(eq(sightings.id, sightingId), eq(sightings.verdict, 'failed')))
    .returning({ id: sightings.id });
  return rows.length > 0;
}

/** The same with all of a mailbox; returns their number. */
export async function retryAllFailed(db: Db, mailboxId: string): Promise<number> {
  const rows = await db
    .update(sightings)
    .set({ retryAt: sql`now()` })
    .where(and(eq(sightings.mailboxId, mailboxId), eq(sightings.verdict, 'failed')))
    .returning({ id: sightings.id });
  return rows.length;
}

/** Skipped for good, with the name of who did it in the evidence; false when it is not failed, or not any more. */
export async function discardFailed(db: Db, sightingId: string, userId: string): Promise<boolean> {
  const rows = await db.execute(
    sql`select mailroom_discard_failed(${sightingId}::uuid, ${userId}::uuid) as id`,
  );
  return rows.some((row) => row['id'] !== null);
}
