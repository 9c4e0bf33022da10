import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { users } from './users.ts';
import { id, moment, workspaceId, workspaceWall } from './workspace.ts';

/** People who wrote to us, or were written to, and were nobody's contact (R34). Counted when their mail is decided. */
export const unknownCorrespondents = pgTable(
  'unknown_correspondents',
  {
    id: id(),
    workspaceId: workspaceId(),
    address: text().notNull(),
    /** As they call themselves, for people to read; identifies nobody (R18). */
    name: text().notNull(),
    messages: integer().notNull(),
    firstSeenAt: moment().notNull(),
    lastSeenAt: moment().notNull(),
    /** Hidden from the review list, and never made a contact by itself. */
    dismissedAt: moment(),
    dismissedBy: uuid().references(() => users.id, { onDelete: 'set null' }),
  },
  (table) => [
    unique('unknown_correspondents_address').on(table.workspaceId, table.address),
    index('unknown_correspondents_latest').on(table.workspaceId, table.lastSeenAt, table.id),
    check('unknown_correspondents_normalised', sql`${table.address} = lower(${table.address})`),
    workspaceWall(),
  ],
);
