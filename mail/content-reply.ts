import * as words from './content-reply-words.ts';

/** Longer lines are paragraphs; no program writes such an introduction. */
const MAX_LINE_LENGTH = 400;
/** An introduction is broken by whoever wraps lines: over three lines, with an empty one in some programs. */
const LINES_OF_AN_INTRODUCTION = 5;
/** Header lines that were copied, with those that were wrapped. */
const LINES_OF_A_HEADER = 12;
/** Longer than this is no signature, and what was taken for its beginning is part of the writing. */
const LINES_OF_A_SIGNATURE = 25;
const LINES_BELOW_A_RULE = 12;

/** What a line is: part of a quotation, the introduction of one, of a forwarded message, empty, or writing. */
type Kind = 'quoted' | 'introduction' | 'forward' | 'empty' | 'text';

/**
 * The text without quoted history and signature; empty when there is nothing else. Takes time in proportion to the text.
 * Quoted are lines that begin with `>`, and everything below an introduction that is followed by none of them. Answers
 * between the lines of a quotation stay, as does a forwarded message.
 */
export function visibleReply(text: string): string {
  const lines = text.split('\n');
  const kinds = kindsOf(lines);
  if (kinds === null) return withoutSignature(lines).join('\n').trim();
  keepLoneMark(kinds);
  joinBrokenLinks(lines, kinds);
  const kept: string[] = [];
  let section: string[] = [];
  const endSection = () => {
    kept.push(...withoutSignature(section));
    section = [];
  };
  for (let at = 0; at < lines.length; at += 1) {
    const kind = kinds[at];
    if (kind === 'forward' && !kinds.slice(0, at).includes('introduction')) {
      endSection();
      kept.push(...lines.slice(at));
      break;
    }
    if (kind === 'introduction') {
      const next = kinds.slice(at).find((one) => one !== 'introduction' && one !== 'empty');
      endSection();
      // Below an introduction that begins the text stand answers, marked in ways of their own.
      if (next !== 'quoted' && kept.some((line) => line.trim() !== '')) break;
    } else if (kind === 'quoted') endSection();
    else section.push(lines[at] ?? '');
  }
  endSection();
  return kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** null when all of it is writing, which most messages are. */
function kindsOf(lines: string[]): Kind[] | null {
  const kinds: Kind[] = [];
  let isPlain = true;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const kind = kindOf(line);
    kinds.push(kind);
    if (kind === 'quoted' || kind === 'forward') isPlain = false;
    if (kind === 'introduction') {
      isPlain = false;
      continue;
    }
    if (kind !== 'text' && !/^>\s?wrote:$/.test(line)) continue;
    const found = introductionAt(lines, kinds, at) || headerAt(lines, kinds, at);
    if (found) isPlain = false;
    // The rest of a copied header was told with its first line.
    at = Math.max(at, kinds.length - 1);
  }
  return isPlain ? null : kinds;
}

function kindOf(line: string): Kind {
  // `>From ` is how mail files escape lines of writing.
  if (line.startsWith('>')) return line.startsWith('>From ') ? 'text' : 'quoted';
  const trimmed = line.trim();
  if (trimmed === '') return 'empty';
  if (trimmed.length > MAX_LINE_LENGTH) return 'text';
  const start = trimmed.charCodeAt(0);
  // `-`, `_`, `*`, and the `b`, `a`, `d` of "Begin forwarded message:" in three languages.
  if (start === 0x2d || start === 0x5f || start === 0x2a) {
    if (words.IS_ORIGINAL.test(trimmed) || words.DASHED_WROTE.test(trimmed)) return 'introduction';
    if (words.IS_FORWARDED.test(trimmed)) return 'forward';
  } else if (trimmed.endsWith(':') && words.IS_FORWARDED.test(trimmed)) return 'forward';
  return words.DATE_AND_ADDRESS.test(trimmed) ? 'introduction' : 'text';
}

/** Whether the line ends an introduction, `On …, Bob wrote:`; marks its lines, and cuts off what stands before it. */
function introductionAt(lines: string[], kinds: Kind[], at: number): boolean {
  const last = (lines[at] ?? '').trim();
  if (last.length > MAX_LINE_LENGTH) return false;
  const end = last.charAt(last.length - 1);
  const hasColon = end === ':' || end === '：';
  const isAboveQuote = hasColon && lines[at + 1]?.startsWith('>') === true;
  const isEnd =
    (hasColon || end === '-') &&
    (words.ENDS_WITH_WROTE.test(last) || words.ENDS_WITH_NAME.test(last));
  const mayEnd =
    isEnd ||
    isAboveQuote ||
    (hasColon && words.ENDS_WITH_ADDRESS.test(last)) ||
    ((end === '-' || /[te]$/i.test(end)) && words.ENDS_WITHOUT_COLON.test(last));
  if (!mayEnd) return false;
  let joined = '';
  const lowest = Math.max(0, at - LINES_OF_AN_INTRODUCTION + 1);
  for (let start = at; start >= lowest; start -= 1) {
    const line = (lines[start] ?? '').trim();
    if (kinds[start] === 'introduction' || line.length > MAX_LINE_LENGTH) break;
    if (start < at && kinds[start] === 'quoted') break;
    joined = `${line} ${joined}`;
    const isDated = words.HAS_DATE_OR_ADDRESS.test(joined);
    if (isDated && words.STARTS_WITH_DATE.test(line)) return mark(kinds, start, at);
    const within = start === at || start === at - 1 ? words.DATE_WITHIN.exec(line) : null;
    if (isDated && within !== null && within.index > 0) {
      // The answer and the introduction share a line.
      lines[start] = line.slice(0, within.index);
      if (start === at) lines.splice(at + 1, 0, line.slice(within.index));
      if (start === at) kinds.push('introduction');
      return start === at ? true : mark(kinds, start + 1, at);
    }
  }
  // `Bob <bob@x.example> wrote:`, `Thu, 26 Jun 2014 14:00 Bob <bob@x.example>:`
  const line =
    /^<?[^\s<>]+@[^\s<>]+>/.test(last) && at > 0 ? `${lines[at - 1] ?? ''} ${last}` : last;
  const isNamed = isEnd && /@[^\s<>]+[>)\]]?\s/.test(line);
  const isDatedAddress =
    line.includes('@') && /\b(?:19|20)\d{2}\b/.test(line) && /\d:\d{2}/.test(line);
  if (!isNamed && !isDatedAddress) return false;
  return mark(kinds, line === last ? at : at - 1, at);
}

/**
 * Whether a header that was copied begins here: `From:` with another header line and a subject or an address, without which it
 * may be a journey; or alone with an address.
 */
function headerAt(lines: readonly string[], kinds: Kind[], at: number): boolean {
  const line = lines[at] ?? '';
  if (!line.slice(0, 40).match(/[:：]/) || !words.STARTS_HEADER.test(line)) return false;
  let end = at;
  let headers = 1;
  for (let next = at + 1; next < Math.min(lines.length, at + LINES_OF_A_HEADER); next += 1) {
    const below = lines[next] ?? '';
    if (below.trim() === '' || below.startsWith('>')) break;
    if (words.IS_HEADER.test(below)) headers += 1;
    end = next;
  }
  const isAfterGap =
    at === 0 || kinds[at - 1] !== 'text' || words.IS_RULE.test(lines[at - 1] ?? '');
  const isAlone = isAfterGap && end === at && words.IS_FROM.test(line) && line.includes('@');
  const isOfMail = lines
    .slice(at, end + 1)
    .some((one) => one.includes('@') || words.IS_OF_MAIL.test(one));
  if (!isAlone && (headers < 2 || !isOfMail)) return false;
  while (kinds.length <= end) kinds.push('introduction');
  let start = at;
  const above = kinds.findLastIndex((kind, index) => index < at && kind !== 'empty');
  if (above >= 0 && words.IS_RULE.test(lines[above] ?? '')) start = above;
  return mark(kinds, start, end);
}

function mark(kinds: Kind[], from: number, to: number): true {
  kinds.fill('introduction', from, to + 1);
  return true;
}

/** The only line with `>`, between two lines of writing, is an ornament and no quotation. */
function keepLoneMark(kinds: Kind[]): void {
  const at = kinds.indexOf('quoted');
  const isOnly = at === kinds.lastIndexOf('quoted') && !kinds.includes('introduction');
  if (isOnly && kinds[at - 1] === 'text' && kinds[at + 1] === 'text') kinds[at] = 'text';
}

/** A link in parentheses that was wrapped within a quotation looks like an answer. */
function joinBrokenLinks(lines: readonly string[], kinds: Kind[]): void {
  for (let at = 1; at < kinds.length - 1; at += 1) {
    if (kinds[at] !== 'text' || kinds[at - 1] !== 'quoted') continue;
    const isLink = isOpen(lines[at - 1] ?? '') || (lines[at] ?? '').trimStart().startsWith('(http');
    if (isLink && kinds.slice(at + 1, at + 3).includes('quoted')) kinds[at] = 'quoted';
  }
}

function isOpen(line: string): boolean {
  const at = line.lastIndexOf('(http');
  return at >= 0 && !line.includes(')', at);
}

/** Cuts at the first mark of a signature below which there is no more than a signature. */
function withoutSignature(section: readonly string[]): readonly string[] {
  let below = 0;
  let cut = section.length;
  for (let at = section.length - 1; at >= 0 && below <= LINES_OF_A_SIGNATURE; at -= 1) {
    const line = section[at] ?? '';
    if (isSignatureMark(line, below)) cut = at;
    if (line.trim() !== '') below += 1;
  }
  return section.slice(0, cut);
}

function isSignatureMark(line: string, linesBelow: number): boolean {
  if (line.length > 120 || line === '') return false;
  if (words.IS_SIGNATURE_MARK.test(line)) return true;
  if (words.IS_RULE.test(line)) return linesBelow <= LINES_BELOW_A_RULE;
  return words.IS_FAREWELL.test(line);
}
