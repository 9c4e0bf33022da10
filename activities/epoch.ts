import type { FolderCheckpoint } from '../domain/checkpoint.ts';
import type { History } from '../domain/policy.ts';
import { countFolderEvents, recordEvent } from '../drizzle/events.ts';
import { beginEpoch, lastArrival, type KnownFolder } from '../drizzle/folders.ts';
import { forgetTooOld, recordedUids, setAsideReused } from '../drizzle/intake.ts';
import { setImported } from '../drizzle/loop.ts';
import type { FolderSnapshot } from '../mail/session.ts';
import type { Reader } from './read-messages.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Clocks differ and INTERNALDATE has whole seconds: what arrives while the mailbox is being connected counts. */
const CONNECTION_TOLERANCE_MS = 60_000;
/** A folder that is numbered anew as often as this in a day is not read from its beginning again. */
const FLAPPING_PER_DAY = 3;
/** How far before the last message that was recorded reading begins then. */
const OVERLAP_MS = 2 * DAY_MS;

/**
 * First contact, a checkpoint that was lost, or a changed UIDVALIDITY (RFC 9051 section 2.3.1.1: UIDs mean nothing any
 * more). What is there is read from the start of the history: at once when it fits `room`, else newest first in the lane
 * of the history, while what arrives from now on is live mail. Known messages are recognised by their key, so nothing
 * is logged twice and no body is downloaded again.
 */
export async function enterEpoch(
  reader: Reader,
  folder: KnownFolder,
  snapshot: FolderSnapshot,
  room: number,
): Promise<FolderCheckpoint> {
  const { uidValidity, uidNext } = snapshot;
  const isNew = folder.uidValidity !== uidValidity;
  const { policy, connectedAt } = reader.mailbox;
  const startsAt = isNew ? historyStart(policy.history, connectedAt) : folder.startsAt;
  const history = await historyOf(reader, snapshot, await readsFrom(reader, folder, startsAt));
  if (isNew) await begin(reader, folder, { ...snapshot, startsAt, importTotal: history.count });
  else await recordEvent(reader.db, subjectOf(reader, folder), 'checkpoint_lost');
  const above = history.above === 0 ? {} : { historyAbove: history.above };
  if (history.count <= room) return { uidValidity, lastUid: history.above, ...above };
  const backfill = { next: uidNext - 1, downTo: history.above };
  return { uidValidity, lastUid: uidNext - 1, backfill, ...above };
}

/**
 * The server has given numbers away a second time under one UIDVALIDITY, for example after a backup was restored: what
 * is above its UIDNEXT was another message. Reading goes on from there.
 */
export async function afterReuse(
  reader: Reader,
  folder: KnownFolder,
  since: FolderCheckpoint,
  { uidNext }: FolderSnapshot,
): Promise<FolderCheckpoint> {
  await reader.db.transaction(async (db) => {
    await setAsideReused(db, folder.id, since.uidValidity, uidNext);
    await recordEvent(db, subjectOf(reader, folder), 'numbers_reused', {
      from: uidNext,
      lastUid: since.lastUid,
    });
  });
  const { backfill } = since;
  const next = Math.min(backfill?.next ?? 0, uidNext - 1);
  const { backfill: _before, ...rest } = since;
  const isLeft = backfill !== undefined && next > backfill.downTo;
  return {
    ...rest,
    lastUid: uidNext - 1,
    ...(isLeft ? { backfill: { next, downTo: backfill.downTo } } : {}),
  };
}

/** An admin wants older mail than before: null when that is not so. The folder is open. */
export async function widenedHistory(
  reader: Reader,
  folder: KnownFolder,
  since: FolderCheckpoint,
  snapshot: FolderSnapshot,
): Promise<FolderCheckpoint | null> {
  const { policy, connectedAt } = reader.mailbox;
  const startsAt = historyStart(policy.history, connectedAt);
  if (!isEarlier(startsAt, folder.startsAt)) return null;
  const { above, count } = await historyOf(reader, snapshot, startsAt);
  const { uidValidity } = since;
  await reader.db.transaction(async (db) => {
    await forgetTooOld(db, folder.id, uidValidity, startsAt);
    await setImported(db, reader.mailbox.id, false);
    const importedBelow = folder.importedBelow ?? snapshot.uidNext;
    await beginEpoch(db, folder.id, { uidValidity, importedBelow, startsAt, importTotal: count });
  });
  const [lowest] = await recordedUids(reader.db, folder.id, uidValidity);
  const next = since.backfill?.next ?? (lowest ?? since.lastUid + 1) - 1;
  const { backfill: _before, historyAbove: _above, ...rest } = since;
  return {
    ...rest,
    ...(next > above ? { backfill: { next, downTo: above } } : {}),
    ...(above === 0 ? {} : { historyAbove: above }),
  };
}

/** Whether an admin wants older mail than this folder's epoch began with. */
export function wantsOlderMail({ mailbox }: Reader, folder: KnownFolder): boolean {
  const { policy, connectedAt } = mailbox;
  return isEarlier(historyStart(policy.history, connectedAt), folder.startsAt);
}

/** null is the beginning of time. */
function isEarlier(one: Date | null, other: Date | null): boolean {
  if (other === null) return false;
  return one === null || one.getTime() < other.getTime();
}

/** R3: where the first visit begins. */
function historyStart(history: History, connectedAt: Date): Date | null {
  switch (history.mode) {
    case 'all':
      return null;
    case 'days':
      return new Date(connectedAt.getTime() - history.days * DAY_MS);
    case 'from_connection':
      return new Date(connectedAt.getTime() - CONNECTION_TOLERANCE_MS);
  }
}

/** The history that was asked for; only its end with a server that numbers its messages anew all the time. */
async function readsFrom(
  { db }: Reader,
  folder: KnownFolder,
  startsAt: Date | null,
): Promise<Date | null> {
  if (folder.uidValidity === null) return startsAt;
  const since = new Date(Date.now() - DAY_MS);
  const changes = await countFolderEvents(db, folder.id, 'uid_validity_changed', since);
  const arrival = changes + 1 < FLAPPING_PER_DAY ? null : await lastArrival(db, folder.id);
  if (arrival === null) return startsAt;
  const window = new Date(arrival.getTime() - OVERLAP_MS);
  return startsAt !== null && startsAt > window ? startsAt : window;
}

/** How many messages the history has, and the UID below which all is too old. */
async function historyOf(
  { session }: Reader,
  { exists, uidNext }: FolderSnapshot,
  startsAt: Date | null,
): Promise<{ count: number; above: number }> {
  if (startsAt === null) return { count: exists, above: 0 };
  // SEARCH SINCE has days only, in the server's time zone: one more day, and `classify` looks at the exact time.
  const uids = await session.uidsSince(new Date(startsAt.getTime() - DAY_MS));
  return { count: uids.length, above: (uids[0] ?? uidNext) - 1 };
}

async function begin(
  reader: Reader,
  folder: KnownFolder,
  epoch: { uidValidity: string; uidNext: number; startsAt: Date | null; importTotal: number },
): Promise<void> {
  const { uidValidity, uidNext, startsAt, importTotal } = epoch;
  await reader.db.transaction(async (db) => {
    await beginEpoch(db, folder.id, {
      ...{ uidValidity, importedBelow: uidNext, startsAt, importTotal },
    });
    if (folder.uidValidity === null) return;
    const subject = subjectOf(reader, folder);
    await recordEvent(db, subject, 'uid_validity_changed', { uidValidity });
    const since = new Date(Date.now() - DAY_MS);
    const changes = await countFolderEvents(db, folder.id, 'uid_validity_changed', since);
    if (changes === FLAPPING_PER_DAY) await recordEvent(db, subject, 'uid_validity_flapping');
  });
}

export function subjectOf({ mailbox }: Pick<Reader, 'mailbox'>, { id }: { id: string }) {
  return { mailboxId: mailbox.id, workspaceId: mailbox.workspaceId, folderId: id };
}
