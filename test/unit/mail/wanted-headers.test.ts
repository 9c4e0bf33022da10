import { expect, test } from 'vitest';
import { UNWANTED_HEADERS, WANTED_HEADERS, wantedFields } from '../../../mail/wanted-headers.ts';

const kept = (block: string) => wantedFields(Buffer.from(block, 'latin1')).toString('latin1');

test('of a header block the wanted fields are kept, octets as they came', () => {
  const block =
    'Received: by x\r\n\tfrom y\r\nSUBJECT : \xfcber\r\n =?utf-8?q?a?=\r\nX-Subject: no\r\nno field\r\n Subject: x\r\n' +
    'From:a@x\r\nX-Big: b\r\n\r\nTo: body@x\r\n';
  expect(kept(block)).toBe('SUBJECT : \xfcber\r\n =?utf-8?q?a?=\r\nFrom:a@x\r\n\r\n');
});

test.each([
  ['Date: d\nX: y\nTo: t\n\nCc: c', 'Date: d\nTo: t\n\r\n'],
  ['X: y\r\nDate: d', 'Date: d\r\n'],
  ['X: y', '\r\n'],
  ['', '\r\n'],
  ['\r\nDate: d\r\n', '\r\n'],
  [' Date: d\r\nTo: t\r\n', 'To: t\r\n\r\n'],
])('%j is kept as %j', (block, expected) => {
  expect(kept(block)).toBe(expected);
});

test('nothing that is wanted is left out of what is asked for', () => {
  const wanted = new Set(WANTED_HEADERS.map((name) => name.toLowerCase()));
  expect(UNWANTED_HEADERS.filter((name) => wanted.has(name.toLowerCase()))).toEqual([]);
});
