import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import { domainOf, withoutTag, type Domain, type EmailAddress } from '../domain/address.ts';
import { blacklistKeys, type Blacklist } from '../domain/blacklist.ts';
import type { OwnIdentity } from '../domain/identity.ts';
import type { KnownContact } from '../domain/matching.ts';
import type { Db } from './database.ts';
import { isOneOf, isOneOfIds } from './rows.ts';
import {
  accountDomains,
  blacklistEntries,
  contactAccounts,
  contactAddresses,
  contacts,
  internalDomains,
  mailboxes,
  userAddresses,
} from './schema/index.ts';

/**
 * Everything that counts as the workspace's own (R11). A mailbox does until it is disconnected: one that was connected
 * by mistake would be nobody's contact for good. Whoever is still one of us has the address as a user's alias.
 */
export async function ownIdentity(db: Db, workspaceId: string): Promise<OwnIdentity> {
  const users = db
    .select({ kind: sql<'address' | 'domain'>`'address'`, value: userAddresses.address })
    .from(userAddresses)
    .where(eq(userAddresses.workspaceId, workspaceId));
  const connected = db
    .select({ kind: sql<'address' | 'domain'>`'address'`, value: mailboxes.address })
    .from(mailboxes)
    .where(and(eq(mailboxes.workspaceId, workspaceId), isNull(mailboxes.disconnectedAt)));
  const domains = db
    .select({ kind: sql<'address' | 'domain'>`'domain'`, value: internalDomains.domain })
    .from(internalDomains)
    .where(eq(internalDomains.workspaceId, workspaceId));
  const own = await unionAll(users, connected, domains);
  const ofKind = (wanted: 'address' | 'domain') =>
    own.flatMap(({ kind, value }) => (kind === wanted ? [value] : []));
  return {
    addresses: new Set(ofKind('address').map((value) => value as EmailAddress)),
    internalDomains: new Set(ofKind('domain').map((value) => value as Domain)),
  };
}

/** The entries that could concern these addresses: one indexed lookup, whatever the size of the blacklist. */
export async function blacklistFor(
  db: Db,
  workspaceId: string,
  addresses: readonly EmailAddress[],
): Promise<Blacklist> {
  const keys = [...new Set(addresses.flatMap(blacklistKeys))];
  if (keys.length === 0) return { values: new Set() };
  const rows = await db
    .select({ value: blacklistEntries.value })
    .from(blacklistEntries)
    .where(
      and(eq(blacklistEntries.workspaceId, workspaceId), isOneOf(blacklistEntries.value, keys)),
    );
  return { values: new Set(rows.map(({ value }) => value)) };
}

/** The contacts that carry these addresses or the same without a tag (R14-R16), with their accounts (R17). */
export async function contactsByAddress(
  db: Db,
  workspaceId: string,
  addresses: readonly EmailAddress[],
): Promise<ReadonlyMap<EmailAddress, readonly KnownContact[]>> {
  const rows = await contactRows(db, workspaceId, addresses);
  const links = await accountLinks(db, [...new Set(rows.map(({ id }) => id))]);
  const found = new Map<EmailAddress, KnownContact[]>();
  for (const { address, id, defaultAccountId } of rows) {
    const list = found.get(address as EmailAddress) ?? [];
    list.push({ id, defaultAccountId, accountIds: links.get(id) ?? [] });
    found.set(address as EmailAddress, list);
  }
  return found;
}

/** Names of the contacts that carry these addresses, to explain the self test (R10). */
export async function contactNames(
  db: Db,
  workspaceId: string,
  addresses: readonly EmailAddress[],
): Promise<ReadonlyMap<EmailAddress, readonly string[]>> {
  const names = new Map<EmailAddress, string[]>();
  for (const { address, name } of await contactRows(db, workspaceId, addresses)) {
    const list = names.get(address as EmailAddress) ?? [];
    list.push(name === '' ? address : name);
    names.set(address as EmailAddress, list);
  }
  return names;
}

/** Which account owns exactly each of these addresses' domains (R30). */
export async function accountsByDomain(
  db: Db,
  workspaceId: string,
  addresses: readonly EmailAddress[],
): Promise<ReadonlyMap<Domain, string>> {
  const domains = [...new Set(addresses.map(domainOf))];
  if (domains.length === 0) return new Map();
  const rows = await db
    .select({ domain: accountDomains.domain, accountId: accountDomains.accountId })
    .from(accountDomains)
    .where(
      and(eq(accountDomains.workspaceId, workspaceId), isOneOf(accountDomains.domain, domains)),
    );
  return new Map(rows.map(({ domain, accountId }) => [domain as Domain, accountId]));
}

async function contactRows(db: Db, workspaceId: string, addresses: readonly EmailAddress[]) {
  const wanted = addresses.flatMap((address) => [address, withoutTag(address) ?? address]);
  if (wanted.length === 0) return [];
  return db
    .select({
      address: contactAddresses.address,
      id: contacts.id,
      name: contacts.name,
      defaultAccountId: contacts.defaultAccountId,
    })
    .from(contactAddresses)
    .innerJoin(contacts, eq(contacts.id, contactAddresses.contactId))
    .where(
      and(
        eq(contactAddresses.workspaceId, workspaceId),
        isOneOf(contactAddresses.address, [...new Set(wanted)]),
      ),
    )
    .orderBy(contacts.createdAt, contacts.id);
}

async function accountLinks(
  db: Db,
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (contactIds.length === 0) return new Map();
  const rows = await db
    .select({ contactId: contactAccounts.contactId, accountId: contactAccounts.accountId })
    .from(contactAccounts)
    .where(isOneOfIds(contactAccounts.contactId, contactIds))
    .orderBy(desc(contactAccounts.linkedAt), contactAccounts.accountId);
  const links = new Map<string, string[]>();
  for (const { contactId, accountId } of rows) {
    const list = links.get(contactId);
    if (list === undefined) links.set(contactId, [accountId]);
    else list.push(accountId);
  }
  return links;
}
