import { sql } from 'drizzle-orm';
import type { Domain } from '../domain/address.ts';
import type { Account } from './accounts.ts';
import type { Db } from './database.ts';
import { asRecords, isOneOfIds, textArray } from './rows.ts';
import { listsOf, type NamedObjects } from './upserts.ts';

/** An account as it stands, nobody else's to change until the transaction ends. */
export type LockedAccount = Pick<
  Account,
  'id' | 'externalId' | 'name' | 'domains' | 'parentId' | 'defaultForArchive'
>;

/** What an account is to become. Domains that are null stay as they are. */
export interface AccountState {
  readonly id: string;
  readonly isNew: boolean;
  readonly externalId: string | null;
  readonly name: string;
  readonly parentId: string | null;
  readonly defaultForArchive: boolean;
  readonly domains: readonly Domain[] | null;
}

/** Those of the workspace among the accounts that are named. */
export async function lockAccountsNamed(
  db: Db,
  workspaceId: string,
  { ids, externalIds }: NamedObjects,
): Promise<readonly LockedAccount[]> {
  const rows = await db.execute<Record<string, unknown> & Omit<LockedAccount, 'domains'>>(sql`
    select id, external_id as "externalId", name, parent_id as "parentId",
      default_for_archive as "defaultForArchive"
    from accounts
    where workspace_id = ${workspaceId}::uuid
      and (${isOneOfIds(sql`id`, ids)} or external_id = any (${textArray(externalIds)}))
    order by id for no key update`);
  const locked = rows.map(({ id }) => id);
  // A statement of its own: one that had to wait for the lock would show the domains as they were before.
  const domains = await listsOf<Domain>(
    db,
    sql`
    select account_id as id, array_agg(domain order by domain) as list
    from account_domains where ${isOneOfIds(sql`account_id`, locked)} group by account_id`,
  );
  return rows.map((row) => ({ ...row, domains: domains.get(row.id) ?? [] }));
}

/** The parent of each of these accounts and of everything above them. */
export async function parentsAbove(
  db: Db,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (accountIds.length === 0) return new Map();
  const rows = await db.execute<{ id: string; parentId: string | null }>(sql`
    with recursive line(id, parent_id) as (
      select id, parent_id from accounts where ${isOneOfIds(sql`id`, accountIds)}
      union
      select above.id, above.parent_id from accounts above join line on above.id = line.parent_id
    )
    select id, parent_id as "parentId" from line`);
  return new Map([...rows].map(({ id, parentId }) => [id, parentId]));
}

/** The account that each of these domains belongs to; those that are free are left out. */
export async function ownersOf(
  db: Db,
  workspaceId: string,
  domains: readonly Domain[],
): Promise<ReadonlyMap<string, string>> {
  if (domains.length === 0) return new Map();
  const rows = await db.execute<{ domain: string; accountId: string }>(sql`
    select domain, account_id as "accountId" from account_domains
    where workspace_id = ${workspaceId}::uuid and domain = any (${textArray(domains)})`);
  return new Map([...rows].map(({ domain, accountId }) => [domain, accountId]));
}

/**
 * Makes the accounts what they are to become: four statements, whatever their number. Violates ACCOUNT_DOMAIN_TAKEN when
 * somebody else has given one of the domains away meanwhile.
 */
export async function writeAccounts(
  db: Db,
  workspaceId: string,
  states: readonly AccountState[],
): Promise<void> {
  if (states.length === 0) return;
  await db.execute(sql`
    insert into accounts (id, workspace_id, external_id, name, parent_id, default_for_archive)
    select r.id, ${workspaceId}::uuid, r."externalId", r.name, r."parentId", r."defaultForArchive"
    from ${accountRecords(states.filter(({ isNew }) => isNew))}`);
  await db.execute(sql`
    update accounts a
    set external_id = r."externalId", name = r.name, parent_id = r."parentId",
        default_for_archive = r."defaultForArchive"
    from ${accountRecords(states.filter(({ isNew }) => !isNew))} where a.id = r.id`);
  const given = states.filter(({ domains }) => domains !== null);
  const rows = given.flatMap(({ id, domains }) =>
    (domains ?? []).map((domain) => ({ id, domain })),
  );
  const wanted = sql`jsonb_to_recordset(${asRecords(rows)}) as r(id uuid, domain text)`;
  // All are taken off before any is given: one may move from an account to another.
  await db.execute(sql`
    delete from account_domains
    where ${isOneOfIds(
      sql`account_id`,
      given.map(({ id }) => id),
    )} and (account_id, domain) not in (select r.id, r.domain from ${wanted})`);
  await db.execute(sql`
    insert into account_domains (workspace_id, account_id, domain)
    select ${workspaceId}::uuid, r.id, r.domain from ${wanted}
    where not exists (select from account_domains d where d.account_id = r.id and d.domain = r.domain)
    order by r.domain`);
}

function accountRecords(states: readonly AccountState[]) {
  const rows = states.map(({ id, externalId, name, parentId, defaultForArchive }) => ({
    ...{ id, externalId, name, parentId, defaultForArchive },
  }));
  return sql`jsonb_to_recordset(${asRecords(rows)})
    as r(id uuid, "externalId" text, name text, "parentId" uuid, "defaultForArchive" boolean)`;
}
