import type { MessageHeaders } from '../domain/message.ts';
import { parseRecipients, parseSender } from './header-addresses.ts';
import { decodeText, splitFields, unfold, type RawField } from './header-fields.ts';

const MAX_RECIPIENTS = 500;
const MAX_REFERENCES = 100;
const MAX_SUBJECT_LENGTH = 2000;
/** RFC 5322 section 2.1.1: the longest line, and so the longest identifier that can be written. */
const MAX_ID_LENGTH = 998;

/**
 * Reads a raw header block strictly. Pure and total: whatever the octets are, the answer is a value, because one
 * message that throws would hold up the mailbox behind it.
 */
export function parseHeaderBlock(block: Buffer): MessageHeaders {
  const fields = groupByName(splitFields(block));
  const named = (name: string): readonly RawField[] => fields.get(name) ?? [];
  const from = parseSender(named('from'));
  const to = parseRecipients('to', named('to'), MAX_RECIPIENTS);
  const cc = parseRecipients('cc', named('cc'), MAX_RECIPIENTS - to.length);
  const bcc = parseRecipients('bcc', named('bcc'), MAX_RECIPIENTS - to.length - cc.length);
  return {
    internetMessageId: messageIds(named('message-id'))[0] ?? null,
    subject: decodeText(named('subject')[0]?.value ?? '', MAX_SUBJECT_LENGTH),
    sentAt: parseDate(named('date')[0]?.value ?? ''),
    from,
    fromRaw: named('from')
      .map((field) => decodeText(field.value, MAX_SUBJECT_LENGTH))
      .join(', '),
    participants: [...(from === null ? [] : [from]), ...to, ...cc, ...bcc],
    inReplyTo: firstAndLast(messageIds(named('in-reply-to'))),
    references: firstAndLast(messageIds(named('references'))),
    fields: new Map([...fields].map(([name, all]) => [name, all.map(unfoldedValue)])),
  };
}

function groupByName(fields: readonly RawField[]): ReadonlyMap<string, readonly RawField[]> {
  const groups = new Map<string, RawField[]>();
  for (const field of fields) {
    const group = groups.get(field.name);
    if (group === undefined) groups.set(field.name, [field]);
    else group.push(field);
  }
  return groups;
}

function unfoldedValue(field: RawField): string {
  return unfold(field.value);
}

/** RFC 5322 section 3.6.4 `<id>`, without brackets and blanks; ids without brackets are taken word by word. */
function messageIds(fields: readonly RawField[]): readonly string[] {
  const ids = fields.flatMap((field) => {
    const bracketed = [...field.value.matchAll(/<([^<>]+)>/g)].map((match) => match[1] ?? '');
    return bracketed.length > 0 ? bracketed : field.value.split(/\s+/);
  });
  const normalised = ids.map((id) => id.replace(/[\s<>]+/g, ''));
  return [...new Set(normalised)].filter((id) => id !== '' && id.length <= MAX_ID_LENGTH);
}

/** Of a long list the first (the root of the thread) and the last ones (the nearest ancestors) say most. */
function firstAndLast(ids: readonly string[]): readonly string[] {
  if (ids.length <= MAX_REFERENCES) return ids;
  return [...ids.slice(0, 1), ...ids.slice(1 - MAX_REFERENCES)];
}

/** RFC 5322 section 3.3 with the obsolete forms of 4.3; Date alone would also take `hello 5` for a date. */
const DATE =
  /(\d{1,2})[\s-]+([a-z]{3})[a-z]*[\s-]+(\d{4}|\d{2})[\s,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([+-]\d{4}|[a-z]{1,4})?/i;

function parseDate(value: string): Date | null {
  const match = DATE.exec(unfold(value).slice(0, 200));
  if (match === null) return null;
  const [, day, month, year, hour, minute, second, zone] = match;
  const local = `${day ?? ''} ${month ?? ''} ${year ?? ''} ${hour ?? ''}:${minute ?? ''}:${second ?? '00'}`;
  // A zone name nobody knows means UTC (RFC 5322 section 4.3).
  const withZone = Date.parse(`${local} ${zone ?? 'GMT'}`);
  const time = Number.isNaN(withZone) ? Date.parse(`${local} GMT`) : withZone;
  return Number.isNaN(time) ? null : new Date(time);
}
