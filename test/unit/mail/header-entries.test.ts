import addressparser from 'nodemailer/lib/addressparser';
import { expect, test } from 'vitest';
import { parseAddress } from '../../../domain/address.ts';
import { addressEntries, onlyPlainEntry, type AddressEntry } from '../../../mail/header-entries.ts';
import { decodeText } from '../../../mail/header-fields.ts';
import { parseHeaderBlock } from '../../../mail/headers.ts';
import { randomOf, someOf } from '../../support/random.ts';

const PIECES = [
  ...[
    'a@b.example',
    'Jane',
    'Doe',
    ' ',
    '  ',
    ',',
    ', ',
    '<',
    '>',
    '"',
    '@',
    '.',
    '-',
    '_',
    '[',
    ']',
  ],
  ...['<a.b+c@d-e.example>', 'x@y', '"Doe, J" <p@q.example>', 'J. D. <p@q.example>', '\r\n ', '\t'],
  ...[
    ';',
    ':',
    '(',
    ')',
    '<p@q.example.>',
    'p.@q.example',
    'p..q@r.example',
    'ü',
    '=?utf-8?q?a?=',
    '\\',
  ],
];

/** What is kept of entries: addresses that parse, and names as people read them. */
const kept = (entries: readonly AddressEntry[]) =>
  entries.flatMap(({ address, name }) => {
    const parsed = parseAddress(address);
    return parsed === null ? [] : [`${parsed} ${decodeText(name, 200)}`];
  });

test('R14 plain entries are read as nodemailer reads them, whatever stands between them', () => {
  const random = randomOf(1);
  for (let round = 0; round < 10_000; round += 1) {
    const list = someOf(PIECES, 9, random).join('');
    expect([list, kept(addressEntries(list).entries)]).toEqual([
      list,
      kept(addressparser(list, { flatten: true })),
    ]);
  }
});

test('R18 a sender is read at a glance only where nothing else stands there', () => {
  expect(onlyPlainEntry('"Doe, Jane" <j@a.example>')).toMatchObject({
    ...{ address: 'j@a.example', name: 'Doe, Jane' },
  });
  for (const value of ['j@a.example,', 'j@a.example, k@b.example', 'j@a.example (x)', 'j@a', '']) {
    expect(onlyPlainEntry(value)).toBeNull();
  }
});

test('R21 of a list that is not plain so many entries are looked at, and that there are more is said', () => {
  const read = (value: string) => parseHeaderBlock(Buffer.from(`${value}\r\n\r\n`));
  const group = (members: number) => `Team: ${'a@b.example;'.repeat(members)}`;
  expect(read(`To: ${group(19_000)}`).isCut).toBe(false);
  const cut = read(`To: ${group(21_000)}`);
  expect([cut.participants.length, cut.isCut]).toEqual([1, true]);
  // Plain entries cost next to nothing: all of them are read.
  expect(read(`To: ${'a@b.example,'.repeat(80_000)}`).isCut).toBe(false);
  expect(read(`From: ${'a,'.repeat(19_000)} <a@b.example>`).from).toBeNull();
  expect(read(`From: ${'a,'.repeat(21_000)} <a@b.example>`).from).toBeNull();
});
