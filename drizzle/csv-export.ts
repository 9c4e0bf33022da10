import { sql, type SQL } from 'drizzle-orm';
import type { Db } from './database.ts';

/** An account as rows of a file name it. */
export interface ExportedReference {
  readonly id: string;
  readonly externalId: string | null;
}

export interface ExportedContact extends ExportedReference {
  readonly name: string;
  /** Primary first. */
  readonly addresses: readonly string[];
  /** Most recently linked last. */
  readonly accounts: readonly ExportedReference[];
  /** The one that somebody chose. */
  readonly defaultAccount: ExportedReference | null;
}

export interface ExportedAccount extends ExportedReference {
  readonly name: string;
  readonly domains: readonly string[];
  readonly parent: ExportedReference | null;
  readonly defaultForArchive: boolean;
}

export interface ExportedEntry {
  readonly id: string;
  readonly value: string;
  readonly note: string | null;
}

/** Where the next page begins, and how long it is at most. */
export interface ExportPage {
  /** The id of the last row of the page before; null for the first page. */
  readonly after: string | null;
  readonly limit: number;
}

/** Contacts by id. */
export async function exportedContacts(
  db: Db,
  page: ExportPage,
): Promise<readonly ExportedContact[]> {
  return [
    ...(await db.execute<Record<string, unknown> & ExportedContact>(sql`
    select c.id, c.external_id as "externalId", c.name,
      array(select address from contact_addresses where contact_id = c.id
            order by is_primary desc, address) as addresses,
      coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'externalId', a.external_id)
                                 order by l.linked_at, a.id)
                from contact_accounts l join accounts a on a.id = l.account_id
                where l.contact_id = c.id), '[]') as accounts,
      (select jsonb_build_object('id', a.id, 'externalId', a.external_id)
       from accounts a where a.id = c.default_account_id) as "defaultAccount"
    from contacts c where ${isAfter(page)} order by c.id limit ${page.limit}`)),
  ];
}

/** Accounts by id. */
export async function exportedAccounts(
  db: Db,
  page: ExportPage,
): Promise<readonly ExportedAccount[]> {
  return [
    ...(await db.execute<Record<string, unknown> & ExportedAccount>(sql`
    select c.id, c.external_id as "externalId", c.name, c.default_for_archive as "defaultForArchive",
      array(select domain from account_domains where account_id = c.id order by domain) as domains,
      (select jsonb_build_object('id', a.id, 'externalId', a.external_id)
       from accounts a where a.id = c.parent_id) as parent
    from accounts c where ${isAfter(page)} order by c.id limit ${page.limit}`)),
  ];
}

/** Entries of the blacklist by id. */
export async function exportedEntries(db: Db, page: ExportPage): Promise<readonly ExportedEntry[]> {
  return [
    ...(await db.execute<Record<string, unknown> & ExportedEntry>(sql`
    select c.id, c.value, c.note from blacklist_entries c
    where ${isAfter(page)} order by c.id limit ${page.limit}`)),
  ];
}

function isAfter({ after }: ExportPage): SQL {
  return after === null ? sql`true` : sql`c.id > ${after}::uuid`;
}
