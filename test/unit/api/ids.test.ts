import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { fromGlobalId, idOf, NODE_TYPES, toGlobalId } from '../../../api/ids.ts';

const UUID = '01234567-89ab-cdef-0123-456789abcdef';

test('a global id comes back as what it was made of', () => {
  for (const type of NODE_TYPES) {
    const id = randomUUID();
    expect(fromGlobalId(toGlobalId(type, id))).toEqual({ type, id });
  }
});

test('a global id is opaque and of characters that urls take', () => {
  expect(toGlobalId('Contact', UUID)).toMatch(/^[\w-]+$/);
});

test('an id of another type is none', () => {
  expect(idOf('Account', toGlobalId('Contact', UUID))).toBeNull();
  expect(idOf('Contact', toGlobalId('Contact', UUID))).toBe(UUID);
});

const encode = (text: string) => Buffer.from(text).toString('base64url');

test.each([
  ['', 'empty'],
  ['%%%', 'not base64'],
  [UUID, 'bare'],
  [encode(UUID), 'without a type'],
  [encode(`Contact:${UUID.toUpperCase()}`), 'in capitals'],
  [encode(`Contact:${UUID}:x`), 'with a tail'],
  [encode(`Secret:${UUID}`), 'of an unknown type'],
  [encode(`__proto__:${UUID}`), 'of a type that every object has'],
  [encode("Contact:' or 1=1"), 'with something else than a uuid'],
  [`${encode(`Contact:${UUID}`)}=`, 'padded'],
])('%s is no id: it is %s', (globalId) => {
  expect(fromGlobalId(globalId)).toBeNull();
});
