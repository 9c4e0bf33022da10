import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea, createdAt, id, listOf, workspaceId, workspaceWall } from './workspace.ts';

/** Domains whose addresses are all the workspace's own (R11). */
export const internalDomains = pgTable(
  'internal_domains',
  { workspaceId: workspaceId(), domain: text().notNull() },
  (table) => [
    primaryKey({ name: 'internal_domains_pk', columns: [table.workspaceId, table.domain] }),
    check('internal_domains_normalised', sql`${table.domain} = lower(${table.domain})`),
    workspaceWall(),
  ],
);

export const THREAD_ORDERS = ['newest_first', 'oldest_first'] as const;
export type ThreadOrder = (typeof THREAD_ORDERS)[number];

export const USER_ROLES = ['admin', 'member', 'operator', 'service'] as const;

export const users = pgTable(
  'users',
  {
    id: id(),
    workspaceId: workspaceId(),
    name: text().notNull(),
    role: text({ enum: USER_ROLES }).notNull().default('member'),
    /** In which order this user reads threads (R43). */
    threadOrder: text({ enum: THREAD_ORDERS }).notNull().default('newest_first'),
    createdAt: createdAt(),
  },
  (table) => [
    check('users_thread_order', sql`${table.threadOrder} in (${listOf(THREAD_ORDERS)})`),
    check('users_role', sql`${table.role} in ('admin', 'member', 'operator', 'service')`),
    index('users_workspace').on(table.workspaceId),
    workspaceWall(),
  ],
);

/** A user's own addresses and aliases (R11). */
export const userAddresses = pgTable(
  'user_addresses',
  {
    workspaceId: workspaceId(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    address: text().notNull(),
    isPrimary: boolean().notNull().default(false),
  },
  (table) => [
    primaryKey({ name: 'user_addresses_pk', columns: [table.workspaceId, table.address] }),
    index('user_addresses_user').on(table.userId),
    check('user_addresses_normalised', sql`${table.address} = lower(${table.address})`),
    workspaceWall(),
  ],
);

/** Bearer tokens of the API, as SHA-256: the token itself is nowhere in the database. */
export const accessTokens = pgTable(
  'access_tokens',
  {
    id: id(),
    workspaceId: workspaceId(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    tokenHash: bytea().notNull(),
    createdAt: createdAt(),
  },
  (table) => [unique('access_tokens_hash').on(table.tokenHash), workspaceWall()],
);
