import { expect, test } from 'vitest';
import { tokenBuckets } from '../../../api/rate.ts';

/** Buckets with a clock that stands still until it is told. */
function buckets(perSecond: number) {
  let nowMs = 0;
  const take = tokenBuckets(perSecond, () => nowMs);
  const takeMany = (key: string, count: number) =>
    Array.from({ length: count }, () => take(key)).filter((wait) => wait === 0).length;
  return { take, takeMany, pass: (ms: number) => (nowMs += ms) };
}

test('five seconds’ worth may come at once, then as many as time brings', () => {
  const { take, takeMany, pass } = buckets(10);
  expect(takeMany('a', 60)).toBe(50);
  expect(take('a')).toBeCloseTo(0.1);
  pass(50);
  expect(take('a')).toBeCloseTo(0.05);
  pass(50);
  expect(takeMany('a', 5)).toBe(1);
  pass(2_000);
  expect(takeMany('a', 60)).toBe(20);
});

test('a bucket never holds more than five seconds’ worth', () => {
  const { takeMany, pass } = buckets(10);
  takeMany('a', 50);
  pass(86_400_000);
  expect(takeMany('a', 100)).toBe(50);
});

test('tokens have buckets of their own', () => {
  const { takeMany } = buckets(2);
  expect(takeMany('a', 20)).toBe(10);
  expect(takeMany('b', 20)).toBe(10);
});

test('of more than 10,000 tokens the one that was used longest ago is forgotten', () => {
  const { take, takeMany } = buckets(1);
  takeMany('idle', 5);
  takeMany('busy', 5);
  for (let n = 0; n < 9_998; n += 1) take(`t${n}`);
  expect(take('busy')).toBeGreaterThan(0);
  take('one more');
  expect(take('busy')).toBeGreaterThan(0);
  expect(takeMany('idle', 9)).toBe(5);
});
