import { eq, sql } from 'drizzle-orm';
import type { FolderSight } from '../domain/missing.ts';
import type { Db } from './database.ts';
import { only } from './rows.ts';
import { folders, sightings } from './schema/index.ts';

/** What the store knows of a mailbox that can keep messages out of sight (R45). */
export interface Backlog {
  readonly folders: readonly FolderSight[];
  /** Fetched and not decided yet. */
  readonly undecided: number;
  /** Set aside. */
  readonly failed: number;
}

export async function backlogOf(db: Db, mailboxId: string): Promise<Backlog> {
  const found = await db
    .select({
      ...{ path: folders.path, use: folders.use, startsAt: folders.startsAt },
      ...{ parkedUntil: folders.parkedUntil, missing: folders.missing },
    })
    .from(folders)
    .where(eq(folders.mailboxId, mailboxId))
    .orderBy(folders.path);
  const counted = await db
    .select({
      undecided: sql<number>`(count(*) filter (where verdict is null))::int`,
      failed: sql<number>`(count(*) filter (where verdict = 'failed'))::int`,
    })
    .from(sightings)
    // By the index on mailbox and verdict; what was logged or skipped is not looked at.
    .where(
      sql`${sightings.mailboxId} = ${mailboxId}::uuid and (${sightings.verdict} is null or ${sightings.verdict} = 'failed')`,
    );
  return { folders: found, ...only(counted) };
}
