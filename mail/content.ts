import { toUSVString } from 'node:util';
import type { BodyPart, BodyStructure, MessageContent } from '../domain/message.ts';
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
const MESSAGES_AT_ONCE = 10;

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
      part.disposition !== 'attachment' &&
      // Some programs name the body itself; a later text with a name is a file shown inline.
      (part.fileName === null || part === structure.parts[0]),
  );
  return texts.slice(0, MAX_TEXT_PARTS);
}

/** What a reader would call attachments: no texts of the message, no pictures inside its HTML, no signatures. */
export function attachmentsOf(structure: BodyStructure): readonly BodyPart[] {
  const texts = new Set(chooseTextParts(structure));
  return structure.parts
    .filter(
      (part) => !texts.has(part) && !isEmbeddedImage(part) && !MACHINE_TYPES.has(part.mediaType),
    )
    .slice(0, MAX_ATTACHMENTS);
}

/** Decodes the text parts of one message into what is shown of it. Total: octets that make no sense give no text. */
export async function readContent(parts: readonly FetchedPart[]): Promise<MessageContent> {
  return toContent(await decodeTexts(parts));
}

/** The same for many messages, which is cheaper; in their order. Takes its time: content-pool.ts runs it apart. */
export async function readContents(
  messages: readonly (readonly FetchedPart[])[],
): Promise<readonly MessageContent[]> {
  const contents: MessageContent[] = [];
  for (const some of chunks(messages, MESSAGES_AT_ONCE)) {
    const texts: Texts[] = [];
    for (const parts of some) texts.push(await decodeTexts(parts));
    const read: MessageContent[] = [];
    const isDone = isDoneWithin(BUDGET_AT_ONCE_MS, () => {
      for (const text of texts) read.push(toContent(text));
    });
    contents.push(...(isDone ? read : texts.map(toContent)));
  }
  return contents;
}

/** What can be shown of a message that nothing else gets through: its text, by means that neither hang nor fail. */
export async function readContentSimply(parts: readonly FetchedPart[]): Promise<MessageContent> {
  const { plain, html } = await decodeTexts(parts, decodeSimply);
  const text = plain === '' ? withoutTags(html) : plain;
  return { text, replyText: text.trim(), html: null };
}

interface Texts {
  readonly plain: string;
  readonly html: string;
}

type Decode = (part: FetchedPart) => string | Promise<string>;

async function decodeTexts(
  parts: readonly FetchedPart[],
  decode: Decode = decodePart,
): Promise<Texts> {
  const ofType = (type: string) => parts.filter(({ part }) => part.mediaType === type);
  return {
    plain: await decodeAll(ofType('text/plain'), decode),
    html: await decodeAll(ofType('text/html'), decode),
  };
}

function toContent({ plain, html: raw }: Texts): MessageContent {
  const html = raw === '' ? null : sanitizeMessageHtml(raw);
  const text = plain === '' ? textOf(raw, html) : plain;
  return { text, replyText: withoutQuotedHistory(text), html };
}

function textOf(raw: string, html: string | null): string {
  return html === null ? withoutTags(raw) : htmlToPlainText(html);
}

/** The text without quoted history and signature, or the whole text where there is nothing else. */
export function withoutQuotedHistory(text: string): string {
  const input = text
    .slice(0, MAX_REPLY_INPUT_LENGTH)
    // email-reply-parser is quadratic in blank lines: 10,000 of them take more than two seconds.
    .replace(/\n(?:[ \t]*\n){2,}/g, '\n\n')
    .split('\n')
    .slice(0, MAX_REPLY_INPUT_LINES)
    .join('\n');
  const reply = visibleReply(input);
  return reply === '' ? text.trim() : reply;
}

async function decodeAll(parts: readonly FetchedPart[], decode: Decode): Promise<string> {
  const texts: string[] = [];
  for (const part of parts) texts.push(await decode(part));
  const written = texts.filter((text) => text.trim() !== '');
  return toUSVString(written.join('\n').slice(0, MAX_TEXT_LENGTH));
}

function isEmbeddedImage(part: BodyPart): boolean {
  return (
    part.mediaType.startsWith('image/') &&
    part.contentId !== null &&
    part.disposition !== 'attachment'
  );
}
