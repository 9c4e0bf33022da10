import type { Deferral, Lane } from './mailbox.ts';
import type { Policy } from './policy.ts';
import type { ProviderProfile } from './provider.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Shares of a day's allowance: the rest is for the people who read the same mailbox with programs of their own. */
const LIVE_SHARE = 0.8;
const BACKFILL_SHARE = 0.4;

/** What a mailbox may use (R1): octets in 24 hours, both directions together, and logins in an hour. */
export interface Budget {
  /** The allowance itself: the provider's, or less where an admin wants that. */
  readonly bytesPerDay: number;
  /** Where visits for live mail, and for the history behind it, stop. */
  readonly liveBytes: number;
  readonly backfillBytes: number;
  readonly loginsPerHour: number;
}

/** What was used in one hour of UTC; `hour` is its beginning in epoch ms. */
export interface HourUsage {
  readonly hour: number;
  readonly received: number;
  readonly sent: number;
  readonly logins: number;
}

/** The last 25 hours of a mailbox, and when (epoch ms, by the clock that also cut the hours) they were asked for. */
export interface MailboxUsage {
  readonly at: number;
  readonly hours: readonly HourUsage[];
}

/** The provider's allowance for this protocol, or the admin's where that is less. */
export function budgetOf(
  { limits }: Pick<ProviderProfile, 'limits'>,
  protocol: 'imap' | 'pop3',
  policy: Pick<Policy, 'bytesPerDay' | 'loginsPerHour'>,
): Budget {
  const allowed = protocol === 'pop3' ? limits.pop3BytesPerDay : limits.imapBytesPerDay;
  const bytesPerDay = Math.min(allowed, policy.bytesPerDay ?? Infinity);
  return {
    bytesPerDay,
    liveBytes: bytesPerDay * LIVE_SHARE,
    backfillBytes: bytesPerDay * BACKFILL_SHARE,
    loginsPerHour: Math.min(limits.loginsPerHour, policy.loginsPerHour ?? Infinity),
  };
}

/** Octets of the last 24 hours. Not of the calendar day, which would allow the double around midnight. */
export function bytesUsed({ at, hours }: MailboxUsage): number {
  return sum(hours.filter(({ hour }) => leavesDayAt(hour) > at));
}

/** Logins of the last 60 minutes: those of the previous hour count by the part of it that is still among them. */
export function loginsUsed({ at, hours }: MailboxUsage): number {
  const { current, previous, elapsed } = loginsByHour(at, hours);
  return current + previous * (1 - elapsed);
}

/**
 * What keeps a visit of this lane back, and the earliest moment there is room again; null when nothing does. A visit on
 * a connection that stands (`needsLogin: false`) spends no login.
 */
export function overBudget(
  budget: Budget,
  usage: MailboxUsage,
  { lane, needsLogin }: { readonly lane: Lane; readonly needsLogin: boolean },
): Deferral | null {
  const limit = lane === 'live' ? budget.liveBytes : budget.backfillBytes;
  if (bytesUsed(usage) >= limit) {
    return { lane, reason: 'bytes_spent', until: bytesUntil(usage, limit) };
  }
  if (needsLogin && loginsUsed(usage) + 1 > budget.loginsPerHour) {
    return { lane, reason: 'logins_spent', until: loginsUntil(usage, budget.loginsPerHour) };
  }
  return null;
}

/** The hours leave the day one after the other, each with all it holds. */
function bytesUntil({ at, hours }: MailboxUsage, limit: number): number {
  let left = hours.filter(({ hour }) => leavesDayAt(hour) > at);
  for (const { hour } of hours.toSorted((a, b) => a.hour - b.hour)) {
    left = left.filter((other) => other.hour !== hour);
    if (leavesDayAt(hour) > at && sum(left) < limit) return leavesDayAt(hour);
  }
  return at + DAY_MS;
}

function leavesDayAt(hour: number): number {
  return hour + HOUR_MS + DAY_MS;
}

function loginsUntil({ at, hours }: MailboxUsage, limit: number): number {
  const { current, previous } = loginsByHour(at, hours);
  const thisHour = hourOf(at);
  // One more login fits once `current + previous * (1 - elapsed) <= limit - 1`.
  if (current <= limit - 1) return thisHour + elapsedUntil(previous, limit - 1 - current);
  return thisHour + HOUR_MS + elapsedUntil(current, limit - 1);
}

function elapsedUntil(previous: number, room: number): number {
  return Math.ceil(HOUR_MS * Math.max(0, 1 - Math.max(0, room) / previous));
}

function loginsByHour(at: number, hours: readonly HourUsage[]) {
  const thisHour = hourOf(at);
  const loginsOf = (wanted: number) => hours.find(({ hour }) => hour === wanted)?.logins ?? 0;
  return {
    current: loginsOf(thisHour),
    previous: loginsOf(thisHour - HOUR_MS),
    elapsed: (at - thisHour) / HOUR_MS,
  };
}

function hourOf(at: number): number {
  return at - (at % HOUR_MS);
}

function sum(hours: readonly HourUsage[]): number {
  return hours.reduce((total, { received, sent }) => total + received + sent, 0);
}
