import { check, index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { BOUNCE_KINDS } from '../../domain/bounce.ts';
import { messages } from './messages.ts';
import { createdAt, id, listOf, workspaceId, workspaceWall } from './workspace.ts';

/** What delivery reports said (R9, RFC 3464): one row per report and recipient. */
export const bounces = pgTable(
  'bounces',
  {
    id: id(),
    workspaceId: workspaceId(),
    /** The report. */
    messageId: uuid()
      .notNull()
      .references(() => messages.id, { onDelete: 'cascade' }),
    /** The message that it is about; null when we never saw that. */
    originalMessageId: uuid().references(() => messages.id, { onDelete: 'set null' }),
    recipient: text().notNull(),
    kind: text({ enum: BOUNCE_KINDS }).notNull(),
    /** RFC 3463, e.g. `5.1.1`; null when the report names none. */
    status: text(),
    createdAt: createdAt(),
  },
  (table) => [
    unique('bounces_recipient').on(table.messageId, table.recipient),
    index('bounces_original').on(table.originalMessageId),
    index('bounces_of_recipient').on(table.workspaceId, table.recipient),
    check('bounces_kind', sql`${table.kind} in (${listOf(BOUNCE_KINDS)})`),
    check('bounces_recipient_normalised', sql`${table.recipient} = lower(${table.recipient})`),
    workspaceWall(),
  ],
);
