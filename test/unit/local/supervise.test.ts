import { expect, test } from 'vitest';
import { restartDelayMs } from '../../../local/supervise.ts';

test('a process that keeps dying is started again after 1 s, 2 s, 4 s, and at most 30 s', () => {
  expect([0, 1, 2, 3, 4, 5, 100].map(restartDelayMs)).toEqual([
    1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
  ]);
});
