import { sql, type AnyColumn, type SQL } from 'drizzle-orm';

/**
 * domain/blacklist.ts `blacklistKeys` in SQL, as `text[]`: what would keep `address` out. It names one value more, the
 * last label of the domain, which is never an entry; a test holds the two together.
 */
export function blacklistKeysOf(address: AnyColumn | SQL): SQL {
  const domain = sql`split_part(${address}, '@', 2)`;
  return sql`(array[${address}, regexp_replace(${address}, '^([^@+]+)[+][^@]*@', '\\1@')] || array(
    select array_to_string(labels[first:], '.')
    from string_to_array(${domain}, '.') as labels, generate_subscripts(labels, 1) as first))`;
}
