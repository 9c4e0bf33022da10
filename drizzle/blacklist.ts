import { and, eq, ilike, inArray, or, sql } from 'drizzle-orm';
import type { BlacklistValue } from '../domain/blacklist.ts';
import { effectivePolicy } from '../domain/presets.ts';
import { blacklistKeysOf } from './blacklist-keys.ts';
import type { Db } from './database.ts';
import { after, containing, inOrder, pageOf, sortKey } from './pages.ts';
import type { Order, Page, PageRequest } from './pages.ts';
import { asRecords, isOneOfIds, textArray } from './rows.ts';
import { blacklistEntries, mailboxes, workspaces } from './schema/index.ts';

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

/** Adds those that are not there yet, in one statement whatever their number; returns how many are new. */
export async function insertBlacklistEntries(
  db: Db,
  by: { readonly workspaceId: string; readonly authorId: string; readonly note: string | null },
  values: readonly BlacklistValue[],
): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    with added as (
      insert into blacklist_entries (workspace_id, kind, value, note, author_id)
      select ${by.workspaceId}::uuid, v.kind, v.value, ${by.note}::text, ${by.authorId}::uuid
      from jsonb_to_recordset(${asRecords(values)}) as v(kind text, value text)
      order by v.value
      on conflict do nothing
      returning 1
    )
    select count(*)::int as count from added`);
  return row?.count ?? 0;
}

/** Whether there is such an entry. */
export async function updateBlacklistNote(
  db: Db,
  entryId: string,
  note: string | null,
): Promise<boolean> {
  const updated = await db
    .update(blacklistEntries)
    .set({ note })
    .where(eq(blacklistEntries.id, entryId))
    .returning({ id: blacklistEntries.id });
  return updated.length > 0;
}

/** Whether there was one to remove. */
export async function removeBlacklistEntry(db: Db, entryId: string): Promise<boolean> {
  const removed = await db
    .delete(blacklistEntries)
    .where(eq(blacklistEntries.id, entryId))
    .returning({ id: blacklistEntries.id });
  return removed.length > 0;
}

/**
 * R22: messages of the last 30 days on timelines that these entries would have kept out, each once. One that several
 * mailboxes have logged is kept out only when all of them would have done so, each under its own blacklist mode.
 */
export async function countCovered(
  db: Db,
  workspaceId: string,
  entries: readonly BlacklistValue[],
): Promise<number> {
  if (entries.length === 0) return 0;
  const senderOnly = await senderOnlyMailboxes(db, workspaceId);
  const values = entries.map(({ value }) => value);
  const [row] = await db.execute<{ count: number }>(sql`
    with wanted as materialized (select value from unnest(${textArray(values)}) as value),
    recent as materialized (
      select id, message_id from engagements
      where workspace_id = ${workspaceId}::uuid and deleted_at is null and kind = 'email'
        and occurred_at >= now() - interval '30 days'
    ), people as materialized (
      select p.message_id, p.address, p.role = 'from' as is_sender
      from recent join participants p on p.message_id = recent.message_id
    ), covered as materialized (
      select distinct person.address
      from (select distinct address from people) as person
      cross join lateral unnest(${blacklistKeysOf(sql`person.address`)}) as key
      join wanted on wanted.value = key
    ), hit as (
      select message_id, bool_or(is_sender) as by_sender
      from people join covered on covered.address = people.address group by message_id
    )
    select count(*)::int as count from recent join hit on hit.message_id = recent.message_id
    where by_sender or not exists (
      select from sightings where engagement_id = recent.id and verdict = 'logged'
        and ${isOneOfIds(sql`mailbox_id`, senderOnly)})`);
  return row?.count ?? 0;
}

async function senderOnlyMailboxes(db: Db, workspaceId: string): Promise<readonly string[]> {
  const rows = await db
    .select({
      ...{ id: mailboxes.id, own: mailboxes.policy },
      ...{ preset: workspaces.preset, shared: workspaces.policy },
    })
    .from(mailboxes)
    .innerJoin(workspaces, eq(workspaces.id, mailboxes.workspaceId))
    .where(eq(mailboxes.workspaceId, workspaceId));
  return rows.flatMap(({ id, own, preset, shared }) =>
    effectivePolicy(preset, shared, own).blacklistMode === 'sender_only' ? [id] : [],
  );
}
