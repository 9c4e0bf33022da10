import { parseAddress } from './address.ts';
import type { Participant, ParticipantRole } from './message.ts';
import { pastedDate } from './pasted-date.ts';
import { fieldOf, type PastedField } from './pasted-words.ts';

/** A message as somebody copied it out of a mail program: what its visible header says, and the text under it. */
export interface PastedMessage {
  /** The From line as it stands, often without an address. */
  readonly fromRaw: string;
  /** The sender, where the line names exactly one address (R18), then the recipients; each once per role. */
  readonly participants: readonly Participant[];
  readonly subject: string;
  readonly sentAt: Date | null;
  readonly body: string;
}

/** What a pasted text is: the source of a message (RFC 5322), a message with its visible header, or a plain note. */
export type Pasted =
  | { readonly kind: 'source' }
  | { readonly kind: 'message'; readonly message: PastedMessage }
  | { readonly kind: 'text' };

/** Lines before the header that are looked at, and lines of the header itself. */
const MAX_PREAMBLE_LINES = 10;
const MAX_HEADER_LINES = 200;
const MAX_LABEL_LENGTH = 40;
const MAX_VALUE_LENGTH = 64 * 1024;
const MAX_SUBJECT_LENGTH = 2000;
const MAX_NAME_LENGTH = 200;
/** A header has at least so many of sender, date, recipients and subject. */
const MIN_FIELDS = 3;
/** What only the source of a message has; no mail program shows these above a text. */
const SOURCE_FIELD =
  /^(?:received|return-path|delivered-to|mime-version|message-id|content-type|dkim-signature)[ \t]*:/i;
const HEADER_FIELD = /^[\x21-\x39\x3b-\x7e]{1,78}[ \t]*:/;
const ADDRESS = /[^\s<>()[\]"',;:|]{1,64}@[^\s<>()[\]"',;:|]{1,255}/gu;

/** Says what was pasted (R44). Reads line by line, in time proportional to the text. `timeZone`: IANA name. */
export function readPasted(text: string, timeZone: string): Pasted {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  if (isSource(lines)) return { kind: 'source' };
  const start = headerStart(lines);
  if (start === null) return { kind: 'text' };
  const { fields, bodyAt } = readHeader(unquoted(lines.slice(start)));
  const message = toMessage(fields, timeZone, () =>
    unquoted(lines.slice(start))
      .slice(bodyAt)
      .join('\n')
      .replace(/^\s*\n/, ''),
  );
  return message === null ? { kind: 'text' } : { kind: 'message', message };
}

/** Whether the text begins with header fields among which are those that nobody is shown; mbox puts a line before. */
function isSource(lines: readonly string[]): boolean {
  const first = lines.findIndex((line) => line.trim() !== '');
  const start = /^>?From /.test(lines[first] ?? '') ? first + 1 : first;
  if (!HEADER_FIELD.test(lines[start] ?? '')) return false;
  const header = lines.slice(start, start + MAX_HEADER_LINES);
  const end = header.indexOf('');
  const fields = end === -1 ? header : header.slice(0, end);
  return (
    fields.some((line) => SOURCE_FIELD.test(line)) &&
    fields.some((line) => /^from[ \t]*:/i.test(line))
  );
}

/** The line of the first label, where nothing but empty lines and announcements stand before it. */
function headerStart(lines: readonly string[]): number | null {
  for (const [index, line] of lines.slice(0, MAX_PREAMBLE_LINES).entries()) {
    if (labelled(withoutQuote(line)) !== null) return index;
    if (!isAnnouncement(withoutQuote(line))) return null;
  }
  return null;
}

/** `-----Original Message-----`, `________`, `Begin forwarded message:` in any language. */
function isAnnouncement(line: string): boolean {
  const text = line.trim();
  return text === '' || /^(?:[-_=*]{2,}|[^:]{1,80}:$)/u.test(text);
}

interface Labelled {
  readonly field: PastedField;
  readonly value: string;
}

/** `From: Jill`, `*Von:* Jill`, `De : Jill`, `to:\tana`. */
function labelled(line: string): Labelled | null {
  const colon = line.search(/[:：]/);
  if (colon < 1 || colon > MAX_LABEL_LENGTH) return null;
  const field = fieldOf(line.slice(0, colon).replaceAll('*', ' '));
  return field === null
    ? null
    : {
        field,
        value: line
          .slice(colon + 1)
          .replace(/^[*\s]+/, '')
          .trim(),
      };
}

type Fields = ReadonlyMap<PastedField, string>;

/** Up to the first line that belongs to no field; some programs set an empty line between two of them. */
function readHeader(lines: readonly string[]): {
  readonly fields: Fields;
  readonly bodyAt: number;
} {
  const fields = new Map<PastedField, string>();
  let open: PastedField | null = null;
  let bodyAt = 0;
  for (const [index, line] of lines.slice(0, MAX_HEADER_LINES).entries()) {
    const label = labelled(line);
    if (label !== null && (label.field === 'other' || !fields.has(label.field))) {
      open = label.field;
      fields.set(open, label.value);
    } else if (
      open !== null &&
      line.trim() !== '' &&
      goesOn(open, fields, line, bodyAt === index)
    ) {
      fields.set(
        open,
        `${fields.get(open) ?? ''} ${line.trim()}`.trim().slice(0, MAX_VALUE_LENGTH),
      );
    } else if (line.trim() !== '') {
      break;
    } else {
      continue;
    }
    bodyAt = index + 1;
  }
  return { fields, bodyAt };
}

/** A value on the line after its label, a folded line, or a list of addresses that goes on. */
function goesOn(open: PastedField, fields: Fields, line: string, isNext: boolean): boolean {
  const value = fields.get(open) ?? '';
  if (value === '') return true;
  if (!isNext) return false;
  const isList = open === 'to' || open === 'cc' || open === 'bcc';
  return /^[ \t]/.test(line) || (isList && (/[,;]$/.test(value) || /^[^:]*@/.test(line)));
}

function toMessage(fields: Fields, timeZone: string, body: () => string): PastedMessage | null {
  const said = (['from', 'date', 'to', 'subject'] as const).filter((field) => fields.has(field));
  if (!fields.has('from') || said.length < MIN_FIELDS) return null;
  const value = (field: PastedField): string => fields.get(field) ?? '';
  const senders = peopleIn('from', value('from'));
  const sentAt = pastedDate(value('date'), timeZone);
  const participants = [
    ...(senders.length === 1 ? senders : []),
    ...(['to', 'cc', 'bcc'] as const).flatMap((role) => peopleIn(role, value(role))),
  ];
  // Words that happen to be labels do not make a header.
  if (participants.length === 0 && sentAt === null) return null;
  return {
    ...{ fromRaw: value('from').slice(0, MAX_SUBJECT_LENGTH), participants, sentAt },
    ...{ subject: value('subject').slice(0, MAX_SUBJECT_LENGTH), body: body() },
  };
}

/** Every address of a line with the words before it: `Jill Doe <jill@x>; Bob [mailto:bob@y]`. */
function peopleIn(role: ParticipantRole, value: string): readonly Participant[] {
  const found = new Map<string, Participant>();
  let end = 0;
  for (const match of value.matchAll(ADDRESS)) {
    const before = value.slice(Math.max(end, match.index - MAX_NAME_LENGTH), match.index);
    end = match.index + match[0].length;
    const address = parseAddress(match[0].replace(/\.$/, ''));
    if (address === null || found.has(address)) continue;
    found.set(address, { role, address, name: nameIn(before) });
  }
  return [...found.values()];
}

function nameIn(before: string): string {
  return before
    .replace(/mailto:/gi, '')
    .replace(/[<>()[\]"|]/g, '')
    .replace(/^[\s,;']{1,200}/, '')
    .replace(/[\s,;':]{1,200}$/, '');
}

/** Apple Mail and others quote what they forward. */
function unquoted(lines: readonly string[]): readonly string[] {
  return lines[0]?.startsWith('>') === true ? lines.map(withoutQuote) : lines;
}

function withoutQuote(line: string): string {
  return line.replace(/^>+ ?/, '');
}
