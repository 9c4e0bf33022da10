import type { SearchObject } from 'imapflow';
import type { ImapConnection } from './imap-connection.ts';

const HOUR_MS = 3_600_000;
/** The westernmost time zone: a server there dates a message up to twelve hours earlier than UTC does. */
const WESTERNMOST_MS = 12 * HOUR_MS;
/** Keeps a command line well under the 8,000 octets of RFC 7162 section 4. */
const UIDS_PER_SEARCH = 500;

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
  return found.filter((candidate) => candidate > uid && candidate <= end);
}

export async function uidsSince(
  connection: ImapConnection,
  date: Date,
): Promise<readonly number[]> {
  return search(connection, { since: new Date(date.getTime() - WESTERNMOST_MS) });
}

/** Of these UIDs, those that the server says exist. */
export async function existing(
  connection: ImapConnection,
  uids: readonly number[],
): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  for (const some of chunks(uids, UIDS_PER_SEARCH)) {
    const asked = new Set(some);
    for (const uid of await search(connection, { uid: toUidSet(some) })) {
      if (asked.has(uid)) found.add(uid);
    }
  }
  return found;
}

/** A UID set in its shortest form (RFC 9051 `sequence-set`): `1:3,7`. */
export function toUidSet(uids: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const uid of uids.toSorted((a, b) => a - b)) {
    const current = ranges.at(-1);
    if (current !== undefined && uid <= current[1] + 1) current[1] = uid;
    else ranges.push([uid, uid]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}:${last}`)).join();
}

export function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const result: (readonly T[])[] = [];
  for (let start = 0; start < items.length; start += size) {
    result.push(items.slice(start, start + size));
  }
  return result;
}

/** UID SEARCH. imapflow answers `false` to a NO and without a connection: that is a failure, never "nothing new". */
async function search(connection: ImapConnection, query: SearchObject): Promise<readonly number[]> {
  const attempted = 'search a folder';
  const { mailbox } = connection.client;
  // Some servers answer BAD to any set of messages in an empty folder (imapflow#209).
  if (mailbox !== false && mailbox.exists === 0) return [];
  const ask = () => connection.client.search(query, { uid: true });
  const found: unknown = await connection.run(attempted, ask, 'folder');
  if (!Array.isArray(found)) throw connection.refused(attempted);
  return (found as readonly number[]).toSorted((a, b) => a - b);
}
