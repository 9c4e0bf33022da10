import { MailError } from './errors.ts';

const LF = 0x0a;
const CR = 0x0d;
const CRLF = Buffer.from('\r\n');
const LINE_START = Buffer.from('\r\n.');

/** Where octets end; called once per piece, which is not used again afterwards. */
export type OctetSink = (piece: Buffer) => void;

/** Octets that have arrived and that nobody has read yet. */
export class ArrivedOctets {
  #octets: Buffer = Buffer.alloc(0);

  get length(): number {
    return this.#octets.length;
  }

  push(piece: Buffer): void {
    this.#octets = this.#octets.length === 0 ? piece : Buffer.concat([this.#octets, piece]);
  }

  /** Everything that is there. */
  takeAll(): Buffer {
    const all = this.#octets;
    this.#octets = Buffer.alloc(0);
    return all;
  }

  /**
   * The first line without its end, as Latin-1 so that octets stay one to one; null when its end has not arrived. A
   * longer line than `maxOctets` throws `protocol_violation`: an answer of one line has 512 octets (RFC 2449 section 4).
   */
  takeLine(maxOctets: number): string | null {
    const end = this.#octets.indexOf(LF);
    if ((end === -1 ? this.#octets.length : end) > maxOctets) throw lineTooLong();
    if (end === -1) return null;
    const isCrlf = end > 0 && this.#octets[end - 1] === CR;
    const line = this.#octets.toString('latin1', 0, isCrlf ? end - 1 : end);
    this.#octets = this.#octets.subarray(end + 1);
    return line;
  }
}

/**
 * Undoes the dots of a multi-line answer (RFC 1939 section 3), octet by octet, whatever packets they came in. Only
 * CRLF begins a line: a message that contains a lone LF before a dot would otherwise end early, and the rest of it
 * would be read as answers.
 */
export class DotUnstuffer {
  readonly #sink: OctetSink;
  /** What may turn out to belong to a dot or to the end. The answer begins as if a line had ended before it. */
  #held: Buffer = CRLF;
  #isAtStart = true;

  constructor(sink: OctetSink) {
    this.#sink = sink;
  }

  /** Returns what follows the end of the answer; null as long as it goes on. */
  push(piece: Buffer): Buffer | null {
    const octets = Buffer.concat([this.#held, piece]);
    const lines: Buffer[] = [];
    let from = 0;
    for (;;) {
      const at = octets.indexOf(LINE_START, from);
      const [next, last] = [octets[at + 3], octets[at + 4]];
      const isUndecided = at !== -1 && (next === undefined || (next === CR && last === undefined));
      if (at === -1 || isUndecided) {
        const end = isUndecided ? at : octets.length - heldAtEnd(octets, from);
        lines.push(octets.subarray(from, end));
        this.#held = octets.subarray(end);
        this.#emit(Buffer.concat(lines));
        return null;
      }
      lines.push(octets.subarray(from, at + CRLF.length));
      if (next === CR && last === LF) {
        this.#emit(Buffer.concat(lines));
        return octets.subarray(at + 5);
      }
      from = at + LINE_START.length;
    }
  }

  #emit(octets: Buffer): void {
    if (octets.length === 0) return;
    const piece = this.#isAtStart ? octets.subarray(CRLF.length) : octets;
    this.#isAtStart = false;
    if (piece.length > 0) this.#sink(piece);
  }
}

/** Octets at the end that may be the beginning of CRLF and a dot. */
function heldAtEnd(octets: Buffer, from: number): number {
  const last = octets.length - 1;
  if (last >= from && octets[last] === CR) return 1;
  return last > from && octets[last] === LF && octets[last - 1] === CR ? 2 : 0;
}

/** A sink that hands on whole lines without their ends; longer ones than `maxOctets` throw `protocol_violation`. */
export function lineSink(maxOctets: number, onLine: (line: string) => void): OctetSink {
  const arrived = new ArrivedOctets();
  return (piece) => {
    arrived.push(piece);
    for (;;) {
      const line = arrived.takeLine(maxOctets);
      if (line === null) return;
      onLine(line);
    }
  };
}

function lineTooLong(): MailError {
  return new MailError('protocol_violation', 'The mail server sent a line without end.', {
    responseCode: 'LineTooLarge',
  });
}
