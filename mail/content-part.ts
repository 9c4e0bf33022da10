import { isUtf8 } from 'node:buffer';
import { simpleParser } from 'mailparser';
import { decodePlainly } from './content-plain.ts';
import type { FetchedPart } from './session.ts';

const ENCODINGS: ReadonlySet<string> = new Set([
  '7bit',
  '8bit',
  'binary',
  'base64',
  'quoted-printable',
]);
const OPTIONS = {
  skipTextToHtml: true,
  skipHtmlToText: true,
  skipTextLinks: true,
  keepCidLinks: true,
} as const;

/** Undoes transfer encoding and charset of one text part, line ends as `\n`. Never throws. */
export async function decodePart(fetched: FetchedPart): Promise<string> {
  const plain = decodePlainly(fetched);
  if (plain !== null) return clean(plain);
  const declared = fetched.part.charset?.toLowerCase() ?? '';
  const isUndeclared = declared === '' || declared.endsWith('ascii');
  const text = await decodeAs(fetched, isUndeclared ? 'utf-8' : declared);
  // 8-bit text that announces nothing is UTF-8 if it can be, else the code page of old Windows programs.
  const isGuessWrong = isUndeclared && text.includes('\ufffd');
  const best = isGuessWrong ? await decodeAs(fetched, 'windows-1252') : text;
  return clean(best);
}

/** The same without mailparser: what is not simple stays encoded. */
export function decodeSimply(fetched: FetchedPart): string {
  const { octets } = fetched;
  return clean(decodePlainly(fetched) ?? octets.toString(isUtf8(octets) ? 'utf8' : 'latin1'));
}

function clean(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\0', '').trimEnd();
}

/** mailparser knows more charsets than any other (cp850, utf-16, koi8-r), so the part is dressed as a message. */
async function decodeAs({ part, octets }: FetchedPart, charset: string): Promise<string> {
  const isHtml = part.mediaType === 'text/html';
  const header = [
    `Content-Type: text/${isHtml ? 'html' : 'plain'}; charset="${charset.replace(/[^\w.:+-]/g, '')}"`,
    `Content-Transfer-Encoding: ${ENCODINGS.has(part.encoding) ? part.encoding : '8bit'}`,
  ].join('\r\n');
  try {
    const parsed = await simpleParser(
      Buffer.concat([Buffer.from(`${header}\r\n\r\n`), octets]),
      OPTIONS,
    );
    return (isHtml ? parsed.html || '' : parsed.text) ?? '';
  } catch {
    return '';
  }
}
