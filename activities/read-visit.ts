import { hasBackfill, withoutBackfill, type Checkpoint } from '../domain/checkpoint.ts';
import type { FolderPolicy } from '../domain/policy.ts';
import { recordEvent } from '../drizzle/events.ts';
import {
  ensureFolder,
  forgetListing,
  GONE,
  knownFolders,
  parkFolder,
  saveListing,
  unparkFolder,
  type KnownFolder,
} from '../drizzle/folders.ts';
import { MailError } from '../mail/errors.ts';
import type { FetchRequest } from './contract.ts';
import { subjectOf } from './epoch.ts';
import { chooseFolders, missingPaths } from './folders.ts';
import { readBackwards, readFolder, type FolderReading } from './read-folder.ts';
import type { Reader } from './read-messages.ts';
import { NO_RETRIES, readRetries, type Retries } from './read-retries.ts';

/** Everything one batch found, over all folders. */
export interface Visit {
  readonly readings: readonly FolderReading[];
  readonly retries: Retries;
  readonly checkpoint: Checkpoint;
  readonly more: boolean;
  /** What kept the mailbox from being read, while some of it was. */
  readonly trouble: MailError | null;
}

const HOUR_MS = 3_600_000;
/** How long a list of folders is good for: new ones matter only where the policy takes them all. */
const LISTING_LASTS_MS: Readonly<Record<FolderPolicy['mode'], number>> = {
  inbox: 24 * HOUR_MS,
  inbox_and_sent: 24 * HOUR_MS,
  selected: HOUR_MS,
  all: HOUR_MS,
};
/** A folder that cannot be read is asked again after this long, unless the server knows better. */
const PARKED_MS = HOUR_MS;

/** Reads what arrived in the folders of the policy, one after the other, until the batch is full. */
export async function readVisit(reader: Reader, request: FetchRequest): Promise<Visit> {
  const known = await currentFolders(reader);
  const retries =
    request.isAhead === true ? NO_RETRIES : await readRetries(reader, known, request.batchSize);
  const readings: FolderReading[] = [];
  let checkpoint =
    request.isImportUnwanted === true ? withoutBackfill(request.checkpoint) : request.checkpoint;
  let [room, more] = [request.batchSize - retries.rows.length, retries.more];
  const troubles: Trouble[] = [];
  const chosen = chooseFolders([...known.values()], reader.mailbox.policy.folders);
  for (const folder of chosen.filter(isDue)) {
    const since = checkpoint[folder.id] ?? null;
    const reading = await orFolderTrouble(readFolder(reader, folder, since, room));
    if (reading instanceof MailError) {
      troubles.push({ folder, error: reading });
      continue;
    }
    await noticeBack(reader, folder);
    if (reading === null) continue;
    readings.push(reading);
    if (reading.checkpoint !== null) {
      checkpoint = { ...checkpoint, [folder.id]: reading.checkpoint };
    }
    room -= reading.rows.length;
    more ||= reading.more;
  }
  const trouble = await settleTroubles(reader, chosen, troubles);
  return { readings, retries, checkpoint, more, trouble };
}

/** Reads the next older messages of the history, each folder getting its share of the batch. */
export async function readHistory(reader: Reader, request: FetchRequest): Promise<Visit> {
  const known = await knownFolders(reader.db, reader.mailbox.id);
  const left = [...known.values()].filter(
    ({ id }) => request.checkpoint[id]?.backfill !== undefined,
  );
  const readings: FolderReading[] = [];
  let { checkpoint } = request;
  let room = request.batchSize;
  for (const [index, folder] of left.entries()) {
    const since = checkpoint[folder.id];
    if (since === undefined) continue;
    const share = Math.ceil(room / (left.length - index));
    const reading = await orFolderTrouble(readBackwards(reader, folder, since, share));
    if (reading instanceof MailError) {
      // Visits will meet the same and park the folder; its history begins again when it is back.
      checkpoint = without(checkpoint, folder.id);
      continue;
    }
    readings.push(reading);
    if (reading.checkpoint !== null) {
      checkpoint = { ...checkpoint, [folder.id]: reading.checkpoint };
    }
    room -= reading.rows.length;
  }
  const more = hasBackfill(checkpoint);
  return { readings, retries: NO_RETRIES, checkpoint, more, trouble: null };
}

/** A folder without a checkpoint is entered anew, and what is decided in it already is not read again. */
function without(checkpoint: Checkpoint, folderId: string): Checkpoint {
  return Object.fromEntries(Object.entries(checkpoint).filter(([id]) => id !== folderId));
}

/** The folders as last listed; listed again when that is long ago. An empty visit mostly does without. */
async function currentFolders(reader: Reader): Promise<ReadonlyMap<string, KnownFolder>> {
  const { db, session, mailbox } = reader;
  const known = await knownFolders(db, mailbox.id);
  const listedAt = mailbox.foldersListedAt?.getTime() ?? 0;
  const { folders: policy } = mailbox.policy;
  const isFresh = Date.now() - listedAt < LISTING_LASTS_MS[policy.mode];
  const wanted = missingPaths([...known.values()], policy);
  if (isFresh && wanted.length === 0) return known;
  const listed = new Map(await saveListing(db, mailbox, await session.listFolders()));
  for (const path of missingPaths([...listed.values()].filter(isListed), policy)) {
    const folder = listed.get(path) ?? (await ensureFolder(db, mailbox, { path, use: 'other' }));
    if (folder.parkedFor !== 'folder_missing') {
      await park(reader, folder, 'folder_missing', new Date(Date.now() + PARKED_MS));
    }
    listed.set(path, { ...folder, parkedUntil: new Date(Date.now() + PARKED_MS) });
  }
  return listed;
}

function isListed({ parkedFor }: KnownFolder): boolean {
  return parkedFor !== GONE;
}

function isDue({ parkedUntil }: KnownFolder): boolean {
  return parkedUntil === null || parkedUntil.getTime() <= Date.now();
}

interface Trouble {
  readonly folder: KnownFolder;
  readonly error: MailError;
}

/**
 * A folder that is gone or closed to us must not stop the others: it is left alone for a while. Without the inbox, or
 * without any folder at all, the mailbox itself is in trouble.
 */
async function settleTroubles(
  reader: Reader,
  chosen: readonly KnownFolder[],
  troubles: readonly Trouble[],
): Promise<MailError | null> {
  if (troubles.length > 0) await forgetListing(reader.db, reader.mailbox.id);
  const fatal = troubles.find(({ folder }) => folder.use === 'inbox');
  for (const { folder, error } of troubles.filter((trouble) => trouble !== fatal)) {
    const until = new Date(Date.now() + Math.max(error.retryAfterMs ?? 0, PARKED_MS));
    await park(reader, folder, error.responseCode ?? error.kind, until);
  }
  if (fatal !== undefined) return fatal.error;
  const isNothingLeft = chosen.filter(isListed).every((folder) => !isReadable(folder, troubles));
  if (!isNothingLeft) return null;
  return troubles[0]?.error ?? new MailError('folder_missing', 'There is no folder to read.');
}

function isReadable(folder: KnownFolder, troubles: readonly Trouble[]): boolean {
  return isDue(folder) && !troubles.some((trouble) => trouble.folder === folder);
}

async function park(
  reader: Reader,
  folder: KnownFolder,
  reason: string,
  until: Date,
): Promise<void> {
  await reader.db.transaction(async (db) => {
    await parkFolder(db, folder.id, { until, reason });
    if (folder.parkedFor !== null) return;
    await recordEvent(db, subjectOf(reader, folder), 'folder_parked', { reason });
  });
}

async function noticeBack(reader: Reader, folder: KnownFolder): Promise<void> {
  if (folder.parkedFor === null || folder.parkedFor === GONE) return;
  await reader.db.transaction(async (db) => {
    await unparkFolder(db, folder.id);
    await recordEvent(db, subjectOf(reader, folder), 'folder_back');
  });
}

/** What is wrong with one folder alone. */
async function orFolderTrouble<T>(reading: Promise<T>): Promise<T | MailError> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof MailError && error.kind === 'folder_missing') return error;
    throw error;
  }
}
