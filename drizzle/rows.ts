import { sql, type SQL } from 'drizzle-orm';

/** The one row that a statement must return; its absence is a defect. */
export function only<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error('A statement that must return a row returned none.');
  return row;
}

/** Rows as one jsonb parameter for `jsonb_to_recordset`: a bulk statement costs one round trip whatever its size. */
export function asRecords(rows: readonly object[]): SQL {
  return sql`${JSON.stringify(rows, (_, value: unknown) => storable(value))}::jsonb`;
}

/** PostgreSQL stores neither NUL nor lone surrogates, and mail contains both. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

function storable(value: unknown): unknown {
  return typeof value === 'string' ? storableText(value) : value;
}
