import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import type { Db } from './database.ts';

/** What drizzle-kit keeps beside the migrations. */
interface Journal {
  readonly entries: readonly { readonly when: number }[];
}

const JOURNAL = new URL('./migrations/meta/_journal.json', import.meta.url);
/** drizzle keeps this number of each migration that has run. */
const NEWEST = Math.max(
  ...(JSON.parse(readFileSync(JOURNAL, 'utf8')) as Journal).entries.map(({ when }) => when),
);

/** Returns once the database has answered. */
export async function ping(db: Db): Promise<void> {
  await db.execute(sql`select 1`);
}

/**
 * Whether the database has every migration that this code knows. One that is ahead has: while copies are replaced one by
 * one, the older ones go on. Throws when the database has never been migrated.
 */
export async function isMigrated(db: Db): Promise<boolean> {
  const [row] = await db.execute<{ isMigrated: boolean | null }>(
    sql`select max(created_at) >= ${NEWEST} as "isMigrated" from drizzle.__drizzle_migrations`,
  );
  return row?.isMigrated === true;
}
