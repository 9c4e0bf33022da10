import { toUSVString } from 'node:util';
import libmime from 'libmime';

/** One header field as it came: lower-case name, folded value, and whether its end was cut off with the block's. */
export interface RawField {
  readonly name: string;
  readonly value: string;
  readonly isCut: boolean;
}

export interface HeaderFields {
  readonly fields: readonly RawField[];
  /** Whether there is more than is read of it. */
  readonly isCut: boolean;
}

/** What is kept and read of a header block: room for 5,000 recipients with long names. */
export const MAX_HEADER_OCTETS = 1024 * 1024;
const MAX_FIELDS = 1000;
/** What is decoded for people, who see 2,000 characters at most; decoding may be slower than linear. */
const MAX_TEXT_LENGTH = 64 * 1024;
/** RFC 5322 section 2.2: printable US-ASCII except the colon; blanks before the colon are its obsolete form. */
const FIELD_NAME = /^([\x21-\x39\x3b-\x7e]+)[ \t]*:/;

const utf8 = new TextDecoder('utf-8', { fatal: true });
const windows1252 = new TextDecoder('windows-1252');

/**
 * Splits a header block into its fields. Lines that are no field are passed over; never throws. A block that is as
 * long as the limit was cut there by whoever stored it.
 */
export function splitFields(block: Buffer): HeaderFields {
  const fields: RawField[] = [];
  const isBlockCut = block.length >= MAX_HEADER_OCTETS;
  // Latin-1 keeps octets one to one, so that each field can be decoded on its own below.
  const lines = block.subarray(0, MAX_HEADER_OCTETS).toString('latin1').split(/\r?\n/);
  let current: string[] = [];
  const finish = (isCut: boolean): void => {
    const field = toField(current.join('\r\n'), isCut);
    if (field !== null) fields.push(field);
  };
  for (const line of lines) {
    if (/^[ \t]/.test(line)) {
      current.push(line);
      continue;
    }
    finish(false);
    if (line === '') return { fields, isCut: false };
    if (fields.length >= MAX_FIELDS) return { fields, isCut: true };
    current = [line];
  }
  finish(isBlockCut);
  return { fields, isCut: isBlockCut };
}

/** RFC 5322 section 2.2.3: unfolding takes the line breaks away and leaves the blanks. */
export function unfold(value: string): string {
  return value.replace(/\r?\n/g, '').trim();
}

/** RFC 2047 encoded words, decoded for people to read: one line, no control or direction characters. */
export function decodeText(value: string, maxLength: number): string {
  return readable(decodeWords(unfold(value.slice(0, MAX_TEXT_LENGTH))))
    .slice(0, maxLength)
    .toWellFormed();
}

/** Takes out what could change how a line is shown: C0 and C1 controls, and bidirectional overrides. */
export function readable(text: string): string {
  const oneLine = text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/ {2,}/g, ' ');
  return toUSVString(oneLine.trim());
}

function toField(raw: string, isCut: boolean): RawField | null {
  const match = FIELD_NAME.exec(raw);
  const name = match?.[1];
  if (match === null || name === undefined) return null;
  return { name: name.toLowerCase(), value: decodeOctets(raw.slice(match[0].length)), isCut };
}

/** RFC 6532 says UTF-8; old programs send their code page unannounced. NUL: PostgreSQL takes none in text. */
function decodeOctets(latin1: string): string {
  const octets = Buffer.from(latin1, 'latin1');
  let text: string;
  try {
    text = utf8.decode(octets);
  } catch {
    text = windows1252.decode(octets);
  }
  return text.replaceAll('\0', '\ufffd');
}

function decodeWords(value: string): string {
  try {
    return libmime.decodeWords(value);
  } catch {
    return value;
  }
}
