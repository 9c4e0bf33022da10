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
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Checkpoint } from '../../domain/checkpoint.ts';
import type { MailboxError } from '../../domain/mailbox.ts';
import type { FolderUse } from '../../domain/message.ts';
import type { Policy } from '../../domain/policy.ts';
import { bytea, createdAt, id, moment, workspaceId, workspaceWall } from './workspace.ts';
import { users } from './users.ts';

export const mailboxes = pgTable(
  'mailboxes',
  {
    id: id(),
    workspaceId: workspaceId(),
    /** The user it belongs to; null for a shared mailbox. */
    userId: uuid().references(() => users.id, { onDelete: 'set null' }),
    address: text().notNull(),
    host: text().notNull(),
    port: integer().notNull(),
    security: text({ enum: ['tls', 'starttls', 'none'] }).notNull(),
    username: text().notNull(),
    /** Provider profile, e.g. `gmail`; `generic` when none fits. */
    provider: text().notNull().default('generic'),
    policy: jsonb().$type<Partial<Policy>>().notNull().default({}),
    /** What people want; the workflow is told by signals and seeds itself from here when it has to start anew. */
    desiredState: text({ enum: ['active', 'paused', 'disconnected'] })
      .notNull()
      .default('active'),
    credentialVersion: integer().notNull().default(1),
    connectedAt: createdAt(),
    disconnectedAt: moment(),

    /** What the workflow last reported. It is the truth; this is for lists and for when no worker runs. */
    state: text().notNull().default('connecting'),
    /** The step at work right now, null between visits. */
    stage: text(),
    lastSuccessAt: moment(),
    nextVisitAt: moment(),
    lastError: jsonb().$type<MailboxError>(),
  },
  (table) => [
    uniqueIndex('mailboxes_connected_address')
      .on(table.workspaceId, table.address)
      .where(sql`disconnected_at is null`),
    check('mailboxes_address_normalised', sql`${table.address} = lower(${table.address})`),
    check('mailboxes_port', sql`${table.port} between 1 and 65535`),
    check(
      'mailboxes_desired_state',
      sql`${table.desiredState} in ('active', 'paused', 'disconnected')`,
    ),
    check('mailboxes_security', sql`${table.security} in ('tls', 'starttls', 'none')`),
    workspaceWall(),
  ],
);

/** Passwords and tokens under AES-256-GCM (drizzle/vault.ts). The API's role may add rows and not read them. */
export const mailboxCredentials = pgTable(
  'mailbox_credentials',
  {
    workspaceId: workspaceId(),
    mailboxId: uuid()
      .notNull()
      .references(() => mailboxes.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    envelope: bytea().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ name: 'mailbox_credentials_pk', columns: [table.mailboxId, table.version] }),
    workspaceWall(),
  ],
);

/** The committed side of the workflow's checkpoint: it may be ahead of the workflow, never behind it. */
export const mailboxCheckpoints = pgTable(
  'mailbox_checkpoints',
  {
    mailboxId: uuid()
      .primaryKey()
      .references(() => mailboxes.id, { onDelete: 'cascade' }),
    workspaceId: workspaceId(),
    /** Number of the last committed batch. */
    seq: integer().notNull().default(0),
    checkpoint: jsonb().$type<Checkpoint>().notNull().default({}),
    /** Whether the history has been read to its end once. */
    imported: boolean().notNull().default(false),
    /** The fetch that owns the mailbox: an older one that is still running may not write any more. */
    fetchToken: text(),
  },
  () => [workspaceWall()],
);

export const folders = pgTable(
  'folders',
  {
    id: id(),
    workspaceId: workspaceId(),
    mailboxId: uuid()
      .notNull()
      .references(() => mailboxes.id, { onDelete: 'cascade' }),
    path: text().notNull(),
    use: text().$type<FolderUse>().notNull(),
    /** Under this UIDVALIDITY, UIDs below `importedBelow` were there before the first visit; `startsAt` binds them. */
    uidValidity: text(),
    importedBelow: bigint({ mode: 'number' }),
    startsAt: moment(),
  },
  (table) => [unique('folders_path').on(table.mailboxId, table.path), workspaceWall()],
);

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
    createdAt: createdAt(),
  },
  (table) => [index('batches_mailbox').on(table.mailboxId), workspaceWall()],
);
