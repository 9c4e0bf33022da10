import { upsertBlacklist, type NotedValue } from '../drizzle/upserts-blacklist.ts';
import { ownIdentity } from '../drizzle/facts.ts';
import { readCsv, type CsvLineError } from './csv.ts';
import type { BlacklistRow, Sheet } from './csv-sheets.ts';
import type { RequestContext } from './context.ts';
import type { UserError } from './errors.ts';
import { notStored } from './resolvers/not-stored.ts';
import type { Upserted } from './upserts.ts';
import { checkBlacklistValue, checkNote, guard } from './validation/blacklist.ts';
import { rowErrors, type RowError } from './validation/upsert-rows.ts';

/** Reads a file of this kind, has its rows stored, and says line by line what was left out. */
export async function importRows<Input extends object>(
  csv: string,
  sheet: Pick<Sheet<Input, never>, 'all' | 'identifying' | 'read'>,
  store: (inputs: readonly Input[]) => Promise<Upserted>,
) {
  const { value: table, userErrors } = readCsv(csv, sheet);
  if (userErrors.length > 0) return notStored(userErrors);
  const lines: number[] = [];
  const inputs: Input[] = [];
  const unread = [...table.errors];
  for (const row of table.rows) {
    const read = sheet.read(row);
    if (isLineError(read)) {
      unread.push(read);
    } else {
      lines.push(row.line);
      inputs.push(read);
    }
  }
  const { rowErrors: refused, ...stored } = await store(inputs);
  const lineErrors = [...unread, ...refused.map((error) => lineError(error, lines))].sort(
    (a, b) => a.line - b.line,
  );
  return {
    ...stored,
    refused: new Set(lineErrors.map(({ line }) => line)).size,
    ...{ lineErrors, userErrors: [] },
  };
}

/** R20: entries and their notes. Each value may stand in a file once. */
export async function storeBlacklist(
  { viewer, write }: RequestContext,
  rows: readonly BlacklistRow[],
  allowShared: boolean,
): Promise<Upserted> {
  const { workspaceId, userId: authorId } = viewer;
  return write(async (db) => {
    const own = await ownIdentity(db, workspaceId);
    const values = new Map<string, NotedValue>();
    const errors: RowError[] = [];
    for (const [index, row] of rows.entries()) {
      const { value, userErrors } = checkBlacklistValue(row.value, ['input', 'value']);
      const note = checkNote(row.note);
      const hazard = value === null ? null : guard(value, own, allowShared);
      const problems: readonly UserError[] = [
        ...(hazard === null ? userErrors : [hazard]),
        ...note.userErrors,
      ];
      if (value !== null && problems.length === 0 && !values.has(value.value)) {
        values.set(value.value, { ...value, note: note.value });
      } else {
        errors.push(...rowErrors(index, null, problems.length > 0 ? problems : [TWICE]));
      }
    }
    const hasNotes = rows.some(({ note }) => note !== undefined);
    const by = { workspaceId, authorId, hasNotes };
    const { created, updated } = await upsertBlacklist(db, by, [...values.values()]);
    return {
      ...{ created, updated, unchanged: values.size - created - updated },
      ...{ refused: rows.length - values.size, rowErrors: errors, redecision: null },
    };
  });
}

const TWICE: UserError = {
  ...{ code: 'duplicate', message: 'An earlier line of the file is about the same value already.' },
  field: ['input', 'value'],
};

function isLineError(read: object): read is CsvLineError {
  return 'line' in read;
}

/** Columns are named as the fields of rows. */
function lineError(
  { index, code, message, field }: RowError,
  lines: readonly number[],
): CsvLineError {
  return { line: lines[index] ?? 0, column: field?.[0] ?? null, code, message };
}
