import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { EmailAddress } from '../domain/address.ts';
import type { Checkpoint } from '../domain/checkpoint.ts';
import type { Deferral, MailboxError, MailboxState } from '../domain/mailbox.ts';
import type { Policy } from '../domain/policy.ts';
import { effectivePolicy } from '../domain/presets.ts';
import type { Db } from './database.ts';
import { after, inOrder, pageOf, sortKey } from './pages.ts';
import type { Order, Page, PageRequest } from './pages.ts';
import { mailboxCredentials, mailboxes, workspaces, type AuthKind } from './schema/index.ts';

export { AUTH_KINDS, type AuthKind } from './schema/index.ts';

/** Where a mailbox is read; never the password. */
export interface MailboxServer {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'none';
  readonly username: string;
}

export type MailProtocol = 'imap' | 'pop3';

/** A connected address as the API shows it: what people chose, and what its workflow last reported. */
export interface Mailbox {
  readonly id: string;
  readonly workspaceId: string;
  readonly userId: string | null;
  readonly address: EmailAddress;
  readonly server: MailboxServer;
  readonly provider: string;
  readonly protocol: MailProtocol;
  readonly auth: AuthKind;
  /** In force: the workspace's preset, its choices, then these. */
  readonly policy: Policy;
  /** Of its own. */
  readonly choices: Partial<Policy>;
  readonly connectedAt: Date;
  readonly disconnectedAt: Date | null;
  readonly state: MailboxState;
  readonly stage: string | null;
  readonly lastSuccessAt: Date | null;
  readonly nextVisitAt: Date | null;
  readonly lastError: MailboxError | null;
  /** What is put off although nothing failed. */
  readonly deferred: Deferral | null;
  /** Set when the workflow itself has just answered; otherwise the committed one is looked up. */
  readonly checkpoint?: Checkpoint;
}

export interface NewMailbox {
  readonly id: string;
  readonly workspaceId: string;
  readonly userId: string | null;
  readonly address: EmailAddress;
  readonly server: MailboxServer;
  readonly provider: string;
  /** IMAP when left out. */
  readonly protocol?: MailProtocol;
  /** What is in its envelope; a password when left out. */
  readonly auth?: AuthKind;
  readonly policy: Partial<Policy>;
}

/** The constraint that a second mailbox with a connected address meets. */
export const MAILBOX_ADDRESS_TAKEN = 'mailboxes_connected_address';

const BY_ADDRESS: Order = { by: mailboxes.address, id: mailboxes.id, kind: 'text' };

export async function findMailboxes(db: Db, ids: readonly string[]): Promise<readonly Mailbox[]> {
  const rows = await selection(db).where(inArray(mailboxes.id, [...ids]));
  return rows.map(toMailbox);
}

export async function mailboxesPage(
  db: Db,
  options: { includeDisconnected: boolean },
  page: PageRequest,
): Promise<Page<Mailbox>> {
  const connected = options.includeDisconnected ? undefined : isNull(mailboxes.disconnectedAt);
  const rows = await selection(db)
    .where(and(connected, after(BY_ADDRESS, page.after)))
    .orderBy(...inOrder(BY_ADDRESS))
    .limit(page.limit + 1);
  return pageOf(rows.map(flat), page.limit, toMailbox);
}

/** All mailboxes of the workspace that are visited. */
export async function connectedMailboxes(db: Db): Promise<readonly Mailbox[]> {
  return (await selection(db).where(isNull(mailboxes.disconnectedAt))).map(toMailbox);
}

export async function isConnected(db: Db, address: EmailAddress): Promise<boolean> {
  const rows = await db
    .select({ id: mailboxes.id })
    .from(mailboxes)
    .where(and(eq(mailboxes.address, address), isNull(mailboxes.disconnectedAt)));
  return rows.length > 0;
}

/** Violates MAILBOX_ADDRESS_TAKEN when the address is connected already. */
export async function insertMailbox(
  db: Db,
  { server, ...mailbox }: NewMailbox,
  envelope: Buffer,
): Promise<void> {
  await db.insert(mailboxes).values({ ...mailbox, ...server, credentialVersion: 1 });
  const { workspaceId, id } = mailbox;
  await db.insert(mailboxCredentials).values({ workspaceId, mailboxId: id, version: 1, envelope });
}

/** Takes back what `insertMailbox` did. */
export async function removeMailbox(db: Db, mailboxId: string): Promise<void> {
  await db.delete(mailboxes).where(eq(mailboxes.id, mailboxId));
}

/** Stores new credentials as the next version, which it returns; of two at once each gets its own. */
export async function storeCredentials(
  db: Db,
  mailbox: Pick<Mailbox, 'id' | 'workspaceId'>,
  server: MailboxServer,
  envelope: Buffer,
  kind: { readonly auth: AuthKind; readonly provider?: string } = { auth: 'password' },
): Promise<number> {
  const [row] = await db
    .update(mailboxes)
    .set({ ...server, ...kind, credentialVersion: sql`${mailboxes.credentialVersion} + 1` })
    .where(and(eq(mailboxes.id, mailbox.id), isNull(mailboxes.disconnectedAt)))
    .returning({ version: mailboxes.credentialVersion });
  if (row === undefined) throw new Error('the mailbox vanished while credentials were stored');
  const { id: mailboxId, workspaceId } = mailbox;
  await db
    .insert(mailboxCredentials)
    .values({ workspaceId, mailboxId, version: row.version, envelope });
  return row.version;
}

export async function setDesiredState(
  db: Db,
  mailboxId: string,
  desiredState: 'active' | 'paused',
): Promise<void> {
  await db.update(mailboxes).set({ desiredState }).where(eq(mailboxes.id, mailboxId));
}

/** R54: nothing that could log in stays behind. */
export async function markDisconnected(db: Db, mailboxId: string): Promise<void> {
  await db
    .update(mailboxes)
    .set({
      desiredState: 'disconnected',
      state: 'disconnected',
      disconnectedAt: sql`now()`,
      nextVisitAt: null,
      stage: null,
    })
    .where(and(eq(mailboxes.id, mailboxId), isNull(mailboxes.disconnectedAt)));
  await db.delete(mailboxCredentials).where(eq(mailboxCredentials.mailboxId, mailboxId));
}

function selection(db: Db) {
  return db
    .select({
      ...{ mailbox: mailboxes, workspacePolicy: workspaces.policy, preset: workspaces.preset },
      sort: sortKey(BY_ADDRESS),
    })
    .from(mailboxes)
    .innerJoin(workspaces, eq(workspaces.id, mailboxes.workspaceId))
    .$dynamic();
}

type Row = Awaited<ReturnType<typeof selection>>[number];

function flat(row: Row): Row & { id: string } {
  return { ...row, id: row.mailbox.id };
}

function toMailbox({ mailbox, workspacePolicy, preset }: Row): Mailbox {
  const { host, port, security, username, policy, ...row } = mailbox;
  return {
    ...row,
    address: row.address as EmailAddress,
    state: row.state as MailboxState,
    server: { host, port, security, username },
    policy: effectivePolicy(preset, workspacePolicy, policy),
    choices: policy,
  };
}
