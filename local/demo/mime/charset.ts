const REPLACEMENT = '\u{FFFD}';
const ESC = 0x1b;
/** RFC 1468: the two states of ISO-2022-JP that are used here. */
const TO_JIS = [ESC, 0x24, 0x42];
const TO_ASCII = [ESC, 0x28, 0x42];

const tables = new Map<string, ReadonlyMap<string, readonly number[]>>();

/** Whether every character can stand in a message as it is (printable ASCII, tab, line ends). */
export function isAscii(text: string): boolean {
  return /^[\t\r\n\x20-\x7e]*$/.test(text);
}

/**
 * The bytes of a text in a charset by its MIME name. Node encodes only UTF-8 and Latin-1, but decodes everything, so
 * the table of any other charset is its decoder read backwards. Throws on a character that the charset does not have.
 */
export function encodeText(text: string, charset: string): Buffer {
  const name = charset.toLowerCase();
  if (name === 'utf-8') return Buffer.from(text, 'utf8');
  if (name === 'us-ascii') return fromCodes(text, 0x7f, name);
  if (name === 'iso-8859-1') return fromCodes(text, 0xff, name);
  if (name === 'iso-2022-jp') return encodeIso2022Jp(text);
  const table = tableOf(name);
  return Buffer.from(Array.from(text).flatMap((character) => look(table, character, name)));
}

function fromCodes(text: string, highest: number, charset: string): Buffer {
  for (const character of text) {
    if ((character.codePointAt(0) ?? 0) > highest) throw missing(character, charset);
  }
  return Buffer.from(text, 'latin1');
}

/** JIS X 0208 is EUC-JP without the high bits, between escape sequences; every line ends in ASCII. */
function encodeIso2022Jp(text: string): Buffer {
  const table = tableOf('euc-jp');
  const bytes: number[] = [];
  let isJis = false;
  for (const character of text) {
    const code = look(table, character, 'iso-2022-jp');
    const needsJis = code.length === 2;
    if (needsJis !== isJis) bytes.push(...(needsJis ? TO_JIS : TO_ASCII));
    isJis = needsJis;
    bytes.push(...code.map((byte) => byte & 0x7f));
  }
  if (isJis) bytes.push(...TO_ASCII);
  return Buffer.from(bytes);
}

function tableOf(charset: string): ReadonlyMap<string, readonly number[]> {
  const known = tables.get(charset);
  if (known !== undefined) return known;
  const table = readBackwards(charset);
  tables.set(charset, table);
  return table;
}

/** One-byte characters, then two-byte ones; the first code of a character wins. */
function readBackwards(charset: string): ReadonlyMap<string, readonly number[]> {
  const decoder = new TextDecoder(charset);
  const table = new Map<string, readonly number[]>();
  const learn = (code: readonly number[]) => {
    const text = decoder.decode(Uint8Array.from(code));
    if (Array.from(text).length === 1 && text !== REPLACEMENT && !table.has(text))
      table.set(text, code);
  };
  for (let byte = 0; byte <= 0xff; byte++) learn([byte]);
  if (table.size === 0x100) return table;
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) learn([lead, trail]);
  }
  return table;
}

function look(
  table: ReadonlyMap<string, readonly number[]>,
  character: string,
  charset: string,
): readonly number[] {
  const code = table.get(character);
  if (code === undefined) throw missing(character, charset);
  return code;
}

function missing(character: string, charset: string): RangeError {
  return new RangeError(`${charset} has no character ${JSON.stringify(character)}`);
}
