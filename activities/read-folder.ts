import type { FolderCheckpoint } from '../domain/checkpoint.ts';
import type { History } from '../domain/policy.ts';
import type { Db } from '../drizzle/database.ts';
import {
  beginEpoch,
  decidedUids,
  recordUnreadable,
  type KnownFolder,
  type NewSighting,
  type UnreadableSighting,
} from '../drizzle/intake.ts';
import type { ConnectedMailbox } from '../drizzle/loop.ts';
import { MailError } from '../mail/errors.ts';
import type { FetchedMessage, FolderSnapshot, MailSession } from '../mail/session.ts';
import { nextUids, withinMemory } from './portion.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Clocks differ and INTERNALDATE has whole seconds: what arrives while the mailbox is being connected counts. */
const CONNECTION_TOLERANCE_MS = 60_000;

export interface Reader {
  readonly db: Db;
  readonly session: MailSession;
  readonly mailbox: ConnectedMailbox;
  /** Whether an earlier attempt failed: then messages are asked for one by one, to find the one that breaks it. */
  readonly isCareful: boolean;
}

export interface FolderReading {
  readonly rows: readonly NewSighting[];
  readonly unreadable: readonly UnreadableSighting[];
  /** Every UID up to it is in `rows`, in `unreadable`, decided already, or proved absent. null: not begun yet. */
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
  if (since?.uidValidity === status.uidValidity && since.lastUid >= status.uidNext - 1) return null;
  if (room <= 0) return postponed(since);

  const snapshot = await session.openFolder(folder.path);
  const epoch =
    since?.uidValidity === snapshot.uidValidity
      ? { folder, lastUid: since.lastUid }
      : await newEpoch(reader, folder, snapshot);
  const { uids, upTo } = await nextUids(session, epoch.lastUid, snapshot.uidNext - 1, room);
  const messages = await readMessages(reader, epoch.folder, snapshot.uidValidity, uids);
  const batch = withinMemory(messages, upTo);
  return {
    ...batch,
    checkpoint: { uidValidity: snapshot.uidValidity, lastUid: batch.upTo },
    more: batch.upTo < snapshot.uidNext - 1,
  };
}

/** The batch is full: the folder waits for the next one. */
function postponed(since: FolderCheckpoint | null): FolderReading {
  return { rows: [], unreadable: [], checkpoint: since, more: true };
}

/**
 * First contact, or UIDVALIDITY changed (RFC 9051 section 2.3.1.1): UIDs mean nothing any more, so the folder is read
 * from the start of the history again. Known messages are recognised by their key and logged once.
 */
async function newEpoch(
  { db, session, mailbox }: Reader,
  folder: KnownFolder,
  { uidValidity, uidNext }: FolderSnapshot,
): Promise<{ folder: KnownFolder; lastUid: number }> {
  const isNew = folder.uidValidity !== uidValidity;
  const startsAt = isNew
    ? historyStart(mailbox.policy.history, mailbox.connectedAt)
    : folder.startsAt;
  const importedBelow = isNew ? uidNext : folder.importedBelow;
  if (isNew) await beginEpoch(db, folder.id, { uidValidity, importedBelow: uidNext, startsAt });
  const epoch = { ...folder, uidValidity, importedBelow, startsAt };
  if (startsAt === null) return { folder: epoch, lastUid: 0 };
  // SEARCH SINCE has days only, in the server's time zone: one more day, and `classify` looks at the exact time.
  const [first] = await session.uidsSince(new Date(startsAt.getTime() - DAY_MS));
  return { folder: epoch, lastUid: (first ?? uidNext) - 1 };
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

async function readMessages(
  reader: Reader,
  { id: folderId }: KnownFolder,
  uidValidity: string,
  uids: readonly number[],
): Promise<Pick<FolderReading, 'rows' | 'unreadable'>> {
  const decided = await decidedUids(reader.db, folderId, uidValidity, uids);
  const wanted = uids.filter((uid) => !decided.has(uid));
  const fetched = reader.isCareful
    ? await fetchOneByOne(reader, { folderId, uidValidity }, wanted)
    : await fetchAccountedFor(reader.session, wanted);
  const problem = 'the server lists the message and does not hand it out';
  return {
    rows: fetched.messages.map((message) => ({ ...message, folderId, uidValidity })),
    unreadable: fetched.unreadable.map((uid) => ({ folderId, uidValidity, uid, problem })),
  };
}

/** What a single answer beyond our limits does: it ends the connection, whoever asks for it. */
const POISON: ReadonlySet<string> = new Set(['message_too_large', 'protocol_violation']);

/** The message that ends the connection is recorded at once, so that the next attempt passes it. */
async function fetchOneByOne(
  { db, session, mailbox }: Reader,
  folder: { readonly folderId: string; readonly uidValidity: string },
  uids: readonly number[],
): Promise<{ messages: FetchedMessage[]; unreadable: number[] }> {
  const found: { messages: FetchedMessage[]; unreadable: number[] } = {
    messages: [],
    unreadable: [],
  };
  for (const uid of uids) {
    try {
      const one = await fetchAccountedFor(session, [uid]);
      found.messages.push(...one.messages);
      found.unreadable.push(...one.unreadable);
    } catch (error) {
      if (error instanceof MailError && POISON.has(error.kind)) {
        const problem = 'the answer of the server breaks the limits of what is read';
        await recordUnreadable(db, mailbox, [{ ...folder, uid, problem }]);
      }
      throw error;
    }
  }
  return found;
}

/**
 * Servers answer short under load, and a UID that is missing in an answer is no proof that its message is gone: what is
 * missing and still exists is asked for once more, alone, and recorded as unreadable only then.
 */
async function fetchAccountedFor(
  session: MailSession,
  uids: readonly number[],
): Promise<{ messages: FetchedMessage[]; unreadable: number[] }> {
  const messages = [...(await session.fetchHeaders(uids))];
  const got = new Set(messages.map(({ uid }) => uid));
  const missing = uids.filter((uid) => !got.has(uid));
  const existing = missing.length === 0 ? new Set<number>() : await session.existing(missing);
  const unreadable: number[] = [];
  for (const uid of missing.filter((candidate) => existing.has(candidate))) {
    const [again] = await session.fetchHeaders([uid]);
    if (again === undefined) unreadable.push(uid);
    else messages.push(again);
  }
  return { messages, unreadable };
}
