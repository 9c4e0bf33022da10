import { eq, inArray, sql } from 'drizzle-orm';
import type { EmailAddress } from '../domain/address.ts';
import type { SkipReason } from '../domain/decision.ts';
import type { Db } from './database.ts';
import { lockContacts } from './new-contacts.ts';
import { textArray } from './rows.ts';
import { contactAddresses, contacts, engagements } from './schema/index.ts';
import { recordUnknown } from './unknown.ts';

export interface Undone {
  readonly removedEngagements: number;
  /** The addresses of the contact on the review list, dismissed. */
  readonly unknownIds: readonly string[];
}

/**
 * Takes back a contact that the system made (R33), in one transaction. Engagements that are there for it alone go: not as
 * deleted ones, which stay deleted (R23), but as if they had never been logged, so that accepting the person brings them
 * back. Its addresses stand dismissed on the review list, so that no policy makes it again.
 */
export async function undoContact(
  db: Db,
  by: { readonly workspaceId: string; readonly userId: string },
  contactId: string,
): Promise<Undone | 'not_found' | 'made_by_person'> {
  await lockContacts(db, by.workspaceId);
  const [contact] = await db
    .select({ source: contacts.source })
    .from(contacts)
    .where(eq(contacts.id, contactId));
  if (contact === undefined) return 'not_found';
  if (contact.source === null) return 'made_by_person';
  // Engagements before contacts, in the order in which `persist` locks them.
  const removed = await lockOwnEngagements(db, contactId);
  const unlogged = await unlog(db, removed, by.userId);
  if (removed.length > 0) {
    await db.delete(engagements).where(inArray(engagements.id, [...removed]));
  }
  await unlinkAccounts(db, contactId);
  const addresses = await addressesOf(db, contactId);
  await db.delete(contacts).where(eq(contacts.id, contactId));
  await recordUnknown(db, by.workspaceId, unlogged);
  const unknownIds = await dismissAddresses(db, by, addresses);
  return { removedEngagements: removed.length, unknownIds };
}

/**
 * Engagements that are on no other contact's timeline, locked in one order for everybody. What people put there by hand stays,
 * and so does what was deleted from the mailbox after the import: it is nowhere else.
 */
async function lockOwnEngagements(db: Db, contactId: string): Promise<readonly string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select e.id from engagements e
    where e.id in (select engagement_id from engagement_contacts where contact_id = ${contactId}::uuid)
      and e.deleted_at is null and e.kind = 'email' and e.author_id is null
      and not exists (select from engagement_contacts o
                      where o.engagement_id = e.id and o.contact_id <> ${contactId}::uuid)
      and not exists (select from sightings s where s.engagement_id = e.id and s.removed_at is not null)
    order by e.id for update`);
  return rows.map(({ id }) => id);
}

/** The API's role may not write verdicts: the function that migrate.ts makes does. */
async function unlog(
  db: Db,
  engagementIds: readonly string[],
  userId: string,
): Promise<readonly { id: string; reason: SkipReason }[]> {
  if (engagementIds.length === 0) return [];
  const rows = await db.execute<{ id: string; reason: SkipReason }>(sql`
    select id, reason from mailroom_unlog(${`{${engagementIds.join()}}`}::uuid[], ${userId}::uuid) as s(id, reason)`);
  return [...rows];
}

/** Of engagements that other contacts keep: the accounts that are there through this contact alone. */
async function unlinkAccounts(db: Db, contactId: string): Promise<void> {
  await db.execute(sql`
    delete from engagement_accounts a
    using engagement_contacts own
    where own.contact_id = ${contactId}::uuid and own.engagement_id = a.engagement_id
      and a.account_id in (select account_id from contact_accounts where contact_id = ${contactId}::uuid)
      and exists (select from engagement_contacts o
                  where o.engagement_id = a.engagement_id and o.contact_id <> ${contactId}::uuid)
      and not exists (
        select from engagement_contacts o join contact_accounts c on c.contact_id = o.contact_id
        where o.engagement_id = a.engagement_id and o.contact_id <> ${contactId}::uuid
          and c.account_id = a.account_id)`);
}

async function addressesOf(db: Db, contactId: string): Promise<readonly EmailAddress[]> {
  const rows = await db
    .select({ address: contactAddresses.address })
    .from(contactAddresses)
    .where(eq(contactAddresses.contactId, contactId));
  return rows.map(({ address }) => address as EmailAddress);
}

async function dismissAddresses(
  db: Db,
  { workspaceId, userId }: { readonly workspaceId: string; readonly userId: string },
  addresses: readonly EmailAddress[],
): Promise<readonly string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    insert into unknown_correspondents as known
      (workspace_id, address, name, messages, first_seen_at, last_seen_at, dismissed_at, dismissed_by)
    select ${workspaceId}::uuid, address, '', 0, now(), now(), now(), ${userId}::uuid
    from unnest(${textArray(addresses)}) as address order by address
    on conflict (workspace_id, address) do update set dismissed_at = now(), dismissed_by = ${userId}::uuid
    returning id`);
  return rows.map(({ id }) => id);
}
