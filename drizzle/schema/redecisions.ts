import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import {
  REDECISION_CAUSES,
  REDECISION_STATES,
  type RedecisionScope,
} from '../../domain/redecision.ts';
import { users } from './users.ts';
import { createdAt, id, listOf, moment, workspaceId, workspaceWall } from './workspace.ts';

/** Earlier messages that are decided once more because something has changed (R4, R34); one workflow each. */
export const redecisions = pgTable(
  'redecisions',
  {
    id: id(),
    workspaceId: workspaceId(),
    cause: text({ enum: REDECISION_CAUSES }).notNull(),
    /** Which messages it can change. */
    scope: jsonb().$type<RedecisionScope>().notNull(),
    requestedBy: uuid().references(() => users.id, { onDelete: 'set null' }),
    state: text({ enum: REDECISION_STATES }).notNull().default('waiting'),
    /** Messages in scope (null before it has begun), decided again, and logged by that. */
    total: integer(),
    done: integer().notNull().default(0),
    logged: integer().notNull().default(0),
    createdAt: createdAt(),
    startedAt: moment(),
    finishedAt: moment(),
  },
  (table) => [
    index('redecisions_latest').on(table.workspaceId, table.createdAt, table.id),
    index('redecisions_open')
      .on(table.createdAt)
      .where(sql`finished_at is null`),
    check('redecisions_cause', sql`${table.cause} in (${listOf(REDECISION_CAUSES)})`),
    check('redecisions_state', sql`${table.state} in (${listOf(REDECISION_STATES)})`),
    workspaceWall(),
  ],
);
