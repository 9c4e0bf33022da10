/** What is read of a calendar file, in characters; one with a year of appointments in it is no invitation. */
const MAX_LENGTH = 64 * 1024;
const MAX_LINE_LENGTH = 4096;
const MAX_TIMEZONES = 10;
const WANTED = /^(?:DTSTART|DTEND|DURATION|SUMMARY|ORGANIZER|LOCATION|UID)[;:]/i;

/** The lines of a calendar file that an invitation is read from; ical.js gets no others. */
export interface CalendarEvent {
  readonly method: string;
  /** Properties of the first VEVENT, unfolded. */
  readonly properties: readonly string[];
  /** VTIMEZONEs, with their first and last lines. */
  readonly timezones: readonly (readonly string[])[];
}

/**
 * Picks the first VEVENT (RFC 5545 section 3.6.1), the time zones and the METHOD out of a calendar file; null without an
 * event. A picture in an ATTACH or a line that is no property, on which parsers give up, makes no difference.
 */
export function eventOf(text: string): CalendarEvent | null {
  let method = '';
  let properties: string[] | null = null;
  const timezones: string[][] = [];
  const open: string[] = [];
  for (const line of linesOf(text)) {
    const [, begins] = /^BEGIN:([\w-]+)\s*$/i.exec(line) ?? [];
    const [, ends] = /^END:([\w-]+)\s*$/i.exec(line) ?? [];
    if (begins !== undefined) open.push(begins.toUpperCase());
    const [outer, within, ...deeper] = open;
    if (outer === 'VCALENDAR' && within === undefined) method = methodOf(line) ?? method;
    if (within === 'VTIMEZONE') {
      if (begins !== undefined && deeper.length === 0) timezones.push([]);
      timezones.at(-1)?.push(line);
    }
    if (within === 'VEVENT' && deeper.length === 0) {
      if (begins !== undefined && properties !== null) break;
      properties ??= [];
      if (WANTED.test(line)) properties.push(withDateNamed(line));
    }
    if (ends !== undefined) open.pop();
  }
  if (properties === null) return null;
  return { method, properties, timezones: timezones.slice(0, MAX_TIMEZONES).filter(isWhole) };
}

/** RFC 5545 section 3.1: a line goes on where the next one begins with a blank. */
function linesOf(text: string): readonly string[] {
  return text
    .slice(0, MAX_LENGTH)
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]/g, '')
    .split('\n')
    .filter((line) => line !== '' && line.length <= MAX_LINE_LENGTH);
}

/** Programs forget to say that a date is one (section 3.3.4). */
function withDateNamed(line: string): string {
  const [, name, rest] = /^(DTSTART|DTEND)((?:;TZID=[^:;]*)?:\d{8})\s*$/i.exec(line) ?? [];
  return name === undefined ? line : `${name};VALUE=DATE${rest ?? ''}`;
}

function methodOf(line: string): string | undefined {
  return /^METHOD(?:;[^:]*)?:\s*([\w-]{1,40})\s*$/i.exec(line)?.[1];
}

function isWhole(timezone: readonly string[]): boolean {
  return /^END:VTIMEZONE\s*$/i.test(timezone.at(-1) ?? '');
}
