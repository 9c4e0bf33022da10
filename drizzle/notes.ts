import { randomUUID } from 'node:crypto';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Direction } from '../domain/identity.ts';
import type { BodyPart, BodyStructure, MessageContent } from '../domain/message.ts';
import { HTML_RULES_VERSION } from '../domain/message-html.ts';
import { storedReferences } from '../domain/thread.ts';
import type { Db } from './database.ts';
import { attachedFiles } from './filing.ts';
import type { MessageFacts } from './parsed.ts';
import { asRecords, isOneOfIds, storableText } from './rows.ts';
import { engagements, messages } from './schema/index.ts';
import { threadMessages } from './threads.ts';

/**
 * What a note is about, as a message: one that was pasted whole, or as much as a person told of it. Under the key of
 * domain/message-key.ts it is the same message as one in a mailbox (R40); `noteKey` makes others.
 */
export interface NoteMessage extends MessageFacts {
  readonly headerBlock: Buffer;
  readonly bodyStructure: BodyStructure;
  readonly size: number;
}

/** What a user puts on timelines by hand (R44). */
export interface Note {
  readonly workspaceId: string;
  readonly authorId: string;
  readonly message: NoteMessage;
  readonly direction: Direction;
  readonly subject: string;
  readonly occurredAt: Date;
  readonly content: MessageContent;
  readonly attachments: readonly BodyPart[];
  /** Of the workspace; each contact brings its default account, else the one linked last (R17). */
  readonly contactIds: readonly string[];
  readonly accountIds: readonly string[];
}

/** The engagement of a note; one that was there before is linked to the contacts and accounts, and stays what it is. */
export type FiledNote =
  | { readonly kind: 'filed' | 'filed_before'; readonly engagementId: string }
  /** Somebody deleted it, and deleted stays deleted (R23). */
  | { readonly kind: 'deleted' };

const NOTE_KEY = 'note:';

/** The key of a message that only a person told of; `once` is the same for repeats of one request. */
export function noteKey(once: string = randomUUID()): string {
  return `${NOTE_KEY}${once}`;
}

export async function fileNote(db: Db, note: Note): Promise<FiledNote> {
  const messageId = await ensureMessage(db, note.workspaceId, note.message);
  // Nobody can answer to what has no Message-ID: it stands alone.
  const isInThread = note.message.internetMessageId !== null;
  if (isInThread) await threadMessages(db, note.workspaceId, [messageId]);
  const made = await makeEngagement(db, messageId, note);
  const engagementId = made ?? (await liveEngagement(db, messageId));
  if (engagementId === null) return { kind: 'deleted' };
  await link(db, engagementId, note);
  if (made !== null) await listAttachments(db, engagementId, note);
  return { kind: made === null ? 'filed_before' : 'filed', engagementId };
}

/** Whoever stores a message first, a mailbox or a person: the other one finds it. */
async function ensureMessage(
  db: Db,
  workspaceId: string,
  { participants: people, ...message }: NoteMessage,
): Promise<string> {
  const [made] = await db
    .insert(messages)
    .values({
      ...{ ...message, workspaceId, sentAt: message.sentAt },
      ...{ subject: storableText(message.subject), fromRaw: storableText(message.fromRaw) },
      ...{
        inReplyTo: [...message.inReplyTo],
        references: [...storedReferences(message.inReplyTo, message.references)],
      },
    })
    .onConflictDoNothing()
    .returning({ id: messages.id });
  if (made === undefined) {
    const found = await messageIdByKey(db, workspaceId, message.messageKey);
    if (found === null) throw new Error('the message vanished while its note was stored');
    return found;
  }
  // In one parameter: somebody may paste a letter to thousands.
  await db.execute(sql`
    insert into participants (workspace_id, message_id, position, role, address, name, is_internal)
    select ${workspaceId}::uuid, ${made.id}::uuid, p.position - 1, p.role, p.address, p.name, p."isInternal"
    from rows from (
      jsonb_to_recordset(${asRecords(people)}) as (role text, address text, name text, "isInternal" boolean)
    ) with ordinality as p(role, address, name, "isInternal", position)`);
  return made.id;
}

/** The message under this key, whoever told of it; null when nobody has. */
export async function messageIdByKey(
  db: Db,
  workspaceId: string,
  messageKey: string,
): Promise<string | null> {
  const [found] = await db
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.messageKey, messageKey)));
  return found?.id ?? null;
}

/** null when the message has an engagement, deleted or not. */
async function makeEngagement(db: Db, messageId: string, note: Note): Promise<string | null> {
  const { workspaceId, authorId, direction, occurredAt, content } = note;
  const [made] = await db
    .insert(engagements)
    .values({
      ...{ workspaceId, messageId, kind: 'note', authorId, direction, occurredAt },
      ...{ ...content, htmlVersion: HTML_RULES_VERSION, subject: storableText(note.subject) },
      threadId: sql`(select thread_id from messages where id = ${messageId}::uuid)`,
    })
    .onConflictDoNothing()
    .returning({ id: engagements.id });
  return made?.id ?? null;
}

/** Locked, so that a deletion at this moment comes before the links or after them (R23). */
async function liveEngagement(db: Db, messageId: string): Promise<string | null> {
  const [found] = await db
    .select({ id: engagements.id })
    .from(engagements)
    .where(and(eq(engagements.messageId, messageId), isNull(engagements.deletedAt)))
    .for('update');
  return found?.id ?? null;
}

async function link(db: Db, engagementId: string, note: Note): Promise<void> {
  const { workspaceId, contactIds, accountIds } = note;
  await db.execute(sql`
    with chosen as (
      select id, default_account_id from contacts where ${isOneOfIds(sql`id`, contactIds)}
    ), contacted as (
      insert into engagement_contacts (workspace_id, engagement_id, contact_id)
      select ${workspaceId}::uuid, ${engagementId}::uuid, id from chosen on conflict do nothing
    )
    insert into engagement_accounts (workspace_id, engagement_id, account_id)
    select ${workspaceId}::uuid, ${engagementId}::uuid, id from accounts
    where ${isOneOfIds(sql`id`, accountIds)} or id in (
      select coalesce(chosen.default_account_id, (
        select account_id from contact_accounts where contact_id = chosen.id
        order by linked_at desc, account_id limit 1))
      from chosen)
    on conflict do nothing`);
}

/** Without their octets: they can be had where a mailbox has the message. */
async function listAttachments(db: Db, engagementId: string, note: Note): Promise<void> {
  const rows = attachedFiles(note.attachments, note.content.html);
  if (rows.length === 0) return;
  await db.execute(sql`
    insert into attachments (workspace_id, engagement_id, part, name, media_type, size, content_id)
    select ${note.workspaceId}::uuid, ${engagementId}::uuid, a.part, a.name, a."mediaType", a.size, a."contentId"
    from jsonb_to_recordset(${asRecords(rows)})
      as a(part text, name text, "mediaType" text, size bigint, "contentId" text)
    on conflict do nothing`);
}

/** What of a note can be changed; what is left out stays. */
export interface NoteChange {
  readonly subject?: string;
  readonly occurredAt?: Date;
  readonly content?: MessageContent;
}

/** Changes what a user wrote; false when it was deleted meanwhile. */
export async function changeNote(
  db: Db,
  engagementId: string,
  { content, subject, occurredAt }: NoteChange,
): Promise<boolean> {
  const changed = await db
    .update(engagements)
    .set({
      ...(subject === undefined ? {} : { subject: storableText(subject) }),
      ...(occurredAt === undefined ? {} : { occurredAt }),
      ...content,
      // Also when there is nothing to change, so that the answer says whether the note is there.
      kind: 'note',
    })
    .where(and(eq(engagements.id, engagementId), isNull(engagements.deletedAt)))
    .returning({ id: engagements.id });
  return changed.length > 0;
}

/** Whether the note is a person's own words, and no message that was pasted whole. */
export async function isOwnWords(db: Db, messageId: string): Promise<boolean> {
  const [found] = await db
    .select({ messageKey: messages.messageKey })
    .from(messages)
    .where(eq(messages.id, messageId));
  return found?.messageKey.startsWith(NOTE_KEY) === true;
}
