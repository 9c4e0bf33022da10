import { sql, type AnyColumn, type SQL } from 'drizzle-orm';
import postgres from 'postgres';

/** The one row that a statement must return; its absence is a defect. */
export function only<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error('A statement that must return a row returned none.');
  return row;
}

/**
 * `column = any (values)` with all values in one parameter: a statement has 65,535 of them at most, and a batch of mail to
 * large groups has more addresses than that.
 */
export function isOneOf(column: AnyColumn | SQL, values: readonly string[]): SQL {
  return sql`${column} = any (${textArray(values)})`;
}

/** The same for ids, which need no quoting: an array literal is what the database reads fastest. */
export function isOneOfIds(column: AnyColumn | SQL, ids: readonly string[]): SQL {
  return sql`${column} = any (${`{${ids.join()}}`}::uuid[])`;
}

/** Values as one parameter of type `text[]`. */
export function textArray(values: readonly string[]): SQL {
  return sql`array(select jsonb_array_elements_text(${toStorableJson(values)}::jsonb))`;
}

/** Rows as one jsonb parameter for `jsonb_to_recordset`: a bulk statement costs one round trip whatever its size. */
export function asRecords(rows: readonly object[]): SQL {
  return sql`${toStorableJson(rows)}::jsonb`;
}

/** NUL and lone surrogates are the only characters that JSON.stringify writes like this; a look costs less than care. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/;

function toStorableJson(value: unknown): string {
  const json = JSON.stringify(value);
  return UNSTORABLE.test(json)
    ? JSON.stringify(value, (_, inner: unknown) => storable(inner))
    : json;
}

/** PostgreSQL stores neither NUL nor lone surrogates, and mail contains both. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** Whether PostgreSQL refused the data themselves (SQLSTATE classes 22 and 54): trying again changes nothing. */
export function isRefusedData(error: unknown): boolean {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return cause instanceof postgres.PostgresError && /^(?:22|54)/.test(cause.code);
}

function storable(value: unknown): unknown {
  return typeof value === 'string' ? storableText(value) : value;
}
