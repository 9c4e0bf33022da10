import { sql } from 'drizzle-orm';
import { check, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, workspaceId, workspaceWall } from './workspace.ts';
import { users } from './users.ts';

export const blacklistEntries = pgTable(
  'blacklist_entries',
  {
    id: id(),
    workspaceId: workspaceId(),
    kind: text({ enum: ['address', 'domain'] }).notNull(),
    value: text().notNull(),
    note: text(),
    authorId: uuid().references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (table) => [
    unique('blacklist_entries_value').on(table.workspaceId, table.value),
    check(
      'blacklist_entries_kind',
      sql`(${table.kind} = 'address') = (position('@' in ${table.value}) > 0)`,
    ),
    check('blacklist_entries_normalised', sql`${table.value} = lower(${table.value})`),
    workspaceWall(),
  ],
);
