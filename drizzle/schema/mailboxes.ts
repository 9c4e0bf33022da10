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
import { OAUTH_PROVIDERS, type AuthorizationRequest } from '../../domain/authorization.ts';
import type { Checkpoint } from '../../domain/checkpoint.ts';
import type { Deferral, MailboxError } from '../../domain/mailbox.ts';
import { MAILBOX_EVENT_KINDS } from '../../domain/mailbox-event.ts';
import type { FolderUse } from '../../domain/message.ts';
import type { Policy } from '../../domain/policy.ts';
import { bytea, createdAt, id, listOf, moment, workspaceId, workspaceWall } from './workspace.ts';
import { users } from './users.ts';

export const MAIL_PROTOCOLS = ['imap', 'pop3'] as const;
export const AUTH_KINDS = ['password', ...OAUTH_PROVIDERS] as const;
export type AuthKind = (typeof AUTH_KINDS)[number];
export const LEASE_PURPOSES = ['visit', 'watch', 'download'] as const;

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
    protocol: text({ enum: MAIL_PROTOCOLS }).notNull().default('imap'),
    /** What the credentials are: a password, or OAuth 2 tokens of this provider. */
    auth: text({ enum: AUTH_KINDS }).notNull().default('password'),
    /** Provider profile (domain/provider.ts), e.g. `gmail`; `generic` when none fits. */
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
    /** What is put off although nothing failed: which lane, why, until when. */
    deferred: jsonb().$type<Deferral>(),
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
    check('mailboxes_protocol', sql`${table.protocol} in (${listOf(MAIL_PROTOCOLS)})`),
    check('mailboxes_auth', sql`${table.auth} in (${listOf(AUTH_KINDS)})`),
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
    /** When the folders were last listed, so that an empty visit need not. */
    foldersListedAt: moment(),
    /** When the server's UIDs were last compared with the ledger. */
    reconciledAt: moment(),
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
    /** Messages of the history when this epoch began: what the import will look at. */
    importTotal: integer(),
    /** A folder that cannot be read is left alone until then; the others are read. */
    parkedUntil: moment(),
    parkedFor: text(),
    /** What the last reconciliation found (R56), and the mod-sequence under which it did (RFC 7162). */
    onServer: integer(),
    recorded: integer(),
    missing: integer(),
    checkedAt: moment(),
    checkedModseq: text(),
  },
  (table) => [unique('folders_path').on(table.mailboxId, table.path), workspaceWall()],
);

/** Octets and logins of a mailbox per hour (UTC): its budgets are sums over the last 24 hours and the last one. */
export const mailboxUsage = pgTable(
  'mailbox_usage',
  {
    workspaceId: workspaceId(),
    mailboxId: uuid()
      .notNull()
      .references(() => mailboxes.id, { onDelete: 'cascade' }),
    hour: moment().notNull(),
    received: bigint({ mode: 'number' }).notNull().default(0),
    sent: bigint({ mode: 'number' }).notNull().default(0),
    logins: integer().notNull().default(0),
  },
  (table) => [
    primaryKey({ name: 'mailbox_usage_pk', columns: [table.mailboxId, table.hour] }),
    workspaceWall(),
  ],
);

/** Who holds the one connection of a mailbox right now, over all processes. An expired lease counts for nothing. */
export const mailboxLeases = pgTable(
  'mailbox_leases',
  {
    mailboxId: uuid()
      .primaryKey()
      .references(() => mailboxes.id, { onDelete: 'cascade' }),
    workspaceId: workspaceId(),
    host: text().notNull(),
    /** The worker's own task queue, or the API process. */
    holder: text().notNull(),
    purpose: text({ enum: LEASE_PURPOSES }).notNull(),
    expiresAt: moment().notNull(),
  },
  (table) => [
    index('mailbox_leases_host').on(table.host),
    check('mailbox_leases_purpose', sql`${table.purpose} in (${listOf(LEASE_PURPOSES)})`),
    workspaceWall(),
  ],
);

/** When the next connection to a host may be made, over all mailboxes of all workspaces and all processes. */
export const hostPaces = pgTable('host_paces', {
  host: text().primaryKey(),
  nextConnectAt: moment().notNull(),
});

/** What happened to a mailbox that its people should be able to see later. */
export const mailboxEvents = pgTable(
  'mailbox_events',
  {
    id: id(),
    workspaceId: workspaceId(),
    mailboxId: uuid()
      .notNull()
      .references(() => mailboxes.id, { onDelete: 'cascade' }),
    folderId: uuid().references(() => folders.id, { onDelete: 'cascade' }),
    kind: text({ enum: MAILBOX_EVENT_KINDS }).notNull(),
    /** Codes, counts and times only; nothing personal. */
    details: jsonb().$type<Readonly<Record<string, string | number>>>().notNull().default({}),
    at: createdAt(),
  },
  (table) => [
    index('mailbox_events_of').on(table.mailboxId, table.at, table.id),
    check('mailbox_events_kind', sql`${table.kind} in (${listOf(MAILBOX_EVENT_KINDS)})`),
    workspaceWall(),
  ],
);

/** POP3 names messages by UIDL (RFC 1939 section 7); the ledger knows them by the number they got here, ascending. */
export const pop3Messages = pgTable(
  'pop3_messages',
  {
    workspaceId: workspaceId(),
    mailboxId: uuid()
      .notNull()
      .references(() => mailboxes.id, { onDelete: 'cascade' }),
    uidl: text().notNull(),
    uid: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ name: 'pop3_messages_pk', columns: [table.mailboxId, table.uidl] }),
    unique('pop3_messages_uid').on(table.mailboxId, table.uid),
    workspaceWall(),
  ],
);

/** Logins with a provider that have begun and not come back yet (RFC 6749 section 4.1, RFC 7636). */
export const oauthRequests = pgTable(
  'oauth_requests',
  {
    /** SHA-256 of the `state` parameter, hex. */
    stateHash: text().primaryKey(),
    workspaceId: workspaceId(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    provider: text({ enum: OAUTH_PROVIDERS }).notNull(),
    /** The code verifier, sealed. */
    envelope: bytea().notNull(),
    /** What is to be done with the tokens: the mailbox to connect or to reconnect. */
    request: jsonb().$type<AuthorizationRequest>().notNull(),
    expiresAt: moment().notNull(),
  },
  () => [workspaceWall()],
);
