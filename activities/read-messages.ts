import { decidedUids, type NewSighting, type UnreadableSighting } from '../drizzle/intake.ts';
import { recordUnreadable } from '../drizzle/gaps.ts';
import type { Db } from '../drizzle/database.ts';
import type { ConnectedMailbox } from '../drizzle/loop.ts';
import { MailError } from '../mail/errors.ts';
import type { FetchedMessage, MailSession } from '../mail/session.ts';
import type { Portion } from './portion.ts';

export interface Reader {
  readonly db: Db;
  readonly session: MailSession;
  readonly mailbox: ConnectedMailbox;
  /** Whether an earlier attempt failed: then messages are asked for one by one, to find the one that breaks it. */
  readonly isCareful: boolean;
}

/** UIDs mean something only within a folder and its UIDVALIDITY. */
export interface Numbering {
  readonly folderId: string;
  readonly uidValidity: string;
}

/** What a single answer beyond our limits does: it ends the connection, whoever asks for it. */
const POISON: ReadonlySet<string> = new Set(['message_too_large', 'protocol_violation']);
const BREAKS_OFF: ReadonlySet<string> = new Set([
  ...['connection_lost', 'timed_out', 'server_unavailable'],
]);
const NOT_HANDED_OUT = 'the server lists the message and does not hand it out';
const BEYOND_LIMITS = 'the answer of the server breaks the limits of what is read';

/** Headers of those messages of the open folder that have no decision yet. */
export async function readUndecided(
  reader: Reader,
  numbering: Numbering,
  uids: readonly number[],
): Promise<Portion> {
  const { folderId, uidValidity } = numbering;
  const decided = await decidedUids(reader.db, folderId, uidValidity, uids);
  return readMessages(
    reader,
    numbering,
    uids.filter((uid) => !decided.has(uid)),
  );
}

/** Headers of these messages of the open folder; a message that is in neither list is not on the server. */
export async function readMessages(
  reader: Reader,
  numbering: Numbering,
  uids: readonly number[],
): Promise<Portion> {
  const fetched = reader.isCareful
    ? await fetchOneByOne(reader, numbering, uids)
    : await fetchAccountedFor(reader.session, uids);
  return {
    rows: fetched.messages.map((message): NewSighting => ({ ...message, ...numbering })),
    unreadable: fetched.unreadable.map((uid): UnreadableSighting => ({
      ...numbering,
      uid,
      problem: NOT_HANDED_OUT,
    })),
  };
}

interface Found {
  readonly messages: FetchedMessage[];
  readonly unreadable: number[];
}

/** The message that ends the connection is recorded at once, so that the next attempt passes it. */
async function fetchOneByOne(
  { db, session, mailbox }: Reader,
  numbering: Numbering,
  uids: readonly number[],
): Promise<Found> {
  const found: Found = { messages: [], unreadable: [] };
  for (const uid of uids) {
    try {
      const one = await fetchAccountedFor(session, [uid]);
      found.messages.push(...one.messages);
      found.unreadable.push(...one.unreadable);
    } catch (error) {
      if (error instanceof MailError && mayBePoison(error)) {
        await recordUnreadable(db, mailbox, [{ ...numbering, uid, problem: BEYOND_LIMITS }]);
      }
      throw error;
    }
  }
  return found;
}

/**
 * Dovecot ends the connection over a damaged message. An outage looks the same, hence the other try that everything
 * gets that is recorded; an end of our own making does not count.
 */
export function mayBePoison({ kind, retryAfterMs, responseCode }: MailError): boolean {
  if (POISON.has(kind)) return true;
  return BREAKS_OFF.has(kind) && retryAfterMs === null && responseCode !== 'ABORTED';
}

/**
 * Servers answer short under load, and a UID that is missing in an answer is no proof that its message is gone: what is
 * missing and still exists is asked for once more, alone, and recorded as unreadable only then.
 */
async function fetchAccountedFor(session: MailSession, uids: readonly number[]): Promise<Found> {
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
