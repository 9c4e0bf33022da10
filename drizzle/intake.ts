import { and, eq, gte, inArray, sql } from 'drizzle-orm';
import type { Checkpoint } from '../domain/checkpoint.ts';
import type { BodyStructure } from '../domain/message.ts';
import type { Db } from './database.ts';
import type { ConnectedMailbox } from './loop.ts';
import { asRecords } from './rows.ts';
import { batches, sightings } from './schema/index.ts';

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
  const fresh = { next, size: batch.rows.length, stage: 'fetched', progress: null } as const;
  await db
    .insert(batches)
    .values({ ...owner, id, seq, ...fresh })
    .onConflictDoUpdate({ target: batches.id, set: fresh });
  if (batch.rows.length === 0) return;
  // Octets as base64, which is half as long as bytea's own text.
  const rows = batch.rows.map(({ headerBlock, ...row }) => ({
    ...row,
    headers: headerBlock.toString('base64'),
  }));
  await db.execute(sql`
    insert into sightings (workspace_id, mailbox_id, batch_id, folder_id, uid_validity, uid, flags, size, arrived_at,
                           header_block, body_structure)
    select ${owner.workspaceId}::uuid, ${owner.mailboxId}::uuid, ${id}, r."folderId", r."uidValidity", r.uid, r.flags,
           r.size, r."arrivedAt", decode(r.headers, 'base64'), r."bodyStructure"
    from jsonb_to_recordset(${asRecords(rows)})
      as r("folderId" uuid, "uidValidity" text, uid bigint, flags text[], size bigint, "arrivedAt" timestamptz,
           headers text, "bodyStructure" jsonb)
    on conflict on constraint sightings_uid do update
      set batch_id = excluded.batch_id, flags = excluded.flags, size = excluded.size,
          arrived_at = excluded.arrived_at, header_block = excluded.header_block,
          body_structure = excluded.body_structure
      where sightings.stage <> 'decided'`);
}

/** UIDs of a folder that stand in the ledger, in order: what the server is compared with. */
export async function recordedUids(
  db: Db,
  folderId: string,
  uidValidity: string,
): Promise<readonly number[]> {
  const rows = await db
    .select({ uid: sightings.uid })
    .from(sightings)
    .where(and(eq(sightings.folderId, folderId), eq(sightings.uidValidity, uidValidity)))
    .orderBy(sightings.uid);
  return rows.map(({ uid }) => uid);
}

/**
 * The server has given these numbers away a second time: what the ledger has under them keeps its decision under another
 * name, and no longer stands in the way.
 */
export async function setAsideReused(
  db: Db,
  folderId: string,
  uidValidity: string,
  from: number,
): Promise<void> {
  await db.execute(sql`
    update sightings set uid_validity = uid_validity || '~' || extract(epoch from now())::bigint
    where folder_id = ${folderId}::uuid and uid_validity = ${uidValidity} and uid >= ${from}`);
}

/** A longer history is wanted: what was too old before is read once more. */
export async function forgetTooOld(
  db: Db,
  folderId: string,
  uidValidity: string,
  from: Date | null,
): Promise<void> {
  await db
    .delete(sightings)
    .where(
      and(
        eq(sightings.folderId, folderId),
        eq(sightings.uidValidity, uidValidity),
        eq(sightings.reason, 'before_start'),
        from === null ? undefined : gte(sightings.arrivedAt, from),
      ),
    );
}
