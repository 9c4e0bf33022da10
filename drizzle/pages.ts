import { sql, type SQL } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';

/** Where an item stands in its list: its sort value as text, exact to the microsecond for times, and its id. */
export interface PageKey {
  readonly sort: string;
  readonly id: string;
}

export interface PageRequest {
  readonly limit: number;
  /** The page begins after this one, whether it still exists or not. */
  readonly after: PageKey | null;
}

export interface Page<T> {
  readonly items: readonly { readonly value: T; readonly key: PageKey }[];
  readonly hasMore: boolean;
}

/** The order of a list: a column and, for ties, the id. */
export interface Order {
  readonly by: AnyPgColumn;
  readonly id: AnyPgColumn;
  readonly kind: 'text' | 'newest_first' | 'oldest_first';
}

/** The sort value of a row, as it goes into its key. A Date of JavaScript would lose microseconds, and with them rows. */
export function sortKey({ by, kind }: Order): SQL<string> {
  if (kind === 'text') return sql<string>`${by}`;
  return sql<string>`to_char(${by} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** The condition "after this key"; undefined for the first page. */
export function after({ by, id, kind }: Order, key: PageKey | null): SQL | undefined {
  if (key === null) return undefined;
  if (kind === 'text') return sql`(${by}, ${id}) > (${key.sort}::text, ${key.id}::uuid)`;
  return kind === 'newest_first'
    ? sql`(${by}, ${id}) < (${key.sort}::timestamptz, ${key.id}::uuid)`
    : sql`(${by}, ${id}) > (${key.sort}::timestamptz, ${key.id}::uuid)`;
}

export function inOrder({ by, id, kind }: Order): SQL[] {
  return kind === 'newest_first'
    ? [sql`${by} desc`, sql`${id} desc`]
    : [sql`${by} asc`, sql`${id} asc`];
}

/** Makes a page of rows that were asked for with one more than `limit`. */
export function pageOf<Row extends { id: string; sort: string }, T>(
  rows: readonly Row[],
  limit: number,
  toValue: (row: Row) => T,
): Page<T> {
  return {
    items: rows
      .slice(0, limit)
      .map((row) => ({ value: toValue(row), key: { sort: row.sort, id: row.id } })),
    hasMore: rows.length > limit,
  };
}

/** A pattern for `ilike` that finds `text` anywhere and takes its `%`, `_` and `\` literally. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

/** The first column of a subquery as a list, in its order; the subquery names its outer table in full. */
export function listFrom<T extends string>(subquery: SQL): SQL<readonly T[]> {
  return sql<readonly T[]>`array(${subquery})`;
}

/** Values by key, for the batches of a loader. */
export function grouped<Row, T>(
  rows: readonly Row[],
  key: (row: Row) => string,
  value: (row: Row) => T,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [value(row)]);
    else group.push(value(row));
  }
  return groups;
}
