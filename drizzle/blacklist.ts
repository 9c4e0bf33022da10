import { and, eq, ilike, inArray, or, sql, type SQL } from 'drizzle-orm';
import type { BlacklistValue } from '../domain/blacklist.ts';
import { effectivePolicy } from '../domain/policy.ts';
import type { Db } from './database.ts';
import { after, containing, inOrder, pageOf, sortKey } from './pages.ts';
import type { Order, Page, PageRequest } from './pages.ts';
import { blacklistEntries, workspaces } from './schema/index.ts';

export interface BlacklistEntry {
  readonly id: string;
  readonly kind: BlacklistValue['kind'];
  readonly value: string;
  readonly note: string | null;
  readonly authorId: string | null;
  readonly createdAt: Date;
}

const BY_VALUE: Order = { by: blacklistEntries.value, id: blacklistEntries.id, kind: 'text' };

const COLUMNS = {
  id: blacklistEntries.id,
  kind: blacklistEntries.kind,
  value: blacklistEntries.value,
  note: blacklistEntries.note,
  authorId: blacklistEntries.authorId,
  createdAt: blacklistEntries.createdAt,
  sort: sortKey(BY_VALUE),
};

export async function findBlacklistEntries(
  db: Db,
  ids: readonly string[],
): Promise<readonly BlacklistEntry[]> {
  return db
    .select(COLUMNS)
    .from(blacklistEntries)
    .where(inArray(blacklistEntries.id, [...ids]));
}

export async function blacklistPage(
  db: Db,
  search: string | null,
  page: PageRequest,
): Promise<Page<BlacklistEntry>> {
  const pattern = search === null ? null : containing(search);
  const rows = await db
    .select(COLUMNS)
    .from(blacklistEntries)
    .where(
      and(
        pattern === null
          ? undefined
          : or(ilike(blacklistEntries.value, pattern), ilike(blacklistEntries.note, pattern)),
        after(BY_VALUE, page.after),
      ),
    )
    .orderBy(...inOrder(BY_VALUE))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit, (row) => row);
}

/** Adds the entry, or finds the one that has the value already, unchanged. */
export async function ensureBlacklistEntry(
  db: Db,
  entry: { workspaceId: string; authorId: string; note: string | null } & BlacklistValue,
): Promise<string> {
  await db.insert(blacklistEntries).values(entry).onConflictDoNothing();
  const [found] = await db
    .select({ id: blacklistEntries.id })
    .from(blacklistEntries)
    .where(eq(blacklistEntries.value, entry.value));
  if (found === undefined) throw new Error('the blacklist entry vanished while it was added');
  return found.id;
}

/** Whether there was one to remove. */
export async function removeBlacklistEntry(db: Db, entryId: string): Promise<boolean> {
  const removed = await db
    .delete(blacklistEntries)
    .where(eq(blacklistEntries.id, entryId))
    .returning({ id: blacklistEntries.id });
  return removed.length > 0;
}

/** R22: engagements of the last 30 days that the entry would have kept out, under the workspace's blacklist mode. */
export async function countCovered(
  db: Db,
  workspaceId: string,
  entry: BlacklistValue,
): Promise<number> {
  const [workspace] = await db
    .select({ policy: workspaces.policy })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  const { blacklistMode } = effectivePolicy(workspace?.policy ?? {});
  const who = blacklistMode === 'sender_only' ? sql`role = 'from'` : sql`true`;
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from engagements
    where deleted_at is null and occurred_at >= now() - interval '30 days'
      and exists (select 1 from participants
        where participants.message_id = engagements.message_id and ${who} and ${covers(entry)})`);
  return row?.count ?? 0;
}

/** domain/blacklist.ts `blacklistKeys` as a condition on `participants.address`; a test holds the two together. */
function covers({ kind, value }: BlacklistValue): SQL {
  if (kind === 'address') {
    return sql`(address = ${value} or regexp_replace(address, '^([^@]+?)[+][^@]*@', '\\1@') = ${value})`;
  }
  return sql`(split_part(address, '@', 2) = ${value}
    or right(split_part(address, '@', 2), ${value.length + 1}::int) = ${`.${value}`})`;
}
