import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backoffMs, nextPollMs } from '../../../domain/polling.ts';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const failures = fc.integer({ min: 1, max: 10_000 });
const trouble = fc.constantFrom('outage' as const, 'throttle' as const);

describe('backoff (R1, R55)', () => {
  test.each([
    ['outage', 1, 60_000],
    ['outage', 2, 120_000],
    ['outage', 6, 30 * 60_000],
    ['throttle', 1, 5 * 60_000],
    ['throttle', 3, 20 * 60_000],
    ['throttle', 30, 6 * 3_600_000],
  ] as const)('%s number %d waits %d ms at most and half of it at least', (kind, n, longest) => {
    expect([backoffMs(kind, n, null, 0), backoffMs(kind, n, null, 1)]).toEqual([
      longest / 2,
      longest,
    ]);
  });

  test('never shorter than what the provider asked for, never endless', () => {
    fc.assert(
      fc.property(trouble, failures, fc.nat(86_400_000), random, (kind, n, hint, draw) => {
        const wait = backoffMs(kind, n, hint, draw);
        expect(wait).toBeGreaterThanOrEqual(hint);
        expect(wait).toBeLessThanOrEqual(Math.max(hint, 6 * 3_600_000));
      }),
    );
  });

  test('never shorter after more failures', () => {
    fc.assert(
      fc.property(trouble, failures, random, (kind, n, draw) => {
        expect(backoffMs(kind, n + 1, null, draw)).toBeGreaterThanOrEqual(
          backoffMs(kind, n, null, draw),
        );
      }),
    );
  });
});

test('R1 visits spread by 15 % around the interval', () => {
  expect([0, 0.5, 1].map((draw) => nextPollMs(900_000, draw))).toEqual([
    765_000, 900_000, 1_035_000,
  ]);
  fc.assert(
    fc.property(random, (draw) => {
      const wait = nextPollMs(900_000, draw);
      expect(wait).toBeGreaterThanOrEqual(765_000);
      expect(wait).toBeLessThanOrEqual(1_035_000);
    }),
  );
});
