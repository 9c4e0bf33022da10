import type { MessageStructureObject } from 'imapflow';
import libmime from 'libmime';
import { isCalendar, MAX_CALENDAR_OCTETS } from './calendar.ts';
import { isReportPart, MAX_REPORT_PART_OCTETS } from './bounce-parts.ts';
import {
  decodeText,
  MAX_HEADER_OCTETS,
  splitFields,
  unfold,
  type RawField,
} from './header-fields.ts';
import { MAX_TEXT_OCTETS } from './imap-fetch.ts';

/** What is kept of the header of one part. */
const MAX_PART_HEADER_OCTETS = 64 * 1024;
const MAX_FIELD_LENGTH = 8 * 1024;
const MAX_NAME_LENGTH = 255;
const DIGEST = 'multipart/digest';
const RFC822 = 'message/rfc822';
const [LF, CR] = [0x0a, 0x0d];
const LINE_ENDS = [Buffer.alloc(0), Buffer.from('\n'), Buffer.from('\r\n')] as const;

/** One node of a message that is being read line by line: first its header, then its body. */
export class MimeNode {
  readonly children: MimeNode[] = [];
  readonly #parent: MimeNode | null;
  /** Its IMAP section number; empty for the message itself. */
  readonly #part: string;
  #isInHeader = true;
  #header: Buffer[] = [];
  #headerOctets = 0;
  #structure: MessageStructureObject = { type: 'text/plain' };
  #boundary: string | null = null;
  /** How many octets of the body are kept. */
  #maxKept = 0;
  #size = 0;
  #kept: Buffer[] = [];
  #keptOctets = 0;
  /** The line break before a delimiter belongs to the delimiter (RFC 2046 section 5.1.1). */
  #heldLineEnd: Buffer = LINE_ENDS[0];

  constructor(parent: MimeNode | null, part: string) {
    this.#parent = parent;
    this.#part = part;
  }

  get isInHeader(): boolean {
    return this.#isInHeader;
  }

  /** What divides the parts of a multipart; null for a leaf, and as long as the header is being read. */
  get boundary(): string | null {
    return this.#boundary;
  }

  addChild(): MimeNode {
    const number = `${this.children.length + 1}`;
    const child = new MimeNode(this, this.#part === '' ? number : `${this.#part}.${number}`);
    this.children.push(child);
    return child;
  }

  /**
   * In the header the next line with its end, `isContinued` for the later pieces of one that is too long to be held; in
   * the body as many lines as came together.
   */
  line(line: Buffer, isContinued: boolean): void {
    if (!this.#isInHeader) this.#addToBody(line);
    else if (!isContinued && /^\r?\n?$/.test(line.toString('latin1', 0, 3))) this.#readHeader();
    else this.#addToHeader(line);
  }

  /** No more lines are coming, because a delimiter came or the message is over. */
  finish(end: 'delimiter' | 'message'): void {
    if (this.#isInHeader) this.#readHeader();
    if (end === 'message') this.#add(this.#heldLineEnd);
    this.#heldLineEnd = LINE_ENDS[0];
  }

  find(part: string): MimeNode | undefined {
    // RFC 9051 section 6.4.5.1: a message that is no multipart has a part 1 all the same.
    if (this.#part === part || (this.#parent === null && this.children.length === 0)) return this;
    const next = this.children.find(
      (child) => child.#part === part || part.startsWith(`${child.#part}.`),
    );
    return next?.find(part);
  }

  /** The text of this part, cut. */
  octets(maxOctets: number): Buffer {
    return Buffer.concat(this.#kept).subarray(0, maxOctets);
  }

  toStructure(): MessageStructureObject {
    return {
      ...this.#structure,
      ...(this.#part === '' ? {} : { part: this.#part }),
      size: this.#size,
      childNodes: this.children.map((child) => child.toStructure()),
      ...(this.#structure.type === RFC822 ? { envelope: { subject: this.#innerSubject() } } : {}),
    };
  }

  /** Of a forwarded message, as it stands there. */
  #innerSubject(): string {
    const { fields } = splitFields(Buffer.concat(this.#kept));
    return fields.find(({ name }) => name === 'subject')?.value ?? '';
  }

  #readHeader(): void {
    this.#isInHeader = false;
    const { fields } = splitFields(Buffer.concat(this.#header));
    this.#header = [];
    const isInDigest = this.#parent !== null && this.#parent.#structure.type === DIGEST;
    // RFC 2046 section 5.1.5: the parts of a digest are messages unless they say otherwise.
    const defaultType = isInDigest ? RFC822 : 'text/plain';
    const { structure, boundary } = describePart(fields, defaultType);
    this.#structure = structure;
    this.#boundary = boundary;
    this.#maxKept = keptOf(structure);
  }

  #addToHeader(line: Buffer): void {
    const max = this.#parent === null ? MAX_HEADER_OCTETS : MAX_PART_HEADER_OCTETS;
    if (this.#headerOctets >= max) return;
    this.#header.push(Buffer.from(line));
    this.#headerOctets += line.length;
  }

  #addToBody(line: Buffer): void {
    if (this.#boundary !== null) return;
    this.#add(this.#heldLineEnd);
    this.#heldLineEnd = lineEndOf(line);
    this.#add(line.subarray(0, line.length - this.#heldLineEnd.length));
  }

  #add(octets: Buffer): void {
    this.#size += octets.length;
    if (this.#keptOctets >= this.#maxKept) return;
    // A copy: a part of a piece would keep all of it in memory.
    this.#kept.push(Buffer.from(octets));
    this.#keptOctets += octets.length;
  }
}

/** Texts, invitations, and what delivery reports are read from. */
function keptOf({ type: mediaType, ...structure }: MessageStructureObject): number {
  const fileName = structure.dispositionParameters?.['filename'] ?? structure.parameters?.['name'];
  if (isCalendar({ mediaType, fileName: fileName ?? null })) return MAX_CALENDAR_OCTETS;
  if (/^text\/(?:plain|html)$/.test(mediaType)) return MAX_TEXT_OCTETS;
  if (isReportPart({ mediaType })) return MAX_REPORT_PART_OCTETS;
  return mediaType === RFC822 ? MAX_PART_HEADER_OCTETS : 0;
}

function lineEndOf(line: Buffer): Buffer {
  if (line.at(-1) !== LF) return LINE_ENDS[0];
  return line.at(-2) === CR ? LINE_ENDS[2] : LINE_ENDS[1];
}

/** What the header of a part says of it (RFC 2045, 2183, 2231), in the form of imapflow's BODYSTRUCTURE. */
export function describePart(
  fields: readonly RawField[],
  defaultType = 'text/plain',
): { readonly structure: MessageStructureObject; readonly boundary: string | null } {
  const first = (name: string): string => {
    const value = fields.find((field) => field.name === name)?.value ?? '';
    return unfold(value.slice(0, MAX_FIELD_LENGTH));
  };
  const contentType = parameterised(first('content-type'));
  const disposition = parameterised(first('content-disposition'));
  const type = contentType.value.toLowerCase() || defaultType;
  const { boundary = '' } = contentType.params;
  const isMultipart = type.startsWith('multipart/') && boundary !== '';
  return {
    structure: {
      type,
      parameters: contentType.params,
      encoding: first('content-transfer-encoding').replace(/\s*[(;].*$/, ''),
      id: first('content-id'),
      disposition: disposition.value,
      dispositionParameters: disposition.params,
    },
    // As octets, because delimiters are compared as octets.
    boundary: isMultipart ? Buffer.from(boundary, 'utf8').toString('latin1').trimEnd() : null,
  };
}

interface Parameterised {
  readonly value: string;
  readonly params: Record<string, string>;
}

function parameterised(raw: string): Parameterised {
  const { value, params } = libmime.parseHeaderValue(raw, { stripComments: true });
  const decoded = Object.entries(params).map(([name, text]) => [
    name,
    name === 'boundary' ? text : decodeText(text, MAX_NAME_LENGTH),
  ]);
  return { value: value.trim(), params: Object.fromEntries(decoded) as Record<string, string> };
}
