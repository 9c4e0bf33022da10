import { and, desc, eq, gte, inArray, isNotNull, notInArray, or, isNull, sql } from 'drizzle-orm';
import type { SkipReason } from '../domain/decision.ts';
import type { BodyStructure, FolderUse } from '../domain/message.ts';
import type { Db } from './database.ts';
import { isOneOfIds } from './rows.ts';
import { engagements, folders, messages, sightings } from './schema/index.ts';

/** A copy of a message that has been decided, with everything it takes to decide it again. */
export interface DecidedCopy {
  readonly id: string;
  readonly messageId: string;
  readonly mailboxId: string;
  readonly folderUse: FolderUse;
  readonly flags: readonly string[];
  readonly arrivedAt: Date;
  /** Of the message, as one of its copies had them. */
  readonly headerBlock: Buffer;
  readonly bodyStructure: BodyStructure;
  /** A person deleted the engagement: no policy brings it back (R23). */
  readonly isDeleted: boolean;
}

/** Skips that no policy about filing has a say in, and that cannot be asked again. */
const NOT_ASKED: readonly SkipReason[] = ['before_start', 'removed_on_server', 'discarded'];
const DAY_MS = 24 * 3_600_000;

/**
 * The decisions about mail that arrived in these mailboxes since then, the newest first, from `after` (the last copy of the
 * page before) on. One statement.
 */
export async function decidedCopies(
  db: Db,
  { mailboxIds, since }: { readonly mailboxIds: readonly string[]; readonly since: Date },
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly DecidedCopy[]> {
  return db
    .select({
      id: sightings.id,
      messageId: messages.id,
      mailboxId: sightings.mailboxId,
      folderUse: folders.use,
      flags: sightings.flags,
      arrivedAt: sightings.arrivedAt,
      headerBlock: messages.headerBlock,
      bodyStructure: messages.bodyStructure,
      isDeleted: sql<boolean>`${engagements.deletedAt} is not null`,
    })
    .from(sightings)
    .innerJoin(folders, eq(folders.id, sightings.folderId))
    .innerJoin(messages, eq(messages.id, sightings.messageId))
    .leftJoin(
      engagements,
      and(
        eq(engagements.workspaceId, sightings.workspaceId),
        eq(engagements.messageId, messages.id),
      ),
    )
    .where(
      and(
        isOneOfIds(sightings.mailboxId, mailboxIds),
        inArray(sightings.verdict, ['logged', 'skipped']),
        or(isNull(sightings.reason), notInArray(sightings.reason, [...NOT_ASKED])),
        isNotNull(sightings.decidedAt),
        // Mail is decided after it has come; a day is for the clocks. The index is on this one.
        gte(sightings.decidedAt, new Date(since.getTime() - DAY_MS)),
        gte(sightings.arrivedAt, since),
        page.after === null
          ? undefined
          : sql`(${sightings.decidedAt}, ${sightings.id}) < (
              select c.decided_at, c.id from sightings c where c.id = ${page.after}::uuid)`,
      ),
    )
    .orderBy(desc(sightings.decidedAt), desc(sightings.id))
    .limit(page.limit);
}
