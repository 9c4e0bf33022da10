import type { BodyStructure, FolderUse, MessageHeaders } from './message.ts';

/** What a mark may be read from: all of it is said by the message itself or by the mailbox that holds it. */
export interface Marked {
  readonly headers: MessageHeaders;
  readonly structure: BodyStructure;
  readonly flags: readonly string[];
  readonly folderUse: FolderUse;
}

/** Enough of a value to recognise it; a header may be a megabyte long. */
const MAX_SHOWN_LENGTH = 160;

/** The first value of a field, trimmed; empty when it is absent. Names are lower case. */
export function fieldOf(headers: MessageHeaders, name: string): string {
  return headers.fields.get(name)?.[0]?.trim() ?? '';
}

/** A header as evidence (R45): its name and its value, on one line, cut, for people to read. */
export function inWords(name: string, value: string): string {
  const shown = shownValue(value);
  return shown === '' ? name : `${name}: ${shown}`;
}

/** Text of a stranger as evidence: one line, no characters that change how a line is shown, cut. */
export function shownValue(value: string): string {
  const start = value.slice(0, 2 * MAX_SHOWN_LENGTH).replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ');
  const shown = start.trim().toWellFormed();
  if (shown.length <= MAX_SHOWN_LENGTH) return shown;
  return `${shown.slice(0, MAX_SHOWN_LENGTH).toWellFormed()}…`;
}

/** Whether one of the flags, keywords or system labels is among these; they are case-insensitive (RFC 9051 section 2.3.2). */
export function flagAmong(flags: readonly string[], wanted: ReadonlySet<string>): string | null {
  return flags.find((flag) => wanted.has(flag.toLowerCase())) ?? null;
}

const REPORT_TYPE = /^multipart\/report\b.*?\breport-type\s*=\s*"?([a-z0-9-]{1,40})/i;

/**
 * RFC 6522: what a `multipart/report` is a report of, in lower case, or null. By the structure, or by the header, which
 * is what remains where a server hands out none.
 */
export function reportTypeOf(
  headers: MessageHeaders,
  structure: BodyStructure | null,
): string | null {
  const told =
    structure?.parameters['report-type'] ?? REPORT_TYPE.exec(fieldOf(headers, 'content-type'))?.[1];
  return told?.toLowerCase() ?? null;
}

const CALENDAR_TYPES: ReadonlySet<string> = new Set(['text/calendar', 'application/ics']);

/**
 * RFC 6047: an invitation, an answer to one, a change or a cancellation. A program has written it and often says so,
 * but it tells what a person wants: it is customer mail.
 */
export function isCalendarMail({ structure }: Pick<Marked, 'structure'>): boolean {
  return structure.parts.some(({ mediaType }) => CALENDAR_TYPES.has(mediaType));
}
