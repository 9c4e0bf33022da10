import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { SkipReason } from '../../../domain/decision.ts';
import type { Db } from '../../../drizzle/database.ts';
import * as tables from '../../../drizzle/schema/index.ts';

/** What the pipeline leaves behind, written as it would: past row-level security. */
export interface LoggedMail {
  readonly messageId: string;
  readonly engagementId: string;
  readonly sightingId: string;
}

export interface MailSketch {
  readonly mailboxId?: string;
  readonly from?: string;
  readonly to?: readonly string[];
  readonly subject?: string;
  readonly at?: Date;
  readonly contactIds?: readonly string[];
  readonly accountIds?: readonly string[];
  readonly text?: string;
  readonly threadId?: string;
}

export async function aMailbox(
  db: Db,
  workspaceId: string,
  address = `${randomUUID()}@acme.example`,
): Promise<string> {
  const id = randomUUID();
  await db.insert(tables.mailboxes).values({
    ...{ id, workspaceId, address, host: 'imap.example.com', port: 993, security: 'tls' },
    username: address,
  });
  return id;
}

export async function aContact(
  db: Db,
  workspaceId: string,
  address = `${randomUUID()}@customer.example`,
  name = 'Jill',
): Promise<string> {
  const id = randomUUID();
  await db.insert(tables.contacts).values({ id, workspaceId, name });
  await db
    .insert(tables.contactAddresses)
    .values({ workspaceId, contactId: id, address, isPrimary: true });
  return id;
}

export async function anAccount(db: Db, workspaceId: string, name = 'Customer'): Promise<string> {
  const id = randomUUID();
  await db.insert(tables.accounts).values({ id, workspaceId, name });
  return id;
}

export async function aThread(db: Db, workspaceId: string): Promise<string> {
  const id = randomUUID();
  await db.insert(tables.threads).values({ id, workspaceId });
  return id;
}

export async function aLoggedMail(
  db: Db,
  workspaceId: string,
  sketch: MailSketch = {},
): Promise<LoggedMail> {
  const at = sketch.at ?? new Date();
  const subject = sketch.subject ?? 'Offer';
  const messageId = await aMessage(db, workspaceId, sketch);
  const engagementId = randomUUID();
  await db.insert(tables.engagements).values({
    ...{ id: engagementId, workspaceId, messageId, direction: 'incoming', subject },
    ...{
      occurredAt: at,
      text: sketch.text ?? 'full text',
      replyText: 'reply text',
      html: '<p>hi</p>',
    },
    threadId: sketch.threadId ?? null,
  });
  await db.insert(tables.attachments).values({
    ...{ workspaceId, engagementId, part: '2', name: 'offer.pdf' },
    ...{ mediaType: 'application/pdf', size: 1234 },
  });
  for (const contactId of sketch.contactIds ?? []) {
    await db.insert(tables.engagementContacts).values({ workspaceId, engagementId, contactId });
  }
  for (const accountId of sketch.accountIds ?? []) {
    await db.insert(tables.engagementAccounts).values({ workspaceId, engagementId, accountId });
  }
  const mailboxId = sketch.mailboxId ?? (await aMailbox(db, workspaceId));
  const decision = { verdict: 'logged' as const, engagementId, messageId };
  const sightingId = await aSighting(db, workspaceId, mailboxId, decision);
  return { messageId, engagementId, sightingId };
}

export async function aSkippedMail(
  db: Db,
  workspaceId: string,
  mailboxId: string,
  reason: SkipReason,
  sketch: MailSketch = {},
): Promise<string> {
  const messageId = await aMessage(db, workspaceId, sketch);
  const evidence = { entry: 'example.com' };
  return aSighting(db, workspaceId, mailboxId, {
    ...{ verdict: 'skipped', reason, evidence, messageId },
  });
}

export async function aFolder(
  db: Db,
  workspaceId: string,
  mailboxId: string,
  path: string,
): Promise<string> {
  const id = randomUUID();
  await db.insert(tables.folders).values({ id, workspaceId, mailboxId, path, use: 'other' });
  return id;
}

/** How many transactions of this database wait for another one. */
export async function waitingForLocks(db: Db): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from pg_stat_activity
      where wait_event_type = 'Lock' and datname = current_database()`,
  );
  return row?.count ?? 0;
}

export async function aSighting(
  db: Db,
  workspaceId: string,
  mailboxId: string,
  decision: Partial<typeof tables.sightings.$inferInsert>,
): Promise<string> {
  const folderId = await aFolder(db, workspaceId, mailboxId, `INBOX/${randomUUID()}`);
  const id = randomUUID();
  await db.insert(tables.sightings).values({
    ...{ id, workspaceId, mailboxId, folderId, uidValidity: '1', uid: 1, flags: [], size: 100 },
    ...{ arrivedAt: new Date(), stage: 'decided', decidedAt: new Date() },
    ...decision,
  });
  return id;
}

async function aMessage(db: Db, workspaceId: string, sketch: MailSketch): Promise<string> {
  const id = randomUUID();
  const from = sketch.from ?? 'jill@customer.example';
  await db.insert(tables.messages).values({
    ...{ id, workspaceId, messageKey: randomBytes(32).toString('hex') },
    ...{ internetMessageId: `${id}@example.com`, subject: sketch.subject ?? 'Offer' },
    ...{ fromRaw: `Somebody <${from}>`, inReplyTo: [], references: [], size: 100 },
    headerBlock: Buffer.from('From: x'),
    bodyStructure: { mediaType: 'text/plain', parameters: {}, parts: [] },
  });
  const addresses = [from, ...(sketch.to ?? ['admin@acme.example'])];
  await db.insert(tables.participants).values(
    addresses.map((address, position) => ({
      ...{ workspaceId, messageId: id, position, address, name: '' },
      role: position === 0 ? ('from' as const) : ('to' as const),
      isInternal: address.endsWith('@acme.example'),
    })),
  );
  return id;
}
