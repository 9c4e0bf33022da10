import type { FetchMessageObject, FetchQueryObject } from 'imapflow';
import type { BodyPart } from '../domain/message.ts';
import { MailError } from './errors.ts';
import type { ImapConnection } from './imap-connection.ts';
import { fetchHeaderRows } from './imap-header-rows.ts';
import { toMessage, type HeaderRow } from './imap-rows.ts';
import { chunks, toUidSet } from './imap-search.ts';
import type { FetchedContent, FetchedMessage, FetchedPart, WantedParts } from './session.ts';

/** What is fetched of a text part: 2 MB of text grow by half in base64 with its line ends. */
export const MAX_TEXT_OCTETS = 3 * 1024 * 1024;

const MESSAGES_PER_FETCH = 100;
/** All rows of one FETCH are in memory together. */
const OCTETS_PER_FETCH = 16 * 1024 * 1024;

/** Headers, flags, size and structure. A row that lacks one of them is left out: it stays pending for the caller. */
export async function fetchHeaders(
  connection: ImapConnection,
  uids: readonly number[],
): Promise<readonly FetchedMessage[]> {
  const messages: FetchedMessage[] = [];
  for (const some of chunks(uids, MESSAGES_PER_FETCH)) {
    const rows = await fetchHeaderRows(connection, some).catch(orShort<HeaderRow>);
    for (const row of rows.values()) {
      const message = toMessage(row);
      if (message !== null) messages.push(message);
    }
  }
  return messages;
}

/** The given parts, cut at `maxOctets` each. Messages that want the same sections share a FETCH. */
export async function fetchParts(
  connection: ImapConnection,
  wanted: readonly WantedParts[],
): Promise<ReadonlyMap<number, FetchedContent>> {
  const result = new Map<number, FetchedContent>();
  for (const group of fetchGroups(wanted)) {
    const sections = group[0]?.parts.map(({ part }) => part) ?? [];
    const maxLength = group[0]?.maxOctets ?? MAX_TEXT_OCTETS;
    const rows = await fetchRows(
      connection,
      group.map(({ uid }) => uid),
      {
        uid: true,
        bodyParts: sections.map((key) => ({ key, start: 0, maxLength })),
      },
    ).catch(orShort<Row>);
    for (const { uid, parts } of group) {
      const fetched = toParts(parts, rows.get(uid)?.bodyParts, maxLength);
      if (fetched !== null) result.set(uid, { parts: fetched });
    }
  }
  return result;
}

type Row = Partial<FetchMessageObject>;

/** Some of the messages went while they were being fetched (RFC 5530): a short answer, which callers expect. */
function orShort<T>(error: unknown): ReadonlyMap<number, T> {
  if (error instanceof MailError && error.responseCode === 'EXPUNGEISSUED')
    return new Map<number, T>();
  throw error;
}

/** FETCH (with PEEK, in an EXAMINEd folder), all rows collected: those that were asked for, halves of one merged. */
async function fetchRows(
  connection: ImapConnection,
  uids: readonly number[],
  query: FetchQueryObject,
): Promise<ReadonlyMap<number, Row>> {
  const fetchAll = () => connection.client.fetchAll(toUidSet(uids), query, { uid: true });
  const asked = new Set(uids);
  const rows = new Map<number, Row>();
  // A broken server leaves the UID out, whatever the type says; such a row belongs to nobody.
  for (const row of await connection.run('fetch messages', fetchAll, 'folder'))
    if (asked.has(row.uid)) rows.set(row.uid, { ...rows.get(row.uid), ...row });
  return rows;
}

/** Null when a section is missing in the answer; NIL means that the section is empty. */
function toParts(
  parts: readonly BodyPart[],
  sections: ReadonlyMap<string, unknown> | undefined,
  maxOctets: number,
): readonly FetchedPart[] | null {
  const fetched: FetchedPart[] = [];
  for (const part of parts) {
    const key = part.part.toLowerCase();
    if (sections?.has(key) !== true) return null;
    const value = sections.get(key);
    const octets = Buffer.isBuffer(value) ? value : Buffer.alloc(0);
    // Some servers ignore the range and send everything (Tencent Exmail).
    fetched.push({ part, octets: octets.subarray(0, maxOctets) });
  }
  return fetched;
}

function fetchGroups(wanted: readonly WantedParts[]): readonly (readonly WantedParts[])[] {
  const groups = new Map<string, { messages: WantedParts[]; octets: number }>();
  const full: (readonly WantedParts[])[] = [];
  for (const message of wanted.filter(({ parts }) => parts.length > 0)) {
    const key = [message.maxOctets, ...message.parts.map(({ part }) => part)].join();
    const group = groups.get(key) ?? { messages: [], octets: 0 };
    groups.set(key, group);
    group.messages.push(message);
    group.octets += octetsOf(message);
    if (group.octets < OCTETS_PER_FETCH && group.messages.length < MESSAGES_PER_FETCH) continue;
    full.push(group.messages);
    groups.delete(key);
  }
  return [...full, ...[...groups.values()].map(({ messages }) => messages)];
}

function octetsOf({ parts, maxOctets = MAX_TEXT_OCTETS }: WantedParts): number {
  return parts.reduce((sum, { size }) => sum + Math.min(size, maxOctets), 0);
}
