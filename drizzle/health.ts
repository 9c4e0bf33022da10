import { sql } from 'drizzle-orm';
import type { Db } from './database.ts';

/** Returns once the database has answered. */
export async function ping(db: Db): Promise<void> {
  await db.execute(sql`select 1`);
}
