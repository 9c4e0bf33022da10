import { CsvError, parse } from 'csv-parse/sync';
import { userError, type UserError, type UserErrorCode } from './errors.ts';
import type { Checked } from './validation/fields.ts';
import { MAX_ROWS } from './validation/upsert-rows.ts';

/** Between the parts of a cell that holds a list. */
export const LIST_SEPARATOR = ';';
const MAX_SHOWN_NAME = 100;
const FIELD = ['input', 'csv'];

/** What may stand in a file, and by which of its columns a row says what it is about. */
export interface Columns {
  readonly all: readonly string[];
  /** One of them there must be. */
  readonly identifying: readonly string[];
}

/** A row of a file: the texts of the columns that the file has. */
export interface CsvRow {
  /** On which it begins, from 1. */
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
}

/** What is wrong with one line of a file. */
export interface CsvLineError {
  readonly line: number;
  readonly column: string | null;
  readonly code: UserErrorCode;
  readonly message: string;
}

export interface CsvTable {
  readonly rows: readonly CsvRow[];
  readonly errors: readonly CsvLineError[];
}

/** What a spreadsheet takes for a formula (OWASP, CSV injection), with the apostrophes that say it is none. */
const FORMULA = /^'*[=+\-@\t]/;
const GUARDED = /^'+[=+\-@\t]/;

/** One record (RFC 4180 section 2). Cells that a spreadsheet would run begin with an apostrophe. */
export function csvRecord(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(FORMULA.test(cell) ? `'${cell}` : cell)).join(',')}\r\n`;
}

/**
 * Reads a file with a header line; the apostrophes of `csvRecord` are taken off. A file whose quotes do not match is refused
 * whole: nobody knows which of its lines mean what they say.
 */
export function readCsv(text: string, columns: Columns): Checked<CsvTable> {
  const records = recordsOf(text);
  if ('code' in records) return refused([records]);
  const [header, ...rest] = records;
  if (header === undefined) {
    return refused([userError('required', 'The file is empty: it has no header line.', FIELD)]);
  }
  const names = header.cells.map((cell) => columnOf(cell, columns));
  const problems = headerProblems(header.cells, names, columns);
  if (rest.length > MAX_ROWS) {
    const message = `There are ${rest.length} rows; at most ${MAX_ROWS} are taken at once. Nothing was stored: send them in parts.`;
    problems.push(userError('too_many', message, FIELD));
  }
  return problems.length > 0 ? refused(problems) : { value: table(names, rest), userErrors: [] };
}

/** The parts of a list in one cell; none of an empty one. */
export function listIn(cell: string): readonly string[] {
  return cell.split(LIST_SEPARATOR).flatMap((part) => part.trim() || []);
}

interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

function recordsOf(text: string): readonly CsvRecord[] | UserError {
  // The parser counts CRLF within quotes as two lines.
  const lines = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  try {
    const records = parse(lines, {
      delimiter: /[,;\t]/.exec(/^.+$/m.exec(lines)?.[0] ?? '')?.[0] ?? ',',
      ...{ record_delimiter: '\n', relax_column_count: true },
      ...{ skip_empty_lines: true, skip_records_with_empty_values: true },
      on_record: (cells: readonly string[], { lines: end }) => [String(end), ...cells],
    });
    return records.map(([end, ...cells]) => ({
      ...{ line: Number(end) - cells.join('').replaceAll(/[^\n]/g, '').length, cells },
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const message = `The quotes of the file do not match from line ${String(error['lines'])} on. Put cells with quotes in quotes, and double the quotes in them. Nothing was stored.`;
    return userError('invalid_csv', message, FIELD);
  }
}

function headerProblems(
  header: readonly string[],
  names: readonly (string | null)[],
  { all, identifying }: Columns,
): UserError[] {
  const problems = header.flatMap((cell, index) => {
    const name = names[index] ?? null;
    const shown = cell.trim().slice(0, MAX_SHOWN_NAME);
    if (name === null) {
      const message = `There is no column "${shown}"; there are ${all.join(', ')}. Nothing was stored.`;
      return [userError('unknown_column', message, FIELD)];
    }
    if (names.indexOf(name) === index) return [];
    return [userError('duplicate', `The column ${name} stands there twice.`, FIELD)];
  });
  if (problems.length > 0 || identifying.some((name) => names.includes(name))) return problems;
  const message = `The header line needs a column ${identifying.join(' or ')}.`;
  return [userError('required', message, FIELD)];
}

function table(names: readonly (string | null)[], records: readonly CsvRecord[]): CsvTable {
  const rows: CsvRow[] = [];
  const errors: CsvLineError[] = [];
  for (const { line, cells } of records) {
    if (cells.length === names.length) {
      const named = cells.map((cell, index) => [names[index] ?? '', unguarded(cell)] as const);
      rows.push({ line, cells: new Map(named) });
    } else {
      const message = `The header has ${names.length} columns, and here are ${cells.length}.`;
      errors.push({ line, column: null, code: 'invalid_csv', message });
    }
  }
  return { rows, errors };
}

/** Spreadsheets and people write the case of names as they like. */
function columnOf(cell: string, { all }: Columns): string | null {
  const name = unguarded(cell).trim().toLowerCase();
  return all.find((column) => column.toLowerCase() === name) ?? null;
}

function unguarded(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell;
}

function quoted(cell: string): string {
  return /[",\r\n;\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function refused(userErrors: readonly UserError[]): Checked<CsvTable> {
  return { value: { rows: [], errors: [] }, userErrors };
}
