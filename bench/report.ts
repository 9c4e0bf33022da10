import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** One number against what issue 4 asks of it; without a target it is for information. */
export interface Finding {
  readonly what: string;
  readonly measured: string;
  readonly target?: string;
  readonly isMet?: boolean;
}

/** What one benchmark has to say. */
export interface Section {
  readonly title: string;
  readonly findings: readonly Finding[];
  readonly tables: readonly Table[];
}

export function renderSection({ title, findings, tables }: Section): string {
  const summary: Table = {
    head: ['', 'measured', 'target', 'met'],
    rows: findings.map(({ what, measured, target = '', isMet }) => [
      ...[what, measured, target],
      isMet === undefined ? '' : isMet ? 'yes' : 'NO',
    ]),
  };
  return [`### ${title}`, ...[summary, ...tables].map(renderTable)].join('\n\n');
}

/** Markdown with columns as wide as their widest cell, as prettier writes it. */
export function renderTable({ head, rows }: Table): string {
  const widths = head.map((cell, column) =>
    Math.max(3, cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[], pad: string) =>
    `|${widths.map((width, column) => `${pad}${(cells[column] ?? '').padEnd(width, pad)}${pad}`).join('|')}|`;
  const rule = widths.map((width) => '-'.repeat(width));
  return [line(head, ' '), line(rule, ' '), ...rows.map((row) => line(row, ' '))].join('\n');
}

/** One line that says what the numbers were measured on. */
export function machine(): string {
  const [first] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${first?.model.trim() ?? 'unknown'}), ${gigabytes} GB, Node ${process.version}, ${process.platform}`;
}

/**
 * Puts the results between the markers of their benchmarks (`<!-- results:import -->` to `<!-- /results -->`); what is
 * outside stays as it is.
 */
export function writeResults(file: string, results: ReadonlyMap<string, string>): void {
  let document = readFileSync(file, 'utf8');
  for (const [name, text] of results) {
    const start = `<!-- results:${name} -->`;
    const [before, rest] = halves(document, start);
    const [, after] = halves(rest, END);
    document = `${before}${start}\n\n${text}\n\n${END}${after}`;
  }
  writeFileSync(file, document);
}

const END = '<!-- /results -->';

function halves(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  if (at < 0) throw new Error(`${separator} is missing.`);
  return [text.slice(0, at), text.slice(at + separator.length)];
}
