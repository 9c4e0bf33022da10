import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { attachments, engagements } from './schema/index.ts';

/**
 * R23: empties an engagement and takes it off all timelines. The row stays, so that the message is known as deleted
 * when it is seen again. Returns whether there is such an engagement, deleted before or not.
 */
export async function deleteEngagement(
  db: Db,
  engagementId: string,
  userId: string,
): Promise<boolean> {
  const found = await db
    .select({ id: engagements.id })
    .from(engagements)
    .where(eq(engagements.id, engagementId));
  if (found.length === 0) return false;
  await empty(db, [engagementId], userId);
  return true;
}

/** R54, when asked: deletes what this mailbox has seen and no other connected one has. */
export async function deleteEngagementsOf(
  db: Db,
  mailboxId: string,
  userId: string,
): Promise<void> {
  const rows = await db.execute<{ id: string }>(sql`
    select id from engagements
    where deleted_at is null
      and exists (select 1 from sightings
        where engagement_id = engagements.id and mailbox_id = ${mailboxId})
      and not exists (select 1 from sightings join mailboxes on mailboxes.id = mailbox_id
        where engagement_id = engagements.id and mailbox_id <> ${mailboxId}
          and disconnected_at is null)`);
  await empty(
    db,
    rows.map(({ id }) => id),
    userId,
  );
}

/** Keeps who deleted it first and when. */
async function empty(db: Db, ids: readonly string[], userId: string): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(engagements)
    .set({ deletedAt: sql`now()`, deletedBy: userId, text: '', replyText: '', html: null })
    .where(and(inArray(engagements.id, [...ids]), isNull(engagements.deletedAt)));
  await db.delete(attachments).where(inArray(attachments.engagementId, [...ids]));
}
