import { and, eq, ilike, inArray, isNull, or, sql } from 'drizzle-orm';
import { domainOf, type EmailAddress } from '../domain/address.ts';
import { isSharedDomain } from '../domain/shared-domain.ts';
import { blacklistKeysOf } from './blacklist-keys.ts';
import type { Db } from './database.ts';
import { after, containing, inOrder, pageOf, sortKey } from './pages.ts';
import type { Order, Page, PageRequest } from './pages.ts';
import { isOneOf } from './rows.ts';
import { accountDomains, unknownCorrespondents } from './schema/index.ts';

/** A person whose mail was skipped because nobody knew them (R34). */
export interface UnknownCorrespondent {
  readonly id: string;
  /** Without a tag. */
  readonly address: EmailAddress;
  readonly name: string;
  readonly messageCount: number;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  readonly dismissedAt: Date | null;
  readonly dismissedBy: string | null;
}

export interface UnknownFilter {
  /** Part of an address or name. */
  readonly search: string | null;
  readonly includeDismissed: boolean;
}

const LATEST_FIRST: Order = {
  by: unknownCorrespondents.lastSeenAt,
  id: unknownCorrespondents.id,
  kind: 'newest_first',
};

const COLUMNS = {
  id: unknownCorrespondents.id,
  address: sql<EmailAddress>`${unknownCorrespondents.address}`,
  name: unknownCorrespondents.name,
  messageCount: unknownCorrespondents.messages,
  firstSeenAt: unknownCorrespondents.firstSeenAt,
  lastSeenAt: unknownCorrespondents.lastSeenAt,
  dismissedAt: unknownCorrespondents.dismissedAt,
  dismissedBy: unknownCorrespondents.dismissedBy,
  sort: sortKey(LATEST_FIRST),
};

/**
 * Who has become a contact, one of us or blacklisted since; asked when the list is read, so it is true at once. The blacklist
 * is asked by a scalar subquery: as "not exists" it would be compared with each person entry by entry.
 */
const IS_STILL_UNKNOWN = sql`
  not exists (select from contact_addresses c where c.workspace_id = unknown_correspondents.workspace_id
    and c.address = unknown_correspondents.address)
  and (select b.id from blacklist_entries b where b.workspace_id = unknown_correspondents.workspace_id
    and b.value = any (${blacklistKeysOf(sql`unknown_correspondents.address`)}) limit 1) is null
  and not exists (select from user_addresses u where u.workspace_id = unknown_correspondents.workspace_id
    and u.address = unknown_correspondents.address)
  and not exists (select from mailboxes m where m.workspace_id = unknown_correspondents.workspace_id
    and m.address = unknown_correspondents.address and m.disconnected_at is null)
  and not exists (select from internal_domains d where d.workspace_id = unknown_correspondents.workspace_id
    and d.domain = split_part(unknown_correspondents.address, '@', 2))`;

export async function findUnknown(
  db: Db,
  ids: readonly string[],
): Promise<readonly UnknownCorrespondent[]> {
  return db
    .select(COLUMNS)
    .from(unknownCorrespondents)
    .where(inArray(unknownCorrespondents.id, [...ids]));
}

/** The review list, latest first, without those whom the rules know by now. */
export async function unknownPage(
  db: Db,
  { search, includeDismissed }: UnknownFilter,
  page: PageRequest,
): Promise<Page<UnknownCorrespondent>> {
  const pattern = search === null ? null : containing(search);
  const rows = await db
    .select(COLUMNS)
    .from(unknownCorrespondents)
    .where(
      and(
        includeDismissed ? undefined : isNull(unknownCorrespondents.dismissedAt),
        pattern === null
          ? undefined
          : or(
              ilike(unknownCorrespondents.address, pattern),
              ilike(unknownCorrespondents.name, pattern),
            ),
        IS_STILL_UNKNOWN,
        after(LATEST_FIRST, page.after),
      ),
    )
    .orderBy(...inOrder(LATEST_FIRST))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit, (row) => row);
}

/** Takes the person off the list; null when there is none, or somebody else has done so. */
export async function takeUnknown(db: Db, id: string): Promise<UnknownCorrespondent | null> {
  const [taken] = await db
    .delete(unknownCorrespondents)
    .where(eq(unknownCorrespondents.id, id))
    .returning(COLUMNS);
  return taken ?? null;
}

/** Hides the person and keeps policies from making a contact of them; whether there is such a person, hidden before or not. */
export async function dismissUnknown(db: Db, id: string, userId: string): Promise<boolean> {
  const done = await db
    .update(unknownCorrespondents)
    .set({
      dismissedAt: sql`coalesce(${unknownCorrespondents.dismissedAt}, now())`,
      dismissedBy: sql`coalesce(${unknownCorrespondents.dismissedBy}, ${userId}::uuid)`,
    })
    .where(eq(unknownCorrespondents.id, id))
    .returning({ id: unknownCorrespondents.id });
  return done.length > 0;
}

/** The opposite of `dismissUnknown`. */
export async function restoreUnknown(db: Db, id: string): Promise<boolean> {
  const done = await db
    .update(unknownCorrespondents)
    .set({ dismissedAt: null, dismissedBy: null })
    .where(eq(unknownCorrespondents.id, id))
    .returning({ id: unknownCorrespondents.id });
  return done.length > 0;
}

/** The account that owns exactly the domain of each address (R30); none for domains that belong to nobody (R31). */
export async function suggestedAccountsOf(
  db: Db,
  addresses: readonly EmailAddress[],
): Promise<ReadonlyMap<string, string>> {
  const domains = new Set(addresses.map(domainOf).filter((domain) => !isSharedDomain(domain)));
  if (domains.size === 0) return new Map();
  const rows = await db
    .select({ domain: accountDomains.domain, accountId: accountDomains.accountId })
    .from(accountDomains)
    .where(isOneOf(accountDomains.domain, [...domains]));
  const accounts = new Map(rows.map(({ domain, accountId }) => [domain, accountId]));
  return new Map(
    addresses.flatMap((address) => {
      const accountId = accounts.get(domainOf(address));
      return accountId === undefined ? [] : [[address, accountId] as const];
    }),
  );
}
