import type { FetchMessageObject, FetchQueryObject } from 'imapflow';
import type { BodyPart } from '../domain/message.ts';
import { isStorable } from './dates.ts';
import { MAX_HEADER_OCTETS } from './header-fields.ts';
import { MailError } from './errors.ts';
import type { ImapConnection } from './imap-connection.ts';
import { chunks, toUidSet } from './imap-search.ts';
import { toBodyStructure } from './imap-structure.ts';
import type { FetchedContent, FetchedMessage, FetchedPart } from './session.ts';
import { WANTED_HEADERS } from './wanted-headers.ts';

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
  const query: FetchQueryObject = {
    uid: true,
    flags: true,
    size: true,
    internalDate: true,
    bodyStructure: true,
    headers: [...WANTED_HEADERS],
    labels: true,
  };
  const messages: FetchedMessage[] = [];
  for (const some of chunks(uids, MESSAGES_PER_FETCH)) {
    const rows = await fetchRows(connection, some, query);
    for (const row of rows.values()) {
      const message = toMessage(row);
      if (message !== null) messages.push(message);
    }
  }
  return messages;
}

/** The given parts, cut at MAX_TEXT_OCTETS each. Messages that want the same sections share a FETCH. */
export async function fetchParts(
  connection: ImapConnection,
  wanted: readonly { readonly uid: number; readonly parts: readonly BodyPart[] }[],
): Promise<ReadonlyMap<number, FetchedContent>> {
  const result = new Map<number, FetchedContent>();
  for (const group of fetchGroups(wanted)) {
    const sections = group[0]?.parts.map(({ part }) => part) ?? [];
    const rows = await fetchRows(
      connection,
      group.map(({ uid }) => uid),
      {
        uid: true,
        bodyParts: sections.map((key) => ({ key, start: 0, maxLength: MAX_TEXT_OCTETS })),
      },
    );
    for (const { uid, parts } of group) {
      const fetched = toParts(parts, rows.get(uid)?.bodyParts);
      if (fetched !== null) result.set(uid, { parts: fetched });
    }
  }
  return result;
}

type Row = Partial<FetchMessageObject>;

/** Some of the messages went while they were being fetched (RFC 5530): a short answer, which callers expect. */
function orShort(error: unknown): readonly FetchMessageObject[] {
  if (error instanceof MailError && error.responseCode === 'EXPUNGEISSUED') return [];
  throw error;
}

/**
 * FETCH (with PEEK, in an EXAMINEd folder), all rows collected. Servers put rows between that nobody asked for
 * (RFC 9051 section 7.5.2), and some split one message over two rows: hence by UID, asked ones only, merged.
 */
async function fetchRows(
  connection: ImapConnection,
  uids: readonly number[],
  query: FetchQueryObject,
): Promise<ReadonlyMap<number, Row>> {
  if (uids.length === 0) return new Map();
  const asked = new Set(uids);
  const found = await connection
    .run(
      'fetch messages',
      () => connection.client.fetchAll(toUidSet(uids), query, { uid: true }),
      'folder',
    )
    .catch(orShort);
  const rows = new Map<number, Row>();
  // A broken server leaves the UID out, whatever the type says; such a row belongs to nobody.
  for (const row of found)
    if (asked.has(row.uid)) rows.set(row.uid, { ...rows.get(row.uid), ...row });
  return rows;
}

function toMessage(row: Row): FetchedMessage | null {
  const { uid, flags, size, internalDate, headers, bodyStructure } = row;
  if (uid === undefined || flags === undefined || size === undefined) return null;
  if (bodyStructure === undefined || !Buffer.isBuffer(headers)) return null;
  return {
    uid,
    flags: [...flags, ...systemLabels(row.labels)],
    size,
    arrivedAt: arrivalOf(internalDate),
    headerBlock: cutHeaders(headers),
    bodyStructure: toBodyStructure(bodyStructure),
  };
}

/**
 * A date that cannot be read must not keep the message out: it has arrived, now at the latest. imapflow hands on the
 * text of an invalid date, and makes 1970 of none.
 */
function arrivalOf(internalDate: Date | string | undefined): Date {
  const isDate = internalDate instanceof Date && isStorable(internalDate);
  return isDate && internalDate.getTime() > 0 ? internalDate : new Date();
}

/** A part of a Buffer keeps all of it in memory, hence the copy. */
function cutHeaders(block: Buffer): Buffer {
  if (block.length <= MAX_HEADER_OCTETS) return block;
  return Buffer.from(block.subarray(0, MAX_HEADER_OCTETS));
}

/** Gmail shows as labels what others show as flags (`\Draft`, R5); those of users have no backslash. */
function systemLabels(labels: ReadonlySet<string> | undefined): readonly string[] {
  const system = [...(labels ?? [])].filter((label) => label.startsWith('\\'));
  return system.map((label) => (label === '\\Drafts' ? '\\Draft' : label));
}

/** Null when a section is missing in the answer; NIL means that the section is empty. */
function toParts(
  parts: readonly BodyPart[],
  sections: ReadonlyMap<string, unknown> | undefined,
): readonly FetchedPart[] | null {
  const fetched: FetchedPart[] = [];
  for (const part of parts) {
    const key = part.part.toLowerCase();
    if (sections?.has(key) !== true) return null;
    const value = sections.get(key);
    const octets = Buffer.isBuffer(value) ? value : Buffer.alloc(0);
    // Some servers ignore the range and send everything (Tencent Exmail).
    fetched.push({ part, octets: octets.subarray(0, MAX_TEXT_OCTETS) });
  }
  return fetched;
}

type Wanted = Parameters<typeof fetchParts>[1];

function fetchGroups(wanted: Wanted): readonly Wanted[] {
  const groups = new Map<string, { messages: Wanted[number][]; octets: number }>();
  const full: Wanted[] = [];
  for (const message of wanted.filter(({ parts }) => parts.length > 0)) {
    const key = message.parts.map(({ part }) => part).join();
    const group = groups.get(key) ?? { messages: [], octets: 0 };
    groups.set(key, group);
    group.messages.push(message);
    group.octets += octetsOf(message.parts);
    if (group.octets < OCTETS_PER_FETCH && group.messages.length < MESSAGES_PER_FETCH) continue;
    full.push(group.messages);
    groups.delete(key);
  }
  return [...full, ...[...groups.values()].map(({ messages }) => messages)];
}

function octetsOf(parts: readonly BodyPart[]): number {
  return parts.reduce((sum, { size }) => sum + Math.min(size, MAX_TEXT_OCTETS), 0);
}
