import type { FolderCheckpoint } from '../domain/checkpoint.ts';
import { recordEvent } from '../drizzle/events.ts';
import { saveEmptied, type KnownFolder } from '../drizzle/folders.ts';
import type { FolderSnapshot } from '../mail/session.ts';
import { afterReuse, enterEpoch, subjectOf, wantsOlderMail, widenedHistory } from './epoch.ts';
import { nextUids, previousUids, withinMemory, type Portion } from './portion.ts';
import { readUndecided, type Reader } from './read-messages.ts';

export interface FolderReading extends Portion {
  /**
   * Every UID up to `lastUid` that is not in its `backfill` is in `rows`, in `unreadable`, decided already, or proved
   * absent. null: not begun yet.
   */
  readonly checkpoint: FolderCheckpoint | null;
  readonly more: boolean;
}

/**
 * What arrived in one folder since `since`, by UID (R3): at most `room` messages, oldest first. null when nothing did:
 * a folder whose UIDNEXT has not moved is not even opened.
 */
export async function readFolder(
  reader: Reader,
  folder: KnownFolder,
  since: FolderCheckpoint | null,
  room: number,
): Promise<FolderReading | null> {
  const { session } = reader;
  const status = await session.folderStatus(folder.path);
  await noticeEmptied(reader, folder, status);
  if (since !== null && isUnchanged(since, status) && !wantsOlderMail(reader, folder)) return null;
  if (room <= 0) return postponed(since);

  const snapshot = await session.openFolder(folder.path);
  const start = await startingPoint(reader, folder, { since, snapshot, room });
  const { uids, upTo } = await nextUids(session, start.lastUid, snapshot.uidNext - 1, room);
  const { uidValidity } = snapshot;
  const portion = await readUndecided(reader, { folderId: folder.id, uidValidity }, uids);
  const { last, ...batch } = withinMemory(portion);
  const lastUid = last ?? upTo;
  return {
    ...batch,
    checkpoint: { ...start, lastUid },
    more: lastUid < snapshot.uidNext - 1,
  };
}

/** The next older messages of one folder's history: at most `room`, newest first. */
export async function readBackwards(
  reader: Reader,
  folder: KnownFolder,
  since: FolderCheckpoint,
  room: number,
): Promise<FolderReading> {
  const { backfill, ...rest } = since;
  const finished = { rows: [], unreadable: [], checkpoint: rest, more: false };
  if (backfill === undefined) return finished;
  const { uidValidity } = await reader.session.openFolder(folder.path);
  // Numbered anew: the next visit notices, and begins the history again.
  if (uidValidity !== since.uidValidity) return finished;
  const { uids, above } = await previousUids(reader.session, backfill.next, backfill.downTo, room);
  const portion = await readUndecided(reader, { folderId: folder.id, uidValidity }, uids);
  const { last, ...batch } = withinMemory(portion, { newestFirst: true });
  const next = last === null ? above : last - 1;
  if (next <= backfill.downTo) return { ...batch, checkpoint: rest, more: false };
  return {
    ...batch,
    checkpoint: { ...rest, backfill: { next, downTo: backfill.downTo } },
    more: true,
  };
}

/** Whether nothing can have arrived: same numbering, and the next number is the one that was next. */
function isUnchanged(since: FolderCheckpoint, status: FolderSnapshot): boolean {
  return since.uidValidity === status.uidValidity && since.lastUid === status.uidNext - 1;
}

async function startingPoint(
  reader: Reader,
  folder: KnownFolder,
  at: { since: FolderCheckpoint | null; snapshot: FolderSnapshot; room: number },
): Promise<FolderCheckpoint> {
  const { since, snapshot, room } = at;
  if (since?.uidValidity !== snapshot.uidValidity) {
    return enterEpoch(reader, folder, snapshot, room);
  }
  if (since.lastUid > snapshot.uidNext - 1) return afterReuse(reader, folder, since, snapshot);
  return (await widenedHistory(reader, folder, since, snapshot)) ?? since;
}

/** The batch is full: the folder waits for the next one. */
function postponed(since: FolderCheckpoint | null): FolderReading {
  return { rows: [], unreadable: [], checkpoint: since, more: true };
}

/** Nothing is lost with it, but its people will want to know. */
async function noticeEmptied(
  reader: Reader,
  folder: KnownFolder,
  { exists }: FolderSnapshot,
): Promise<void> {
  if (exists > 0 || (folder.onServer ?? 0) === 0) return;
  await reader.db.transaction(async (db) => {
    await saveEmptied(db, folder.id);
    await recordEvent(db, subjectOf(reader, folder), 'folder_emptied', {
      messages: folder.onServer ?? 0,
    });
  });
}
