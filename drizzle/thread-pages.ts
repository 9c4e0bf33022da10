import { and, gte, isNull, sql, type SQL } from 'drizzle-orm';
import type { EmailAddress } from '../domain/address.ts';
import type { Db } from './database.ts';
import { inMailbox, NEWEST_FIRST, onTimeline } from './engagements.ts';
import { after, inOrder, pageOf, sortKey, type Page, type PageRequest } from './pages.ts';
import { isOneOfIds } from './rows.ts';
import { engagements } from './schema/index.ts';

/** Shown of each thread; a mailing list may have thousands. */
const MAX_PARTICIPANTS = 20;

export interface ThreadFilter {
  readonly mailboxId?: string;
  readonly contactId?: string;
  readonly accountId?: string;
  readonly since?: Date;
}

/** What a thread is about, without its engagements. */
export interface ThreadSummary {
  /** Of its first engagement. */
  readonly subject: string;
  readonly lastEngagementAt: Date;
  readonly engagementCount: number;
  /** Those from outside first, then by address. */
  readonly participants: readonly EmailAddress[];
}

/**
 * Threads by their last engagement, latest first. Walks the timeline and takes each engagement that no later one of its thread
 * follows, so that a page costs the same whatever the number of threads.
 */
export async function threadsPage(
  db: Db,
  { mailboxId, contactId, accountId, since }: ThreadFilter,
  page: PageRequest,
): Promise<Page<{ readonly id: string }>> {
  const links = [
    ...inMailbox(mailboxId),
    ...onTimeline('contact', contactId),
    ...onTimeline('account', accountId),
  ];
  const rows = await db
    .select({
      id: engagements.id,
      threadId: sql<string>`${engagements.threadId}`,
      sort: sortKey(NEWEST_FIRST),
    })
    .from(engagements)
    .where(
      and(
        isNull(engagements.deletedAt),
        sql`${engagements.threadId} is not null`,
        after(NEWEST_FIRST, page.after),
        isLastOfThread,
        ...(since === undefined ? [] : [gte(engagements.occurredAt, since)]),
        ...(links.length === 0 ? [] : [hasEngagementWith(links)]),
      ),
    )
    .orderBy(...inOrder(NEWEST_FIRST))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit, ({ threadId }) => ({ id: threadId }));
}

const isLastOfThread = sql`not exists (
  select 1 from engagements later
  where later.thread_id = engagements.thread_id and later.deleted_at is null
    and (later.occurred_at, later.id) > (engagements.occurred_at, engagements.id))`;

/**
 * `links` speak of `engagements`, which in here is the one that is looked for. An array, so that the database begins with the
 * few threads of a contact and does not walk the whole timeline for them.
 */
function hasEngagementWith(links: readonly SQL[]): SQL {
  return sql`engagements.thread_id = any (array(
    select distinct engagements.thread_id from engagements
    where engagements.deleted_at is null and ${and(...links) ?? sql`true`}))`;
}

/** By thread id, in one statement; a thread without engagements is missing. */
export async function threadSummaries(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ThreadSummary>> {
  const rows = await db.execute<{
    id: string;
    subject: string;
    lastEngagementAt: string;
    engagementCount: number;
    participants: EmailAddress[];
  }>(sql`
    select thread_id as id, (array_agg(subject order by occurred_at, id))[1] as subject,
           max(occurred_at) as "lastEngagementAt", count(*)::int as "engagementCount",
           array(
             select address from participants
             where message_id = any (array_agg(engagements.message_id))
             group by address order by bool_and(coalesce(is_internal, false)), address
             limit ${MAX_PARTICIPANTS}) as participants
    from engagements
    where deleted_at is null and ${isOneOfIds(engagements.threadId, ids)}
    group by thread_id`);
  return new Map(
    [...rows].map(({ id, lastEngagementAt, ...summary }) => [
      id,
      { ...summary, lastEngagementAt: new Date(lastEngagementAt) },
    ]),
  );
}
