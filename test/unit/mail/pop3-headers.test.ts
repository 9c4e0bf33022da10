import { describe, expect, test } from 'vitest';
import { chooseTextParts } from '../../../mail/content.ts';
import { MAX_HEADER_OCTETS, splitFields } from '../../../mail/header-fields.ts';
import { arrivalOf, HeaderKeeper, messageOf } from '../../../mail/pop3-headers.ts';
import { parseHeaderBlock } from '../../../mail/headers.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const block = (...lines: readonly string[]) =>
  Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
const arrival = (...lines: readonly string[]) =>
  arrivalOf(splitFields(block(...lines)).fields, NOW).toISOString();

function kept(message: string, pieceOctets: number): string {
  const keeper = new HeaderKeeper();
  const octets = Buffer.from(message, 'latin1');
  for (let at = 0; at < octets.length; at += pieceOctets) {
    keeper.sink(octets.subarray(at, at + pieceOctets));
  }
  return keeper.block.toString('latin1');
}

describe('when a message arrived', () => {
  const RECEIVED = 'Received: from a (b; c) by d; Sat, 30 May 2026 10:00:00 +0200 (CEST)';
  const DATE = 'Date: Fri, 29 May 2026 08:00:00 +0000';

  test('R3 the topmost Received says it, whatever the sender claims', () => {
    const older = 'Received: by x; Fri, 01 Jan 2021 00:00:00 +0000';
    expect(arrival(DATE, RECEIVED, older)).toBe('2026-05-30T08:00:00.000Z');
  });

  test('without one, the date of the message', () => {
    expect(arrival(DATE)).toBe('2026-05-29T08:00:00.000Z');
    expect(arrival('Received: by x; some time', DATE)).toBe('2026-05-29T08:00:00.000Z');
  });

  test.each([
    [['Subject: no date at all']],
    [['Date: Fri, 29 May 2099 08:00:00 +0000']],
    [['Received: by x; Fri, 29 May 2099 08:00:00 +0000', DATE]],
  ])('now at the latest: %j', (lines) => {
    expect(arrival(...lines)).toBe(NOW.toISOString());
  });
});

describe('the header of a message', () => {
  const MESSAGE = 'A: b\r\n c\r\n\r\nbody\r\n\r\nmore\r\n';

  test('ends at the first empty line, wherever packets end', () => {
    for (let size = 1; size < MESSAGE.length; size += 1) {
      expect(kept(MESSAGE, size)).toBe('A: b\r\n c\r\n\r\n');
    }
  });

  test.each([
    ['\r\nbody\r\n\r\n', '\r\n'],
    ['A: b\n\nbody\n', 'A: b\n\n'],
    ['A: b\r\n', 'A: b\r\n'],
  ])('%j has the header %j', (message, header) => {
    for (const size of [1, 2, 100]) expect(kept(message, size)).toBe(header);
  });

  test('is kept to a limit, and shows that it was cut', () => {
    const header = kept(`X-Long: ${'x'.repeat(MAX_HEADER_OCTETS)}\r\n\r\n`, 65_536);
    expect(header.length).toBe(MAX_HEADER_OCTETS);
    const { headerBlock } = messageOf(1, 2_000_000, Buffer.from(header, 'latin1'));
    expect(parseHeaderBlock(headerBlock).isCut).toBe(true);
  });

  test('holds the wanted fields, folds and octets as they came, and nothing else', () => {
    const header = block(
      'Received: x',
      'Subject: Gr\xfc\xdfe',
      ' folded',
      'X-Secret: y',
      'To: z@a.example',
    );
    const { headerBlock } = messageOf(1, 100, header);
    expect(headerBlock.toString('latin1')).toBe(
      'Subject: Gr\xfc\xdfe\r\n folded\r\nTo: z@a.example\r\n\r\n',
    );
  });
});

describe('the structure that is guessed from the header', () => {
  const guess = (type: string, size = 1000) => messageOf(1, size, block(type)).bodyStructure;

  test('is exact where there is one part', () => {
    expect(guess('Content-Type: application/pdf; name=a.pdf')).toMatchObject({
      mediaType: 'application/pdf',
      parts: [{ part: '1', fileName: 'a.pdf', size: 1000 - 45 }],
    });
  });

  test('R42 a multipart has something to read, no larger than what is read', () => {
    const large = guess('Content-Type: multipart/mixed; boundary=x', 50_000_000);
    expect(chooseTextParts(large)).toMatchObject([{ part: '1', size: 3 * 1024 * 1024 }]);
  });

  test('R9 rules see type and report type', () => {
    const report = 'Content-Type: multipart/report; report-type=delivery-status; boundary=x';
    expect(guess(report)).toMatchObject({
      ...{ mediaType: 'multipart/report', parameters: { 'report-type': 'delivery-status' } },
    });
  });

  test('a message that says nothing is text', () => {
    expect(guess('Subject: x')).toMatchObject({ mediaType: 'text/plain', parts: [{ part: '1' }] });
  });
});
