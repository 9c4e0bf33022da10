const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** East Asian wide and full-width ranges, and emoji: two columns in a terminal (Unicode Annex 11). */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}/u;

export interface Column {
  readonly title: string;
  readonly width: number;
}

/** How many columns of a terminal the text takes. */
export function displayWidth(text: string): number {
  return [...segmenter.segment(text)].reduce((sum, { segment }) => sum + widthOf(segment), 0);
}

/** The text in exactly `width` columns: cut with `…`, or filled with spaces. Control characters become spaces. */
export function fit(text: string, width: number): string {
  const clean = text.replace(/\p{Cc}+/gu, ' ');
  const shown = displayWidth(clean) <= width ? clean : `${cut(clean, width - 1)}…`;
  return shown + ' '.repeat(width - displayWidth(shown));
}

/** Title, rule and rows, each line as wide as its columns with two spaces between. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const line = (cells: readonly string[]) =>
    columns
      .map(({ width }, index) => fit(cells[index] ?? '', width))
      .join('  ')
      .trimEnd();
  const rule = columns.map(({ width }) => '─'.repeat(width)).join('  ');
  return [line(columns.map(({ title }) => title)), rule, ...rows.map(line)];
}

function cut(text: string, width: number): string {
  let kept = '';
  let used = 0;
  for (const { segment } of segmenter.segment(text)) {
    used += widthOf(segment);
    if (used > width) break;
    kept += segment;
  }
  return kept;
}

function widthOf(grapheme: string): number {
  return WIDE.test(grapheme) ? 2 : 1;
}
