import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { ENGAGEMENT_KINDS, type CalendarInvite } from '../../domain/engagement.ts';
import { accounts } from './accounts.ts';
import {
  createdAt,
  id,
  listOf,
  moment,
  sameWorkspaceId,
  workspaceId,
  workspaceWall,
} from './workspace.ts';
import { contacts } from './contacts.ts';
import { messages, threads } from './messages.ts';
import { users } from './users.ts';

/** A logged message on the timelines of contacts and accounts. A deleted one stays as a tombstone without content (R23). */
export const engagements = pgTable(
  'engagements',
  {
    id: id(),
    workspaceId: workspaceId(),
    messageId: uuid()
      .notNull()
      .references(() => messages.id),
    threadId: uuid().references(() => threads.id, { onDelete: 'set null' }),
    direction: text({ enum: ['incoming', 'outgoing'] }).notNull(),
    subject: text().notNull(),
    occurredAt: moment().notNull(),
    text: text().notNull(),
    replyText: text().notNull(),
    html: text(),
    /** Which rules the HTML was sanitised by: what is older than the rules of today is sanitised again when read. */
    htmlVersion: integer().notNull().default(1),
    kind: text({ enum: ENGAGEMENT_KINDS }).notNull().default('email'),
    /** Who put it there by hand (R44); null for what Mailroom filed. */
    authorId: uuid().references(() => users.id, { onDelete: 'set null' }),
    /** The invitation that the message carries, if any. */
    calendar: jsonb().$type<CalendarInvite>(),
    createdAt: createdAt(),
    deletedAt: moment(),
    deletedBy: uuid().references(() => users.id, { onDelete: 'set null' }),
  },
  (table) => [
    unique('engagements_message').on(table.workspaceId, table.messageId),
    index('engagements_timeline').on(table.workspaceId, table.occurredAt, table.id),
    index('engagements_thread').on(table.threadId),
    check('engagements_kind', sql`${table.kind} in (${listOf(ENGAGEMENT_KINDS)})`),
    check('engagements_direction', sql`${table.direction} in ('incoming', 'outgoing')`),
    check(
      'engagements_deleted_is_empty',
      sql`${table.deletedAt} is null or (${table.text} = '' and ${table.html} is null)`,
    ),
    workspaceWall(),
  ],
);

export const engagementContacts = pgTable(
  'engagement_contacts',
  {
    workspaceId: sameWorkspaceId(),
    engagementId: uuid()
      .notNull()
      .references(() => engagements.id, { onDelete: 'cascade' }),
    contactId: uuid()
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ name: 'engagement_contacts_pk', columns: [table.engagementId, table.contactId] }),
    index('engagement_contacts_contact').on(table.contactId),
    workspaceWall(),
  ],
);

export const engagementAccounts = pgTable(
  'engagement_accounts',
  {
    workspaceId: sameWorkspaceId(),
    engagementId: uuid()
      .notNull()
      .references(() => engagements.id, { onDelete: 'cascade' }),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ name: 'engagement_accounts_pk', columns: [table.engagementId, table.accountId] }),
    index('engagement_accounts_account').on(table.accountId),
    workspaceWall(),
  ],
);

/** Attachments are listed, not stored: the bytes stay in the mailbox. */
export const attachments = pgTable(
  'attachments',
  {
    workspaceId: sameWorkspaceId(),
    engagementId: uuid()
      .notNull()
      .references(() => engagements.id, { onDelete: 'cascade' }),
    /** IMAP section number. */
    part: text().notNull(),
    name: text().notNull(),
    mediaType: text().notNull(),
    /** Decoded size in octets, estimated from the encoded one. */
    size: bigint({ mode: 'number' }).notNull(),
    /** Content-ID without angle brackets (RFC 2392): what `cid:` in the HTML names. */
    contentId: text(),
  },
  (table) => [
    primaryKey({ name: 'attachments_pk', columns: [table.engagementId, table.part] }),
    workspaceWall(),
  ],
);
