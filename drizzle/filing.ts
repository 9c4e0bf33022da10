import { eq, inArray, sql } from 'drizzle-orm';
import type { EmailAddress } from '../domain/address.ts';
import type { SkipReason, Evidence } from '../domain/decision.ts';
import type { MatchedMessage, NewContact } from '../domain/matching.ts';
import type { BodyPart, MessageContent } from '../domain/message.ts';
import type { Db } from './database.ts';
import { contactsByAddress } from './facts.ts';
import { asRecords, only, storableText } from './rows.ts';
import {
  accounts,
  attachments,
  contactAccounts,
  contactAddresses,
  contacts,
  engagements,
  type Verdict,
} from './schema/index.ts';

/** A message that is to be logged, with everything its engagement shows. */
export interface Filing {
  readonly messageId: string;
  readonly match: MatchedMessage;
  readonly subject: string;
  readonly occurredAt: Date;
  readonly content: MessageContent;
  readonly attachments: readonly BodyPart[];
}

/** Where it came from; noted on contacts that are made on the way (R33). */
export interface FilingSource {
  readonly workspaceId: string;
  readonly mailboxId: string;
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
  const people = await ensureContacts(db, source, filings);
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
    .where(inArray(engagements.messageId, [...messageIds]));
  return new Map(
    rows.map(({ messageId, engagementId, deletedAt }) => [
      messageId,
      { engagementId, isDeleted: deletedAt !== null },
    ]),
  );
}

interface Person {
  readonly contactIds: readonly string[];
  readonly accountIds: readonly string[];
}

/**
 * Finds or makes the contacts that the batch needs. Another mailbox may be making the same ones at this moment: a lock
 * per address, taken in order, lets one of them be first.
 */
async function ensureContacts(
  db: Db,
  source: FilingSource,
  filings: readonly Filing[],
): Promise<ReadonlyMap<EmailAddress, Person>> {
  const wanted = new Map<EmailAddress, { made: NewContact; messageId: string }>();
  for (const { match, messageId } of filings) {
    for (const made of match.newContacts) {
      if (!wanted.has(made.address)) wanted.set(made.address, { made, messageId });
    }
  }
  const addresses = [...wanted.keys()].sort();
  for (const address of addresses) {
    const lock = `${source.workspaceId}|${address}`;
    await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
  }
  const existing = await contactsByAddress(db, source.workspaceId, addresses);
  const people = new Map<EmailAddress, Person>();
  for (const [address, { made, messageId }] of wanted) {
    const known = existing.get(address) ?? [];
    const person =
      known.length > 0
        ? {
            contactIds: known.map(({ id }) => id),
            accountIds: known.flatMap((c) => c.defaultAccountId ?? c.accountIds[0] ?? []),
          }
        : await makeContact(db, source, made, messageId);
    people.set(address, person);
  }
  return people;
}

/** R30, R32, R33. */
async function makeContact(
  db: Db,
  { workspaceId, mailboxId }: FilingSource,
  made: NewContact,
  messageId: string,
): Promise<Person> {
  const account =
    made.accountId === null
      ? []
      : await db.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, made.accountId));
  const accountIds = account.map(({ id }) => id);
  const { id: contactId } = only(
    await db
      .insert(contacts)
      .values({
        workspaceId,
        name: storableText(made.name),
        defaultAccountId: accountIds[0] ?? null,
        source: { messageId, mailboxId },
      })
      .returning({ id: contacts.id }),
  );
  await db
    .insert(contactAddresses)
    .values({ workspaceId, contactId, address: made.address, isPrimary: true });
  for (const accountId of accountIds) {
    await db.insert(contactAccounts).values({ workspaceId, contactId, accountId });
  }
  return { contactIds: [contactId], accountIds };
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
    if (engagementId === undefined) return [];
    return filing.attachments.map((part) => ({
      workspaceId,
      engagementId,
      part: part.part,
      name: storableText(part.fileName ?? ''),
      mediaType: storableText(part.mediaType),
      size: decodedSize(part),
    }));
  });
  if (rows.length > 0) await db.insert(attachments).values(rows).onConflictDoNothing();
}

/** Base64 carries 57 octets in a line of 76 characters and CRLF (RFC 2045 section 6.8). */
function decodedSize({ encoding, size }: BodyPart): number {
  return encoding === 'base64' ? Math.floor((size * 57) / 78) : size;
}

/** A decision as it is written into the ledger. */
export interface Decided {
  readonly id: string;
  readonly verdict: Verdict;
  readonly reason: SkipReason | null;
  readonly evidence: Evidence;
  readonly engagementId: string | null;
}

/** Writes the decisions of a batch; a sighting that is decided already keeps its decision. */
export async function saveDecisions(db: Db, decisions: readonly Decided[]): Promise<void> {
  await db.execute(sql`
    update sightings s set stage = 'decided', verdict = d.verdict, reason = d.reason, evidence = d.evidence,
      engagement_id = d."engagementId", decided_at = now(), outcome = null, header_block = null, body_structure = null
    from jsonb_to_recordset(${asRecords(decisions)})
      as d(id uuid, verdict text, reason text, evidence jsonb, "engagementId" uuid)
    where s.id = d.id and s.stage <> 'decided'`);
}

/** Remembers which participants were the workspace's own when the messages were decided. */
export async function markInternal(
  db: Db,
  messageIds: readonly string[],
  internal: readonly EmailAddress[],
): Promise<void> {
  await db.execute(sql`
    update participants p set is_internal = exists (
      select from jsonb_array_elements_text(${asRecordsOfText(internal)}) as i(address) where i.address = p.address)
    where p.message_id in (select (jsonb_array_elements_text(${asRecordsOfText(messageIds)}))::uuid)`);
}

function asRecordsOfText(values: readonly string[]) {
  return sql`${JSON.stringify(values)}::jsonb`;
}
