import type { ImapAttribute, ImapAttributeNode, ImapResponse } from 'imapflow/lib/handler/types.js';
import { getStringList, getStringValue, parseUintValue } from 'imapflow/lib/tools.js';
import type { BodyStructure } from '../domain/message.ts';
import { isStorable } from './dates.ts';
import { MAX_HEADER_OCTETS } from './header-fields.ts';
import { readStructure } from './imap-structure-tree.ts';
import { toBodyStructure } from './imap-structure.ts';
import type { FetchedMessage } from './session.ts';
import { wantedFields } from './wanted-headers.ts';

/** What one untagged FETCH says of a message; what it leaves out, or says as NIL, is missing. */
export interface HeaderRow {
  uid?: number;
  flags?: readonly string[];
  labels?: readonly string[];
  size?: number;
  arrivedAt?: Date;
  headerBlock?: Buffer;
  bodyStructure?: BodyStructure;
}

const HEADER_SECTION = /^HEADER(?:\.FIELDS(?:\.NOT)?)?$/i;

/** `* 12 FETCH (UID 7 FLAGS (…) …)` as parsed by imapflow (RFC 9051 section 7.5.2). */
export function readRow({ attributes }: ImapResponse): HeaderRow {
  const row: HeaderRow = {};
  const items = attributes?.[1];
  if (!Array.isArray(items)) return row;
  for (let at = 0; at + 1 < items.length; at += 2) {
    const [key, value] = [items[at], items[at + 1]];
    if (key?.type === 'ATOM') readItem(row, key, value ?? null);
  }
  return row;
}

/** The message, once all was said of it; null as long as something is missing. */
export function toMessage(row: HeaderRow): FetchedMessage | null {
  const { uid, flags, labels = [], size, arrivedAt, headerBlock, bodyStructure } = row;
  if (uid === undefined || flags === undefined || size === undefined) return null;
  if (headerBlock === undefined || bodyStructure === undefined) return null;
  return {
    ...{ uid, size, headerBlock, bodyStructure },
    flags: [...flags, ...labels],
    // A date that cannot be read must not keep the message out: it has arrived, now at the latest.
    arrivedAt: arrivedAt ?? new Date(),
  };
}

function readItem(row: HeaderRow, key: ImapAttributeNode, value: ImapAttribute): void {
  switch (getStringValue(key)?.toUpperCase() ?? '') {
    case 'UID':
      row.uid = parseUintValue(getStringValue(value)) || 0;
      break;
    case 'FLAGS':
      row.flags = [...new Set(getStringList(value))];
      break;
    case 'X-GM-LABELS':
      row.labels = systemLabels([...new Set(getStringList(value))]);
      break;
    case 'RFC822.SIZE':
      row.size = parseUintValue(getStringValue(value)) || 0;
      break;
    case 'INTERNALDATE':
      readDate(row, getStringValue(value));
      break;
    case 'BODYSTRUCTURE':
      if (Array.isArray(value)) row.bodyStructure = toBodyStructure(readStructure(value));
      break;
    case 'BODY':
      if (HEADER_SECTION.test(getStringValue(key.section?.[0]) ?? '')) readHeaders(row, value);
      break;
  }
}

function readDate(row: HeaderRow, text: string | undefined): void {
  const date = new Date(text ?? '');
  if (isStorable(date) && date.getTime() > 0) row.arrivedAt = date;
}

/** A literal or, of some servers, a quoted string, which imapflow has read as UTF-8. */
function readHeaders(row: HeaderRow, value: ImapAttribute): void {
  const octets = value?.value;
  if (Buffer.isBuffer(octets)) row.headerBlock = cutHeaders(wantedFields(octets));
  else if (typeof octets === 'string')
    row.headerBlock = cutHeaders(wantedFields(Buffer.from(octets)));
}

/** A part of a Buffer keeps all of it in memory, hence the copy. */
function cutHeaders(block: Buffer): Buffer {
  if (block.length <= MAX_HEADER_OCTETS) return block;
  return Buffer.from(block.subarray(0, MAX_HEADER_OCTETS));
}

/** Gmail shows as labels what others show as flags (`\Draft`, R5); those of users have no backslash. */
function systemLabels(labels: readonly string[]): readonly string[] {
  const system = labels.filter((label) => label.startsWith('\\'));
  return system.map((label) => (label === '\\Drafts' ? '\\Draft' : label));
}
