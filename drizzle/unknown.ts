import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { EmailAddress } from '../domain/address.ts';
import type { SkipReason } from '../domain/decision.ts';
import type { Db } from './database.ts';
import { isOneOf, isOneOfIds } from './rows.ts';
import { unknownCorrespondents } from './schema/index.ts';

/** What is stored of a display name, in characters. */
const MAX_NAME = 200;

/**
 * Puts the people of messages that were skipped as unknown on the review list (R34): the sender, or whom we wrote to, by the
 * address behind a tag (R14). To be called once per sighting that becomes unknown, in the transaction that decides it.
 *
 * A message counts once, however many folders and mailboxes show it: only when no other sighting of it had been skipped
 * as unknown before. Two mailboxes may decide the same message at this moment, so the workspace takes turns here; the
 * statement is the last one of a transaction that others wait for, and locks its rows in order.
 */
export async function recordUnknown(
  db: Db,
  workspaceId: string,
  decisions: readonly { readonly id: string; readonly reason: SkipReason | null }[],
): Promise<void> {
  const unknown = decisions.filter(
    ({ reason }) => reason === 'unknown_sender' || reason === 'unknown_recipients',
  );
  if (unknown.length === 0) return;
  const sightingIds = unknown.map(({ id }) => id);
  const lock = `${workspaceId}|unknown`;
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
  await db.execute(sql`
    with decided as (
      select s.id, s.message_id, s.reason, s.arrived_at from sightings s
      where ${isOneOfIds(sql`s.id`, sightingIds)} and s.reason in ('unknown_sender', 'unknown_recipients')
    ), first_time as (
      select message_id, min(reason) as reason, min(arrived_at) as arrived_at from decided d
      -- A scalar subquery is asked row by row, by index; "not exists" would read the whole ledger.
      where (select o.id from sightings o where o.message_id = d.message_id
             and o.reason in ('unknown_sender', 'unknown_recipients') and not ${isOneOfIds(sql`o.id`, sightingIds)}
             limit 1) is null
      group by message_id
    ), people as (
      select distinct on (f.message_id, person) f.message_id, f.arrived_at, person as address, left(p.name, ${MAX_NAME}::int) as name
      from first_time f
      join participants p on p.message_id = f.message_id
        and case f.reason when 'unknown_sender' then p.role = 'from' else p.is_internal is not true end
      cross join lateral regexp_replace(p.address, '^([^@+]+)[+][^@]*@', '\\1@') as person
      order by f.message_id, person, p.name desc
    )
    insert into unknown_correspondents as known (workspace_id, address, name, messages, first_seen_at, last_seen_at)
    select ${workspaceId}::uuid, address,
      coalesce((array_agg(name order by arrived_at desc) filter (where name <> ''))[1], ''),
      count(*), min(arrived_at), max(arrived_at)
    from people group by address order by address
    on conflict (workspace_id, address) do update set
      name = case when known.name = '' or (excluded.name <> '' and excluded.last_seen_at >= known.last_seen_at)
        then excluded.name else known.name end,
      messages = known.messages + excluded.messages,
      first_seen_at = least(known.first_seen_at, excluded.first_seen_at),
      last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at)`);
}

/** Of these addresses, those that a user dismissed from the review list. */
export async function dismissedAmong(
  db: Db,
  workspaceId: string,
  addresses: readonly EmailAddress[],
): Promise<ReadonlySet<EmailAddress>> {
  if (addresses.length === 0) return new Set();
  const rows = await db
    .select({ address: unknownCorrespondents.address })
    .from(unknownCorrespondents)
    .where(
      and(
        eq(unknownCorrespondents.workspaceId, workspaceId),
        isNotNull(unknownCorrespondents.dismissedAt),
        isOneOf(unknownCorrespondents.address, addresses),
      ),
    );
  return new Set(rows.map(({ address }) => address as EmailAddress));
}
