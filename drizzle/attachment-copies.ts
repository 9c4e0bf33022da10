import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import type { AttachedFile } from './engagement-parts.ts';
import { attachments, engagements, folders, mailboxes, sightings } from './schema/index.ts';

/** A copy of the message that an attachment came with, as it was last seen. */
export interface AttachmentCopy {
  readonly mailboxId: string;
  /** Path of its folder. */
  readonly folder: string;
  readonly uidValidity: string;
  readonly uid: number;
}

/** null when the workspace has no such attachment; those of a deleted engagement were erased with it. */
export async function findAttachment(
  db: Db,
  engagementId: string,
  part: string,
): Promise<AttachedFile | null> {
  const [row] = await db
    .select()
    .from(attachments)
    .where(and(eq(attachments.engagementId, engagementId), eq(attachments.part, part)));
  return row ?? null;
}

/**
 * Where the message may still be, in mailboxes that are connected: the copy that was logged first, then those that only
 * repeated it, the latest first, because a message that was moved shows up as one. Other copies were kept out for
 * a reason, and of those nothing is downloaded.
 */
export async function copiesOf(db: Db, engagementId: string): Promise<readonly AttachmentCopy[]> {
  return db
    .select({
      mailboxId: sightings.mailboxId,
      folder: folders.path,
      uidValidity: sightings.uidValidity,
      uid: sightings.uid,
    })
    .from(engagements)
    .innerJoin(sightings, eq(sightings.messageId, engagements.messageId))
    .innerJoin(folders, eq(folders.id, sightings.folderId))
    .innerJoin(mailboxes, eq(mailboxes.id, sightings.mailboxId))
    .where(
      and(
        eq(engagements.id, engagementId),
        isNull(mailboxes.disconnectedAt),
        isNull(sightings.removedAt),
        sql`(${sightings.verdict} = 'logged' or ${sightings.reason} = 'duplicate')`,
      ),
    )
    .orderBy(
      sql`${sightings.verdict} = 'logged' desc, ${sightings.decidedAt} desc, ${sightings.id}`,
    );
}

/** Whether a copy of the message was deleted after it had been filed (policy `afterImport`). */
export async function wasRemoved(db: Db, engagementId: string): Promise<boolean> {
  const count = await db.$count(
    sightings,
    and(eq(sightings.engagementId, engagementId), isNotNull(sightings.removedAt)),
  );
  return count > 0;
}
