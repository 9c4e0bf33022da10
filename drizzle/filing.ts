import { inArray, sql } from 'drizzle-orm';
import type { EmailAddress } from '../domain/address.ts';
import type { MatchedMessage } from '../domain/matching.ts';
import type { BodyPart, MessageContent } from '../domain/message.ts';
import type { Db } from './database.ts';
import { ensureContacts, type FilingSource, type Person } from './new-contacts.ts';
import { asRecords, storableText } from './rows.ts';
import { engagements } from './schema/index.ts';

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
 * Makes the engagements of a batch with their links, once per message of the workspace (R40, R41). Returns the
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
  await db
    .insert(engagements)
    .values(filings.map((filing) => engagementRow(source.workspaceId, filing)))
    .onConflictDoNothing({ target: [engagements.workspaceId, engagements.messageId] });
  const filed = await engagementsOf(
    db,
    filings.map(({ messageId }) => messageId),
  );
  const live = filings.filter(({ messageId }) => filed.get(messageId)?.isDeleted === false);
  const links = live.map((filing) => ({
    engagementId: filed.get(filing.messageId)?.engagementId,
    ...linksOf(filing, people),
  }));
  await linkEngagements(db, source.workspaceId, links);
  await listAttachments(db, source.workspaceId, live, filed);
  return filed;
}

function engagementRow(workspaceId: string, filing: Filing): typeof engagements.$inferInsert {
  const { content } = filing;
  return {
    workspaceId,
    messageId: filing.messageId,
    direction: filing.match.direction,
    subject: storableText(filing.subject),
    occurredAt: filing.occurredAt,
    text: storableText(content.text),
    replyText: storableText(content.replyText),
    html: content.html === null ? null : storableText(content.html),
  };
}

async function engagementsOf(db: Db, messageIds: readonly string[]) {
  const rows = await db
    .select({
      messageId: engagements.messageId,
      engagementId: engagements.id,
      deletedAt: engagements.deletedAt,
    })
    .from(engagements)
    .where(inArray(engagements.messageId, [...messageIds]))
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

/** Contacts and accounts that were deleted since they matched are left out rather than failing the batch. */
async function linkEngagements(
  db: Db,
  workspaceId: string,
  links: readonly (Person & { engagementId: string | undefined })[],
): Promise<void> {
  const toContacts = links.flatMap(({ engagementId, contactIds }) =>
    contactIds.map((target) => ({ engagementId, target })),
  );
  const toAccounts = links.flatMap(({ engagementId, accountIds }) =>
    accountIds.map((target) => ({ engagementId, target })),
  );
  await db.execute(sql`
    insert into engagement_contacts (workspace_id, engagement_id, contact_id)
    select ${workspaceId}::uuid, l."engagementId", c.id
    from jsonb_to_recordset(${asRecords(toContacts)}) as l("engagementId" uuid, target uuid)
    join contacts c on c.id = l.target on conflict do nothing`);
  await db.execute(sql`
    insert into engagement_accounts (workspace_id, engagement_id, account_id)
    select ${workspaceId}::uuid, l."engagementId", a.id
    from jsonb_to_recordset(${asRecords(toAccounts)}) as l("engagementId" uuid, target uuid)
    join accounts a on a.id = l.target on conflict do nothing`);
}

async function listAttachments(
  db: Db,
  workspaceId: string,
  filings: readonly Filing[],
  filed: ReadonlyMap<string, { engagementId: string }>,
): Promise<void> {
  const rows = filings.flatMap((filing) => {
    const engagementId = filed.get(filing.messageId)?.engagementId;
    return filing.attachments.map((part) => ({
      ...{ engagementId, part: part.part, name: part.fileName ?? '', mediaType: part.mediaType },
      size: decodedSize(part),
    }));
  });
  await db.execute(sql`
    insert into attachments (workspace_id, engagement_id, part, name, media_type, size)
    select ${workspaceId}::uuid, a."engagementId", a.part, a.name, a."mediaType", a.size
    from jsonb_to_recordset(${asRecords(rows)})
      as a("engagementId" uuid, part text, name text, "mediaType" text, size bigint)
    on conflict do nothing`);
}

/** Base64 carries 57 octets in a line of 76 characters and CRLF (RFC 2045 section 6.8). */
function decodedSize({ encoding, size }: BodyPart): number {
  return encoding === 'base64' ? Math.floor((size * 57) / 78) : size;
}
