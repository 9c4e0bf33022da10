import { expect, test } from 'vitest';
import { namesOf, noUidls, unnamed } from '../../../mail/pop3-uidls.ts';

const header = (text: string) => Buffer.from(`${text}\r\n\r\n`);
const HASHES = /^sha256 [0-9a-f]{64}( \d+)?$/;

test('a message is called what the server calls it', () => {
  const uidls = new Map([
    [1, 'b'],
    [2, 'a'],
  ]);
  expect(unnamed([1, 2], uidls)).toEqual([]);
  expect([...namesOf([1, 2], uidls, new Map())]).toEqual([...uidls]);
});

test.each([
  ['no UIDL at all', null],
  ['an empty one', ''],
  ['one with a blank', 'a b'],
  ['one that is too long', 'x'.repeat(256)],
])('%s: the header names the message', (_, uidl) => {
  const uidls = uidl === null ? null : new Map([[1, uidl]]);
  expect(unnamed([1], uidls)).toEqual([1]);
  expect(namesOf([1], uidls, new Map([[1, header('Subject: x')]])).get(1)).toMatch(HASHES);
});

test('the same UIDL twice names nobody: both are told apart by their headers', () => {
  const uidls = new Map([
    [1, 'a'],
    [2, 'a'],
    [3, 'b'],
  ]);
  expect(unnamed([1, 2, 3], uidls)).toEqual([1, 2]);
  const headers = new Map([
    [1, header('Subject: x')],
    [2, header('Subject: y')],
  ]);
  const names = [...namesOf([1, 2, 3], uidls, headers).values()];
  expect(new Set(names).size).toBe(3);
  expect(names[2]).toBe('b');
});

test('copies that are the same in everything are counted', () => {
  const same = header('Subject: x');
  const headers = new Map([1, 2].map((message) => [message, same]));
  const [one, other] = namesOf([1, 2], null, headers).values();
  expect(other).toBe(`${one ?? ''} 2`);
});

test('what a server writes into a header when it was read changes nothing', () => {
  const nameOf = (text: string) => namesOf([1], null, new Map([[1, header(text)]])).get(1);
  expect(nameOf('Subject: x\r\nStatus: RO\r\nX-UIDL: 7')).toBe(nameOf('Subject: x'));
  expect(nameOf('Subject: y')).not.toBe(nameOf('Subject: x'));
});

test('a message whose header could not be read is left out, and gets its name another time', () => {
  expect(namesOf([1], null, new Map())).toEqual(new Map());
});

test('a mailbox that is only tried out is numbered from one', async () => {
  expect(await noUidls.number(['b', 'a'])).toEqual({
    uids: new Map([
      ['b', 1],
      ['a', 2],
    ]),
    ...{ uidNext: 3, uidValidity: '1' },
  });
});
