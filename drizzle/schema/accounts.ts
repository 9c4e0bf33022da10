import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, id, workspaceId, workspaceWall } from './workspace.ts';

export const accounts = pgTable(
  'accounts',
  {
    id: id(),
    workspaceId: workspaceId(),
    name: text().notNull(),
    parentId: uuid(),
    defaultForArchive: boolean().notNull().default(false),
    /** Its id in the system that it comes from. */
    externalId: text(),
    createdAt: createdAt(),
  },
  (table) => [
    unique('accounts_external_id').on(table.workspaceId, table.externalId),
    foreignKey({
      name: 'accounts_parent',
      columns: [table.parentId],
      foreignColumns: [table.id],
    }).onDelete('set null'),
    check('accounts_not_own_parent', sql`${table.parentId} is distinct from ${table.id}`),
    check('accounts_name', sql`${table.name} <> ''`),
    index('accounts_name_order').on(table.workspaceId, table.name, table.id),
    workspaceWall(),
  ],
);

/** A domain belongs to one account of a workspace: it decides where an unknown person is filed (R30). */
export const accountDomains = pgTable(
  'account_domains',
  {
    workspaceId: workspaceId(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    domain: text().notNull(),
  },
  (table) => [
    primaryKey({ name: 'account_domains_pk', columns: [table.workspaceId, table.domain] }),
    index('account_domains_account').on(table.accountId),
    check('account_domains_normalised', sql`${table.domain} = lower(${table.domain})`),
    workspaceWall(),
  ],
);
