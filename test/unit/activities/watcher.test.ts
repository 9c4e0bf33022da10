import { expect, test } from 'vitest';
import { nextRetry, withinCapacity } from '../../../activities/watcher.ts';
import { GENERIC, providerById } from '../../../domain/providers.ts';

const { limits } = GENERIC;
const manyAt = (host: string, provider = 'generic') =>
  Array.from({ length: 200 }, () => ({ host, provider }));

test('R1 watches are begun as far as each host has room for them', () => {
  const watched = new Map([
    ['full.example', limits.watchedPerHost],
    ['nearly.example', limits.watchedPerHost - 1],
  ]);
  const begun = withinCapacity(
    [...manyAt('full.example'), ...manyAt('nearly.example'), ...manyAt('new.example')],
    watched,
  );
  const counts = Map.groupBy(begun, ({ host }) => host);
  expect([...counts].map(([host, some]) => [host, some.length])).toEqual([
    ['nearly.example', 1],
    ['new.example', Math.min(limits.watchedPerHost, Math.ceil(limits.connectsPerSecond * 5))],
  ]);
});

test('R1 after a restart a large provider is not stormed: a few seconds of its pace at a time', () => {
  const { connectsPerSecond, watchedPerHost } = providerById('gmail').limits;
  const begun = withinCapacity(manyAt('imap.gmail.com', 'gmail'), new Map());
  expect(begun).toHaveLength(connectsPerSecond * 5);
  expect(begun.length).toBeLessThan(watchedPerHost);
});

test('R1 a watch that does not last costs a login after 1, 2, 4 … minutes, after an hour at most', () => {
  const MINUTE_MS = 60_000;
  const waits: number[] = [];
  let retry = nextRetry(undefined, 0);
  for (let n = 0; n < 9; n += 1) {
    waits.push(retry.waitMs / MINUTE_MS);
    retry = nextRetry(retry, retry.notBefore);
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  expect(nextRetry(retry, retry.notBefore + 15 * MINUTE_MS).waitMs).toBe(MINUTE_MS);
});
