import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
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
import { PARTICIPANT_ROLES, type BodyStructure } from '../../domain/message.ts';
import {
  bytea,
  createdAt,
  id,
  listOf,
  moment,
  sameWorkspaceId,
  workspaceId,
  workspaceWall,
} from './workspace.ts';

export const threads = pgTable(
  'threads',
  { id: id(), workspaceId: workspaceId(), createdAt: createdAt() },
  () => [workspaceWall()],
);

/** A message as its headers tell it, once per workspace however often it is seen. Skipped ones keep this only (R45). */
export const messages = pgTable(
  'messages',
  {
    id: id(),
    workspaceId: workspaceId(),
    /** SHA-256 of domain/message-key.ts, hex: two sightings with one key are the same message. */
    messageKey: text().notNull(),
    internetMessageId: text(),
    subject: text().notNull(),
    fromRaw: text().notNull(),
    sentAt: moment(),
    inReplyTo: text().array().notNull(),
    references: text().array().notNull(),
    /** The header fields that were fetched, as they came, so that a message can be decided again without a download. */
    headerBlock: bytea().notNull(),
    bodyStructure: jsonb().$type<BodyStructure>().notNull(),
    size: bigint({ mode: 'number' }).notNull(),
    threadId: uuid().references(() => threads.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (table) => [
    unique('messages_key').on(table.workspaceId, table.messageKey),
    index('messages_internet_message_id').on(table.workspaceId, table.internetMessageId),
    // Partial: only what is logged has a thread, and most mail is not.
    index('messages_references')
      .using('gin', table.references)
      .where(sql`thread_id is not null`),
    index('messages_thread')
      .on(table.threadId)
      .where(sql`thread_id is not null`),
    workspaceWall(),
  ],
);

export const participants = pgTable(
  'participants',
  {
    workspaceId: sameWorkspaceId(),
    messageId: uuid()
      .notNull()
      .references(() => messages.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    role: text({ enum: PARTICIPANT_ROLES }).notNull(),
    address: text().notNull(),
    name: text().notNull(),
    /** Whether it was one of the workspace's own when the message was last looked at. */
    isInternal: boolean(),
  },
  (table) => [
    primaryKey({ name: 'participants_pk', columns: [table.messageId, table.position] }),
    index('participants_address').on(table.workspaceId, table.address),
    check('participants_role', sql`${table.role} in (${listOf(PARTICIPANT_ROLES)})`),
    check('participants_address_normalised', sql`${table.address} = lower(${table.address})`),
    workspaceWall(),
  ],
);
