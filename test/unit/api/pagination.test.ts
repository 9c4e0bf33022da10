import { expect, test } from 'vitest';
import { fromCursor, pageRequest, toConnection, toCursor } from '../../../api/pagination.ts';

const ID = '01234567-89ab-cdef-0123-456789abcdef';
const MOMENT = { sort: '2026-11-22T08:15:00.123456Z', id: ID };
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test('a cursor keeps microseconds, and any name', () => {
  expect(fromCursor(toCursor(MOMENT), 'newest_first')).toEqual(MOMENT);
  const named = { sort: 'Ågot "x" 見積', id: ID };
  expect(fromCursor(toCursor(named), 'text')).toEqual(named);
});

test.each([
  ['garbage', '%%%'],
  ['no list', encode({ sort: 'a', id: ID })],
  ['too much', encode(['a', ID, 1])],
  ['no uuid', encode(['2026-11-22T08:15:00.123456Z', "x' or 1=1"])],
  ['no moment', encode(['tomorrow', ID])],
  ['a moment that is none', encode(['2026-99-99T08:15:00.123456Z', ID])],
  ['the 30th of February', encode(['2026-02-30T08:15:00.123456Z', ID])],
  ['hour 24', encode(['2026-02-28T24:00:00.000000Z', ID])],
  ['the year 0', encode(['0000-01-01T00:00:00.000000Z', ID])],
])('a cursor that is %s is refused', (_name, cursor) => {
  expect(fromCursor(cursor, 'newest_first')).toBeNull();
  expect(() => pageRequest({ after: cursor }, 'newest_first')).toThrow(/cursor/);
});

test('a page has 50 items unless asked otherwise, and 1 to 100', () => {
  expect(pageRequest({}, 'text')).toEqual({ limit: 50, after: null });
  expect(pageRequest({ first: null, after: null }, 'text')).toEqual({ limit: 50, after: null });
  expect(pageRequest({ first: 100 }, 'text').limit).toBe(100);
  for (const first of [0, -1, 101]) {
    expect(() => pageRequest({ first }, 'text')).toThrow('`first` must be 1 to 100.');
  }
});

test('a connection names the ends of its page', () => {
  const page = { items: [{ value: 'x', key: MOMENT }], hasMore: true };
  const connection = toConnection(page, { limit: 1, after: null });
  expect(connection.nodes).toEqual(['x']);
  expect(connection.pageInfo).toEqual({
    hasNextPage: true,
    hasPreviousPage: false,
    startCursor: toCursor(MOMENT),
    endCursor: toCursor(MOMENT),
  });
});

test('an empty page has no ends', () => {
  const connection = toConnection({ items: [], hasMore: false }, { limit: 1, after: MOMENT });
  expect(connection.pageInfo).toEqual({
    hasNextPage: false,
    hasPreviousPage: true,
    startCursor: null,
    endCursor: null,
  });
});
