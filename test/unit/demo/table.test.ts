import { expect, test } from 'vitest';
import { displayWidth, fit, table } from '../../../local/demo/table.ts';

test('wide characters take two columns, combined ones the columns of their base', () => {
  expect(displayWidth('abc')).toBe(3);
  expect(displayWidth('喫茶ほし')).toBe(8);
  expect(displayWidth('Grüße')).toBe(5);
  expect(displayWidth('Gru\u0308ße')).toBe(5);
  expect(displayWidth('🙂👩‍🍳')).toBe(4);
  expect(displayWidth('원두')).toBe(4);
  expect(displayWidth('– … → «»')).toBe(8);
});

test('a cell is exactly as wide as its column', () => {
  for (const text of [
    '',
    'short',
    'exactly ten',
    '深煎りブレンドのサンプル',
    'a喫茶ほしbcdef',
    '🙂🙂🙂🙂🙂🙂',
  ]) {
    expect(displayWidth(fit(text, 10))).toBe(10);
  }
  expect(fit('exactly 10', 10)).toBe('exactly 10');
  expect(fit('eleven char', 10)).toBe('eleven ch…');
  // Nine columns are left before the dots: four wide characters, and a space that no half fills.
  expect(fit('深煎りブレンドの', 10)).toBe('深煎りブ… ');
});

test('line breaks and control characters of a subject cannot break the table', () => {
  expect(fit('a\r\n\u001b[31mb', 10)).toBe('a [31mb   ');
});

test('columns stand under each other', () => {
  const columns = [
    { title: 'Who', width: 6 },
    { title: 'What', width: 5 },
  ];
  expect(
    table(columns, [
      ['陈伟', 'order'],
      ['Jill', 'reply to you'],
    ]),
  ).toEqual(['Who     What', '──────  ─────', '陈伟    order', 'Jill    repl…']);
});
