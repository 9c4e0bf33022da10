import { toUSVString } from 'node:util';
import libmime from 'libmime';

/** One header field as it came: lower-case name, folded value, and whether the value was cut at its cap. */
export interface RawField {
  readonly name: string;
  readonly value: string;
  readonly isCut: boolean;
}

const MAX_BLOCK_OCTETS = 1024 * 1024;
const MAX_FIELD_OCTETS = 64 * 1024;
const MAX_FIELDS = 1000;
/** RFC 5322 section 2.2: printable US-ASCII except the colon; blanks before the colon are its obsolete form. */
const FIELD_NAME = /^([\x21-\x39\x3b-\x7e]+)[ \t]*:/;

const utf8 = new TextDecoder('utf-8', { fatal: true });
const windows1252 = new TextDecoder('windows-1252');

/** Splits a header block into its fields. Lines that are no field are passed over; never throws. */
export function splitFields(block: Buffer): readonly RawField[] {
  const fields: RawField[] = [];
  // Latin-1 keeps octets one to one, so that each field can be decoded on its own below.
  const lines = block.subarray(0, MAX_BLOCK_OCTETS).toString('latin1').split(/\r?\n/);
  let current: string[] = [];
  const finish = (): void => {
    const field = toField(current.join('\r\n'));
    if (field !== null && fields.length < MAX_FIELDS) fields.push(field);
  };
  for (const line of lines) {
    if (/^[ \t]/.test(line)) {
      current.push(line);
      continue;
    }
    finish();
    if (line === '') return fields;
    current = [line];
  }
  finish();
  return fields;
}

/** RFC 5322 section 2.2.3: unfolding takes the line breaks away and leaves the blanks. */
export function unfold(value: string): string {
  return value.replace(/\r?\n/g, '').trim();
}

/** RFC 2047 encoded words, decoded for people to read: one line, no control or direction characters. */
export function decodeText(value: string, maxLength: number): string {
  return readable(decodeWords(unfold(value)))
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

function toField(raw: string): RawField | null {
  const match = FIELD_NAME.exec(raw);
  const name = match?.[1];
  if (match === null || name === undefined) return null;
  const value = raw.slice(match[0].length);
  const isCut = value.length > MAX_FIELD_OCTETS;
  return {
    name: name.toLowerCase(),
    value: decodeOctets(isCut ? value.slice(0, MAX_FIELD_OCTETS) : value),
    isCut,
  };
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
