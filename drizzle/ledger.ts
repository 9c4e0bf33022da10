import { and, asc, eq, sql } from 'drizzle-orm';
import type { BodyStructure, FolderUse } from '../domain/message.ts';
import type { Db } from './database.ts';
import { folders, sightings } from './schema/index.ts';

/** A sighting without a decision, as `fetchNew` left it. Each is decided on its own copy of the headers. */
export interface OpenSighting {
  readonly id: string;
  readonly folderPath: string;
  readonly folderUse: FolderUse;
  readonly uidValidity: string;
  readonly uid: number;
  readonly flags: readonly string[];
  /** Octets of the whole message. */
  readonly size: number;
  readonly arrivedAt: Date;
  /** Mail of the first import that is older is left alone; null where nothing is (R3). */
  readonly startsAt: Date | null;
  readonly headerBlock: Buffer;
  readonly bodyStructure: BodyStructure;
}

/** What of a batch is not decided yet, folder by folder in the order of UIDs. */
export async function openSightings(db: Db, batchId: string): Promise<readonly OpenSighting[]> {
  const rows = await db
    .select({
      id: sightings.id,
      folderPath: folders.path,
      folderUse: folders.use,
      uidValidity: sightings.uidValidity,
      uid: sightings.uid,
      flags: sightings.flags,
      size: sightings.size,
      arrivedAt: sightings.arrivedAt,
      startsAt:
        sql<Date | null>`case when ${sightings.uid} < ${folders.importedBelow} then ${folders.startsAt} end`.mapWith(
          folders.startsAt,
        ),
      headerBlock: sightings.headerBlock,
      bodyStructure: sightings.bodyStructure,
    })
    .from(sightings)
    .innerJoin(folders, eq(folders.id, sightings.folderId))
    .where(and(eq(sightings.batchId, batchId), eq(sightings.stage, 'fetched')))
    .orderBy(asc(sightings.folderId), asc(sightings.uid));
  return rows.flatMap(({ headerBlock, bodyStructure, ...row }) =>
    headerBlock === null || bodyStructure === null ? [] : [{ ...row, headerBlock, bodyStructure }],
  );
}
