import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArrivedOctets, DotUnstuffer, lineSink } from '../../../mail/pop3-octets.ts';

/** What the pieces say together, and what is left after the end; `end` is null when it has not come. */
function unstuffed(pieces: readonly Buffer[]): { text: string; end: string | null } {
  const out: Buffer[] = [];
  const unstuffer = new DotUnstuffer((piece) => out.push(Buffer.from(piece)));
  let end: Buffer | null = null;
  for (const piece of pieces) {
    if (end === null) end = unstuffer.push(piece);
    else end = Buffer.concat([end, piece]);
  }
  return {
    text: Buffer.concat(out).toString('latin1'),
    end: end === null ? null : end.toString('latin1'),
  };
}

const octets = (text: string): Buffer => Buffer.from(text, 'latin1');

function cutAt(text: string, ...places: readonly number[]): readonly Buffer[] {
  const ends = [...places.toSorted((a, b) => a - b), text.length];
  return ends.map((end, index) => octets(text.slice(index === 0 ? 0 : ends[index - 1], end)));
}

/** What a server makes of a message (RFC 1939 section 3). */
const stuffed = (text: string): string => `${text.replace(/(^|\r\n)\./g, '$1..')}.\r\n`;

describe('dots', () => {
  test('trap 13: wherever the packets end, the message is the same and so is what follows', () => {
    const sent = '..\r\n..a\r\n...\r\n\r\n.\r\n+OK next\r\n';
    const expected = { text: '.\r\n.a\r\n..\r\n\r\n', end: '+OK next\r\n' };
    for (let one = 0; one <= sent.length; one += 1) {
      for (let other = one; other <= sent.length; other += 1) {
        expect(unstuffed(cutAt(sent, one, other))).toEqual(expected);
      }
    }
  });

  test('trap 13: any message comes out as it went in', () => {
    const piece = fc.constantFrom('.', '\r\n', '\r', '\n', 'a', '\xe9', '..', '\r\n.\r');
    const message = fc.array(piece).map((pieces) => `${pieces.join('')}\r\n`);
    fc.assert(
      fc.property(
        message,
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
        (text, sizes) => {
          const all = octets(stuffed(text));
          const pieces: Buffer[] = [];
          for (let at = 0; at < all.length;) {
            const size = sizes[pieces.length % sizes.length] ?? 1;
            pieces.push(all.subarray(at, at + size));
            at += size;
          }
          expect(unstuffed(pieces)).toEqual({ text, end: '' });
        },
      ),
    );
  });

  test('an empty answer has no lines', () => {
    expect(unstuffed([octets('.\r\n')])).toEqual({ text: '', end: '' });
  });

  test('a dot after a lone line feed is text: a message cannot end its own download', () => {
    const sent = 'a\n.\nb\n.\r\nc\r\n.\r\n';
    expect(unstuffed([octets(sent)])).toEqual({ text: 'a\n.\nb\n.\r\nc\r\n', end: '' });
  });

  test('without its end it is not over', () => {
    expect(unstuffed([octets('a\r\n.\r')])).toEqual({ text: 'a', end: null });
  });
});

describe('lines', () => {
  test('come whole, without their ends', () => {
    const lines: string[] = [];
    const sink = lineSink(100, (line) => lines.push(line));
    for (const octet of 'one\r\ntwo\n\r\nfin\xe9\r\n') sink(octets(octet));
    expect(lines).toEqual(['one', 'two', '', 'fin\xe9']);
  });

  test.each(['123456', '123456\r\n'])('longer than allowed end the connection: %j', (text) => {
    const arrived = new ArrivedOctets();
    arrived.push(octets(text));
    expect(() => arrived.takeLine(4)).toThrow('without end');
  });

  test('an answer is not longer than it is', () => {
    const arrived = new ArrivedOctets();
    arrived.push(octets(`+OK\r\n${'x'.repeat(50)}`));
    expect(arrived.takeLine(20)).toBe('+OK');
    expect(arrived.length).toBe(50);
  });
});
