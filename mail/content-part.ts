import { isUtf8 } from 'node:buffer';
import { decode as decodeKnown } from 'libmime/lib/charset.js';
import { unflowed } from './content-flowed.ts';
import { decodePlainly } from './content-plain.ts';
import { withoutTransferEncoding } from './content-transfer.ts';
import type { FetchedPart } from './session.ts';

/** Names of UTF-8, those of MySQL among them. */
const UTF8 = /^(?:utf-?8(?:mb[34])?|unicode-1-1-utf-8|utf8-.*)$/;
/** What programs say that do not know: US-ASCII, and the code page of Windows under the name of the smaller Latin-1. */
const SAYS_LITTLE =
  /^(?:|.*ascii|ansi.*|default.*|unknown.*|iso-?8859-?1|latin-?1|windows-1252|cp1252)$/;
const BYTE_ORDER_MARK = '\ufeff';
/** Where an HTML page names its charset (HTML standard section 4.2.5.4). */
const META_OCTETS = 1024;
const META_CHARSET = /<meta\b[^>]{0,200}\bcharset\s*=\s*["']?([\w:.-]{1,40})/i;

const windows1252 = new TextDecoder('windows-1252');

/** Undoes transfer encoding, charset and flowing of one text part, line ends as `\n`. Never throws. */
export function decodePart(fetched: FetchedPart): string {
  const { part } = fetched;
  const text = clean(decodePlainly(fetched) ?? decodeFully(fetched));
  const isFlowed = part.flow !== undefined && part.mediaType === 'text/plain';
  return isFlowed ? unflowed(text, { isDelSp: part.flow === 'delsp' }) : text;
}

/** The same for what a decoder may fail on: what is not simple stays encoded. */
export function decodeSimply(fetched: FetchedPart): string {
  const { octets } = fetched;
  return clean(decodePlainly(fetched) ?? octets.toString(isUtf8(octets) ? 'utf8' : 'latin1'));
}

function clean(text: string): string {
  const unmarked = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  return unmarked.replace(/\r\n?/g, '\n').replaceAll('\0', '').trimEnd();
}

function decodeFully({ part, octets }: FetchedPart): string {
  const decoded = withoutTransferEncoding(part.encoding, octets);
  const declared = part.charset?.trim().toLowerCase() ?? '';
  const charset =
    declared === '' && part.mediaType === 'text/html' ? metaCharset(decoded) : declared;
  return decodeAs(charset, decoded);
}

function metaCharset(page: Buffer): string {
  const head = page.toString('latin1', 0, META_OCTETS);
  return META_CHARSET.exec(head)?.[1]?.toLowerCase() ?? '';
}

/**
 * The text of octets in a charset. Where little or nothing is said, or what is said cannot be, it is UTF-8 if it can be, which
 * other text never is by chance, and else the code page of old Windows programs. UTF-7 is not decoded: no program has
 * written it for twenty years, but people who smuggle markup past filters.
 */
function decodeAs(charset: string, octets: Buffer): string {
  if (octets[0] === 0xff && octets[1] === 0xfe && SAYS_LITTLE.test(charset)) {
    return octets.toString('utf16le');
  }
  if (UTF8.test(charset)) return decodeUtf8(octets);
  if (SAYS_LITTLE.test(charset))
    return isUtf8(octets) ? octets.toString() : windows1252.decode(octets);
  const text = decodeKnown(octets, charset);
  if (!text.includes('\ufffd')) return text;
  if (isUtf8(octets)) return octets.toString();
  // libmime reads charsets that nobody knows as UTF-8.
  return text === octets.toString() ? windows1252.decode(octets) : text;
}

/** A text that was cut has one broken character, one in another charset hardly any that is whole. */
function decodeUtf8(octets: Buffer): string {
  const text = octets.toString();
  if (isUtf8(octets)) return text;
  const broken = text.match(/\ufffd+/g)?.length ?? 0;
  const whole = text.match(/[^\0-\x7f\ufffd]+/g)?.length ?? 0;
  return broken > whole ? windows1252.decode(octets) : text;
}
