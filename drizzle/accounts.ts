import { and, eq, ilike, inArray, notInArray, or, sql } from 'drizzle-orm';
import type { Domain } from '../domain/address.ts';
import type { Db } from './database.ts';
import { after, containing, inOrder, listFrom, pageOf, sortKey } from './pages.ts';
import type { Order, Page, PageRequest } from './pages.ts';
import { accountDomains, accounts } from './schema/index.ts';

/** A customer company. */
export interface Account {
  readonly id: string;
  readonly name: string;
  /** Its id in the system that it comes from. */
  readonly externalId: string | null;
  readonly domains: readonly Domain[];
  readonly parentId: string | null;
  readonly defaultForArchive: boolean;
  readonly createdAt: Date;
}

/** What people say of an account. */
export interface AccountDetails {
  readonly name: string;
  readonly parentId: string | null;
  readonly defaultForArchive: boolean;
}

/** The constraint that a domain of another account meets: `violates(error, ACCOUNT_DOMAIN_TAKEN)`. */
export const ACCOUNT_DOMAIN_TAKEN = 'account_domains_pk';

const BY_NAME: Order = { by: accounts.name, id: accounts.id, kind: 'text' };

const COLUMNS = {
  id: accounts.id,
  name: accounts.name,
  externalId: accounts.externalId,
  domains: listFrom<Domain>(sql`
    select domain from account_domains where account_id = accounts.id order by domain`),
  parentId: accounts.parentId,
  defaultForArchive: accounts.defaultForArchive,
  createdAt: accounts.createdAt,
  sort: sortKey(BY_NAME),
};

export async function findAccounts(db: Db, ids: readonly string[]): Promise<readonly Account[]> {
  return db
    .select(COLUMNS)
    .from(accounts)
    .where(inArray(accounts.id, [...ids]));
}

export async function accountsPage(
  db: Db,
  search: string | null,
  page: PageRequest,
): Promise<Page<Account>> {
  const rows = await db
    .select(COLUMNS)
    .from(accounts)
    .where(and(search === null ? undefined : matching(search), after(BY_NAME, page.after)))
    .orderBy(...inOrder(BY_NAME))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit, (row) => row);
}

/** Of these domains, those that an account other than `exceptId` owns. */
export async function takenDomains(
  db: Db,
  domains: readonly Domain[],
  exceptId: string | null,
): Promise<ReadonlySet<string>> {
  if (domains.length === 0) return new Set();
  const rows = await db
    .select({ domain: accountDomains.domain, accountId: accountDomains.accountId })
    .from(accountDomains)
    .where(inArray(accountDomains.domain, [...domains]));
  return new Set(rows.filter((row) => row.accountId !== exceptId).map(({ domain }) => domain));
}

/** Whether `accountId` is `ancestorOf` or stands above it. */
export async function isAncestor(db: Db, accountId: string, ancestorOf: string): Promise<boolean> {
  const rows = await db.execute(sql`
    with recursive line(id, parent_id) as (
      select id, parent_id from accounts where id = ${ancestorOf}
      union
      select above.id, above.parent_id from accounts above join line on above.id = line.parent_id
    )
    select 1 from line where id = ${accountId}`);
  return rows.length > 0;
}

export async function insertAccount(
  db: Db,
  workspaceId: string,
  details: AccountDetails,
  domains: readonly Domain[],
): Promise<string> {
  const [account] = await db
    .insert(accounts)
    .values({ workspaceId, ...details })
    .returning({ id: accounts.id });
  if (account === undefined) throw new Error('insert into accounts returned no row');
  await addDomains(db, workspaceId, account.id, domains);
  return account.id;
}

export async function updateAccount(
  db: Db,
  accountId: string,
  changes: Partial<AccountDetails>,
): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  await db.update(accounts).set(changes).where(eq(accounts.id, accountId));
}

/** Makes `domains` the domains of the account. Violates ACCOUNT_DOMAIN_TAKEN when another one owns one of them. */
export async function replaceDomains(
  db: Db,
  workspaceId: string,
  accountId: string,
  domains: readonly Domain[],
): Promise<void> {
  const own = eq(accountDomains.accountId, accountId);
  await db.delete(accountDomains).where(and(own, notInArray(accountDomains.domain, [...domains])));
  const kept = await db.select({ domain: accountDomains.domain }).from(accountDomains).where(own);
  const known = new Set(kept.map(({ domain }) => domain));
  const added = domains.filter((domain) => !known.has(domain));
  await addDomains(db, workspaceId, accountId, added);
}

/** Whether there was one to delete. */
export async function deleteAccount(db: Db, accountId: string): Promise<boolean> {
  const deleted = await db
    .delete(accounts)
    .where(eq(accounts.id, accountId))
    .returning({ id: accounts.id });
  return deleted.length > 0;
}

async function addDomains(
  db: Db,
  workspaceId: string,
  accountId: string,
  domains: readonly Domain[],
): Promise<void> {
  if (domains.length === 0) return;
  await db
    .insert(accountDomains)
    .values(domains.map((domain) => ({ workspaceId, accountId, domain })));
}

function matching(search: string) {
  const pattern = containing(search);
  return or(
    ilike(accounts.name, pattern),
    sql`exists (
      select 1 from account_domains where account_id = accounts.id and domain ilike ${pattern})`,
  );
}
