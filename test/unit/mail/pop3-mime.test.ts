import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attachmentsOf } from '../../../mail/content.ts';
import { MimeReader } from '../../../mail/pop3-mime.ts';
import type { FetchedContent } from '../../../mail/session.ts';

const crlf = (...lines: readonly string[]): string => lines.map((line) => `${line}\r\n`).join('');

function read(message: string, pieceOctets = message.length): FetchedContent {
  const reader = new MimeReader();
  const octets = Buffer.from(message, 'latin1');
  for (let at = 0; at < octets.length; at += Math.max(1, pieceOctets)) {
    reader.push(octets.subarray(at, at + Math.max(1, pieceOctets)));
  }
  return reader.end();
}

/** `part type size` of each leaf. */
const leaves = ({ structure }: FetchedContent) =>
  structure?.parts.map(({ part, mediaType, size }) => `${part} ${mediaType} ${size}`);
const texts = ({ parts }: FetchedContent) =>
  parts.map(({ part, octets }) => `${part.part}: ${octets.toString('latin1')}`);

const NESTED = crlf(
  ...['Content-Type: multipart/mixed; boundary="out"', '', 'preamble', '--out'],
  ...['Content-Type: multipart/alternative; boundary=in', '', '--in'],
  ...['Content-Type: text/plain; charset=UTF-8', '', 'plain', '', '--in'],
  ...['Content-Type: text/html', 'Content-Transfer-Encoding: base64', '', 'PGI+', '--in--'],
  ...['between', '--out'],
  ...['Content-Type: application/pdf; name="a.pdf"', 'Content-Disposition: attachment', '', '%PDF'],
  ...['--out', 'Content-Type: message/rfc822', '', 'Content-Type: multipart/mixed; boundary=deep'],
  ...['', '--deep', '', 'inner text', '--deep--', '--out--', 'epilogue', '--out', '', 'no part'],
);

describe('the structure of a message', () => {
  test('R42 parts have the numbers and sizes that IMAP gives them', () => {
    expect(leaves(read(NESTED))).toEqual([
      ...['1.1 text/plain 7', '1.2 text/html 4', '2 application/pdf 4', '3 message/rfc822 78'],
    ]);
    expect(texts(read(NESTED))).toEqual(['1.1: plain\r\n', '1.2: PGI+']);
  });

  test('R42 attachments are listed with name and disposition', () => {
    const { structure } = read(NESTED);
    expect(structure && attachmentsOf(structure)).toMatchObject([
      { part: '2', fileName: 'a.pdf', disposition: 'attachment', encoding: '7bit' },
      { part: '3', fileName: null },
    ]);
  });

  test('R42 an invitation is kept, and a forwarded message called by its subject', () => {
    const message = crlf(
      ...['Content-Type: multipart/mixed; boundary=x', '', '--x', 'Content-Type: text/calendar'],
      ...[
        '',
        'BEGIN:VCALENDAR',
        '--x',
        'Content-Type: application/octet-stream; name=a.ics',
        '',
        'b',
      ],
      ...[
        '--x',
        'Content-Type: message/rfc822',
        '',
        'From: a',
        'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=',
      ],
      ...['', 'text', '--x--'],
    );
    const content = read(message);
    expect(texts(content)).toEqual(['1: BEGIN:VCALENDAR']);
    expect(content.structure?.parts.map(({ fileName }) => fileName)).toEqual([
      ...[null, 'a.ics', 'Grüße.eml'],
    ]);
  });

  test('a message that is no multipart has one part, with the end of its last line', () => {
    const content = read(crlf('Subject: Hi', '', 'fin\xe9', '--not a delimiter'));
    expect(leaves(content)).toEqual(['1 text/plain 25']);
    expect(texts(content)).toEqual(['1: fin\xe9\r\n--not a delimiter\r\n']);
  });

  test('the type of the whole and its report type are what rules look at (R9)', () => {
    const header = 'Content-Type: Multipart/Report; Report-Type=delivery-status; boundary=x';
    expect(read(crlf(header, '', '--x', '', 'text', '--x--')).structure).toMatchObject({
      mediaType: 'multipart/report',
      parameters: { 'report-type': 'delivery-status' },
    });
  });

  test('the parts of a digest are messages', () => {
    const digest = crlf('Content-Type: multipart/digest; boundary=x', '', '--x', '', 'From: a');
    expect(leaves(read(digest))).toEqual(['1 message/rfc822 9']);
  });

  test('a delimiter of an outer part ends the inner ones, also where they were never closed', () => {
    const message = crlf(
      ...['Content-Type: multipart/mixed; boundary=a', '', '--a'],
      ...['Content-Type: multipart/mixed; boundary=ab', '', '--ab', '', 'one', '--a', '', 'two'],
      '--ab',
    );
    expect(texts(read(message))).toEqual(['1.1: one', '2: two\r\n--ab\r\n']);
  });

  test('a file name in RFC 2231 or 2047 is decoded, and no path', () => {
    const name = (field: string) =>
      read(crlf('Content-Type: application/pdf', `Content-Disposition: ${field}`, '', 'x'))
        .structure?.parts[0]?.fileName;
    expect(name("attachment; filename*=UTF-8''%e2%82%ac.pdf")).toBe('€.pdf');
    expect(name('attachment; filename="=?UTF-8?Q?=C3=A9.pdf?="')).toBe('é.pdf');
    expect(name('attachment; filename="../../etc/passwd"')).toBe('passwd');
  });

  test('however the octets come, the answer is the same', () => {
    const whole = read(NESTED);
    for (let size = 1; size < 40; size += 1) expect(read(NESTED, size)).toEqual(whole);
  });
});

describe('hostile messages', () => {
  test('any octets give a value', () => {
    const bit = fc.constantFrom(
      '--a',
      '--',
      '\r\n',
      '\n',
      ':',
      'Content-Type: ',
      'multipart/x',
      'a',
    );
    const start = 'Content-Type: multipart/mixed; boundary=a\r\n\r\n';
    fc.assert(
      fc.property(fc.array(bit), fc.integer({ min: 1, max: 9 }), (bits, size) => {
        const message = `${start}${bits.join('')}`;
        expect(read(message, size)).toEqual(read(message));
      }),
    );
  });

  test('ten thousand parts are listed to the two hundredth', () => {
    const parts = crlf('--a', '', 'x').repeat(10_000);
    const content = read(`${crlf('Content-Type: multipart/mixed; boundary=a', '')}${parts}`);
    expect(content.structure?.parts).toHaveLength(200);
  });

  test('a thousand levels are no deeper than twenty', () => {
    const level = (n: number) =>
      crlf(`Content-Type: multipart/mixed; boundary=b${n}`, '', `--b${n}`);
    const message = Array.from({ length: 1000 }, (_, n) => level(n)).join('');
    expect(leaves(read(message))).toEqual([]);
  });

  test('a text without line ends is cut, and what follows is found', () => {
    const long = 'x'.repeat(4 * 1024 * 1024);
    const message = crlf(
      'Content-Type: multipart/mixed; boundary=a',
      '',
      '--a',
      '',
      long,
      '--a',
      '',
      'y',
    );
    const content = read(message, 64 * 1024);
    expect(leaves(content)).toEqual([`1 text/plain ${long.length}`, '2 text/plain 3']);
    expect(content.parts.map(({ octets }) => octets.length)).toEqual([3 * 1024 * 1024, 3]);
  });

  test('an endless header of a part costs no more than the beginning of it', () => {
    const header = `X: ${'x'.repeat(100)}\r\n`.repeat(10_000);
    const message = `${crlf('Content-Type: multipart/mixed; boundary=a', '', '--a')}${header}\r\nbody\r\n`;
    expect(texts(read(message, 64 * 1024))).toEqual(['1: body\r\n']);
  });
});
