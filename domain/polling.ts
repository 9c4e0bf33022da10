const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What went wrong with a visit, as far as waiting is concerned. */
export type Trouble = 'outage' | 'throttle';

/** First and longest wait per trouble; each further failure doubles the wait. */
const WAITS: Readonly<Record<Trouble, { readonly first: number; readonly longest: number }>> = {
  outage: { first: MINUTE, longest: 30 * MINUTE },
  throttle: { first: 5 * MINUTE, longest: 6 * HOUR },
};

/** How long a provider that called us too fast is visited half as often (facts: Yahoo, Gmail, Microsoft 365). */
export const SLOW_FOR_MS = 24 * HOUR;

/** Visits asked for by people are at least this far apart, whatever they ask: providers count logins. */
export const MIN_VISIT_GAP_MS = 2 * SECOND;

/**
 * How long to stay away after the n-th failure in a row (`failures` >= 1), in milliseconds: doubling, capped, and
 * between 50 and 100 % of that so that mailboxes of one provider do not come back together. The provider's own hint
 * is a floor. `random` is in [0, 1).
 */
export function backoffMs(
  trouble: Trouble,
  failures: number,
  hintMs: number | null,
  random: number,
): number {
  const { first, longest } = WAITS[trouble];
  const wait = Math.min(longest, first * 2 ** Math.min(failures - 1, 20));
  return Math.round(Math.max(hintMs ?? 0, wait * (0.5 + random / 2)));
}

/** Time to the next ordinary visit: the interval, 15 % more or less, so that many mailboxes spread out. */
export function nextPollMs(intervalMs: number, random: number): number {
  return Math.round(intervalMs * (0.85 + 0.3 * random));
}

/** When refused credentials that have worked are tried once more: 15 to 30 minutes later. */
export function confirmationMs(random: number): number {
  return Math.round(15 * MINUTE * (1 + random));
}
