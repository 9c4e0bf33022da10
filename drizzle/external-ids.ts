import { and, isNotNull } from 'drizzle-orm';
import type { Db } from './database.ts';
import { isOneOf } from './rows.ts';
import { accounts, contacts } from './schema/index.ts';

/** The id of the contact that each id of another system stands for. */
export function contactIdsByExternalId(
  db: Db,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  return idsByExternalId(db, contacts, externalIds);
}

/** The same of accounts. */
export function accountIdsByExternalId(
  db: Db,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  return idsByExternalId(db, accounts, externalIds);
}

async function idsByExternalId(
  db: Db,
  table: typeof contacts | typeof accounts,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .select({ id: table.id, externalId: table.externalId })
    .from(table)
    .where(and(isNotNull(table.externalId), isOneOf(table.externalId, externalIds)));
  return new Map(rows.map(({ id, externalId }) => [externalId ?? '', id]));
}
