import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { SKIP_REASONS, type Evidence, type SkipReason } from '../../domain/decision.ts';
import type { BodyStructure } from '../../domain/message.ts';
import { engagements } from './engagements.ts';
import { folders } from './mailboxes.ts';
import { messages } from './messages.ts';
import { bytea, id, listOf, moment, sameWorkspaceId, workspaceWall } from './workspace.ts';

/** A sighting is written twice: when it is fetched, and when it is decided. What is between stands in its batch. */
export const STAGES = ['fetched', 'decided'] as const;
export const VERDICTS = ['logged', 'skipped', 'failed'] as const;
export type Verdict = (typeof VERDICTS)[number];

/**
 * The ledger: one row per sighting of a message in a folder of a mailbox, from the moment its headers are fetched
 * until it has a decision, and for good after that (R45). The unique key makes every repeat harmless (R41).
 */
export const sightings = pgTable(
  'sightings',
  {
    id: id(),
    workspaceId: sameWorkspaceId(),
    /** The folder's; it goes with that. */
    mailboxId: uuid().notNull(),
    folderId: uuid().notNull(),
    uidValidity: text().notNull(),
    /** Unsigned 32 bits (RFC 9051 section 2.3.1.1). */
    uid: bigint({ mode: 'number' }).notNull(),
    flags: text().array().notNull(),
    size: bigint({ mode: 'number' }).notNull(),
    arrivedAt: moment().notNull(),

    stage: text({ enum: STAGES }).notNull().default('fetched'),
    batchId: text(),
    /** Until it is decided. */
    headerBlock: bytea(),
    bodyStructure: jsonb().$type<BodyStructure>(),
    messageId: uuid().references(() => messages.id),

    verdict: text({ enum: VERDICTS }),
    reason: text().$type<SkipReason>(),
    evidence: jsonb().$type<Evidence>().notNull().default({}),
    decidedAt: moment(),
    engagementId: uuid(),
    /** How often it could not be read or stored; with `retryAt` it is tried again then, without it is quarantined. */
    attempts: integer().notNull().default(0),
    retryAt: moment(),
    /** When we deleted it on the server, as the policy `afterImport` asks. */
    removedAt: moment(),
  },
  (table) => [
    unique('sightings_uid').on(table.folderId, table.uidValidity, table.uid),
    foreignKey({
      name: 'sightings_folder',
      columns: [table.folderId],
      foreignColumns: [folders.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'sightings_engagement',
      columns: [table.engagementId],
      foreignColumns: [engagements.id],
    }).onDelete('set null'),
    index('sightings_batch').on(table.batchId),
    // Partial: each index that does not hold a row makes its two writes cheaper.
    index('sightings_message')
      .on(table.messageId)
      .where(sql`message_id is not null`),
    index('sightings_engagement_id')
      .on(table.engagementId)
      .where(sql`engagement_id is not null`),
    index('sightings_decided')
      .on(table.workspaceId, table.decidedAt, table.id)
      .where(sql`decided_at is not null`),
    index('sightings_retry')
      .on(table.mailboxId, table.retryAt)
      .where(sql`retry_at is not null`),
    index('sightings_counts').on(table.mailboxId, table.verdict),
    check('sightings_stage', sql`${table.stage} in (${listOf(STAGES)})`),
    check('sightings_verdict', sql`${table.verdict} in (${listOf(VERDICTS)})`),
    check('sightings_reason', sql`${table.reason} in (${listOf(SKIP_REASONS)})`),
    check(
      'sightings_decided_whole',
      sql`(${table.stage} = 'decided') = (${table.verdict} is not null and ${table.decidedAt} is not null)`,
    ),
    check(
      'sightings_skipped_has_reason',
      sql`(${table.verdict} is not distinct from 'skipped') = (${table.reason} is not null)`,
    ),
    workspaceWall(),
  ],
);
