import { isAscii, isUtf8 } from 'node:buffer';
import type { FetchedPart } from './session.ts';

/** Charsets that read US-ASCII as US-ASCII. */
const ASCII_COMPATIBLE = /^(?:|us-ascii|ascii|utf-?8|iso-8859-1?\d|windows-125\d)$/;
const BASE64 = /^[a-z0-9+/]*={0,2}$/i;
/** Every `=` begins an octet or ends a line, and no line ends in a blank: what all decoders read alike. */
const STRAY_EQUALS = /=(?!(?:[0-9A-F]{2}|\r\n))|[ \t]\r?$/m;
/** Decoders disagree about what it means. */
const LONE_CR = /\r(?!\n)/;
const ESCAPE = /=(?:([0-9A-F]{2})|\r\n)/g;

/**
 * The text of a part that is well-formed and in US-ASCII or UTF-8, which most are: the same as mailparser would make of it, for
 * a hundredth of the time. null for all others.
 */
export function decodePlainly({ part, octets }: FetchedPart): string | null {
  const charset = part.charset?.toLowerCase() ?? '';
  if (!ASCII_COMPATIBLE.test(charset)) return null;
  const decoded = withoutTransferEncoding(part.encoding, octets);
  if (decoded === null) return null;
  const isKnown = isAscii(decoded) || (isUtf8(decoded) && !/^(?:iso|windows)/.test(charset));
  if (!isKnown) return null;
  const text = decoded.toString('utf8');
  return LONE_CR.test(text) ? null : text;
}

function withoutTransferEncoding(encoding: string, octets: Buffer): Buffer | null {
  switch (encoding) {
    case '7bit':
    case '8bit':
      return octets;
    case 'base64': {
      const text = octets.toString('latin1').replace(/[\r\n]+/g, '');
      return text.length % 4 === 0 && BASE64.test(text) ? Buffer.from(text, 'base64') : null;
    }
    case 'quoted-printable': {
      const text = octets.toString('latin1');
      return STRAY_EQUALS.test(text)
        ? null
        : Buffer.from(text.replace(ESCAPE, unescaped), 'latin1');
    }
    default:
      return null;
  }
}

function unescaped(_match: string, hex: string | undefined): string {
  return hex === undefined ? '' : String.fromCharCode(Number.parseInt(hex, 16));
}
