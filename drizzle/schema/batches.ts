import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Checkpoint } from '../../domain/checkpoint.ts';
import type { Classification } from '../../domain/classification.ts';
import type { Match } from '../../domain/matching.ts';
import { mailboxes } from './mailboxes.ts';
import { createdAt, listOf, workspaceId, workspaceWall } from './workspace.ts';

/** What a batch has been through, in order. */
export const BATCH_STAGES = ['fetched', 'parsed', 'classified', 'matched'] as const;
export type BatchStage = (typeof BATCH_STAGES)[number];

/**
 * What the stages found so far. It stands here and not in the ledger: three more versions of every row there, with all
 * their indexes, were half of what a message cost the database.
 */
export interface BatchProgress {
  /** Names one run of `parse` over what was fetched. */
  readonly run: string;
  /** One entry per message of the batch that is not decided yet. */
  readonly found: readonly Finding[];
}

export interface Finding {
  /** Of the sighting. */
  readonly id: string;
  readonly messageId: string;
  /** What `classify`, then `match` found; `persist` turns it into the decision. */
  readonly outcome: Classification | Match | null;
}

/** One batch on its way through the five stages: what `fetchNew` promised `persist`. Gone once committed. */
export const batches = pgTable(
  'batches',
  {
    id: text().primaryKey(),
    workspaceId: workspaceId(),
    mailboxId: uuid()
      .notNull()
      .references(() => mailboxes.id, { onDelete: 'cascade' }),
    seq: integer().notNull(),
    /** The checkpoint once every message of the batch has a committed decision. */
    next: jsonb().$type<Checkpoint>().notNull(),
    /** Messages in it: `persist` refuses a batch that another fetch has taken messages from. */
    size: integer().notNull(),
    stage: text({ enum: BATCH_STAGES }).notNull().default('fetched'),
    /** null before `parse`. */
    progress: jsonb().$type<BatchProgress>(),
    createdAt: createdAt(),
  },
  (table) => [
    index('batches_mailbox').on(table.mailboxId),
    check('batches_stage', sql`${table.stage} in (${listOf(BATCH_STAGES)})`),
    workspaceWall(),
  ],
);
