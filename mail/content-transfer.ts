const BASE64_LINE = /^[A-Za-z0-9+/]+={0,2}$/;
const STARTS_AS_BASE64 = /^[A-Za-z0-9+/]*={1,2}/;
/** A shorter line behind the end of the text is a word that somebody appended. */
const SHORTEST_LINE = 20;
const [SPACE, TAB, CR] = [0x20, 0x09, 0x0d];

/** Undoes a Content-Transfer-Encoding (RFC 2045 section 6) however badly it was done; an unknown one is none. */
export function withoutTransferEncoding(encoding: string, octets: Buffer): Buffer {
  switch (encoding) {
    case 'base64':
      return fromBase64(octets.toString('latin1'));
    case 'quoted-printable':
      return fromQuotedPrintable(octets.toString('latin1'));
    default:
      return octets;
  }
}

/** Ends where the encoded text does: mailing lists append their footers in plain letters. */
function fromBase64(text: string): Buffer {
  const chunks: string[] = [''];
  let isEnded = false;
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '') continue;
    const isBase64: boolean = BASE64_LINE.test(line) && (!isEnded || line.length >= SHORTEST_LINE);
    const chunk: string = isBase64 ? line : isEnded ? '' : (STARTS_AS_BASE64.exec(line)?.[0] ?? '');
    // What never was base64 is taken for what can be found in it.
    if (chunk === '' && chunks.length === 1 && chunks[0] === '') return Buffer.from(text, 'base64');
    if (chunk === '') break;
    if (isEnded) chunks.push(chunk);
    else chunks.push(`${chunks.pop() ?? ''}${chunk}`);
    isEnded = chunk.endsWith('=');
    if (!isBase64) break;
  }
  return Buffer.concat(chunks.map((chunk) => Buffer.from(chunk, 'base64')));
}

/** Takes lower-case digits, leaves an `=` that means nothing, and drops blanks that transport added to lines (rule 3). */
function fromQuotedPrintable(text: string): Buffer {
  const lines = text.split('\n');
  const decoded = lines.map((line, index) => {
    const end = endOfLine(line);
    const isSoft = line[end - 1] === '=';
    const isLast = index === lines.length - 1;
    const content = line
      .slice(0, isSoft ? end - 1 : end)
      .replace(/=([0-9a-f]{2})/gi, (_escape, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      );
    return isSoft || isLast ? content : `${content}\n`;
  });
  return Buffer.from(decoded.join(''), 'latin1');
}

function endOfLine(line: string): number {
  let end = line.length;
  for (; end > 0; end -= 1) {
    const code = line.charCodeAt(end - 1);
    if (code !== SPACE && code !== TAB && code !== CR) break;
  }
  return end;
}
