import { eq } from 'drizzle-orm';
import type { Policy } from '../../domain/policy.ts';
import * as tables from '../../drizzle/schema/index.ts';
import { address } from './message.ts';
import { decisionsOf } from './pipeline.ts';
import { fromJill, twoMailboxes } from './two-mailboxes.ts';

export type Office = Awaited<ReturnType<typeof twoMailboxes>>;

const ALL: Partial<Policy> = { history: { mode: 'all' } };
export const ON: Partial<Policy> = { ...ALL, retroMatch: 'on' };
export const JOE = address('joe@two.example');
export const BOTH = { to: ['ana@acme.example', 'ben@acme.example'] };

export const fromJoe = (subject: string, intent: Parameters<typeof fromJill>[1] = {}) =>
  fromJill(subject, { from: 'joe@two.example', ...intent });

/** Two mailboxes in which texts are counted as they are downloaded. */
export async function anOffice(onDownload: () => Promise<void> = () => Promise.resolve()) {
  const downloads: number[] = [];
  const office = await twoMailboxes({
    wrap: (session) => ({
      ...session,
      isOpen: true,
      fetchParts: async (wanted) => {
        downloads.push(wanted.length);
        await onDownload();
        return session.fetchParts(wanted);
      },
    }),
  });
  return Object.assign(office, { downloads });
}

/** The decisions of a mailbox as [subject, reason or verdict], by subject. */
export async function decided(office: Office, mailboxId: string) {
  const rows = (await decisionsOf(office.pipeline)).filter((row) => row.mailboxId === mailboxId);
  return Object.fromEntries(rows.map((row) => [row.subject ?? '', row.reason ?? row.verdict]));
}

export async function sightingOf(
  office: Office,
  mailboxId: string,
  subject: string,
): Promise<string> {
  const rows = await office.db
    .select({ id: tables.sightings.id, mailboxId: tables.sightings.mailboxId })
    .from(tables.sightings)
    .innerJoin(tables.messages, eq(tables.messages.id, tables.sightings.messageId))
    .where(eq(tables.messages.subject, subject));
  const found = rows.find((row) => row.mailboxId === mailboxId);
  if (found === undefined) throw new Error(`nobody has seen ${subject}`);
  return found.id;
}

/** What stands on timelines, without ids and times that differ from run to run. */
export async function engagementsOf({ db }: Office) {
  const rows = await db.query.engagements.findMany({ columns: { id: false, createdAt: false } });
  const contacts = await db.select().from(tables.engagementContacts);
  const accounts = await db.select().from(tables.engagementAccounts);
  return { rows, contacts, accounts };
}

export async function seedOf({ pipeline }: Office, mailboxId: string) {
  const loaded = await pipeline.activities.loadMailbox({ mailboxId });
  if (loaded === null) throw new Error('not connected');
  return loaded.seed;
}

/** All that a logged message leaves behind, without what differs from message to message. */
export async function resultOf({ db, pipeline }: Office, subject: string) {
  const decision = (await decisionsOf(pipeline)).find(
    (row) => row.subject === subject && row.verdict === 'logged',
  );
  const engagement = await db.query.engagements.findFirst({
    columns: { messageId: false, threadId: false, subject: false, occurredAt: false },
    where: eq(tables.engagements.subject, subject),
  });
  if (engagement === undefined) throw new Error(`${subject} is not logged`);
  const { id, createdAt: _at, ...content } = engagement;
  const contacts = await db
    .select({ id: tables.engagementContacts.contactId })
    .from(tables.engagementContacts)
    .where(eq(tables.engagementContacts.engagementId, id));
  const accounts = await db
    .select({ id: tables.engagementAccounts.accountId })
    .from(tables.engagementAccounts)
    .where(eq(tables.engagementAccounts.engagementId, id));
  return { content, contacts, accounts, verdict: decision?.verdict, evidence: decision?.evidence };
}
