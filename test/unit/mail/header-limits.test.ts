import { expect, test } from 'vitest';
import { parseHeaderBlock } from '../../../mail/headers.ts';

function read(...lines: readonly string[]) {
  return parseHeaderBlock(Buffer.from([...lines, '', ''].join('\r\n')));
}

test('R21 of 5,000 recipients nobody is overlooked, and of more it is said', () => {
  const people = Array.from({ length: 6000 }, (_, index) => `p${index}@x.example`);
  const full = `To: ${people.slice(0, 5000).join(',\r\n ')}`;
  expect(read(full).participants).toHaveLength(5000);
  expect(read(full, 'Cc: p7@x.example').isCut).toBe(true);
  expect(read(full, 'Cc: not an address').isCut).toBe(false);
  const more = read(`To: ${people.join(',\r\n ')}`);
  expect([more.participants.length, more.isCut]).toEqual([5000, true]);
});

test('R21 a field of 500 KB is read whole', () => {
  const names = Array.from(
    { length: 4000 },
    (_, index) => `${'n'.repeat(100)} <p${index}@x.example>`,
  );
  const headers = read(`To: ${names.join(',\r\n ')}`);
  expect([headers.participants.length, headers.isCut]).toEqual([4000, false]);
});

test('R18 a block that is too long loses its end, not half an address, and says so', () => {
  const end = ' <b@x.example>, victim@good.example';
  const long = `To: ${'n'.repeat(1024 * 1024 - 4 - end.length)}${end}`;
  const headers = parseHeaderBlock(Buffer.from(`${long}.evil.example\r\n\r\n`));
  expect(headers.participants.map(({ address }) => address)).toEqual(['b@x.example']);
  expect(headers.isCut).toBe(true);
  const cutInStore = parseHeaderBlock(Buffer.from(long));
  expect(cutInStore).toEqual(headers);
  const sender = `From: ${'n'.repeat(1024 * 1024)} <a@x.example>`;
  expect(parseHeaderBlock(Buffer.from(sender)).from).toBeNull();
});

test('R21 more fields than are read are said', () => {
  const fields = Array.from({ length: 1000 }, () => 'X-Loop: a');
  expect(read(...fields).isCut).toBe(false);
  expect(read(...fields, 'To: b@x.example').isCut).toBe(true);
});

test('ids are counted in octets: what no index can hold is left out', () => {
  const fits = `${'ü'.repeat(494)}@x.example`;
  const long = `ü${fits}`;
  expect([Buffer.byteLength(fits), Buffer.byteLength(long)]).toEqual([998, 1000]);
  expect(read(`Message-ID: <${fits}>`).internetMessageId).toBe(fits);
  const headers = read(
    `Message-ID: <${long}>`,
    `In-Reply-To: <${long}> <a@x.example>`,
    `References: <${long}> <a@x.example>`,
  );
  expect(headers.internetMessageId).toBeNull();
  expect(headers.inReplyTo).toEqual(['a@x.example']);
  expect(headers.references).toEqual(['a@x.example']);
});
