import { monthOf } from './pasted-words.ts';

/** A date as a clock on the wall shows it. */
interface WallDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** More than any mail program writes. */
const MAX_LENGTH = 200;
const MINUTE_MS = 60_000;

/** `5 January 2026`, `5. Jan. 2026`, `5 de enero de 2026`. The name must stand by the day: `mar.` is also a Tuesday. */
const DAY_FIRST =
  /(?<!\d)(\d{1,2})(?:\.|st|nd|rd|th|er|º)? (?:de |of )?(\p{L}{3,12})\.?,? (?:de |del )?(\d{4})/u;
/** `January 5, 2026`. */
const MONTH_FIRST = /(\p{L}{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})/u;
const ISO = /(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/;
const NUMERIC = /(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/;
/** `15:04:05`, `3:04 PM`, `15h04`, and `15.04` as written in Danish. */
const TIME = /(?<!\d)(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?(?: ?([ap])\.? ?m\b)?/;
const OFFSET = /(?:gmt|utc|[\d ])([+-])(\d{1,2})(?::?(\d{2}))?(?!\d)/;
const ZONES: Readonly<Record<string, number>> = {
  ...{ utc: 0, gmt: 0, wet: 0, west: 60, bst: 60, cet: 60, mez: 60, cest: 120, mesz: 120 },
  ...{ eet: 120, eest: 180, msk: 180, ist: 330, est: -300, edt: -240, cst: -360, cdt: -300 },
  ...{ mst: -420, mdt: -360, pst: -480, pdt: -420 },
};

/**
 * The moment that a mail program wrote into a copied header, in any of the languages of `pasted-words.ts`; null when
 * there is no date. What names no zone is a clock in `timeZone` (IANA), without a time of day the noon there.
 */
export function pastedDate(written: string, timeZone: string): Date | null {
  // NFKC makes ordinary blanks of all the others, which programs set before AM and between digits.
  const text = written.slice(0, MAX_LENGTH).normalize('NFKC').replace(/\s+/g, ' ').toLowerCase();
  const found = findDate(text);
  if (found === null) return null;
  const { date, rest } = found;
  const { hours, minutes, seconds, after } = findTime(rest);
  const wall = Date.UTC(date.year, date.month - 1, date.day, hours, minutes, seconds);
  const isDate = new Date(wall).getUTCDate() === date.day || hours > 23;
  if (Number.isNaN(wall) || !isDate || hours > 23 || minutes > 59 || seconds > 60) return null;
  const offset = findOffset(after);
  return new Date(offset === null ? fromClock(wall, timeZone) : wall - offset * MINUTE_MS);
}

function findDate(text: string): { readonly date: WallDate; readonly rest: string } | null {
  for (const [pattern, read] of FORMS) {
    const match = pattern.exec(text);
    const date = match === null ? null : read(match, text);
    if (match === null || date === null) continue;
    if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31) continue;
    const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
    return { date, rest };
  }
  return null;
}

type ReadDate = (match: RegExpExecArray, text: string) => WallDate | null;

const FORMS: readonly (readonly [RegExp, ReadDate])[] = [
  [DAY_FIRST, ([, day, month, year]) => named(day, month, year)],
  [MONTH_FIRST, ([, month, day, year]) => named(day, month, year)],
  [ISO, ([, year, month, day]) => ({ year: Number(year), month: Number(month), day: Number(day) })],
  [NUMERIC, numeric],
];

function named(day: string | undefined, word: string | undefined, year: string | undefined) {
  const month = monthOf(word ?? '');
  return month === null ? null : { year: Number(year), month, day: Number(day) };
}

/** With slashes and AM or PM it is American, unless the numbers say otherwise. */
function numeric([, first, separator, second, written]: RegExpExecArray, text: string): WallDate {
  const [one, two] = [Number(first), Number(second)];
  const isAmerican = separator === '/' && / ?[ap]\.? ?m\b/.test(text);
  const isMonthFirst = two > 12 || (isAmerican && one <= 12);
  const year = Number(written) + (written?.length === 2 ? 2000 : 0);
  return isMonthFirst ? { year, month: one, day: two } : { year, month: two, day: one };
}

function findTime(text: string) {
  const match = TIME.exec(text);
  if (match === null) return { hours: 12, minutes: 0, seconds: 0, after: '' };
  const [whole, hour, minute, second, half] = match;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'p' ? 12 : 0);
  const after = text.slice(match.index + whole.length);
  return { hours, minutes: Number(minute), seconds: Number(second ?? 0), after };
}

/** Minutes east of Greenwich; null when nothing is said that we know. */
function findOffset(after: string): number | null {
  const match = OFFSET.exec(after);
  if (match !== null) {
    const [, sign, hours, minutes] = match;
    // `+0100` is hours and minutes; `GMT+1` and `+1` hours alone.
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0));
  }
  if (after.startsWith('z')) return 0;
  const names = after.match(/\b[a-z]{3,4}\b/g) ?? [];
  const known = names.find((name) => ZONES[name] !== undefined);
  return known === undefined ? null : (ZONES[known] ?? null);
}

/** The moment at which clocks in this zone show `wall` (epoch ms as if in UTC); of two, around a change, the later. */
function fromClock(wall: number, timeZone: string): number {
  const guess = wall - offsetMs(wall, timeZone);
  return wall - offsetMs(guess, timeZone);
}

function offsetMs(at: number, timeZone: string): number {
  const clock = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  const parts = Object.fromEntries(
    clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}
