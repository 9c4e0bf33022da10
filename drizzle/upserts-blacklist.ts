import { sql } from 'drizzle-orm';
import type { BlacklistValue } from '../domain/blacklist.ts';
import type { Db } from './database.ts';
import { asRecords } from './rows.ts';

/** An entry with the note of its own. */
export type NotedValue = BlacklistValue & { readonly note: string | null };

/**
 * Adds the entries, and gives those that are there their notes where `hasNotes`, in one statement. Returns how many were added
 * and changed; the others stood so already.
 */
export async function upsertBlacklist(
  db: Db,
  by: { readonly workspaceId: string; readonly authorId: string; readonly hasNotes: boolean },
  values: readonly NotedValue[],
): Promise<{ readonly created: number; readonly updated: number }> {
  const [row] = await db.execute<{ created: number; updated: number }>(sql`
    with stored as (
      insert into blacklist_entries as e (workspace_id, kind, value, note, author_id)
      select ${by.workspaceId}::uuid, v.kind, v.value, v.note, ${by.authorId}::uuid
      from jsonb_to_recordset(${asRecords(values)}) as v(kind text, value text, note text)
      order by v.value
      on conflict (workspace_id, value) do update set note = excluded.note
        where ${by.hasNotes}::boolean and e.note is distinct from excluded.note
      returning xmax = 0 as "isNew"
    )
    select count(*) filter (where "isNew")::int as created,
      count(*) filter (where not "isNew")::int as updated from stored`);
  return row ?? { created: 0, updated: 0 };
}
