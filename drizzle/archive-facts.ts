import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { domainOf, type Domain, type EmailAddress } from '../domain/address.ts';
import { ARCHIVE_RECENT_DAYS, type ArchiveFacts } from '../domain/archive-accounts.ts';
import { isInternal, type OwnIdentity } from '../domain/identity.ts';
import type { KnownContact } from '../domain/matching.ts';
import { isSharedDomain } from '../domain/shared-domain.ts';
import type { Db } from './database.ts';
import { isOneOf, isOneOfIds } from './rows.ts';
import {
  accounts,
  contactAccounts,
  contactAddresses,
  engagementAccounts,
  engagements,
  participants,
} from './schema/index.ts';

interface Scope {
  readonly workspaceId: string;
  readonly own: OwnIdentity;
  readonly contactsByAddress: ReadonlyMap<EmailAddress, readonly KnownContact[]>;
}

/** What R63-R66 ask about the people behind these addresses: three lookups at most, none for what cannot matter. */
export async function archiveFacts(
  db: Db,
  { workspaceId, own, contactsByAddress }: Scope,
  addresses: readonly EmailAddress[],
): Promise<ArchiveFacts> {
  const contacts = [...contactsByAddress.values()].flat();
  const hasAccount = (address: EmailAddress) =>
    contactsByAddress.get(address)?.some(({ accountIds }) => accountIds.length > 0) === true;
  // The domain is asked only where no contact says more.
  const unplaced = addresses.filter((each) => !isInternal(each, own) && !hasAccount(each));
  const accountsAtDomain = await accountsByContactDomain(db, workspaceId, unplaced);
  const several = [...accountsAtDomain.values()].flat();
  const inQuestion = new Set([...contacts.flatMap(({ accountIds }) => accountIds), ...several]);
  const colleagues = addresses.filter((address) => isInternal(address, own));
  return {
    accountsAtDomain,
    ...(await accountRows(db, [...inQuestion])),
    ...(await pastSenders(db, [...new Set(several)], colleagues)),
  };
}

/** R64; free-mail and public-suffix domains belong to nobody (R31). */
async function accountsByContactDomain(
  db: Db,
  workspaceId: string,
  addresses: readonly EmailAddress[],
): Promise<ReadonlyMap<Domain, readonly string[]>> {
  const domains = new Set(addresses.map(domainOf));
  const owned = [...domains].filter((domain) => !isSharedDomain(domain));
  if (owned.length === 0) return new Map();
  const domain = sql<Domain>`split_part(${contactAddresses.address}, '@', 2)`;
  const rows = await db
    .selectDistinct({ domain, accountId: contactAccounts.accountId })
    .from(contactAddresses)
    .innerJoin(contactAccounts, eq(contactAccounts.contactId, contactAddresses.contactId))
    .where(and(eq(contactAddresses.workspaceId, workspaceId), isOneOf(domain, owned)))
    .orderBy(contactAccounts.accountId);
  return grouped(rows.map((row) => [row.domain, row.accountId]));
}

async function accountRows(
  db: Db,
  ids: readonly string[],
): Promise<Pick<ArchiveFacts, 'defaultForArchive' | 'accountNames'>> {
  const rows =
    ids.length === 0
      ? []
      : await db
          .select({ id: accounts.id, name: accounts.name, isDefault: accounts.defaultForArchive })
          .from(accounts)
          .where(isOneOfIds(accounts.id, ids));
  return {
    defaultForArchive: new Set(rows.flatMap(({ id, isDefault }) => (isDefault ? [id] : []))),
    accountNames: new Map(rows.map(({ id, name }) => [id, name])),
  };
}

/** R65: who of these people has sent something that is logged on these accounts, and which of their domains lately has. */
async function pastSenders(
  db: Db,
  accountIds: readonly string[],
  colleagues: readonly EmailAddress[],
): Promise<Pick<ArchiveFacts, 'engagedSenders' | 'recentSenderDomains'>> {
  if (accountIds.length < 2 || colleagues.length === 0) {
    return { engagedSenders: new Map(), recentSenderDomains: new Map() };
  }
  const since = new Date(Date.now() - ARCHIVE_RECENT_DAYS * 24 * 60 * 60 * 1000);
  const isRecent = gt(engagements.occurredAt, since);
  const domain = sql`split_part(${participants.address}, '@', 2)`;
  const domains = [...new Set(colleagues.map(domainOf))];
  const rows = await db
    .select({
      accountId: engagementAccounts.accountId,
      address: participants.address,
      isRecent: sql<boolean>`bool_or(${isRecent})`,
    })
    .from(engagementAccounts)
    .innerJoin(engagements, eq(engagements.id, engagementAccounts.engagementId))
    .innerJoin(participants, eq(participants.messageId, engagements.messageId))
    .where(
      and(
        isOneOfIds(engagementAccounts.accountId, accountIds),
        isNull(engagements.deletedAt),
        eq(participants.role, 'from'),
        or(isOneOf(participants.address, colleagues), and(isRecent, isOneOf(domain, domains))),
      ),
    )
    .groupBy(engagementAccounts.accountId, participants.address);
  const sent = rows.map((row) => ({ ...row, address: row.address as EmailAddress }));
  const recent = sent.filter((row) => row.isRecent);
  return {
    engagedSenders: setsOf(sent.map(({ accountId, address }) => [accountId, address])),
    recentSenderDomains: setsOf(
      recent.map(({ accountId, address }) => [accountId, domainOf(address)]),
    ),
  };
}

function grouped<K, V>(pairs: readonly (readonly [K, V])[]): ReadonlyMap<K, readonly V[]> {
  const groups = new Map<K, V[]>();
  for (const [key, value] of pairs) groups.set(key, [...(groups.get(key) ?? []), value]);
  return groups;
}

function setsOf<K, V>(pairs: readonly (readonly [K, V])[]): ReadonlyMap<K, ReadonlySet<V>> {
  return new Map([...grouped(pairs)].map(([key, values]) => [key, new Set(values)]));
}
