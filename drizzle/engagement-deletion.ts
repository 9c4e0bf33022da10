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
  const seen = await lockSeenBy(db, mailboxId);
  const shared = new Set(await seenByOthers(db, mailboxId));
  await empty(
    db,
    seen.filter((id) => !shared.has(id)),
    userId,
  );
}

/** In one order for everybody. A mailbox that commits one of them at this moment has done so, or waits until we have. */
async function lockSeenBy(db: Db, mailboxId: string): Promise<readonly string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select id from engagements
    where deleted_at is null and exists (
      select 1 from sightings where engagement_id = engagements.id and mailbox_id = ${mailboxId})
    order by id for update`);
  return rows.map(({ id }) => id);
}

/** A statement of its own, after the locks: it sees what was committed while we waited for them. */
async function seenByOthers(db: Db, mailboxId: string): Promise<readonly string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select distinct own.engagement_id as id
    from sightings own
    join sightings other on other.engagement_id = own.engagement_id
      and other.mailbox_id <> own.mailbox_id
    join mailboxes on mailboxes.id = other.mailbox_id and mailboxes.disconnected_at is null
    where own.mailbox_id = ${mailboxId}`);
  return rows.map(({ id }) => id);
}

/** Keeps who deleted it first and when. */
async function empty(db: Db, ids: readonly string[], userId: string): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(engagements)
    .set({
      ...{ deletedAt: sql`now()`, deletedBy: userId },
      ...{ text: '', replyText: '', html: null, calendar: null },
    })
    .where(and(inArray(engagements.id, [...ids]), isNull(engagements.deletedAt)));
  await db.delete(attachments).where(inArray(attachments.engagementId, [...ids]));
}
