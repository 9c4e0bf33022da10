import { and, eq, inArray, isNotNull, isNull, lte, or, sql, type SQL } from 'drizzle-orm';
import type { Db } from './database.ts';
import type { UnreadableSighting } from './intake.ts';
import type { ConnectedMailbox } from './loop.ts';
import { asRecords } from './rows.ts';
import { folders, sightings } from './schema/index.ts';

/** How often a message is tried before it is set aside, and how long it rests in between. */
const MAX_ATTEMPTS = 2;

/** When a message that has failed so often is tried again; null when people have to say so. */
export function nextTry(attempts: SQL): SQL {
  return sql`case when ${attempts} < ${MAX_ATTEMPTS} then now() + interval '15 minutes' end`;
}

/**
 * Records what could not be read, so that it is counted, shown and tried again instead of lost. Returns how many are set
 * aside with this: people decide what becomes of them.
 */
export async function recordUnreadable(
  db: Db,
  mailbox: Pick<ConnectedMailbox, 'id' | 'workspaceId'>,
  unreadable: readonly UnreadableSighting[],
): Promise<number> {
  if (unreadable.length === 0) return 0;
  const rows = await db.execute<{ attempts: number }>(sql`
    insert into sightings (workspace_id, mailbox_id, folder_id, uid_validity, uid, flags, size, arrived_at,
                           stage, verdict, evidence, decided_at, attempts, retry_at)
    select ${mailbox.workspaceId}::uuid, ${mailbox.id}::uuid, r."folderId", r."uidValidity", r.uid, '{}', 0, now(),
           'decided', 'failed', jsonb_build_object('problem', r.problem), now(), 1, ${nextTry(sql`1`)}
    from jsonb_to_recordset(${asRecords(unreadable)}) as r("folderId" uuid, "uidValidity" text, uid bigint, problem text)
    on conflict on constraint sightings_uid do update
      set stage = 'decided', verdict = 'failed', evidence = excluded.evidence, decided_at = now(),
          header_block = null, body_structure = null, batch_id = null,
          attempts = sightings.attempts + 1,
          retry_at = ${nextTry(sql`sightings.attempts + 1`)}
      where sightings.stage <> 'decided' or sightings.verdict = 'failed'
    returning attempts`);
  return rows.filter(({ attempts }) => attempts >= MAX_ATTEMPTS).length;
}

/** Messages that the server has and no visit ever recorded: the next visit fetches them. */
export async function recordMissing(
  db: Db,
  mailbox: Pick<ConnectedMailbox, 'id' | 'workspaceId'>,
  missing: readonly UnreadableSighting[],
): Promise<void> {
  if (missing.length === 0) return;
  await db.execute(sql`
    insert into sightings (workspace_id, mailbox_id, folder_id, uid_validity, uid, flags, size, arrived_at,
                           stage, verdict, evidence, decided_at, retry_at)
    select ${mailbox.workspaceId}::uuid, ${mailbox.id}::uuid, r."folderId", r."uidValidity", r.uid, '{}', 0, now(),
           'decided', 'failed', jsonb_build_object('problem', r.problem), now(), now()
    from jsonb_to_recordset(${asRecords(missing)}) as r("folderId" uuid, "uidValidity" text, uid bigint, problem text)
    on conflict do nothing`);
}

/** A message whose time for another try has come. */
export interface DueRetry {
  readonly folderId: string;
  readonly uidValidity: string;
  readonly uid: number;
  readonly attempts: number;
}

/**
 * Messages of a mailbox that are to be tried again now, whatever the checkpoint says. A folder that is left alone keeps
 * its tries for when it is back.
 */
export async function dueRetries(
  db: Db,
  mailboxId: string,
  limit: number,
): Promise<readonly DueRetry[]> {
  return db
    .select({
      folderId: sightings.folderId,
      uidValidity: sightings.uidValidity,
      uid: sightings.uid,
      attempts: sightings.attempts,
    })
    .from(sightings)
    .innerJoin(folders, eq(folders.id, sightings.folderId))
    .where(
      and(
        eq(sightings.mailboxId, mailboxId),
        lte(sightings.retryAt, sql`now()`),
        or(isNull(folders.parkedUntil), lte(folders.parkedUntil, sql`now()`)),
      ),
    )
    .orderBy(sightings.folderId, sightings.uid)
    .limit(limit);
}

/** They have been read: they have no verdict any more, and the time of the next try stays until they have one. */
export async function reopen(
  db: Db,
  folderId: string,
  uidValidity: string,
  uids: readonly number[],
): Promise<void> {
  if (uids.length === 0) return;
  await db
    .update(sightings)
    .set({ stage: 'fetched', verdict: null, decidedAt: null, evidence: {} })
    .where(and(isNotNull(sightings.retryAt), haveFailed(folderId, uidValidity, uids)));
}

/** What waited for another try and is not on the server any more. */
export async function decideRemoved(
  db: Db,
  folderId: string,
  uidValidity: string,
  uids: readonly number[],
): Promise<void> {
  if (uids.length === 0) return;
  await db
    .update(sightings)
    .set({
      ...{ stage: 'decided', verdict: 'skipped', reason: 'removed_on_server', retryAt: null },
      ...{ decidedAt: sql`now()`, evidence: {} },
    })
    .where(haveFailed(folderId, uidValidity, uids));
}

function haveFailed(folderId: string, uidValidity: string, uids: readonly number[]) {
  return and(
    eq(sightings.folderId, folderId),
    eq(sightings.uidValidity, uidValidity),
    eq(sightings.verdict, 'failed'),
    inArray(sightings.uid, [...uids]),
  );
}
