import { inArray, sql, type SQL } from 'drizzle-orm';
import type { Db } from './database.ts';
import { findEngagements, NEWEST_FIRST, OLDEST_FIRST, type Engagement } from './engagements.ts';
import { after, grouped, inOrder, pageOf, sortKey } from './pages.ts';
import type { Page, PageRequest } from './pages.ts';
import { threads } from './schema/index.ts';
import type { ThreadOrder } from './viewers.ts';

/** Whose engagements a timeline shows. */
export type TimelineOf = 'contact' | 'account' | 'thread';

const ON_TIMELINE: Readonly<Record<TimelineOf, SQL>> = {
  contact: sql`exists (select 1 from engagement_contacts
    where engagement_id = engagements.id and contact_id = owner.id)`,
  account: sql`exists (select 1 from engagement_accounts
    where engagement_id = engagements.id and account_id = owner.id)`,
  thread: sql`engagements.thread_id = owner.id`,
};

export async function findThreads(
  db: Db,
  ids: readonly string[],
): Promise<readonly { id: string }[]> {
  return db
    .select({ id: threads.id })
    .from(threads)
    .where(inArray(threads.id, [...ids]));
}

/** The same page of many timelines, in two statements whatever their number; newest first unless asked otherwise. */
export async function timelinePages(
  db: Db,
  { of, order = 'newest_first' }: { readonly of: TimelineOf; readonly order?: ThreadOrder },
  ownerIds: readonly string[],
  page: PageRequest,
): Promise<ReadonlyMap<string, Page<Engagement>>> {
  const keys = await timelineKeys(db, { of, order }, ownerIds, page);
  const found = await findEngagements(db, [...new Set(keys.map(({ id }) => id))]);
  const byId = new Map(found.map((engagement) => [engagement.id, engagement]));
  const rows = keys.flatMap((key) => {
    const engagement = byId.get(key.id);
    return engagement === undefined ? [] : [{ ...key, engagement }];
  });
  const byOwner = grouped(
    rows,
    (row) => row.owner,
    (row) => row,
  );
  return new Map(
    ownerIds.map((id) => [id, pageOf(byOwner.get(id) ?? [], page.limit, (row) => row.engagement)]),
  );
}

async function timelineKeys(
  db: Db,
  { of, order }: { readonly of: TimelineOf; readonly order: ThreadOrder },
  ownerIds: readonly string[],
  page: PageRequest,
): Promise<readonly { owner: string; id: string; sort: string }[]> {
  const owners = sql.join(
    ownerIds.map((id) => sql`(${id}::uuid)`),
    sql`, `,
  );
  const by = order === 'newest_first' ? NEWEST_FIRST : OLDEST_FIRST;
  const direction = sql.raw(order === 'newest_first' ? 'desc' : 'asc');
  const beyond = after(by, page.after) ?? sql`true`;
  return db.execute<{ owner: string; id: string; sort: string }>(sql`
    select owner.id as owner, page.id, page.sort
    from (values ${owners}) as owner(id)
    cross join lateral (
      select engagements.id, ${sortKey(by)} as sort
      from engagements
      where deleted_at is null and ${ON_TIMELINE[of]} and ${beyond}
      order by ${sql.join(inOrder(by), sql`, `)}
      limit ${page.limit + 1}
    ) page
    order by owner.id, page.sort ${direction}, page.id ${direction}`);
}
