import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { readContents } from '../../../mail/content.ts';
import { decodePlainly } from '../../../mail/content-plain.ts';
import type { FetchedPart } from '../../../mail/session.ts';
import { isDoneWithin, withinBudget } from '../../../mail/time-budget.ts';
import { randomOf, someOf } from '../../support/random.ts';

function aPart(octets: Buffer, charset: string | null, encoding: string): FetchedPart {
  const mediaType = 'text/plain';
  const rest = { size: octets.length, disposition: null, fileName: null, contentId: null };
  return { part: { part: '1', mediaType, charset, encoding, ...rest }, octets };
}

describe('well-formed text is decoded without mailparser', () => {
  const PIECES = [
    ...[
      'a',
      ' ',
      '\r\n',
      '\n',
      '\r',
      '=',
      '=3D',
      '=C3=BC',
      '=\r\n',
      '=0D=0A',
      '=20',
      '..',
      'From ',
    ],
    ...[
      'ü',
      '\0',
      '\u00ff',
      '\ufeff',
      'YWJj',
      'YQ==',
      '\u001b$B',
      '+AGE-',
      '\r\n\r\n',
      '=00',
      '-- ',
    ],
  ];

  test('to the same text', async () => {
    const random = randomOf(2);
    let plain = 0;
    for (let round = 0; round < 3_000; round += 1) {
      const text = Buffer.from(someOf(PIECES, 12, random).join(''), round % 2 ? 'latin1' : 'utf8');
      const encoding = ['7bit', '8bit', 'base64', 'quoted-printable'][random(4)] ?? '';
      const octets = encoding === 'base64' ? Buffer.from(text.toString('base64')) : text;
      const charset = ['utf-8', 'us-ascii', 'iso-8859-1', 'windows-1252'][random(4)] ?? '';
      const decoded = decodePlainly(aPart(octets, charset, encoding));
      if (decoded === null) continue;
      plain += 1;
      const as = charset === 'us-ascii' ? 'utf-8' : charset;
      const header = `Content-Type: text/plain; charset="${as}"\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`;
      const { text: expected } = await simpleParser(Buffer.concat([Buffer.from(header), octets]));
      const clean = (raw = '') => raw.replace(/\r\n?/g, '\n').replaceAll('\0', '').trimEnd();
      expect([octets.toString('latin1'), clean(decoded)]).toEqual([
        octets.toString('latin1'),
        clean(expected),
      ]);
    }
    expect(plain).toBeGreaterThan(500);
  });

  test.each([
    ['another charset', 'a', 'utf-7', '7bit'],
    ['octets that the charset does not have', '\u00e9', 'utf-8', '8bit'],
    ['octets of a code page', '\u00e9', 'iso-8859-1', '8bit'],
    ['a bad escape', '=ZZ', 'utf-8', 'quoted-printable'],
    ['half of base64', 'YWJ', 'utf-8', 'base64'],
    ['another encoding', 'a', 'utf-8', 'x-uuencode'],
  ])('%s is left to mailparser', (_name, text, charset, encoding) => {
    expect(decodePlainly(aPart(Buffer.from(text, 'latin1'), charset, encoding))).toBeNull();
  });
});

describe('one watch over many pieces of work', () => {
  const forever = () => {
    for (;;);
  };

  test('whatever takes too long is broken off, and the next piece has its own budget again', () => {
    expect(isDoneWithin(50, () => withinBudget(10_000, forever))).toBe(false);
    expect(withinBudget(50, forever)).toBeNull();
    expect(isDoneWithin(1_000, () => undefined)).toBe(true);
  });

  test('a piece that throws is given up, not the others', () => {
    const results: (string | null)[] = [];
    const failing = () => {
      throw new RangeError('Maximum call stack size exceeded');
    };
    const isDone = isDoneWithin(1_000, () => {
      results.push(
        withinBudget(1_000, failing),
        withinBudget(1_000, () => 'next'),
      );
    });
    expect([isDone, results]).toEqual([true, [null, 'next']]);
  });

  test('many messages are read as each alone, also beside one that takes too long', async () => {
    const html = ['<p>Hello</p>', '<'.repeat(2_000_000), '<p>Bye</p>'];
    const contents = await readContents(
      html.map((text) => {
        const fetched = aPart(Buffer.from(text), null, '7bit');
        return [{ ...fetched, part: { ...fetched.part, mediaType: 'text/html' } }];
      }),
    );
    expect(contents.map((content) => content.html)).toEqual(['<p>Hello</p>', null, '<p>Bye</p>']);
  });
});
