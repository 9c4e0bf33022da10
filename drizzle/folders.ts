import { and, eq, notInArray, sql } from 'drizzle-orm';
import type { FolderUse } from '../domain/message.ts';
import type { Db } from './database.ts';
import type { ConnectedMailbox } from './loop.ts';
import { asRecords, only } from './rows.ts';
import { folders, mailboxCheckpoints, sightings } from './schema/index.ts';

/** A folder as it is known here. `startsAt` binds the UIDs below `importedBelow` of this UIDVALIDITY (R3). */
export interface KnownFolder {
  readonly id: string;
  readonly path: string;
  readonly use: FolderUse;
  readonly uidValidity: string | null;
  readonly importedBelow: number | null;
  readonly startsAt: Date | null;
  /** Left alone until then; `parkedFor` says why, a kind of failure or `gone` when the server does not list it. */
  readonly parkedUntil: Date | null;
  readonly parkedFor: string | null;
  /** Messages on the server when they were last counted. */
  readonly onServer: number | null;
  readonly missing: number | null;
  readonly checkedModseq: string | null;
}

/** What the server does not list any more waits until it does. */
const UNTIL_LISTED = new Date('9999-12-31T00:00:00Z');
export const GONE = 'gone';

/** The folders of a mailbox that have been seen before, by path. */
export async function knownFolders(
  db: Db,
  mailboxId: string,
): Promise<ReadonlyMap<string, KnownFolder>> {
  const rows = await db.select().from(folders).where(eq(folders.mailboxId, mailboxId));
  return new Map(rows.map((row) => [row.path, row]));
}

/** Takes over what the server lists: new folders are added, and those that it lists no more are left alone. */
export async function saveListing(
  db: Db,
  mailbox: ConnectedMailbox,
  listed: readonly { readonly path: string; readonly use: FolderUse }[],
): Promise<ReadonlyMap<string, KnownFolder>> {
  await db.execute(sql`
    insert into folders (workspace_id, mailbox_id, path, use)
    select ${mailbox.workspaceId}::uuid, ${mailbox.id}::uuid, l.path, l.use
    from jsonb_to_recordset(${asRecords(listed.map(({ path, use }) => ({ path, use })))})
      as l(path text, use text)
    on conflict on constraint folders_path do update
      set use = excluded.use,
          parked_until = case when folders.parked_for = ${GONE} then null else folders.parked_until end,
          parked_for = nullif(folders.parked_for, ${GONE})`);
  const paths = listed.map(({ path }) => path);
  await db
    .update(folders)
    .set({ parkedUntil: UNTIL_LISTED, parkedFor: GONE })
    .where(
      and(
        eq(folders.mailboxId, mailbox.id),
        paths.length === 0 ? undefined : notInArray(folders.path, paths),
      ),
    );
  await db
    .update(mailboxCheckpoints)
    .set({ foldersListedAt: sql`now()` })
    .where(eq(mailboxCheckpoints.mailboxId, mailbox.id));
  return knownFolders(db, mailbox.id);
}

/** A folder that somebody selected and the server does not have, so that it can be shown and asked for again. */
export async function ensureFolder(
  db: Db,
  mailbox: ConnectedMailbox,
  folder: { path: string; use: FolderUse },
): Promise<KnownFolder> {
  const rows = await db
    .insert(folders)
    .values({ workspaceId: mailbox.workspaceId, mailboxId: mailbox.id, ...folder })
    .onConflictDoUpdate({ target: [folders.mailboxId, folders.path], set: { use: folder.use } })
    .returning();
  return only(rows);
}

/** Forgets when the folders were listed: the next visit lists them again. */
export async function forgetListing(db: Db, mailboxId: string): Promise<void> {
  await db
    .update(mailboxCheckpoints)
    .set({ foldersListedAt: null })
    .where(eq(mailboxCheckpoints.mailboxId, mailboxId));
}

/** Begins a new epoch of a folder: the first contact, or after its UIDVALIDITY changed (RFC 9051 section 2.3.1.1). */
export async function beginEpoch(
  db: Db,
  folderId: string,
  epoch: {
    uidValidity: string;
    importedBelow: number;
    startsAt: Date | null;
    importTotal: number;
  },
): Promise<void> {
  await db
    .update(folders)
    .set({ ...epoch, checkedModseq: null })
    .where(eq(folders.id, folderId));
}

/** Leaves a folder alone until then. */
export async function parkFolder(
  db: Db,
  folderId: string,
  { until, reason }: { until: Date; reason: string },
): Promise<void> {
  await db
    .update(folders)
    .set({ parkedUntil: until, parkedFor: reason })
    .where(eq(folders.id, folderId));
}

export async function unparkFolder(db: Db, folderId: string): Promise<void> {
  await db
    .update(folders)
    .set({ parkedUntil: null, parkedFor: null })
    .where(eq(folders.id, folderId));
}

/** What a comparison with the server found (R56). */
export async function saveCoverage(
  db: Db,
  folderId: string,
  coverage: {
    onServer: number;
    recorded: number;
    missing: number;
    checkedModseq: string | null;
  },
): Promise<void> {
  await db
    .update(folders)
    .set({ ...coverage, checkedAt: sql`now()` })
    .where(eq(folders.id, folderId));
}

/** A folder whose counters say that it holds nothing any more. */
export async function saveEmptied(db: Db, folderId: string): Promise<void> {
  await db
    .update(folders)
    .set({ onServer: 0, recorded: 0, missing: 0 })
    .where(eq(folders.id, folderId));
}

/** The arrival of the newest message that was ever recorded from a folder; null when none was. */
export async function lastArrival(db: Db, folderId: string): Promise<Date | null> {
  const [row] = await db
    .select({ at: sql<Date | null>`max(${sightings.arrivedAt})`.mapWith(sightings.arrivedAt) })
    .from(sightings)
    .where(and(eq(sightings.folderId, folderId), sql`${sightings.size} > 0`));
  return row?.at ?? null;
}
