import type { BodyPart } from '../domain/message.ts';
import { chooseReportParts } from './bounce-parts.ts';
import { partsToRead } from './content.ts';
import { MAX_TEXT_OCTETS } from './imap-fetch.ts';
import { toBodyStructure } from './imap-structure.ts';
import { MimeNode } from './pop3-mime-node.ts';
import type { FetchedContent, FetchedPart } from './session.ts';

const LF = 0x0a;
const DASH = 0x2d;
const DELIMITER = Buffer.from('\n--');
/** RFC 2046 section 5.1.1 allows 70 for a boundary; a longer line than this is no delimiter. */
const MAX_DELIMITER_OCTETS = 1024;
const MAX_DEPTH = 20;
/** Nodes that are made: what is beyond the 200 leaves that are listed is not looked at. */
const MAX_NODES = 500;

/**
 * Reads a message as it streams by: its structure, numbered as IMAP would (RFC 9051 section 6.4.5.1), and its text
 * parts, still encoded. A forwarded message is one leaf. Total: whatever the octets are, the answer is a value, and no
 * more is held of them than the texts.
 */
export class MimeReader {
  readonly #root = new MimeNode(null, '');
  /** The open multiparts, outermost first, and the node that lines belong to. */
  #open: MimeNode[] = [];
  #current = this.#root;
  #nodes = 1;
  #partial: Buffer = Buffer.alloc(0);
  #isMidLine = false;

  push(piece: Buffer): void {
    let rest = this.#partial.length === 0 ? piece : Buffer.concat([this.#partial, piece]);
    for (;;) {
      const taken =
        this.#current.isInHeader || this.#isDelimiter(rest)
          ? this.#takeLine(rest)
          : this.#takeBody(rest);
      if (taken === 0) break;
      this.#isMidLine = rest[taken - 1] !== LF;
      rest = rest.subarray(taken);
    }
    this.#partial = rest;
  }

  /** What was found; to be called once, when there is no more. */
  end(): Required<FetchedContent> {
    if (this.#partial.length > 0) this.#line(this.#partial);
    this.#current.finish('message');
    const structure = toBodyStructure(this.#root.toStructure());
    const fetched = (part: BodyPart): FetchedPart => ({
      part,
      octets: this.#root.find(part.part)?.octets(MAX_TEXT_OCTETS) ?? Buffer.alloc(0),
    });
    return {
      parts: partsToRead(structure).map(fetched),
      report: chooseReportParts(structure).map(fetched),
      structure,
    };
  }

  #isDelimiter(octets: Buffer): boolean {
    return !this.#isMidLine && octets[0] === DASH && octets[1] === DASH;
  }

  /** Reads one line, or a piece of one that is too long to be held; returns how many octets that were. */
  #takeLine(octets: Buffer): number {
    const end = octets.indexOf(LF);
    const isTooLong = (end === -1 ? octets.length : end) > MAX_DELIMITER_OCTETS;
    const length = end === -1 ? (isTooLong ? octets.length : 0) : end + 1;
    if (length > 0) this.#line(octets.subarray(0, length));
    return length;
  }

  /** Reads what cannot be a delimiter at once: there may be millions of lines. */
  #takeBody(octets: Buffer): number {
    const at = octets.indexOf(DELIMITER);
    // What is left may be a line break with the beginning of a delimiter.
    const length = at === -1 ? Math.max(0, octets.length - DELIMITER.length) : at + 1;
    if (length > 0) this.#current.line(octets.subarray(0, length), this.#isMidLine);
    return length;
  }

  #line(line: Buffer): void {
    if (this.#isDelimiter(line) && this.#delimiter(line)) return;
    const wasHeader = this.#current.isInHeader;
    this.#current.line(line, this.#isMidLine);
    if (!wasHeader || this.#current.isInHeader) return;
    if (this.#current.boundary !== null && this.#open.length < MAX_DEPTH) {
      this.#open.push(this.#current);
    }
  }

  /** `--boundary` begins the next part, `--boundary--` ends the last one; the delimiter of an outer one ends the inner. */
  #delimiter(line: Buffer): boolean {
    if (this.#open.length === 0 || line.length > MAX_DELIMITER_OCTETS) return false;
    const text = line.toString('latin1').trimEnd().slice(2);
    const depth = this.#open.findLastIndex(
      ({ boundary }) => boundary === text || `${boundary ?? ''}--` === text,
    );
    const multipart = this.#open[depth];
    if (multipart === undefined) return false;
    this.#current.finish('delimiter');
    this.#open = this.#open.slice(0, depth + 1);
    const isLast = multipart.boundary !== text;
    if (isLast) this.#open.pop();
    const hasRoom = this.#nodes < MAX_NODES;
    if (!isLast && hasRoom) this.#nodes += 1;
    // After the last part comes what nobody reads.
    this.#current = isLast || !hasRoom ? multipart : multipart.addChild();
    return true;
  }
}
