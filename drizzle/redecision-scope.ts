import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { SkipReason } from '../domain/decision.ts';
import type { Participant } from '../domain/message.ts';
import { CHANGEABLE, type RedecisionScope } from '../domain/redecision.ts';
import type { Db } from './database.ts';
import { nextTry } from './gaps.ts';
import type { OpenRedecision } from './redecisions.ts';
import { asRecords, isOneOf, isOneOfIds, textArray } from './rows.ts';
import { folders, messages, sightings } from './schema/index.ts';
import type { OpenSighting } from './ledger.ts';
import type { Decided } from './verdicts.ts';

/** A copy of a message that was skipped, with everything it takes to decide it again; headers as one of the copies had them. */
export interface SkippedSighting extends OpenSighting {
  readonly messageId: string;
  readonly reason: SkipReason;
  readonly hasOthers: boolean;
  readonly wasSent: boolean;
  readonly bcc: readonly Participant[];
}

/** How many messages each of these mailboxes has in scope; those that have none are left out. */
export async function countInScope(
  db: Db,
  redecision: OpenRedecision,
  mailboxIds: readonly string[] | null,
): Promise<readonly { readonly mailboxId: string; readonly count: number }[]> {
  const there =
    mailboxIds === null
      ? sql`b.disconnected_at is null`
      : isOneOfIds(sql`s.mailbox_id`, mailboxIds);
  return [
    ...(await db.execute<{ mailboxId: string; count: number }>(sql`
      ${peopleIn(redecision)}
      select s.mailbox_id as "mailboxId", count(distinct s.message_id)::int as count
      from sightings s join mailboxes b on b.id = s.mailbox_id
      where ${there} and ${inScope(redecision)}
      group by s.mailbox_id order by s.mailbox_id`)),
  ];
}

/**
 * The next messages of a mailbox in scope, newest first, each by its newest copy in scope; `after` is such a copy, and null
 * for the first page.
 */
export async function pageInScope(
  db: Db,
  redecision: OpenRedecision,
  page: { readonly mailboxId: string; readonly after: string | null; readonly limit: number },
): Promise<readonly { readonly id: string; readonly messageId: string }[]> {
  const { mailboxId, limit } = page;
  const isAfter =
    page.after === null
      ? sql`true`
      : sql`(n.arrived_at, n.id) < (select c.arrived_at, c.id from sightings c where c.id = ${page.after}::uuid)`;
  return [
    ...(await db.execute<{ id: string; messageId: string }>(sql`
      ${peopleIn(redecision)}, newest as (
        select distinct on (s.message_id) s.id, s.message_id, s.arrived_at from sightings s
        where s.mailbox_id = ${mailboxId}::uuid and ${inScope(redecision)}
        order by s.message_id, s.arrived_at desc, s.id desc)
      select n.id, n.message_id as "messageId" from newest n where ${isAfter}
      order by n.arrived_at desc, n.id desc limit ${limit}`)),
  ];
}

/** Every copy of these messages in the mailbox that is skipped for a reason which the cause can change. */
export async function skippedCopies(
  db: Db,
  { cause, scope }: Pick<OpenRedecision, 'cause' | 'scope'>,
  mailboxId: string,
  messageIds: readonly string[],
): Promise<readonly SkippedSighting[]> {
  if (messageIds.length === 0) return [];
  const rows = await db
    .select({
      id: sightings.id,
      messageId: messages.id,
      folderPath: folders.path,
      folderUse: folders.use,
      uidValidity: sightings.uidValidity,
      uid: sightings.uid,
      flags: sightings.flags,
      size: messages.size,
      arrivedAt: sightings.arrivedAt,
      startsAt: sql<Date | null>`case when ${sightings.uidValidity} = ${folders.uidValidity}
          and ${sightings.uid} < ${folders.importedBelow} then ${folders.startsAt} end`.mapWith(
        folders.startsAt,
      ),
      headerBlock: messages.headerBlock,
      bodyStructure: messages.bodyStructure,
      reason: sightings.reason,
      hasOthers: sql<boolean>`exists (select from sightings o
        where o.message_id = ${messages.id} and o.id <> ${sightings.id})`,
      wasSent: sql<boolean>`exists (select from sightings o join folders f on f.id = o.folder_id
        where o.message_id = ${messages.id} and f.use = 'sent')`,
      bcc: sql<readonly Participant[]>`(
        select coalesce(jsonb_agg(jsonb_build_object('role', p.role, 'address', p.address, 'name', p.name)
                                  order by p.position), '[]')
        from participants p where p.message_id = ${messages.id} and p.role = 'bcc')`,
    })
    .from(sightings)
    .innerJoin(folders, eq(folders.id, sightings.folderId))
    .innerJoin(messages, eq(messages.id, sightings.messageId))
    .where(
      and(
        eq(sightings.mailboxId, mailboxId),
        isOneOfIds(sightings.messageId, messageIds),
        eq(sightings.verdict, 'skipped'),
        isOneOf(sightings.reason, CHANGEABLE[cause]),
        scope.sightingIds.length === 0 ? undefined : isOneOfIds(sightings.id, scope.sightingIds),
      ),
    )
    // The copy that the server numbered last is the likeliest to be there still.
    .orderBy(sql`${sightings.uidValidity} = ${folders.uidValidity} desc`, sightings.id);
  return rows.flatMap(({ reason, ...row }) => (reason === null ? [] : [{ ...row, reason }]));
}

/** Batches that may have asked the rules before the second look began, and are not committed yet. */
export async function inFlightBatches(db: Db, redecisionId: string): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from batches b
    join redecisions r on r.workspace_id = b.workspace_id and b.created_at <= r.started_at
    where r.id = ${redecisionId}::uuid`);
  return row?.count ?? 0;
}

/**
 * Locks the mailbox against its visits' commits and its disconnection for the rest of the transaction, as `persist` does;
 * false when it has been disconnected.
 */
export async function lockConnected(db: Db, mailboxId: string): Promise<boolean> {
  const rows = await db.execute(sql`
    select from mailboxes where id = ${mailboxId}::uuid and disconnected_at is null for update`);
  return rows.length > 0;
}

/**
 * Replaces decisions that are still skips and become others; returns the ids of those. Of the same reason, evidence is added
 * to what stands there: it may come from what is not asked for again (the report of a bounce). What failed is tried anew by
 * a visit.
 */
export async function replaceSkips(
  db: Db,
  decisions: readonly Decided[],
): Promise<ReadonlySet<string>> {
  if (decisions.length === 0) return new Set();
  const rows = await db.execute<{ id: string }>(sql`
    update sightings s set verdict = d.verdict, reason = d.reason,
      evidence = case when s.reason = d.reason then s.evidence else '{}' end || d.evidence,
      engagement_id = d."engagementId", decided_at = now(), attempts = s.attempts + (d.verdict = 'failed')::int,
      retry_at = case when d.verdict = 'failed' then ${nextTry(sql`s.attempts + 1`)} end
    from jsonb_to_recordset(${asRecords(decisions)})
      as d(id uuid, verdict text, reason text, evidence jsonb, "engagementId" uuid)
    where s.id = d.id and s.verdict = 'skipped'
      and (d.verdict <> 'skipped' or s.reason <> d.reason or not s.evidence @> d.evidence)
    returning s.id`);
  return new Set(rows.map(({ id }) => id));
}

/** The addresses in scope that any message names; asked once, so that messages are found by the index on addresses. */
function peopleIn({ workspaceId, scope }: OpenRedecision): SQL {
  return sql`with people as materialized (
    select distinct address from participants
    where workspace_id = ${workspaceId}::uuid and ${isPerson(scope)})`;
}

/**
 * Whether `address` is of one of these people, with a tag or without one (R14), or at one of these domains. All addresses of
 * the workspace are looked through once, so the dear comparison is made with those that have a tag alone.
 */
function isPerson({ addresses, domains, subdomains }: RedecisionScope): SQL {
  const known = textArray(addresses);
  const parts = [sql`false`];
  if (addresses.length > 0) {
    parts.push(sql`address = any (${known})`);
    parts.push(sql`case when strpos(address, '+') > 0
      then regexp_replace(address, '^([^@+]+)[+][^@]*@', '\\1@') = any (${known}) end`);
  }
  if (domains.length > 0)
    parts.push(sql`split_part(address, '@', 2) = any (${textArray(domains)})`);
  if (subdomains) {
    parts.push(sql`exists (select from unnest(${textArray(domains)}) as d
      where right(split_part(address, '@', 2), length(d) + 1) = '.' || d)`);
  }
  return sql`(${sql.join(parts, sql` or `)})`;
}

function inScope({ workspaceId, cause, scope }: OpenRedecision): SQL {
  const which =
    scope.sightingIds.length > 0
      ? isOneOfIds(sql`s.id`, scope.sightingIds)
      : sql`s.message_id in (select p.message_id from participants p join people on people.address = p.address
                             where p.workspace_id = ${workspaceId}::uuid)`;
  return sql`(s.workspace_id = ${workspaceId}::uuid and s.verdict = 'skipped' and s.message_id is not null
    and ${isOneOf(sql`s.reason`, CHANGEABLE[cause])} and ${which})`;
}
