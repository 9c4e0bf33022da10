import { asc, desc, inArray, sql } from 'drizzle-orm';
import type { FolderUse } from '../domain/message.ts';
import type { MailboxEventKind } from '../domain/mailbox-event.ts';
import type { Db } from './database.ts';
import { after, grouped, inOrder, pageOf, sortKey } from './pages.ts';
import type { Order, Page, PageRequest } from './pages.ts';
import { isOneOf } from './rows.ts';
import { folders, mailboxEvents } from './schema/index.ts';

/** A folder that was looked at, and what the last comparison with the server found (R56). */
export interface FolderHealth {
  readonly id: string;
  readonly path: string;
  readonly use: FolderUse;
  readonly uidValidity: string | null;
  readonly onServer: number | null;
  readonly recorded: number | null;
  readonly missing: number | null;
  readonly checkedAt: Date | null;
  readonly parkedUntil: Date | null;
  /** The kind of failure. */
  readonly parkedFor: string | null;
}

/** Messages of a mailbox's history, counted when its folders were first seen, and those of them that are decided. */
export interface HistoryCount {
  readonly total: number;
  readonly done: number;
}

/** How reading the history ended last. */
export interface ImportEnd {
  readonly kind: 'import_finished' | 'import_stopped';
  readonly at: Date;
}

/** Something that happened to a mailbox; the details are codes, counts and times. */
export interface MailboxEvent {
  readonly kind: MailboxEventKind;
  readonly folder: string | null;
  readonly details: Readonly<Record<string, string | number>>;
  readonly at: Date;
}

const LATEST_FIRST: Order = { by: mailboxEvents.at, id: mailboxEvents.id, kind: 'newest_first' };

/** By path. */
export async function folderHealthOf(
  db: Db,
  mailboxIds: readonly string[],
): Promise<ReadonlyMap<string, readonly FolderHealth[]>> {
  const rows = await db
    .select({
      mailboxId: folders.mailboxId,
      ...{ id: folders.id, path: folders.path, use: folders.use, uidValidity: folders.uidValidity },
      ...{ onServer: folders.onServer, recorded: folders.recorded, missing: folders.missing },
      checkedAt: folders.checkedAt,
      ...{ parkedUntil: folders.parkedUntil, parkedFor: folders.parkedFor },
    })
    .from(folders)
    .where(inArray(folders.mailboxId, [...mailboxIds]))
    .orderBy(asc(folders.path));
  return grouped(
    rows,
    ({ mailboxId }) => mailboxId,
    ({ mailboxId: _, ...folder }) => folder,
  );
}

/** Without those mailboxes whose history was never counted. */
export async function historyCountsOf(
  db: Db,
  mailboxIds: readonly string[],
): Promise<ReadonlyMap<string, HistoryCount>> {
  const rows = await db.execute<{ mailboxId: string; total: number; done: number }>(sql`
    select f.mailbox_id as "mailboxId", sum(f.import_total)::int as total, sum(decided.count)::int as done
    from folders f
    cross join lateral (
      select count(*) as count from sightings s
      where s.folder_id = f.id and s.uid_validity = f.uid_validity and s.uid < f.imported_below
        and s.stage = 'decided') decided
    where ${isOneOf(sql`f.mailbox_id::text`, mailboxIds)} and f.import_total is not null
    group by f.mailbox_id`);
  return new Map(rows.map(({ mailboxId, total, done }) => [mailboxId, { total, done }]));
}

/** The last event of each mailbox that ended its import. */
export async function importEndsOf(
  db: Db,
  mailboxIds: readonly string[],
): Promise<ReadonlyMap<string, ImportEnd>> {
  const rows = await db
    .selectDistinctOn([mailboxEvents.mailboxId], {
      ...{ mailboxId: mailboxEvents.mailboxId, kind: mailboxEvents.kind, at: mailboxEvents.at },
    })
    .from(mailboxEvents)
    .where(
      sql`${inArray(mailboxEvents.mailboxId, [...mailboxIds])}
        and ${mailboxEvents.kind} in ('import_finished', 'import_stopped')`,
    )
    .orderBy(mailboxEvents.mailboxId, desc(mailboxEvents.at), desc(mailboxEvents.id));
  return new Map(
    rows.map(({ mailboxId, kind, at }) => [
      mailboxId,
      { kind: kind === 'import_finished' ? kind : 'import_stopped', at },
    ]),
  );
}

/** The same page of the events of many mailboxes, in one statement whatever their number. */
export async function eventPages(
  db: Db,
  mailboxIds: readonly string[],
  page: PageRequest,
): Promise<ReadonlyMap<string, Page<MailboxEvent>>> {
  const owners = sql.join(
    mailboxIds.map((id) => sql`(${id}::uuid)`),
    sql`, `,
  );
  const beyond = after(LATEST_FIRST, page.after) ?? sql`true`;
  const rows = await db.execute<EventRow>(sql`
    select owner.id as owner, page.*
    from (values ${owners}) as owner(id)
    cross join lateral (
      select mailbox_events.id, mailbox_events.kind, mailbox_events.details, folders.path as folder,
        ${sortKey(LATEST_FIRST)} as sort
      from mailbox_events left join folders on folders.id = mailbox_events.folder_id
      where mailbox_events.mailbox_id = owner.id and ${beyond}
      order by ${sql.join(inOrder(LATEST_FIRST), sql`, `)}
      limit ${page.limit + 1}
    ) page
    order by owner.id, page.sort desc, page.id desc`);
  const ofMailbox = Map.groupBy(rows, ({ owner }) => owner);
  return new Map(
    mailboxIds.map((id) => [id, pageOf(ofMailbox.get(id) ?? [], page.limit, toEvent)]),
  );
}

type EventRow = Omit<MailboxEvent, 'at'> & {
  readonly owner: string;
  readonly id: string;
  readonly sort: string;
};

/** The sort key is the moment itself, to the microsecond. */
function toEvent({ kind, folder, details, sort }: EventRow): MailboxEvent {
  return { kind, folder, details, at: new Date(sort) };
}
