import { createHash } from 'node:crypto';
import { messageKeyMaterial } from '../domain/message-key.ts';
import type { BodyPart, BodyStructure, MessageContent, MessageHeaders } from '../domain/message.ts';
import { attachmentsOf } from './content.ts';
import { readContentsApart } from './content-pool.ts';
import { parseHeaderBlock } from './headers.ts';
import { HeaderKeeper } from './pop3-headers.ts';
import { MimeReader } from './pop3-mime.ts';
import type { FetchedPart } from './session.ts';
import { wantedFields } from './wanted-headers.ts';

/** A whole message as somebody handed it over, read as if a mail server had told of it. */
export interface RawMessage {
  /** Octets with line ends as on the wire. */
  readonly size: number;
  /** The fields that are kept of a header (`WANTED_HEADERS`), as they came. */
  readonly headerBlock: Buffer;
  readonly headers: MessageHeaders;
  readonly structure: BodyStructure;
  /** The text parts, still encoded. */
  readonly parts: readonly FetchedPart[];
  readonly attachments: readonly BodyPart[];
}

/** Why something is no message: nothing there, more than is read, or no header before the text (RFC 5322 section 2.1). */
export type RawMessageProblem = 'empty' | 'too_large' | 'no_header';

/** mbox: RFC 4155. */
const MBOX_LINE = /^>?From [^\n]*\n/;
const BYTE_ORDER_MARK = '\xef\xbb\xbf';
/** The block of a message that has no field at all. */
const NO_FIELDS = 2;

/**
 * Reads the source of a message (RFC 5322) with any line ends; a `From ` line of mbox before it is passed over. Total:
 * whatever the octets are, the answer is a message or what is wrong. Texts stay encoded until `contentOf` is asked.
 */
export function readRawMessage(
  raw: string | Buffer,
  { maxOctets = Number.POSITIVE_INFINITY } = {},
): RawMessage | RawMessageProblem {
  if (Buffer.byteLength(raw) > maxOctets) return 'too_large';
  const octets = asOnTheWire(typeof raw === 'string' ? Buffer.from(raw) : raw);
  if (octets.length === 0) return 'empty';
  const header = new HeaderKeeper();
  header.sink(octets);
  const headerBlock = wantedFields(header.block);
  if (headerBlock.length === NO_FIELDS) return 'no_header';
  const reader = new MimeReader();
  reader.push(octets);
  const { structure, parts } = reader.end();
  return {
    ...{ size: octets.length, headerBlock, structure, parts },
    headers: parseHeaderBlock(headerBlock),
    attachments: attachmentsOf(structure),
  };
}

/** The key under which the store knows the message, wherever it is seen (R40): SHA-256, hex. */
export function messageKeyOf({
  headers,
  structure,
}: Pick<RawMessage, 'headers' | 'structure'>): string {
  return createHash('sha256').update(messageKeyMaterial(headers, structure)).digest('hex');
}

/** Decodes the text of a message in a thread of its own, within two seconds of work whatever it is. */
export async function contentOf({ parts }: Pick<RawMessage, 'parts'>): Promise<MessageContent> {
  const [content] = await readContentsApart([parts]);
  return content ?? { text: '', replyText: '', html: null };
}

/** What is shown of a plain text that is no message, by the same rules. */
export async function contentOfText(text: string): Promise<MessageContent> {
  const octets = Buffer.from(text);
  const part: BodyPart = {
    ...{ part: '1', mediaType: 'text/plain', charset: 'utf-8', encoding: '8bit' },
    ...{ size: octets.length, disposition: null, fileName: null, contentId: null },
  };
  return contentOf({ parts: [{ part, octets }] });
}

/** Line ends as CRLF, so that parts have the sizes that a mail server would give them; Latin-1 keeps octets one to one. */
function asOnTheWire(octets: Buffer): Buffer {
  const text = octets.toString('latin1');
  const start = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  const whole = text
    .slice(start)
    .replace(/^(?:\r?\n)+/, '')
    .replace(MBOX_LINE, '');
  return Buffer.from(whole.replace(/\r?\n/g, '\r\n'), 'latin1');
}
