import type { ESearchResult, SearchObject, SearchOptions } from 'imapflow';
import {
  countUids,
  formatUidSet,
  hasUid,
  parseUidSet,
  uidSetOf,
  uidsOf,
  withinUids,
  type UidSet,
} from '../domain/uid-set.ts';
import { MailError } from './errors.ts';
import type { ImapConnection } from './imap-connection.ts';

const HOUR_MS = 3_600_000;
/** The westernmost time zone: a server there dates a message up to twelve hours earlier than UTC does. */
const WESTERNMOST_MS = 12 * HOUR_MS;
/** Keeps a command line well under the 8,000 octets of RFC 7162 section 4. */
const UIDS_PER_SEARCH = 500;
/** `1:4294967295` is a short line and a list that no memory holds; folders have a million messages at most. */
const MAX_LISTED = 4_000_000;

/** `uid+1:upTo`, without the last old message, which `*` always brings (RFC 3501 section 6.4.8). */
export async function uidsAfter(
  connection: ImapConnection,
  uid: number,
  upTo?: number,
): Promise<readonly number[]> {
  const end = upTo ?? Infinity;
  // `7:5` is `5:7` to IMAP (RFC 9051 section 9, seq-range).
  if (uid >= end) return [];
  const found = await search(connection, { uid: `${uid + 1}:${upTo ?? '*'}` });
  return listed(withinUids(found, uid + 1, end));
}

/** All UIDs of the open folder; with ESEARCH (RFC 4731) a hundred bytes where they run through. */
export async function allUids(connection: ImapConnection): Promise<UidSet> {
  return search(connection, { all: true });
}

export async function uidsSince(
  connection: ImapConnection,
  date: Date,
): Promise<readonly number[]> {
  return listed(await search(connection, { since: new Date(date.getTime() - WESTERNMOST_MS) }));
}

/** Of these UIDs, those that the server says exist. */
export async function existing(
  connection: ImapConnection,
  uids: readonly number[],
): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  for (const some of chunks(uids, UIDS_PER_SEARCH)) {
    const answered = await search(connection, { uid: toUidSet(some) });
    for (const uid of some) if (hasUid(answered, uid)) found.add(uid);
  }
  return found;
}

/** A UID set in its shortest form (RFC 9051 `sequence-set`): `1:3,7`. */
export function toUidSet(uids: readonly number[]): string {
  return formatUidSet(uidSetOf(uids));
}

export function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const result: (readonly T[])[] = [];
  for (let start = 0; start < items.length; start += size) {
    result.push(items.slice(start, start + size));
  }
  return result;
}

/**
 * UID SEARCH, with `RETURN (COUNT ALL)` where the server has ESEARCH (RFC 4731). imapflow answers `false` to a NO and
 * without a connection: that is a failure, never "nothing new".
 */
async function search(connection: ImapConnection, query: SearchObject): Promise<UidSet> {
  const { mailbox } = connection.client;
  // Some servers answer BAD to any set of messages in an empty folder (imapflow#209).
  if (mailbox !== false && mailbox.exists === 0) return [];
  const found = await ask(connection, query, true);
  if (Array.isArray(found)) return uidSetOf(found);
  // COUNT is always there (RFC 4731 section 3.1). Where it is not, the answer came in a form that imapflow passes over,
  // and is empty for that reason only.
  const set = parseUidSet(found.all ?? '');
  if (set !== null && found.count === countUids(set)) return set;
  const plain = await ask(connection, query, false);
  if (Array.isArray(plain)) return uidSetOf(plain);
  throw new MailError('protocol_violation', 'The answer to a search makes no sense.');
}

async function ask(
  connection: ImapConnection,
  query: SearchObject,
  isExtended: boolean,
): Promise<number[] | ESearchResult> {
  const attempted = 'search a folder';
  const returned: SearchOptions = isExtended ? { returnOptions: ['COUNT', 'ALL'] } : {};
  const send = () => connection.client.search(query, { uid: true, ...returned });
  const found = await connection.run(attempted, send, 'folder');
  if (found === false || found === undefined) throw connection.refused(attempted);
  return found;
}

function listed(set: UidSet): readonly number[] {
  if (countUids(set) > MAX_LISTED) {
    throw new MailError(
      'protocol_violation',
      'The mail server lists more messages than there are.',
    );
  }
  return [...uidsOf(set)];
}
