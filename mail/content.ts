import { toUSVString } from 'node:util';
import type { BodyPart, BodyStructure, MessageContent } from '../domain/message.ts';
import { calendarPartOf, isCalendar, readInvite } from './calendar.ts';
import { htmlToPlainText, sanitizeMessageHtml, withoutTags } from './content-html.ts';
import { decodePart, decodeSimply } from './content-part.ts';
import { visibleReply } from './content-reply.ts';
import { chunks } from './imap-search.ts';
import type { FetchedPart } from './session.ts';
import { isDoneWithin } from './time-budget.ts';

/** What is kept of a text, in characters; more than this is a log file, not a message. */
const MAX_TEXT_LENGTH = 2 * 1024 * 1024;
const MAX_TEXT_PARTS = 20;
const MAX_ATTACHMENTS = 100;
const MAX_REPLY_INPUT_LENGTH = 64 * 1024;
const MAX_REPLY_INPUT_LINES = 2000;
/** Within what a single piece of work may take at least, so that none gets more than alone. */
const BUDGET_AT_ONCE_MS = 250;
const MESSAGES_AT_ONCE = 20;

/** Parts that carry machinery of the message and not a file that somebody attached. */
const MACHINE_TYPES: ReadonlySet<string> = new Set([
  'application/pgp-signature',
  'application/pkcs7-signature',
  'application/x-pkcs7-signature',
  'message/delivery-status',
  'message/disposition-notification',
  'text/rfc822-headers',
  'text/x-amp-html',
]);

/** The text/plain and text/html leaves that are the message itself; both of a multipart/alternative (R42). */
export function chooseTextParts(structure: BodyStructure): readonly BodyPart[] {
  const texts = structure.parts.filter(
    (part) =>
      (part.mediaType === 'text/plain' || part.mediaType === 'text/html') &&
      !isCalendar(part) &&
      part.disposition !== 'attachment' &&
      // Some programs name the body itself; a later text with a name is a file shown inline.
      (part.fileName === null || part === structure.parts[0]),
  );
  return texts.slice(0, MAX_TEXT_PARTS);
}

/** What is downloaded of a message that is logged: its texts, and the first invitation. */
export function partsToRead(structure: BodyStructure): readonly BodyPart[] {
  const calendar = calendarPartOf(structure);
  const texts = chooseTextParts(structure);
  return calendar === null ? texts : [...texts, calendar];
}

/**
 * What a reader would call files: no texts of the message and no signatures. Which of the pictures the HTML shows, and are no
 * attachments therefore, the HTML says (`shownContentIds`).
 */
export function attachmentsOf(structure: BodyStructure): readonly BodyPart[] {
  const texts = new Set(chooseTextParts(structure));
  return structure.parts
    .filter((part) => !texts.has(part) && !MACHINE_TYPES.has(part.mediaType))
    .slice(0, MAX_ATTACHMENTS);
}

/** Decodes the text parts of one message into what is shown of it. Total: octets that make no sense give no text. */
export function readContent(parts: readonly FetchedPart[]): Promise<MessageContent> {
  return Promise.resolve(toContent(decodeTexts(parts)));
}

/**
 * The same for many messages, which is cheaper; in their order. Takes its time: content-pool.ts runs it apart, and hears by
 * `begins` that it goes on.
 */
export function readContents(
  messages: readonly (readonly FetchedPart[])[],
  begins: () => void = () => undefined,
): Promise<readonly MessageContent[]> {
  const contents: MessageContent[] = [];
  for (const some of chunks(messages, MESSAGES_AT_ONCE)) {
    const texts: Texts[] = [];
    for (const parts of some) {
      begins();
      texts.push(decodeTexts(parts));
    }
    begins();
    const read: MessageContent[] = [];
    const isDone = isDoneWithin(BUDGET_AT_ONCE_MS, () => {
      for (const text of texts) read.push(toContent(text));
    });
    const alone = (one: Texts): MessageContent => {
      begins();
      return toContent(one);
    };
    contents.push(...(isDone ? read : texts.map(alone)));
  }
  return Promise.resolve(contents);
}

/** What can be shown of a message that nothing else gets through: its text, by means that neither hang nor fail. */
export function readContentSimply(parts: readonly FetchedPart[]): MessageContent {
  const { plain, html } = decodeTexts(parts, decodeSimply);
  const text = plain === '' ? withoutTags(html) : plain;
  return { text, replyText: text.trim(), html: null };
}

interface Texts {
  readonly plain: string;
  readonly html: string;
  readonly calendar: string | null;
}

type Decode = (part: FetchedPart) => string;

function decodeTexts(parts: readonly FetchedPart[], decode: Decode = decodePart): Texts {
  const ofType = (type: string) =>
    parts.filter(({ part }) => part.mediaType === type && !isCalendar(part));
  const calendar = parts.find(({ part }) => isCalendar(part));
  return {
    plain: decodeAll(ofType('text/plain'), decode),
    html: decodeAll(ofType('text/html'), decode),
    calendar: calendar === undefined ? null : decode(calendar),
  };
}

function toContent({ plain, html: raw, calendar: file }: Texts): MessageContent {
  const html = raw === '' ? null : sanitizeMessageHtml(raw);
  const text = plain === '' ? textOf(raw, html) : plain;
  const calendar = file === null ? null : readInvite(file);
  return {
    ...{ text, replyText: withoutQuotedHistory(text), html },
    ...(calendar === null ? {} : { calendar }),
  };
}

function textOf(raw: string, html: string | null): string {
  return html === null ? withoutTags(raw) : htmlToPlainText(html);
}

/** The text without quoted history and signature, or the whole text where there is nothing else. */
export function withoutQuotedHistory(text: string): string {
  const input = text
    .slice(0, MAX_REPLY_INPUT_LENGTH)
    .replace(/\n(?:[ \t]*\n){2,}/g, '\n\n')
    .split('\n')
    .slice(0, MAX_REPLY_INPUT_LINES)
    .join('\n');
  const reply = visibleReply(input);
  return reply === '' ? text.trim() : reply;
}

function decodeAll(parts: readonly FetchedPart[], decode: Decode): string {
  const texts: string[] = [];
  let length = 0;
  for (const part of parts) {
    if (length > MAX_TEXT_LENGTH) break;
    const text = decode(part);
    texts.push(text);
    length += text.length;
  }
  const written = texts.filter((text) => text.trim() !== '');
  return toUSVString(written.join('\n').slice(0, MAX_TEXT_LENGTH));
}
