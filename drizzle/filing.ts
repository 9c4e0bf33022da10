import { and, eq, sql } from 'drizzle-orm';
import type { EmailAddress } from '../domain/address.ts';
import type { MatchedMessage } from '../domain/matching.ts';
import { HTML_RULES_VERSION, shownContentIds } from '../domain/message-html.ts';
import type { BodyPart, MessageContent } from '../domain/message.ts';
import type { Db } from './database.ts';
import { ensureContacts, type FilingSource, type Person } from './new-contacts.ts';
import { asRecords, isOneOfIds } from './rows.ts';
import { engagements } from './schema/index.ts';
import { threadMessages } from './threads.ts';

/** A message that is to be logged, with everything its engagement shows. */
export interface Filing {
  readonly messageId: string;
  readonly match: MatchedMessage;
  readonly subject: string;
  readonly occurredAt: Date;
  readonly content: MessageContent;
  readonly attachments: readonly BodyPart[];
}

/**
 * Makes the engagements of a batch with their threads and links, once per message of the workspace (R40, R41). Returns the
 * engagement of each message; one that a user has deleted is left as it is (R23).
 */
export async function fileMessages(
  db: Db,
  source: FilingSource,
  filings: readonly Filing[],
): Promise<ReadonlyMap<string, { engagementId: string; isDeleted: boolean }>> {
  if (filings.length === 0) return new Map();
  const wanted = filings.flatMap(({ match, messageId }) =>
    match.newContacts.map((made) => ({ made, messageId })),
  );
  const people = await ensureContacts(db, source, wanted);
  const ids = filings.map(({ messageId }) => messageId);
  await threadMessages(db, source.workspaceId, ids);
  await makeEngagements(db, source.workspaceId, filings);
  const filed = await lockEngagements(db, source.workspaceId, ids);
  const live = filings.filter(({ messageId }) => filed.get(messageId)?.isDeleted === false);
  await linkEngagements(
    db,
    source.workspaceId,
    live.map((filing) => ({
      engagementId: filed.get(filing.messageId)?.engagementId,
      ...linksOf(filing, people),
      attachments: filing.attachments,
      html: filing.content.html,
    })),
  );
  return filed;
}

/** Of these messages, those that have an engagement, deleted or not. */
export async function loggedMessages(
  db: Db,
  workspaceId: string,
  messageIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (messageIds.length === 0) return new Set();
  const rows = await db
    .select({ messageId: engagements.messageId })
    .from(engagements)
    .where(ofMessages(workspaceId, messageIds));
  return new Set(rows.map(({ messageId }) => messageId));
}

/** The thread was put down with the message before. */
async function makeEngagements(
  db: Db,
  workspaceId: string,
  filings: readonly Filing[],
): Promise<void> {
  const rows = filings.map(({ messageId, match, subject, occurredAt, content }) => ({
    ...{ messageId, direction: match.direction, subject, occurredAt },
    ...content,
  }));
  await db.execute(sql`
    insert into engagements (workspace_id, message_id, thread_id, direction, subject, occurred_at, text, reply_text, html,
                             html_version, calendar)
    select ${workspaceId}::uuid, m.id, m.thread_id, r.direction, r.subject, r."occurredAt", r.text, r."replyText", r.html,
           ${HTML_RULES_VERSION}, r.calendar
    from jsonb_to_recordset(${asRecords(rows)})
      as r("messageId" uuid, direction text, subject text, "occurredAt" timestamptz, text text, "replyText" text,
           html text, calendar jsonb)
    join messages m on m.id = r."messageId"
    order by m.id
    on conflict (workspace_id, message_id) do nothing`);
}

async function lockEngagements(db: Db, workspaceId: string, messageIds: readonly string[]) {
  const rows = await db
    .select({
      messageId: engagements.messageId,
      engagementId: engagements.id,
      deletedAt: engagements.deletedAt,
    })
    .from(engagements)
    .where(ofMessages(workspaceId, messageIds))
    // Locked, so that a deletion at this moment comes before the decision or after it (R23).
    .orderBy(engagements.id)
    .for('update');
  return new Map(
    rows.map(({ messageId, engagementId, deletedAt }) => [
      messageId,
      { engagementId, isDeleted: deletedAt !== null },
    ]),
  );
}

function linksOf({ match }: Filing, people: ReadonlyMap<EmailAddress, Person>): Person {
  const made = match.newContacts.flatMap(({ address }) => people.get(address) ?? []);
  return {
    contactIds: [...match.contactIds, ...made.flatMap(({ contactIds }) => contactIds)],
    accountIds: [...match.accountIds, ...made.flatMap(({ accountIds }) => accountIds)],
  };
}

function ofMessages(workspaceId: string, messageIds: readonly string[]) {
  return and(
    eq(engagements.workspaceId, workspaceId),
    isOneOfIds(engagements.messageId, messageIds),
  );
}

interface Links extends Person {
  readonly engagementId: string | undefined;
  readonly attachments: readonly BodyPart[];
  readonly html: string | null;
}

/** Contacts and accounts that were deleted since they matched are left out rather than failing the batch. */
async function linkEngagements(
  db: Db,
  workspaceId: string,
  links: readonly Links[],
): Promise<void> {
  const contacts = links.flatMap(({ engagementId, contactIds }) =>
    contactIds.map((target) => ({ engagementId, target })),
  );
  const accounts = links.flatMap(({ engagementId, accountIds }) =>
    accountIds.map((target) => ({ engagementId, target })),
  );
  const attachments = links.flatMap(({ engagementId, attachments: parts, html }) =>
    attachedFiles(parts, html).map((file) => ({ engagementId, ...file })),
  );
  await db.execute(sql`
    with contacted as (
      insert into engagement_contacts (workspace_id, engagement_id, contact_id)
      select ${workspaceId}::uuid, l."engagementId", c.id
      from jsonb_to_recordset(${asRecords(contacts)}) as l("engagementId" uuid, target uuid)
      join contacts c on c.id = l.target on conflict do nothing
    ), accounted as (
      insert into engagement_accounts (workspace_id, engagement_id, account_id)
      select ${workspaceId}::uuid, l."engagementId", a.id
      from jsonb_to_recordset(${asRecords(accounts)}) as l("engagementId" uuid, target uuid)
      join accounts a on a.id = l.target on conflict do nothing
    )
    insert into attachments (workspace_id, engagement_id, part, name, media_type, size, content_id)
    select ${workspaceId}::uuid, a."engagementId", a.part, a.name, a."mediaType", a.size, a."contentId"
    from jsonb_to_recordset(${asRecords(attachments)})
      as a("engagementId" uuid, part text, name text, "mediaType" text, size bigint, "contentId" text)
    on conflict do nothing`);
}

/** Rows of `attachments`. A Content-ID is kept of the pictures that the HTML shows: they are no attachments to a reader. */
export function attachedFiles(parts: readonly BodyPart[], html: string | null) {
  const shown = shownContentIds(html);
  return parts.map((part) => {
    const isShown = part.mediaType.startsWith('image/') && shown.has(part.contentId ?? '');
    return {
      ...{ part: part.part, name: part.fileName ?? '', mediaType: part.mediaType },
      size: decodedSize(part),
      contentId: isShown ? part.contentId : null,
    };
  });
}

/** Base64 carries 57 octets in a line of 76 characters and CRLF (RFC 2045 section 6.8). */
function decodedSize({ encoding, size }: BodyPart): number {
  return encoding === 'base64' ? Math.floor((size * 57) / 78) : size;
}
