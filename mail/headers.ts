import type { MessageHeaders } from '../domain/message.ts';
import { parseDate } from './dates.ts';
import { parseRecipients, parseSender } from './header-addresses.ts';
import { decodeText, splitFields, unfold, type RawField } from './header-fields.ts';

const MAX_RECIPIENTS = 5000;
const MAX_REFERENCES = 100;
const MAX_SUBJECT_LENGTH = 2000;
/** RFC 5322 section 2.1.1: the longest line, and so the longest identifier that can be written. */
const MAX_ID_OCTETS = 998;

/**
 * Reads a raw header block strictly. Pure and total: whatever the octets are, the answer is a value, because one
 * message that throws would hold up the mailbox behind it.
 */
export function parseHeaderBlock(block: Buffer): MessageHeaders {
  const split = splitFields(block);
  const fields = groupByName(split.fields);
  const named = (name: string): readonly RawField[] => fields.get(name) ?? [];
  const from = parseSender(named('from'));
  const to = parseRecipients('to', named('to'), MAX_RECIPIENTS);
  const cc = parseRecipients('cc', named('cc'), MAX_RECIPIENTS - to.participants.length);
  const left = MAX_RECIPIENTS - to.participants.length - cc.participants.length;
  const bcc = parseRecipients('bcc', named('bcc'), left);
  const recipients = [to, cc, bcc];
  return {
    internetMessageId: messageIds(named('message-id'))[0] ?? null,
    subject: decodeText(named('subject')[0]?.value ?? '', MAX_SUBJECT_LENGTH),
    sentAt: parseDate(named('date')[0]?.value ?? ''),
    from,
    fromRaw: named('from')
      .map((field) => decodeText(field.value, MAX_SUBJECT_LENGTH))
      .join(', '),
    participants: [
      ...(from === null ? [] : [from]),
      ...recipients.flatMap(({ participants }) => participants),
    ],
    inReplyTo: firstAndLast(messageIds(named('in-reply-to'))),
    references: firstAndLast(messageIds(named('references'))),
    fields: new Map([...fields].map(([name, all]) => [name, all.map(unfoldedValue)])),
    isCut: split.isCut || recipients.some(({ isCut }) => isCut),
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
  return [...new Set(normalised)].filter(
    (id) => id !== '' && Buffer.byteLength(id) <= MAX_ID_OCTETS,
  );
}

/** Of a long list the first (the root of the thread) and the last ones (the nearest ancestors) say most. */
function firstAndLast(ids: readonly string[]): readonly string[] {
  if (ids.length <= MAX_REFERENCES) return ids;
  return [...ids.slice(0, 1), ...ids.slice(1 - MAX_REFERENCES)];
}
