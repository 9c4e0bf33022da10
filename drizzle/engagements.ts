import { and, eq, gte, inArray, isNull, lt, sql, type SQL } from 'drizzle-orm';
import type { EngagementKind } from '../domain/engagement.ts';
import type { Direction } from '../domain/identity.ts';
import type { Db } from './database.ts';
import { after, containing, inOrder, listFrom, pageOf, sortKey } from './pages.ts';
import type { Order, Page, PageRequest } from './pages.ts';
import { engagements } from './schema/index.ts';

/** A logged message without its text, which is read only when asked for. Deleted ones are never found here. */
export interface Engagement {
  readonly id: string;
  readonly messageId: string;
  readonly threadId: string | null;
  readonly kind: EngagementKind;
  /** Who put it there by hand (R44). */
  readonly authorId: string | null;
  readonly direction: Direction;
  readonly subject: string;
  readonly occurredAt: Date;
  readonly internetMessageId: string | null;
  readonly contactIds: readonly string[];
  readonly accountIds: readonly string[];
  /** The mailboxes in which it was seen (R40). */
  readonly mailboxIds: readonly string[];
}

export interface EngagementFilter {
  readonly mailboxId?: string;
  readonly contactId?: string;
  readonly accountId?: string;
  readonly direction?: Direction;
  readonly since?: Date;
  readonly until?: Date;
  readonly search?: string;
}

/** The order of every timeline. */
export const NEWEST_FIRST: Order = {
  by: engagements.occurredAt,
  id: engagements.id,
  kind: 'newest_first',
};

/** The same from its other end, for users who read threads like books (R43). */
export const OLDEST_FIRST: Order = { ...NEWEST_FIRST, kind: 'oldest_first' };

const COLUMNS = {
  id: engagements.id,
  messageId: engagements.messageId,
  threadId: engagements.threadId,
  kind: engagements.kind,
  authorId: engagements.authorId,
  direction: engagements.direction,
  subject: engagements.subject,
  occurredAt: engagements.occurredAt,
  internetMessageId: sql<
    string | null
  >`(select internet_message_id from messages where messages.id = engagements.message_id)`,
  contactIds: listFrom(sql`
    select contacts.id from engagement_contacts join contacts on contacts.id = contact_id
    where engagement_id = engagements.id order by contacts.name, contacts.id`),
  accountIds: listFrom(sql`
    select accounts.id from engagement_accounts join accounts on accounts.id = account_id
    where engagement_id = engagements.id order by accounts.name, accounts.id`),
  mailboxIds: listFrom(sql`
    select mailboxes.id from mailboxes where exists (
      select 1 from sightings where mailbox_id = mailboxes.id and engagement_id = engagements.id)
    order by mailboxes.address, mailboxes.id`),
  sort: sortKey(NEWEST_FIRST),
};

export async function findEngagements(
  db: Db,
  ids: readonly string[],
): Promise<readonly Engagement[]> {
  return db
    .select(COLUMNS)
    .from(engagements)
    .where(and(inArray(engagements.id, [...ids]), isNull(engagements.deletedAt)));
}

export async function engagementsPage(
  db: Db,
  filter: EngagementFilter,
  page: PageRequest,
): Promise<Page<Engagement>> {
  const rows = await db
    .select(COLUMNS)
    .from(engagements)
    .where(
      and(
        isNull(engagements.deletedAt),
        after(NEWEST_FIRST, page.after),
        ...inMailbox(filter.mailboxId),
        ...onTimeline('contact', filter.contactId),
        ...onTimeline('account', filter.accountId),
        ...(filter.direction === undefined ? [] : [eq(engagements.direction, filter.direction)]),
        ...(filter.since === undefined ? [] : [gte(engagements.occurredAt, filter.since)]),
        ...(filter.until === undefined ? [] : [lt(engagements.occurredAt, filter.until)]),
        ...(filter.search === undefined ? [] : [matching(filter.search)]),
      ),
    )
    .orderBy(...inOrder(NEWEST_FIRST))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit, (row) => row);
}

/** The engagement of a message, unless it is deleted or was never logged. */
export async function engagementIdsByMessage(
  db: Db,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .select({ id: engagements.id, messageId: engagements.messageId })
    .from(engagements)
    .where(and(inArray(engagements.messageId, [...messageIds]), isNull(engagements.deletedAt)));
  return new Map(rows.map(({ id, messageId }) => [messageId, id]));
}

/** Conditions on a row of `engagements`, none without an id. */
export function inMailbox(mailboxId: string | undefined): SQL[] {
  if (mailboxId === undefined) return [];
  return [
    sql`exists (select 1 from sightings
      where engagement_id = engagements.id and mailbox_id = ${mailboxId})`,
  ];
}

export function onTimeline(of: 'contact' | 'account', id: string | undefined): SQL[] {
  if (id === undefined) return [];
  const links = sql.raw(`engagement_${of}s`);
  const link = sql.raw(`${of}_id`);
  return [
    sql`exists (select 1 from ${links} where engagement_id = engagements.id and ${link} = ${id})`,
  ];
}

function matching(search: string): SQL {
  const pattern = containing(search);
  return sql`(subject ilike ${pattern} or text ilike ${pattern} or exists (
    select 1 from participants where participants.message_id = engagements.message_id
      and (address ilike ${pattern} or name ilike ${pattern})))`;
}
