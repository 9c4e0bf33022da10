import { and, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import type { Checkpoint } from '../domain/checkpoint.ts';
import type { LoopSeed, MailboxError, MailboxState } from '../domain/mailbox.ts';
import { effectivePolicy, type Policy } from '../domain/policy.ts';
import type { Db } from './database.ts';
import {
  batches,
  mailboxCheckpoints,
  mailboxCredentials,
  mailboxes,
  sightings,
  workspaces,
} from './schema/index.ts';

/** What the worker knows of a connected mailbox. The password is still in its envelope. */
export interface ConnectedMailbox {
  readonly id: string;
  readonly workspaceId: string;
  readonly server: {
    readonly host: string;
    readonly port: number;
    readonly security: 'tls' | 'starttls' | 'none';
    readonly username: string;
  };
  readonly provider: string;
  readonly connectedAt: Date;
  readonly policy: Policy;
  readonly credentialVersion: number;
  readonly envelope: Buffer;
  readonly seed: LoopSeed;
}

/** The mailbox with its newest credentials and its committed checkpoint; null when it is gone or disconnected. */
export async function findConnected(db: Db, mailboxId: string): Promise<ConnectedMailbox | null> {
  const [row] = await db
    .select({
      mailbox: mailboxes,
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
    connectedAt: mailbox.connectedAt,
    policy: effectivePolicy(row.workspacePolicy, mailbox.policy),
    credentialVersion: mailbox.credentialVersion,
    envelope: row.envelope,
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
  await enterStage(db, mailbox.id, 'fetch_new');
}

/** Locks the checkpoint row for the rest of the transaction and checks that this fetch still owns the mailbox. */
export async function lockForFetch(db: Db, mailboxId: string, token: string): Promise<void> {
  const [row] = await db
    .select({ fetchToken: mailboxCheckpoints.fetchToken })
    .from(mailboxCheckpoints)
    .where(eq(mailboxCheckpoints.mailboxId, mailboxId))
    .for('update');
  if (row?.fetchToken !== token) throw new StaleBatchError('A newer fetch owns the mailbox.');
}

/** A visit that found nothing to decide: only the checkpoint may have moved. */
export async function commitEmptyVisit(
  db: Db,
  mailboxId: string,
  visit: { checkpoint: Checkpoint; nextVisitAt: Date },
): Promise<void> {
  await db
    .update(mailboxCheckpoints)
    .set({ checkpoint: visit.checkpoint, imported: true })
    .where(eq(mailboxCheckpoints.mailboxId, mailboxId));
  await decideLeftOvers(db, mailboxId, visit.checkpoint);
  await visitEnded(db, mailboxId, visit.nextVisitAt);
}

/**
 * What an attempt that was given up has staged and no later one has found again is gone from the server: the checkpoint
 * passes it, so it gets its decision now. What is above the checkpoint will be read again.
 */
async function decideLeftOvers(db: Db, mailboxId: string, next: Checkpoint): Promise<void> {
  await db.execute(sql`
    update sightings s set stage = 'decided', verdict = 'skipped', reason = 'removed_on_server', decided_at = now(),
      outcome = null, header_block = null, body_structure = null
    from jsonb_each(${JSON.stringify(next)}::jsonb) as c(folder, at)
    where s.mailbox_id = ${mailboxId}::uuid and s.verdict is null and s.folder_id = c.folder::uuid
      and (s.uid_validity <> c.at->>'uidValidity' or s.uid <= (c.at->>'lastUid')::bigint)`);
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
    .for('update');
  const [open] = await db
    .select({ size: batches.size })
    .from(batches)
    .where(eq(batches.id, batch.batchId));
  if (fence === undefined || fence.disconnectedAt !== null) {
    throw new StaleBatchError('The mailbox is not connected any more.');
  }
  if (fence.seq >= batch.seq && open === undefined) return 'committed';
  const ready = await db.$count(
    sightings,
    and(eq(sightings.batchId, batch.batchId), inArray(sightings.stage, ['matched', 'decided'])),
  );
  if (fence.seq !== batch.seq - 1 || open?.size !== ready) {
    throw new StaleBatchError(`Batch ${batch.seq} does not follow ${fence.seq} as it was fetched.`);
  }
  return 'next';
}

/** Moves the committed checkpoint to the end of the batch. Called in the transaction that commits its decisions. */
export async function commitBatch(
  db: Db,
  batch: { mailboxId: string; batchId: string; seq: number; isLast: boolean; nextVisitAt: Date },
): Promise<Checkpoint> {
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
    .set({
      seq: batch.seq,
      checkpoint: row.next,
      ...(batch.isLast ? { imported: true } : {}),
    })
    .where(eq(mailboxCheckpoints.mailboxId, batch.mailboxId));
  await decideLeftOvers(db, batch.mailboxId, row.next);
  if (batch.isLast) await visitEnded(db, batch.mailboxId, batch.nextVisitAt);
  return row.next;
}

export async function committedCheckpoint(db: Db, mailboxId: string): Promise<Checkpoint> {
  const [row] = await db
    .select({ checkpoint: mailboxCheckpoints.checkpoint })
    .from(mailboxCheckpoints)
    .where(eq(mailboxCheckpoints.mailboxId, mailboxId));
  return row?.checkpoint ?? {};
}

/** Shows the step at work; `null` between visits. */
export async function enterStage(db: Db, mailboxId: string, stage: string | null): Promise<void> {
  await db.update(mailboxes).set({ stage }).where(eq(mailboxes.id, mailboxId));
}

async function visitEnded(db: Db, mailboxId: string, nextVisitAt: Date): Promise<void> {
  await db
    .update(mailboxes)
    .set({ stage: null, lastSuccessAt: sql`now()`, nextVisitAt })
    .where(eq(mailboxes.id, mailboxId));
}

/** What the workflow reports when its state changes; the API shows it in lists. */
export async function projectStatus(
  db: Db,
  mailboxId: string,
  report: { state: MailboxState; nextVisitAt: Date | null; lastError: MailboxError | null },
): Promise<void> {
  await db
    .update(mailboxes)
    .set({ ...report, stage: null })
    .where(eq(mailboxes.id, mailboxId));
}

/** R54: the credentials go for good, and what was on its way with them; decisions and engagements stay. */
export async function forgetMailbox(db: Db, mailboxId: string): Promise<void> {
  await db.delete(mailboxCredentials).where(eq(mailboxCredentials.mailboxId, mailboxId));
  await db.delete(batches).where(eq(batches.mailboxId, mailboxId));
  await db
    .update(mailboxes)
    .set({
      state: 'disconnected',
      stage: null,
      nextVisitAt: null,
      desiredState: 'disconnected',
      disconnectedAt: sql`coalesce(${mailboxes.disconnectedAt}, now())`,
    })
    .where(eq(mailboxes.id, mailboxId));
}
