import { and, desc, eq, gte, inArray } from 'drizzle-orm';
import type { MailboxEventKind } from '../domain/mailbox-event.ts';
import type { Db } from './database.ts';
import { mailboxEvents } from './schema/index.ts';

/** Whom an event is about. */
interface Subject {
  readonly mailboxId: string;
  readonly workspaceId: string;
  readonly folderId?: string;
}

/** Writes down what happened; `details` are codes, counts and times, never words of a server or of a message. */
export async function recordEvent(
  db: Db,
  subject: Subject,
  kind: MailboxEventKind,
  details: Readonly<Record<string, string | number>> = {},
): Promise<void> {
  await db.insert(mailboxEvents).values({ ...subject, kind, details });
}

/** How often it happened to a folder since a moment. */
export async function countFolderEvents(
  db: Db,
  folderId: string,
  kind: MailboxEventKind,
  since: Date,
): Promise<number> {
  return db.$count(
    mailboxEvents,
    and(
      eq(mailboxEvents.folderId, folderId),
      eq(mailboxEvents.kind, kind),
      gte(mailboxEvents.at, since),
    ),
  );
}

/** The last of these that happened to a mailbox; null when none has. */
export async function lastEventOf(
  db: Db,
  mailboxId: string,
  kinds: readonly MailboxEventKind[],
): Promise<MailboxEventKind | null> {
  const [row] = await db
    .select({ kind: mailboxEvents.kind })
    .from(mailboxEvents)
    .where(and(eq(mailboxEvents.mailboxId, mailboxId), inArray(mailboxEvents.kind, [...kinds])))
    .orderBy(desc(mailboxEvents.at), desc(mailboxEvents.id))
    .limit(1);
  return row?.kind ?? null;
}
