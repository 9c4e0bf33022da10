import ICAL from 'ical.js';
import { parseAddress } from '../domain/address.ts';
import type { CalendarInvite } from '../domain/engagement.ts';
import type { BodyPart, BodyStructure } from '../domain/message.ts';
import { eventOf, type CalendarEvent } from './calendar-lines.ts';
import { momentOf } from './calendar-time.ts';
import { readable } from './header-fields.ts';
import { withinBudget } from './time-budget.ts';

/** What is downloaded of an invitation, still encoded: more than is read of it. */
export const MAX_CALENDAR_OCTETS = 256 * 1024;

/** A rule for daylight saving may name a change for every second. */
const BUDGET_MS = 250;
const MAX_TEXT_LENGTH = 500;
const MAX_UID_LENGTH = 255;
const CALENDAR_TYPES: ReadonlySet<string> = new Set([
  ...['text/calendar', 'application/ics', 'text/x-vcalendar'],
]);

/** Whether a part is an invitation (RFC 6047), by its type or, as Exchange and Notes may send it, by its name alone. */
export function isCalendar({
  mediaType,
  fileName,
}: Pick<BodyPart, 'mediaType' | 'fileName'>): boolean {
  return CALENDAR_TYPES.has(mediaType) || /\.ics$/i.test(fileName ?? '');
}

/** The first invitation of a message; null when it has none, or a file that is too large to be one. */
export function calendarPartOf({ parts }: BodyStructure): BodyPart | null {
  return parts.find((part) => isCalendar(part) && part.size <= MAX_CALENDAR_OCTETS) ?? null;
}

/**
 * What the first event of a calendar file says; null when there is none, or nobody can read it. The method is that of the
 * file: RFC 6047 section 2.4 wants the Content-Type to repeat it, and where they differ calendar programs do what the file
 * says.
 */
export function readInvite(text: string): CalendarInvite | null {
  const event = eventOf(text);
  if (event === null) return null;
  const read =
    withinBudget(BUDGET_MS, () => JSON.stringify(inviteOf(event))) ??
    // Whatever is wrong with its time zones, the rest can be read.
    withinBudget(BUDGET_MS, () => JSON.stringify(inviteOf({ ...event, timezones: [] })));
  return read === null ? null : (JSON.parse(read) as CalendarInvite);
}

function inviteOf({ method, properties, timezones }: CalendarEvent): CalendarInvite {
  const file = [
    ...['BEGIN:VCALENDAR', ...timezones.flat(), 'BEGIN:VEVENT', ...properties],
    ...['END:VEVENT', 'END:VCALENDAR'],
  ];
  const calendar = new ICAL.Component(ICAL.parse(file.join('\r\n')) as unknown[]);
  const event = calendar.getFirstSubcomponent('vevent');
  const textOf = (name: string, maxLength: number): string => {
    const value: unknown = event?.getFirstPropertyValue(name);
    return typeof value === 'string' ? readable(value).slice(0, maxLength).toWellFormed() : '';
  };
  const start = event?.getFirstProperty('dtstart') ?? null;
  const end = event?.getFirstProperty('dtend') ?? null;
  return {
    method: method === '' ? 'PUBLISH' : method.toUpperCase(),
    summary: textOf('summary', MAX_TEXT_LENGTH),
    organizer: parseAddress(textOf('organizer', MAX_TEXT_LENGTH).replace(/^mailto:/i, '')),
    start: momentOf(start),
    end: momentOf(end) ?? momentOf(start, event?.getFirstPropertyValue('duration') ?? null),
    location: textOf('location', MAX_TEXT_LENGTH),
    uid: textOf('uid', MAX_UID_LENGTH),
  };
}
