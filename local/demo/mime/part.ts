import { createHash } from 'node:crypto';
import { encodeText } from './charset.ts';
import { headerLine, parameter } from './header.ts';

/** A MIME part: its header fields in order and its body as it travels. */
export interface Part {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

export type TransferEncoding = '7bit' | '8bit' | 'quoted-printable' | 'base64';

export interface TextForm {
  readonly subtype: 'plain' | 'html';
  readonly charset: string;
  /** Chosen by the bytes when absent. */
  readonly encoding?: TransferEncoding;
  /** RFC 3676: a line that ends in a space goes on in the next. */
  readonly isFlowed?: boolean;
}

export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
  /** Shown in the HTML as `cid:<contentId>` instead of being offered as a file. */
  readonly contentId?: string;
}

const LINE = 76;

export function textPart(text: string, form: TextForm): Part {
  const bytes = encodeText(text.replace(/\r?\n/g, '\r\n'), form.charset);
  const encoding = form.encoding ?? fittingEncoding(bytes);
  const flowed = form.isFlowed === true ? '; format=flowed' : '';
  return {
    headers: [
      ['Content-Type', `text/${form.subtype}; charset=${form.charset}${flowed}`],
      ['Content-Transfer-Encoding', encoding],
    ],
    body: encodeBody(bytes, encoding),
  };
}

export function filePart(file: Attachment, charset = 'utf-8'): Part {
  const isInline = file.contentId !== undefined;
  const disposition = isInline ? 'inline' : 'attachment';
  return {
    headers: [
      ['Content-Type', file.mediaType],
      ['Content-Transfer-Encoding', 'base64'],
      ['Content-Disposition', disposition + parameter('filename', file.name, charset)],
      ...(isInline ? [['Content-ID', `<${file.contentId}>`] as const] : []),
    ],
    body: encodeBody(file.content, 'base64'),
  };
}

/** A part of a machine-readable type, in ASCII (`message/delivery-status`). */
export function plainPart(contentType: string, text: string): Part {
  return {
    headers: [['Content-Type', contentType]],
    body: encodeText(text.replace(/\r?\n/g, '\r\n'), 'us-ascii'),
  };
}

/** `parameters` are written behind the subtype, e.g. `; report-type=delivery-status`. */
export function multipart(subtype: string, parts: readonly Part[], parameters = ''): Part {
  const rendered = parts.map(renderPart);
  // `=_` occurs in no base64 and no quoted-printable line (RFC 2045 section 6.7).
  const digest = createHash('sha256').update(Buffer.concat(rendered)).digest('hex').slice(0, 16);
  const boundary = `=_${digest}`;
  const delimiter = Buffer.from(`--${boundary}\r\n`);
  return {
    headers: [['Content-Type', `multipart/${subtype}${parameters}; boundary="${boundary}"`]],
    body: Buffer.concat([
      ...rendered.flatMap((part) => [delimiter, part, Buffer.from('\r\n')]),
      Buffer.from(`--${boundary}--\r\n`),
    ]),
  };
}

export function renderPart(part: Part): Buffer {
  const head = part.headers.map(([name, value]) => headerLine(name, value)).join('');
  return Buffer.concat([Buffer.from(`${head}\r\n`, 'latin1'), part.body]);
}

function fittingEncoding(bytes: Buffer): TransferEncoding {
  const text = bytes.toString('latin1');
  const isShort = text.split('\r\n').every((line) => line.length <= 998);
  if (isShort && !/[\x80-\xff]/.test(text)) return '7bit';
  return 'quoted-printable';
}

function encodeBody(bytes: Buffer, encoding: TransferEncoding): Buffer {
  switch (encoding) {
    case '7bit':
    case '8bit':
      return bytes;
    case 'base64':
      return Buffer.from(bytes.toString('base64').replace(/.{1,76}/g, '$&\r\n'));
    case 'quoted-printable':
      return Buffer.from(bytes.toString('latin1').split('\r\n').map(quotedPrintable).join('\r\n'));
  }
}

/** One line of RFC 2045 section 6.7, broken softly so that none is longer than 76. */
function quotedPrintable(line: string): string {
  const escapes = line.replace(
    /[^\t\x20-\x3c\x3e-\x7e]|[\t ]$/g,
    (byte) => `=${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  const lines: string[] = [];
  let rest = escapes;
  while (rest.length > LINE) {
    const cut = LINE - 1 - (/=.?$/.exec(rest.slice(0, LINE - 1))?.[0].length ?? 0);
    lines.push(`${rest.slice(0, cut)}=`);
    rest = rest.slice(cut);
  }
  return [...lines, rest].join('\r\n');
}
