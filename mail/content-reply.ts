import EmailReplyParser from 'email-reply-parser';
import { withinBudget } from './time-budget.ts';

const BUDGET_MS = 250;
/** How many lines the header of a quotation may span, with room to spare. */
const LINES_OF_A_HEADER = 8;

/**
 * Lines that email-reply-parser could take for the header of a quotation or for a signature, and some more: the fixed
 * words of each of its patterns, at the end of the line where the pattern ends with them.
 */
const MARK = new RegExp(
  [
    ...[
      /wrote|écrit|escribió|scritto|escreveu|schrieb|kirjoitti/,
      /г\. в\s/,
      /작성:|のメッセージ:/,
    ],
    ...[
      /\b(?:From|Von|De|Van|Da)\s?:/,
      />\s*:$/,
      /riginal message|prindelig|d'origine|ursprüngliche/,
    ],
    ...[/^\s*[-_+=]{2,}/, /sent from|get outlook|gesendet|sendt fra|envoyé|télécharger/],
    ...[/enviado|verzonden|verstuurd/],
    /(?:cheers|best wishes|regards|bien . vous|cordialement|bonne (?:journ|soir).e)[,!！]*\s*$/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'im',
);
/** What ends a header that may have begun anywhere above. */
const FAR_REACHING = /schreef|pisze|napisał|skrev|写道/i;

/** Stand for what is left out; neither the parser nor Unicode knows them. */
const [OPEN, CLOSE] = ['\ue000', '\ue001'];
const LEFT_OUT = new RegExp(`${OPEN}(\\d+)${CLOSE}`, 'g');

/**
 * The text without quoted history and signature, by email-reply-parser; empty when that finds nothing else or gives up.
 * The parser looks at each line with fifty patterns, and turns it around for each of them, so it gets only those lines
 * whose words can make a difference.
 */
export function visibleReply(text: string): string {
  const lines = text.split('\n');
  const mayLeaveOut = !FAR_REACHING.test(text) && !text.includes(OPEN) && !text.includes(CLOSE);
  if (!mayLeaveOut) return parsed(text).trim();
  const isMark = lines.map((line) => MARK.test(line));
  const start = firstLineInDoubt(lines, isMark);
  const above = lines.slice(0, start).map((line) => line.trimEnd());
  if (start === lines.length) return withoutTildes(above.join('\n')).trim();
  const end = endOfDoubt(lines, isMark);
  const below = parsed(shortened(lines, isMark).slice(start, end).join('\n'));
  if (below === '') return '';
  const reply = below.replace(LEFT_OUT, (_token, line) => contentOf(lines[Number(line)] ?? ''));
  return withoutTildes([...above, reply].join('\n')).trim();
}

/** Its patterns backtrack for minutes on `Op schreef:x` 2,000 times, hence the budget. */
function parsed(text: string): string {
  const parse = (): string => new EmailReplyParser().parseReply(text);
  return withinBudget(BUDGET_MS, parse) ?? '';
}

/**
 * Everything above it is plain writing and stays. It is itself plain and not empty, so that what the parser makes of the
 * lines from there on begins with it.
 */
function firstLineInDoubt(lines: readonly string[], isMark: readonly boolean[]): number {
  const mark = lines.findIndex((line, index) => isMark[index] === true || line.startsWith('>'));
  if (mark === -1) return lines.length;
  let start = mark - LINES_OF_A_HEADER;
  while (start > 0 && lines[start]?.trim() === '') start -= 1;
  return Math.max(0, start);
}

/** A quotation at the end, with nothing below it that could make a header of its lines, is one line as well as many. */
function endOfDoubt(lines: readonly string[], isMark: readonly boolean[]): number {
  const isQuote = (index: number) => lines[index]?.startsWith('>') === true && !isMark[index];
  let end = lines.length;
  while (isQuote(end - 1) && isQuote(end - 2)) end -= 1;
  return end;
}

/** Far from all marks a line is plain, quoted or empty, and that is all the parser looks at. */
function shortened(lines: readonly string[], isMark: readonly boolean[]): readonly string[] {
  const marks = isMark.flatMap((is, index) => (is ? [index] : []));
  let next = 0;
  return lines.map((line, index) => {
    while ((marks[next] ?? Infinity) < index - LINES_OF_A_HEADER) next += 1;
    const isNear = (marks[next] ?? Infinity) <= index + LINES_OF_A_HEADER;
    if (isNear || contentOf(line) === '') return line;
    return `${line.startsWith('>') ? '>' : ''}${OPEN}${index}${CLOSE}`;
  });
}

/** As it stands in the answer: the parser takes blanks off the ends of lines. */
function contentOf(line: string): string {
  return (line.startsWith('>') ? line.slice(1) : line).trimEnd();
}

/** What the parser ends with; the pattern it uses for that is quadratic. */
function withoutTildes(text: string): string {
  let end = text.length;
  while (text.charAt(end - 1) === '~') end -= 1;
  return text.slice(0, end);
}
