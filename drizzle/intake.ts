import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Checkpoint } from '../domain/checkpoint.ts';
import type { BodyStructure, FolderUse } from '../domain/message.ts';
import type { Db } from './database.ts';
import type { ConnectedMailbox } from './loop.ts';
import { asRecords, only, storableJson, storableText } from './rows.ts';
import { batches, folders, sightings } from './schema/index.ts';

/** A folder as it is known here. `startsAt` binds the UIDs below `importedBelow` of this UIDVALIDITY (R3). */
export interface KnownFolder {
  readonly id: string;
  readonly path: string;
  readonly uidValidity: string | null;
  readonly importedBelow: number | null;
  readonly startsAt: Date | null;
}

/** What `fetchNew` read of one message. */
export interface NewSighting {
  readonly folderId: string;
  readonly uidValidity: string;
  readonly uid: number;
  readonly flags: readonly string[];
  readonly size: number;
  readonly arrivedAt: Date;
  readonly headerBlock: Buffer;
  readonly bodyStructure: BodyStructure;
}

/** A message that exists and that cannot be read or stored, even alone. */
export interface UnreadableSighting {
  readonly folderId: string;
  readonly uidValidity: string;
  readonly uid: number;
  /** What is wrong, for people. */
  readonly problem: string;
}

/** The folders of a mailbox that have been seen before, by path. */
export async function knownFolders(
  db: Db,
  mailboxId: string,
): Promise<ReadonlyMap<string, KnownFolder>> {
  const rows = await db.select().from(folders).where(eq(folders.mailboxId, mailboxId));
  return new Map(rows.map((row) => [row.path, row]));
}

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

/** Begins a new epoch of a folder: the first contact, or after its UIDVALIDITY changed (RFC 9051 section 2.3.1.1). */
export async function beginEpoch(
  db: Db,
  folderId: string,
  epoch: { uidValidity: string; importedBelow: number; startsAt: Date | null },
): Promise<void> {
  await db.update(folders).set(epoch).where(eq(folders.id, folderId));
}

/** Of these UIDs, those that have a decision already: they are not fetched again. */
export async function decidedUids(
  db: Db,
  folderId: string,
  uidValidity: string,
  uids: readonly number[],
): Promise<ReadonlySet<number>> {
  if (uids.length === 0) return new Set();
  const rows = await db
    .select({ uid: sightings.uid })
    .from(sightings)
    .where(
      and(
        eq(sightings.folderId, folderId),
        eq(sightings.uidValidity, uidValidity),
        eq(sightings.stage, 'decided'),
        inArray(sightings.uid, [...uids]),
      ),
    );
  return new Set(rows.map(({ uid }) => uid));
}

/** Writes the batch down: one ledger row per message, taking over what an unfinished earlier attempt left. */
export async function stageBatch(
  db: Db,
  mailbox: ConnectedMailbox,
  batch: { id: string; seq: number; next: Checkpoint; rows: readonly NewSighting[] },
): Promise<void> {
  const { id, seq, next } = batch;
  const owner = { workspaceId: mailbox.workspaceId, mailboxId: mailbox.id };
  await db
    .insert(batches)
    .values({ ...owner, id, seq, next, size: batch.rows.length })
    .onConflictDoUpdate({ target: batches.id, set: { next, size: batch.rows.length } });
  if (batch.rows.length === 0) return;
  await db
    .insert(sightings)
    .values(
      batch.rows.map((row) => ({
        ...{ ...row, ...owner, batchId: id },
        flags: row.flags.map(storableText),
        bodyStructure: storableJson(row.bodyStructure),
      })),
    )
    .onConflictDoUpdate({
      target: [sightings.folderId, sightings.uidValidity, sightings.uid],
      set: {
        batchId: id,
        stage: 'fetched',
        outcome: null,
        flags: sql`excluded.flags`,
        headerBlock: sql`excluded.header_block`,
        bodyStructure: sql`excluded.body_structure`,
      },
      setWhere: sql`${sightings.stage} <> 'decided'`,
    });
}

/** Records what could not be read, so that it is counted and shown instead of lost. */
export async function recordUnreadable(
  db: Db,
  mailbox: ConnectedMailbox,
  unreadable: readonly UnreadableSighting[],
): Promise<void> {
  if (unreadable.length === 0) return;
  await db.execute(sql`
    insert into sightings (workspace_id, mailbox_id, folder_id, uid_validity, uid, flags, size, arrived_at,
                           stage, verdict, evidence, decided_at)
    select ${mailbox.workspaceId}::uuid, ${mailbox.id}::uuid, r."folderId", r."uidValidity", r.uid, '{}', 0, now(),
           'decided', 'failed', jsonb_build_object('problem', r.problem), now()
    from jsonb_to_recordset(${asRecords(unreadable)}) as r("folderId" uuid, "uidValidity" text, uid bigint, problem text)
    on conflict on constraint sightings_uid do update
      set stage = 'decided', verdict = 'failed', evidence = excluded.evidence, decided_at = now(),
          outcome = null, header_block = null, body_structure = null
      where sightings.stage <> 'decided'`);
}
