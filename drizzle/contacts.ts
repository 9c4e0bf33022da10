import { and, eq, ilike, inArray, notInArray, or, sql } from 'drizzle-orm';
import type { EmailAddress } from '../domain/address.ts';
import type { Db } from './database.ts';
import { after, containing, inOrder, listFrom, pageOf, sortKey } from './pages.ts';
import type { Order, Page, PageRequest } from './pages.ts';
import { contactAccounts, contactAddresses, contacts } from './schema/index.ts';
import type { ContactSource } from './schema/contacts.ts';

export type ContactOrigin = ContactSource;

/** A person outside. */
export interface Contact {
  readonly id: string;
  readonly name: string;
  /** Its id in the system that it comes from. */
  readonly externalId: string | null;
  /** Primary first. */
  readonly addresses: readonly EmailAddress[];
  /** Most recently linked first. */
  readonly accountIds: readonly string[];
  /** The account somebody chose; null means the most recently linked one (R17: `accountOf` in domain/matching.ts). */
  readonly defaultAccountId: string | null;
  readonly source: ContactOrigin | null;
  readonly createdAt: Date;
}

export interface ContactDetails {
  readonly name: string;
  readonly defaultAccountId: string | null;
}

const BY_NAME: Order = { by: contacts.name, id: contacts.id, kind: 'text' };

const COLUMNS = {
  id: contacts.id,
  name: contacts.name,
  externalId: contacts.externalId,
  addresses: listFrom<EmailAddress>(sql`
    select address from contact_addresses where contact_id = contacts.id
    order by is_primary desc, address`),
  accountIds: listFrom(sql`
    select account_id from contact_accounts where contact_id = contacts.id
    order by linked_at desc, account_id`),
  defaultAccountId: contacts.defaultAccountId,
  source: contacts.source,
  createdAt: contacts.createdAt,
  sort: sortKey(BY_NAME),
};

export async function findContacts(db: Db, ids: readonly string[]): Promise<readonly Contact[]> {
  return db
    .select(COLUMNS)
    .from(contacts)
    .where(inArray(contacts.id, [...ids]));
}

export async function contactsPage(
  db: Db,
  search: string | null,
  page: PageRequest,
): Promise<Page<Contact>> {
  const rows = await db
    .select(COLUMNS)
    .from(contacts)
    .where(and(search === null ? undefined : matching(search), after(BY_NAME, page.after)))
    .orderBy(...inOrder(BY_NAME))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit, (row) => row);
}

/** The contact that carries each address, the first by name where several do (R16). */
export async function contactIdsByAddress(
  db: Db,
  addresses: readonly EmailAddress[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectDistinctOn([contactAddresses.address], {
      address: contactAddresses.address,
      contactId: contacts.id,
    })
    .from(contactAddresses)
    .innerJoin(contacts, eq(contacts.id, contactAddresses.contactId))
    .where(inArray(contactAddresses.address, [...addresses]))
    .orderBy(contactAddresses.address, contacts.name, contacts.id);
  return new Map(rows.map(({ address, contactId }) => [address, contactId]));
}

export async function insertContact(
  db: Db,
  workspaceId: string,
  details: ContactDetails,
): Promise<string> {
  const [contact] = await db
    .insert(contacts)
    .values({ workspaceId, ...details })
    .returning({ id: contacts.id });
  if (contact === undefined) throw new Error('insert into contacts returned no row');
  return contact.id;
}

export async function updateContact(
  db: Db,
  contactId: string,
  changes: Partial<ContactDetails>,
): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  await db.update(contacts).set(changes).where(eq(contacts.id, contactId));
}

/** Makes `addresses` the addresses of the contact, the first one primary. What is known of those that stay, stays. */
export async function replaceAddresses(
  db: Db,
  workspaceId: string,
  contactId: string,
  addresses: readonly EmailAddress[],
): Promise<void> {
  const own = eq(contactAddresses.contactId, contactId);
  await db
    .delete(contactAddresses)
    .where(and(own, notInArray(contactAddresses.address, [...addresses])));
  // Never two of them are primary, not even on the way.
  await db.update(contactAddresses).set({ isPrimary: false }).where(own);
  await db
    .insert(contactAddresses)
    .values(
      addresses.map((address, index) => ({
        ...{ workspaceId, contactId, address, isPrimary: index === 0 },
      })),
    )
    .onConflictDoUpdate({
      target: [contactAddresses.contactId, contactAddresses.address],
      set: { isPrimary: sql`excluded.is_primary` },
    });
}

/** Makes `accountIds` the accounts of the contact. Links that exist keep their age; of new ones the last is youngest. */
export async function replaceAccountLinks(
  db: Db,
  workspaceId: string,
  contactId: string,
  accountIds: readonly string[],
): Promise<void> {
  const own = eq(contactAccounts.contactId, contactId);
  await db
    .delete(contactAccounts)
    .where(and(own, notInArray(contactAccounts.accountId, [...accountIds])));
  if (accountIds.length === 0) return;
  await db
    .insert(contactAccounts)
    .values(
      accountIds.map((accountId, index) => ({
        workspaceId,
        contactId,
        accountId,
        linkedAt: sql`now() + ${index} * interval '1 microsecond'`,
      })),
    )
    .onConflictDoNothing();
}

/** Whether there was one to delete. */
export async function deleteContact(db: Db, contactId: string): Promise<boolean> {
  const deleted = await db
    .delete(contacts)
    .where(eq(contacts.id, contactId))
    .returning({ id: contacts.id });
  return deleted.length > 0;
}

function matching(search: string) {
  const pattern = containing(search);
  return or(
    ilike(contacts.name, pattern),
    sql`exists (
      select 1 from contact_addresses where contact_id = contacts.id and address ilike ${pattern})`,
  );
}
