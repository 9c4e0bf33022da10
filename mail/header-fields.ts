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
  const text = withCrLf(block.subarray(0, MAX_HEADER_OCTETS).toString('latin1'));
  let at = 0;
  while (at < text.length && !text.startsWith('\r\n', at)) {
    if (fields.length >= MAX_FIELDS) return { fields, isCut: true };
    const end = endOfField(text, at);
    const isCut = isBlockCut && end === -1;
    const field = toField(end === -1 ? text.slice(at) : text.slice(at, end), isCut);
    if (field !== null) fields.push(field);
    if (end === -1) return { fields, isCut };
    at = end + 2;
  }
  return { fields, isCut: false };
}

function withCrLf(text: string): string {
  return /(?:^|[^\r])\n/.test(text) ? text.replace(/\r?\n/g, '\r\n') : text;
}

/** The first line end that no blank follows (RFC 5322 section 2.2.3); -1 when the text ends before. */
function endOfField(text: string, start: number): number {
  let end = text.indexOf('\r\n', start);
  while (end !== -1 && (text[end + 2] === ' ' || text[end + 2] === '\t')) {
    end = text.indexOf('\r\n', end + 2);
  }
  return end;
}

/** RFC 5322 section 2.2.3: unfolding takes the line breaks away and leaves the blanks. */
export function unfold(value: string): string {
  return (value.includes('\n') ? value.replace(/\r?\n/g, '') : value).trim();
}

/** RFC 2047 encoded words, decoded for people to read: one line, no control or direction characters. */
export function decodeText(value: string, maxLength: number): string {
  return readable(decodeWords(unfold(value.slice(0, MAX_TEXT_LENGTH))))
    .slice(0, maxLength)
    .toWellFormed();
}

/** Everything but US-ASCII with single blanks, which most text is. */
const MAY_BE_UNREADABLE = /[^\x20-\x7e]| {2}/;

/** Takes out what could change how a line is shown: C0 and C1 controls, and bidirectional overrides. */
export function readable(text: string): string {
  if (!MAY_BE_UNREADABLE.test(text)) return text.trim();
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

const IS_ASCII = /^[\x01-\x7f]*$/;

/** RFC 6532 says UTF-8; old programs send their code page unannounced. NUL: PostgreSQL takes none in text. */
function decodeOctets(latin1: string): string {
  if (IS_ASCII.test(latin1)) return latin1;
  const octets = Buffer.from(escapedInWords(latin1), 'latin1');
  let text: string;
  try {
    text = utf8.decode(octets);
  } catch {
    text = windows1252.decode(octets);
  }
  return text.replaceAll('\0', '\ufffd');
}

const Q_WORD = /=\?[^?\s]{1,40}\?q\?[^?]{0,2000}\?=/gi;

/** Old programs write octets into encoded words as they are, where RFC 2047 section 4.2 wants `=F6`: they keep their charset. */
function escapedInWords(latin1: string): string {
  if (!latin1.includes('=?')) return latin1;
  return latin1.replace(Q_WORD, (word) =>
    word.replace(/[\x80-\xff]/g, (octet) => `=${octet.charCodeAt(0).toString(16).toUpperCase()}`),
  );
}

function decodeWords(value: string): string {
  if (!value.includes('=?')) return value;
  try {
    return libmime.decodeWords(value);
  } catch {
    return value;
  }
}
