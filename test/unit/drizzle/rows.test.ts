import { expect, test } from 'vitest';
import { only, storableText } from '../../../drizzle/rows.ts';

test('what PostgreSQL cannot store is left out of a text, and nothing else', () => {
  expect(storableText('one\0two \ud800 grüße 🔑')).toBe('onetwo \ufffd grüße 🔑');
});

test('the row that must be there is, or it is a defect', () => {
  expect(only(['one'])).toBe('one');
  expect(() => only([])).toThrow(/returned none/);
});
