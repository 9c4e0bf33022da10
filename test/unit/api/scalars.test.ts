import { expect, test } from 'vitest';
import { DateTime } from '../../../api/resolvers/scalars.ts';

test.each(['1900-01-01T00:00:00Z', '9998-12-31T23:59:59.999Z', '2026-11-22T08:15:00+01:00'])(
  '%s is a moment',
  (text) => {
    expect(DateTime.parseValue(text)).toEqual(new Date(text));
  },
);

test.each([
  ...['0000-01-01T00:00:00Z', '1899-12-31T23:59:59Z', '9999-01-01T00:00:00Z'],
  '9998-12-31T23:59:59-14:00',
])('%s lies outside the years that are accepted', (text) => {
  expect(() => DateTime.parseValue(text)).toThrow('1900 to 9998');
});

test.each(['2026-11-22', '2026-11-22T08:15:00', '2026-13-22T08:15:00Z', 1_000, null])(
  '%j is no moment',
  (value) => {
    expect(() => DateTime.parseValue(value)).toThrow('ISO 8601');
  },
);
