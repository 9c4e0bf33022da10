import { describe, expect, test } from 'vitest';
import {
  budgetOf,
  bytesUsed,
  loginsUsed,
  overBudget,
  type Budget,
  type HourUsage,
  type MailboxUsage,
} from '../../../domain/budget.ts';
import { DEFAULT_POLICY } from '../../../domain/policy.ts';
import { providerById } from '../../../domain/providers.ts';

const HOUR_MS = 3_600_000;
const NINE = Date.UTC(2026, 10, 22, 9);
const BUDGET: Budget = {
  bytesPerDay: 1_000,
  liveBytes: 800,
  backfillBytes: 400,
  loginsPerHour: 10,
};

/** Hours are given relative to nine o'clock. */
function usage(at: number, hours: Readonly<Record<number, Partial<HourUsage>>>): MailboxUsage {
  const none = { received: 0, sent: 0, logins: 0 };
  return {
    at,
    hours: Object.entries(hours).map(([hour, used]) => ({
      ...{ ...none, ...used, hour: NINE + Number(hour) * HOUR_MS },
    })),
  };
}

const live = { lane: 'live', needsLogin: true } as const;
const backfill = { lane: 'backfill', needsLogin: true } as const;

describe('R1 what a mailbox may use', () => {
  const gmail = providerById('gmail');

  test('is what the provider allows for the protocol: 80 % for live mail, 40 % for the history', () => {
    expect(budgetOf(gmail, 'imap', DEFAULT_POLICY)).toEqual({
      bytesPerDay: gmail.limits.imapBytesPerDay,
      liveBytes: gmail.limits.imapBytesPerDay * 0.8,
      backfillBytes: gmail.limits.imapBytesPerDay * 0.4,
      loginsPerHour: gmail.limits.loginsPerHour,
    });
    const { bytesPerDay } = budgetOf(gmail, 'pop3', DEFAULT_POLICY);
    expect(bytesPerDay).toBe(gmail.limits.pop3BytesPerDay);
  });

  test('an admin can make it less, never more', () => {
    const less = budgetOf(gmail, 'imap', { bytesPerDay: 1_000, loginsPerHour: 2 });
    expect(less).toMatchObject({ bytesPerDay: 1_000, liveBytes: 800, loginsPerHour: 2 });
    const more = budgetOf(gmail, 'imap', { bytesPerDay: 1e15, loginsPerHour: 1e6 });
    expect(more).toEqual(budgetOf(gmail, 'imap', DEFAULT_POLICY));
  });
});

describe('R1, R56 the octets of a day', () => {
  test('are those of the last 24 hours, in both directions, over midnight', () => {
    const used = usage(NINE + HOUR_MS / 2, {
      [-25]: { received: 1_000 },
      [-24]: { received: 100 },
      [-1]: { received: 10, sent: 1 },
      0: { received: 1_000, sent: 1_000 },
    });
    expect(bytesUsed(used)).toBe(2_111);
  });

  test.each([
    [399, null, null],
    [400, null, 'bytes_spent'],
    [799, null, 'bytes_spent'],
    [800, 'bytes_spent', 'bytes_spent'],
  ])('%d of 1,000: live mail %s, history %s', (received, ofLive, ofHistory) => {
    const used = usage(NINE, { 0: { received } });
    expect(overBudget(BUDGET, used, live)?.reason ?? null).toBe(ofLive);
    expect(overBudget(BUDGET, used, backfill)?.reason ?? null).toBe(ofHistory);
  });

  test('what is put off goes on as soon as enough hours have left the day, and not before', () => {
    const used = usage(NINE, {
      [-20]: { received: 300 },
      [-10]: { received: 300 },
      0: { received: 300 },
    });
    const whenLeft = (hour: number) => NINE + (hour + 25) * HOUR_MS;
    const ofLive = overBudget(BUDGET, used, live);
    expect(ofLive).toEqual({ lane: 'live', reason: 'bytes_spent', until: whenLeft(-20) });
    const ofHistory = overBudget(BUDGET, used, backfill);
    expect(ofHistory).toEqual({ lane: 'backfill', reason: 'bytes_spent', until: whenLeft(-10) });
    for (const deferral of [ofLive, ofHistory]) {
      const until = deferral?.until ?? 0;
      const asked = { lane: deferral?.lane ?? 'live', needsLogin: true };
      expect(overBudget(BUDGET, { ...used, at: until - 1 }, asked)).not.toBeNull();
      expect(overBudget(BUDGET, { ...used, at: until }, asked)).toBeNull();
    }
  });
});

describe('R1 the logins of an hour', () => {
  test('count those of the hour before by the part that is still within 60 minutes', () => {
    const used = usage(NINE + HOUR_MS / 4, { [-1]: { logins: 8 }, 0: { logins: 3 } });
    expect(loginsUsed(used)).toBe(9);
  });

  test.each<[string, number, Readonly<Record<number, Partial<HourUsage>>>]>([
    ['all of them in this hour', NINE, { 0: { logins: 10 } }],
    ['most of them in the hour before', NINE + 60_000, { [-1]: { logins: 12 }, 0: { logins: 5 } }],
    ['a burst twice as large as allowed', NINE, { [-1]: { logins: 20 }, 0: { logins: 1 } }],
  ])('are waited for to the millisecond: %s', (_, at, hours) => {
    const used = usage(at, hours);
    const deferral = overBudget(BUDGET, used, live);
    expect(deferral?.reason).toBe('logins_spent');
    const until = deferral?.until ?? 0;
    expect(until).toBeGreaterThan(at);
    expect(overBudget(BUDGET, { ...used, at: until }, live)).toBeNull();
    expect(overBudget(BUDGET, { ...used, at: until - 2 }, live)).not.toBeNull();
  });

  test('do not matter on a connection that stands', () => {
    const used = usage(NINE, { 0: { logins: 99 } });
    expect(overBudget(BUDGET, used, { lane: 'live', needsLogin: false })).toBeNull();
  });

  test('the last one that is allowed is allowed', () => {
    expect(overBudget(BUDGET, usage(NINE, { 0: { logins: 9 } }), live)).toBeNull();
  });
});
