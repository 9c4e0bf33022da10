import type { BodyStructure } from '../domain/message.ts';
import { parseDate } from './dates.ts';
import { MAX_HEADER_OCTETS, splitFields, type RawField } from './header-fields.ts';
import { MAX_TEXT_OCTETS } from './imap-fetch.ts';
import { toBodyStructure } from './imap-structure.ts';
import { describePart } from './pop3-mime-node.ts';
import type { OctetSink } from './pop3-octets.ts';
import type { FetchedMessage } from './session.ts';
import { WANTED_HEADERS } from './wanted-headers.ts';

const HEADER_ENDS = [Buffer.from('\n\r\n'), Buffer.from('\n\n')];
const LONGEST_END = 3;
const WANTED: ReadonlySet<string> = new Set(WANTED_HEADERS.map((name) => name.toLowerCase()));
const FIELD_NAME = /^([\x21-\x39\x3b-\x7e]+)[ \t]*:/;

/** Keeps the header block at the beginning of a message, cut at MAX_HEADER_OCTETS, and lets the rest pass by. */
export class HeaderKeeper {
  #kept = Buffer.alloc(8 * 1024);
  #length = 0;
  #isComplete = false;

  readonly sink: OctetSink = (piece) => {
    if (this.#isComplete) return;
    const from = Math.max(0, this.#length - LONGEST_END);
    this.#add(piece.subarray(0, MAX_HEADER_OCTETS - this.#length));
    const end = headerEnd(this.block, from);
    this.#isComplete = end !== null || this.#length >= MAX_HEADER_OCTETS;
    this.#length = end ?? this.#length;
  };

  /** The header block with the empty line after it. */
  get block(): Buffer {
    return this.#kept.subarray(0, this.#length);
  }

  #add(piece: Buffer): void {
    if (this.#length + piece.length > this.#kept.length) {
      const larger = Buffer.alloc(2 * (this.#length + piece.length));
      this.#kept.copy(larger, 0, 0, this.#length);
      this.#kept = larger;
    }
    piece.copy(this.#kept, this.#length);
    this.#length += piece.length;
  }
}

/** Where the empty line ends; lone line feeds come from servers that hand out files as they are. */
function headerEnd(octets: Buffer, from: number): number | null {
  const atStart = HEADER_ENDS.find((end) => octets.indexOf(end.subarray(1)) === 0);
  if (atStart !== undefined) return atStart.length - 1;
  const ends = HEADER_ENDS.map((end) => [octets.indexOf(end, from), end.length] as const)
    .filter(([at]) => at !== -1)
    .map(([at, length]) => at + length);
  return ends.length === 0 ? null : Math.min(...ends);
}

/**
 * What IMAP's FETCH would say of a message, read off its header block: POP3 has no flags, no INTERNALDATE and no
 * BODYSTRUCTURE. The structure of a multipart is a guess with one text part, as large as it can be; the real one
 * comes with the text.
 */
export function messageOf(uid: number, size: number, block: Buffer): FetchedMessage {
  const { fields } = splitFields(block);
  return {
    ...{ uid, size, flags: [], arrivedAt: arrivalOf(fields, new Date()) },
    headerBlock: wantedHeaders(block),
    bodyStructure: guessStructure(fields, Math.max(0, size - block.length)),
  };
}

/** When the last server on the way took the message (RFC 5321 section 4.4), else its own date; now at the latest. */
export function arrivalOf(fields: readonly RawField[], now: Date): Date {
  const received = fields.find(({ name }) => name === 'received')?.value ?? '';
  const sent = fields.find(({ name }) => name === 'date')?.value ?? '';
  const date = parseDate(received.slice(received.lastIndexOf(';') + 1)) ?? parseDate(sent);
  return date === null || date > now ? now : date;
}

function guessStructure(fields: readonly RawField[], bodyOctets: number): BodyStructure {
  const { structure } = describePart(fields);
  if (!structure.type.toLowerCase().startsWith('multipart/')) {
    return toBodyStructure({ ...structure, size: bodyOctets });
  }
  const text = { type: 'text/plain', part: '1', size: Math.min(bodyOctets, MAX_TEXT_OCTETS) };
  return toBodyStructure({ ...structure, childNodes: [text] });
}

/** Octets as they came, without the fields that nobody looks at; a block that was cut stays whole, so that it shows. */
function wantedHeaders(block: Buffer): Buffer {
  if (block.length >= MAX_HEADER_OCTETS) return block;
  const wanted = fieldsOf(block).filter(({ name }) => WANTED.has(name));
  return Buffer.from(`${wanted.map(({ lines }) => lines).join('')}\r\n`, 'latin1');
}

/** The fields of a header block with their lines as Latin-1, so that octets stay one to one. */
export function fieldsOf(
  block: Buffer,
): readonly { readonly name: string; readonly lines: string }[] {
  const fields: { name: string; lines: string }[] = [];
  for (const line of block.toString('latin1').split(/\r?\n/)) {
    const last = fields.at(-1);
    if (/^[ \t]/.test(line) && last !== undefined) last.lines += `${line}\r\n`;
    else
      fields.push({ name: FIELD_NAME.exec(line)?.[1]?.toLowerCase() ?? '', lines: `${line}\r\n` });
  }
  return fields;
}
