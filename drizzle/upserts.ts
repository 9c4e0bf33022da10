import { sql, type SQL } from 'drizzle-orm';
import type { Db } from './database.ts';
import { isOneOfIds, textArray } from './rows.ts';

/** The objects that rows of an upsert name: by our ids, and by those of the system they come from. */
export interface NamedObjects {
  readonly ids: readonly string[];
  readonly externalIds: readonly string[];
}

/** One upsert of a workspace at a time: the next one finds what the one before has made, and makes nothing twice. */
export async function lockUpserts(db: Db, workspaceId: string): Promise<void> {
  const lock = `${workspaceId}|upserts`;
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
}

/** Of these accounts, those that the workspace has. They cannot be deleted before the transaction ends. */
export async function linkableAccounts(
  db: Db,
  workspaceId: string,
  { ids, externalIds }: NamedObjects,
): Promise<readonly { readonly id: string; readonly externalId: string | null }[]> {
  if (ids.length + externalIds.length === 0) return [];
  return [
    ...(await db.execute<{ id: string; externalId: string | null }>(sql`
      select id, external_id as "externalId" from accounts
      where workspace_id = ${workspaceId}::uuid
        and (${isOneOfIds(sql`id`, ids)} or external_id = any (${textArray(externalIds)}))
      order by id for key share`)),
  ];
}

/** Rows of an id and a list, by id. */
export async function listsOf<T extends string>(
  db: Db,
  query: SQL,
): Promise<ReadonlyMap<string, readonly T[]>> {
  const rows = await db.execute<{ id: string; list: readonly T[] }>(query);
  return new Map([...rows].map(({ id, list }) => [id, list]));
}
