import { expect, test } from 'vitest';
import { PgDialect } from 'drizzle-orm/pg-core';
import { asRecords, only, storableText } from '../../../drizzle/rows.ts';

test('what PostgreSQL cannot store is left out of a text, and nothing else', () => {
  expect(storableText('one\0two \ud800 grüße 🔑')).toBe('onetwo \ufffd grüße 🔑');
});

test('the row that must be there is, or it is a defect', () => {
  expect(only(['one'])).toBe('one');
  expect(() => only([])).toThrow(/returned none/);
});

test('the same holds for rows, and what only looks like it stays', () => {
  const written = (text: string): unknown => {
    const [json] = new PgDialect().sqlToQuery(asRecords([{ text }])).params;
    return JSON.parse(String(json));
  };
  for (const text of ['plain', 'a\\u0000b', 'a\\ud800b', 'C:\\users', 'grüße 🔑']) {
    expect(written(text)).toEqual([{ text }]);
  }
  expect(written('one\0two \ud800')).toEqual([{ text: 'onetwo \ufffd' }]);
});
