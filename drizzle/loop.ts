import { and, eq, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import { hasBackfill, type Checkpoint } from '../domain/checkpoint.ts';
import type { Lane, LoopSeed } from '../domain/mailbox.ts';
import type { Policy } from '../domain/policy.ts';
import { effectivePolicy } from '../domain/presets.ts';
import type { Db } from './database.ts';
import { recordEvent } from './events.ts';
import {
  batches,
  mailboxCheckpoints,
  mailboxCredentials,
  mailboxes,
  sightings,
  workspaces,
  type AuthKind,
} from './schema/index.ts';

/** What the worker knows of a connected mailbox. The password is still in its envelope. */
export interface ConnectedMailbox {
  readonly id: string;
  readonly workspaceId: string;
  readonly server: {
    readonly protocol?: 'imap' | 'pop3';
    readonly host: string;
    readonly port: number;
    readonly security: 'tls' | 'starttls' | 'none';
    readonly username: string;
  };
  readonly provider: string;
  /** What the envelope holds: a password, or the OAuth tokens of this provider. */
  readonly auth: AuthKind;
  readonly connectedAt: Date;
  readonly policy: Policy;
  readonly credentialVersion: number;
  readonly envelope: Buffer;
  readonly seed: LoopSeed;
  /** When the folders were last listed, and the server last compared with the ledger. */
  readonly foldersListedAt: Date | null;
  readonly reconciledAt: Date | null;
  /** What the visit that comes or runs was planned for; null before the first. */
  readonly nextVisitAt: Date | null;
}

/** The mailbox with its newest credentials and its committed checkpoint; null when it is gone or disconnected. */
export async function findConnected(db: Db, mailboxId: string): Promise<ConnectedMailbox | null> {
  const [row] = await db
    .select({
      mailbox: mailboxes,
      preset: workspaces.preset,
      workspacePolicy: workspaces.policy,
      envelope: mailboxCredentials.envelope,
      committed: mailboxCheckpoints,
    })
    .from(mailboxes)
    .innerJoin(workspaces, eq(workspaces.id, mailboxes.workspaceId))
    .innerJoin(
      mailboxCredentials,
      and(
        eq(mailboxCredentials.mailboxId, mailboxes.id),
        eq(mailboxCredentials.version, mailboxes.credentialVersion),
      ),
    )
    .leftJoin(mailboxCheckpoints, eq(mailboxCheckpoints.mailboxId, mailboxes.id))
    .where(and(eq(mailboxes.id, mailboxId), isNull(mailboxes.disconnectedAt)));
  if (row === undefined) return null;
  const { mailbox, committed } = row;
  return {
    id: mailbox.id,
    workspaceId: mailbox.workspaceId,
    server: mailbox,
    provider: mailbox.provider,
    auth: mailbox.auth,
    connectedAt: mailbox.connectedAt,
    policy: effectivePolicy(row.preset, row.workspacePolicy, mailbox.policy),
    credentialVersion: mailbox.credentialVersion,
    envelope: row.envelope,
    foldersListedAt: committed?.foldersListedAt ?? null,
    reconciledAt: committed?.reconciledAt ?? null,
    nextVisitAt: mailbox.nextVisitAt,
    seed: {
      seq: committed?.seq ?? 0,
      checkpoint: committed?.checkpoint ?? {},
      imported: committed?.imported ?? false,
      paused: mailbox.desiredState === 'paused',
      credentialVersion: mailbox.credentialVersion,
    },
  };
}

/** A newer fetch has taken over the mailbox, or the batch is not the next one: what was read is thrown away. */
export class StaleBatchError extends Error {
  override readonly name = 'StaleBatchError';
}

/** The newest fetch owns the mailbox: an older one that still runs somewhere can no longer write (R41). */
export async function claimFetch(db: Db, mailbox: ConnectedMailbox, token: string): Promise<void> {
  await db
    .insert(mailboxCheckpoints)
    .values({ mailboxId: mailbox.id, workspaceId: mailbox.workspaceId, fetchToken: token })
    .onConflictDoUpdate({ target: mailboxCheckpoints.mailboxId, set: { fetchToken: token } });
}

/**
 * Locks the checkpoint row for the rest of the transaction and checks that this fetch still owns the mailbox. A fetch ahead
 * moves no checkpoint, and does not wait for the commit of the batch before: should a newer fetch begin at this moment
 * and lose messages to it, `lockFence` notices.
 */
export async function lockForFetch(
  db: Db,
  mailboxId: string,
  { token, isAhead }: { readonly token: string; readonly isAhead: boolean },
): Promise<void> {
  const [row] = await db
    .select({ fetchToken: mailboxCheckpoints.fetchToken })
    .from(mailboxCheckpoints)
    .where(eq(mailboxCheckpoints.mailboxId, mailboxId))
    .for(isAhead ? 'key share' : 'update');
  if (row?.fetchToken !== token) throw new StaleBatchError('A newer fetch owns the mailbox.');
}

/** Reading found nothing to decide: only the checkpoint may have moved. With live mail that ends the visit. */
export async function commitNothing(
  db: Db,
  mailbox: Pick<ConnectedMailbox, 'id' | 'workspaceId'>,
  end: { lane: Lane; checkpoint: Checkpoint; nextVisitAt: Date },
): Promise<void> {
  await db
    .update(mailboxCheckpoints)
    .set({ checkpoint: end.checkpoint })
    .where(eq(mailboxCheckpoints.mailboxId, mailbox.id));
  await markImported(db, mailbox.id, end.checkpoint);
  await decideLeftOvers(db, mailbox.id, end.checkpoint);
  if (end.lane === 'live') await visitEnded(db, mailbox.id, end.nextVisitAt);
}

/** The history has been read to its end, for the first time: that is told once. */
async function markImported(db: Db, mailboxId: string, checkpoint: Checkpoint): Promise<void> {
  if (hasBackfill(checkpoint)) return;
  const [row] = await db
    .update(mailboxCheckpoints)
    .set({ imported: true })
    .where(and(eq(mailboxCheckpoints.mailboxId, mailboxId), eq(mailboxCheckpoints.imported, false)))
    .returning({ workspaceId: mailboxCheckpoints.workspaceId });
  if (row === undefined) return;
  await recordEvent(db, { mailboxId, workspaceId: row.workspaceId }, 'import_finished');
}

/**
 * What an attempt that was given up has staged and no later one has found again is gone from the server: the checkpoint
 * passes it, so it gets its decision now. What is above the checkpoint, or in the history that is still to be read, will
 * be read again; what waits for another try has its own time.
 */
async function decideLeftOvers(db: Db, mailboxId: string, next: Checkpoint): Promise<void> {
  await db.execute(sql`
    update sightings s set stage = 'decided', verdict = 'skipped', reason = 'removed_on_server', decided_at = now(),
      header_block = null, body_structure = null
    from jsonb_each(${JSON.stringify(next)}::jsonb) as c(folder, at)
    where s.mailbox_id = ${mailboxId}::uuid and s.verdict is null and s.folder_id = c.folder::uuid
      and s.retry_at is null
      and (s.uid_validity <> c.at->>'uidValidity' or s.uid <= (c.at->>'lastUid')::bigint)
      and not coalesce(s.uid > (c.at->'backfill'->>'downTo')::bigint
                       and s.uid <= (c.at->'backfill'->>'next')::bigint, false)`);
}

/**
 * Locks the fence and says whether batch `seq` is the next one, or has been committed already (R41). Fewer messages that
 * are ready than were fetched mean that another fetch took some over.
 */
export async function lockFence(
  db: Db,
  batch: { mailboxId: string; batchId: string; seq: number },
): Promise<'next' | 'committed'> {
  // Locked together with the mailbox: a disconnection that deletes engagements comes before this commit or after it.
  const [fence] = await db
    .select({ seq: mailboxCheckpoints.seq, disconnectedAt: mailboxes.disconnectedAt })
    .from(mailboxCheckpoints)
    .innerJoin(mailboxes, eq(mailboxes.id, mailboxCheckpoints.mailboxId))
    .where(eq(mailboxCheckpoints.mailboxId, batch.mailboxId))
    // No key of them changes: rows that refer to the mailbox, of the batches after this one, need not wait.
    .for('no key update');
  const [open] = await db
    .select({ size: batches.size, stage: batches.stage })
    .from(batches)
    .where(eq(batches.id, batch.batchId));
  if (fence === undefined || fence.disconnectedAt !== null) {
    throw new StaleBatchError('The mailbox is not connected any more.');
  }
  if (fence.seq >= batch.seq && open === undefined) return 'committed';
  const owned = await db.$count(
    sightings,
    and(
      eq(sightings.batchId, batch.batchId),
      or(eq(sightings.stage, 'decided'), isNotNull(sightings.headerBlock)),
    ),
  );
  if (fence.seq !== batch.seq - 1 || open?.stage !== 'matched' || open.size !== owned) {
    throw new StaleBatchError(`Batch ${batch.seq} does not follow ${fence.seq} as it was fetched.`);
  }
  return 'next';
}

/** Moves the committed checkpoint to the end of the batch. Called in the transaction that commits its decisions. */
export async function commitBatch(
  db: Db,
  batch: {
    mailboxId: string;
    batchId: string;
    seq: number;
    isLast: boolean;
    lane?: Lane;
    nextVisitAt: Date;
  },
): Promise<Checkpoint> {
  await countCovered(db, batch.batchId);
  const [row] = await db
    .delete(batches)
    .where(eq(batches.id, batch.batchId))
    .returning({ next: batches.next });
  if (row === undefined) throw new StaleBatchError('The batch is gone.');
  await db
    .delete(batches)
    .where(and(eq(batches.mailboxId, batch.mailboxId), lte(batches.seq, batch.seq)));
  await db
    .update(mailboxCheckpoints)
    .set({ seq: batch.seq, checkpoint: row.next })
    .where(eq(mailboxCheckpoints.mailboxId, batch.mailboxId));
  if (batch.isLast) await markImported(db, batch.mailboxId, row.next);
  await decideLeftOvers(db, batch.mailboxId, row.next);
  if (batch.isLast && batch.lane !== 'backfill')
    await visitEnded(db, batch.mailboxId, batch.nextVisitAt);
  return row.next;
}

/** Between two comparisons with the server, what is decided counts as being there and recorded (R56). */
async function countCovered(db: Db, batchId: string): Promise<void> {
  await db.execute(sql`
    update folders f set on_server = f.on_server + n.count, recorded = f.recorded + n.count
    from (select s.folder_id, count(*)::int as count from sightings s
          where s.batch_id = ${batchId} and s.attempts = 0 group by s.folder_id) as n
    where f.id = n.folder_id and f.checked_at is not null`);
}

/** Whether the history counts as read: a person gave up the rest of it, or asked for more. */
export async function setImported(db: Db, mailboxId: string, imported: boolean): Promise<void> {
  await db
    .update(mailboxCheckpoints)
    .set({ imported })
    .where(eq(mailboxCheckpoints.mailboxId, mailboxId));
}

export async function markReconciled(db: Db, mailboxId: string): Promise<void> {
  await db
    .update(mailboxCheckpoints)
    .set({ reconciledAt: sql`now()` })
    .where(eq(mailboxCheckpoints.mailboxId, mailboxId));
}

export async function committedCheckpoint(db: Db, mailboxId: string): Promise<Checkpoint> {
  const [row] = await db
    .select({ checkpoint: mailboxCheckpoints.checkpoint })
    .from(mailboxCheckpoints)
    .where(eq(mailboxCheckpoints.mailboxId, mailboxId));
  return row?.checkpoint ?? {};
}

/**
 * Shows the step at work. Never waits: of the batches on their way one may be committing, and that is what is shown then.
 * Nobody minds when a crash of the server forgets it.
 */
export async function enterStage(db: Db, mailboxId: string, stage: string): Promise<void> {
  await db.execute(sql`
    with quick as materialized (select set_config('synchronous_commit', 'off', true)),
    free as materialized (
      select id from mailboxes, quick where id = ${mailboxId}::uuid for no key update of mailboxes skip locked)
    update mailboxes set stage = ${stage} from free where mailboxes.id = free.id`);
}

async function visitEnded(db: Db, mailboxId: string, nextVisitAt: Date): Promise<void> {
  await db
    .update(mailboxes)
    .set({ stage: null, lastSuccessAt: sql`now()`, nextVisitAt })
    .where(eq(mailboxes.id, mailboxId));
}
