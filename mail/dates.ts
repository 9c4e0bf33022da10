import { unfold } from './header-fields.ts';

/** PostgreSQL takes no year 10000 as ISO 8601, and nothing was mailed before 1900. */
const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(9999, 0, 1) - 1;

/** RFC 5322 section 3.3 with the obsolete forms of 4.3; Date alone would also take `hello 5` for a date. */
const DATE =
  /(\d{1,2})[\s-]+([a-z]{3})[a-z]*[\s-]+(\d{4}|\d{2})[\s,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([+-]\d{4}|[a-z]{1,4})?/i;

/** What a Date field says; null when it is no date, or none that can be stored. */
export function parseDate(value: string): Date | null {
  const match = DATE.exec(unfold(value.slice(0, 200)));
  if (match === null) return null;
  const [, day, month, written, hour, minute, second, zone] = match;
  const year = fullYear(written ?? '');
  // Date.parse reads `0099` as 1999.
  if (year < 1900) return null;
  const local = `${day ?? ''} ${month ?? ''} ${year} ${hour ?? ''}:${minute ?? ''}:${second ?? '00'}`;
  // A zone name nobody knows means UTC (RFC 5322 section 4.3).
  const withZone = Date.parse(`${local} ${zone ?? 'GMT'}`);
  const date = new Date(Number.isNaN(withZone) ? `${local} GMT` : withZone);
  return isStorable(date) ? date : null;
}

/** Whether it is a date at all, from 1900 to 9998. */
export function isStorable(date: Date): boolean {
  return date.getTime() >= EARLIEST && date.getTime() <= LATEST;
}

/** RFC 5322 section 4.3: two digits up to 49 are of this century. */
function fullYear(written: string): number {
  const year = Number(written);
  if (written.length > 2) return year;
  return year + (year < 50 ? 2000 : 1900);
}
