import { randomUUID } from 'node:crypto';
import { addressList, bareAddress, headerText } from './mime/header.ts';
import type { Person } from './mime/header.ts';
import { filePart, multipart, plainPart, renderPart, textPart } from './mime/part.ts';
import type { Attachment, Part, TransferEncoding } from './mime/part.ts';

export type { Attachment, Person, TransferEncoding };

/** What a message is meant to be; everything has a sensible default, so a test names only what it is about. */
export interface MessageIntent {
  readonly from?: Person | readonly Person[];
  readonly to?: Person | readonly Person[];
  readonly cc?: Person | readonly Person[];
  readonly bcc?: Person | readonly Person[];
  readonly replyTo?: Person | readonly Person[];
  /** No Subject field when absent. */
  readonly subject?: string;
  readonly date?: Date;
  /** With or without angle brackets; made up when absent; null: no Message-ID field. */
  readonly messageId?: string | null;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  /** Further fields; one that the builder writes itself is replaced. Written as they are, folds included. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly html?: string;
  readonly attachments?: readonly Attachment[];
  /** Of the text, the subject, the names and the file names. UTF-8 when absent. */
  readonly charset?: string;
  readonly encoding?: TransferEncoding;
  readonly isFlowed?: boolean;
}

export interface BounceIntent {
  readonly from: Person;
  readonly to: Person;
  readonly date?: Date;
  readonly messageId?: string;
  /** Who could not be reached, and why in the words of the remote server. */
  readonly recipient: string;
  readonly status: string;
  readonly diagnostic: string;
  /** RFC 3464 section 2.3.3; `failed` when absent. */
  readonly action?: 'failed' | 'delayed';
  /** The message that came back. */
  readonly original: Buffer;
}

type Field = readonly [name: string, value: string];

/** A complete RFC 5322 message with CRLF line ends. */
export function aMessage(intent: MessageIntent = {}): Buffer {
  return renderMessage(intent, bodyOf(intent));
}

/** A delivery status notification (RFC 3464) about a message that could not be delivered. */
export function aBounce(intent: BounceIntent): Buffer {
  const remote = bareAddress(intent.from).split('@').at(-1) ?? '';
  const explanation = textPart(
    `This is the mail system at ${remote}.\n\n` +
      `I am sorry to inform you that your message could not be delivered to\n` +
      `${intent.recipient}: ${intent.diagnostic}\n\nNo further attempts will be made.\n`,
    { subtype: 'plain', charset: 'us-ascii' },
  );
  const status = plainPart(
    'message/delivery-status',
    `Reporting-MTA: dns; ${remote}\n\n` +
      `Final-Recipient: rfc822; ${intent.recipient}\nAction: ${intent.action ?? 'failed'}\nStatus: ${intent.status}\n` +
      `Diagnostic-Code: smtp; ${intent.diagnostic}\n`,
  );
  const headersOfOriginal = `${intent.original.toString('latin1').split('\r\n\r\n')[0] ?? ''}\n`;
  const original = plainPart('text/rfc822-headers', headersOfOriginal);
  const { from, to, date, messageId } = intent;
  return renderMessage(
    {
      from,
      to,
      subject: 'Undelivered Mail Returned to Sender',
      ...(date && { date }),
      ...(messageId !== undefined && { messageId }),
      headers: { 'Return-Path': '<>', 'Auto-Submitted': 'auto-replied' },
    },
    multipart('report', [explanation, status, original], '; report-type=delivery-status'),
  );
}

function renderMessage(intent: MessageIntent, body: Part): Buffer {
  const overrides = Object.entries(intent.headers ?? {});
  const overridden = new Set(overrides.map(([name]) => name.toLowerCase()));
  const own = fieldsOf(intent).filter(([name]) => !overridden.has(name.toLowerCase()));
  const mime: readonly Field[] = [['MIME-Version', '1.0'], ...body.headers];
  const kept = mime.filter(([name]) => !overridden.has(name.toLowerCase()));
  return renderPart({ headers: [...own, ...overrides, ...kept], body: body.body });
}

function fieldsOf(intent: MessageIntent): readonly Field[] {
  const charset = intent.charset ?? 'utf-8';
  const from = intent.from ?? 'jill@customer.example';
  const fields: readonly (readonly [name: string, value: string | null | undefined])[] = [
    ['From', addressList(from, charset)],
    ['To', people(intent.to ?? 'ana@northwind-coffee.example', charset)],
    ['Cc', people(intent.cc, charset)],
    ['Bcc', people(intent.bcc, charset)],
    ['Reply-To', people(intent.replyTo, charset)],
    ['Subject', intent.subject === undefined ? null : headerText(intent.subject, charset)],
    ['Date', (intent.date ?? new Date()).toUTCString().replace('GMT', '+0000')],
    ['Message-ID', intent.messageId === undefined ? newId(from) : bracketed(intent.messageId)],
    ['In-Reply-To', bracketed(intent.inReplyTo)],
    ['References', intent.references?.map(bracketed).join(' ')],
  ];
  return fields.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

function people(list: Person | readonly Person[] | undefined, charset: string): string | null {
  return list === undefined ? null : addressList(list, charset);
}

function newId(from: Person | readonly Person[]): string {
  const bare = /@([\w.-]+)/.exec(addressList(from))?.[1] ?? 'customer.example';
  return `<${randomUUID()}@${bare}>`;
}

function bracketed(id: string | null | undefined): string | null {
  return id == null || id === '' ? null : `<${id.replace(/^<|>$/g, '')}>`;
}

/** alternative(text, related(html, inline images)) inside mixed(…, files), each level only when it is needed. */
function bodyOf(intent: MessageIntent): Part {
  const charset = intent.charset ?? 'utf-8';
  const form = {
    charset,
    ...(intent.encoding && { encoding: intent.encoding }),
    ...(intent.isFlowed === true && { isFlowed: true }),
  };
  const attachments = intent.attachments ?? [];
  const toPart = (file: Attachment) => filePart(file, charset);
  const images = attachments.filter((file) => file.contentId !== undefined).map(toPart);
  const files = attachments.filter((file) => file.contentId === undefined).map(toPart);

  const versions: Part[] = [];
  if (intent.text !== undefined || intent.html === undefined) {
    versions.push(textPart(intent.text ?? '', { ...form, subtype: 'plain' }));
  }
  if (intent.html !== undefined) {
    const html = textPart(intent.html, { ...form, isFlowed: false, subtype: 'html' });
    versions.push(wrap('related', [html, ...images]));
  }
  const loose = intent.html === undefined ? images : [];
  return wrap('mixed', [wrap('alternative', versions), ...loose, ...files]);
}

/** A single part stands alone. */
function wrap(subtype: string, parts: readonly Part[]): Part {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : multipart(subtype, parts);
}
