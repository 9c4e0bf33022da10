import { sql } from 'drizzle-orm';
import type { EmailAddress } from '../domain/address.ts';
import type { Contact } from './contacts.ts';
import type { Db } from './database.ts';
import { asRecords, isOneOfIds, textArray } from './rows.ts';
import { listsOf, type NamedObjects } from './upserts.ts';

/** A contact as it stands, nobody else's to change until the transaction ends. */
export type LockedContact = Pick<
  Contact,
  'id' | 'externalId' | 'name' | 'addresses' | 'accountIds' | 'defaultAccountId'
>;

type Lists = Pick<LockedContact, 'addresses' | 'accountIds'>;

/** What a contact is to become. Lists that are null stay as they are. */
export interface ContactState {
  readonly id: string;
  readonly isNew: boolean;
  readonly externalId: string | null;
  readonly name: string;
  readonly defaultAccountId: string | null;
  /** Primary first. */
  readonly addresses: readonly EmailAddress[] | null;
  /** The last counts as the most recently linked of the new ones. */
  readonly accountIds: readonly string[] | null;
}

/** Those of the workspace among the contacts that are named. */
export async function lockContactsNamed(
  db: Db,
  workspaceId: string,
  { ids, externalIds }: NamedObjects,
): Promise<readonly LockedContact[]> {
  const rows = await db.execute<Record<string, unknown> & Omit<LockedContact, keyof Lists>>(sql`
    select id, external_id as "externalId", name, default_account_id as "defaultAccountId"
    from contacts
    where workspace_id = ${workspaceId}::uuid
      and (${isOneOfIds(sql`id`, ids)} or external_id = any (${textArray(externalIds)}))
    order by id for update`);
  const locked = rows.map(({ id }) => id);
  // Statements of their own: one that had to wait for the lock would show the lists as they were before.
  const addresses = await listsOf<EmailAddress>(
    db,
    sql`
    select contact_id as id, array_agg(address order by is_primary desc, address) as list
    from contact_addresses where ${isOneOfIds(sql`contact_id`, locked)} group by contact_id`,
  );
  const accountIds = await listsOf(
    db,
    sql`
    select contact_id as id, array_agg(account_id order by linked_at desc, account_id) as list
    from contact_accounts where ${isOneOfIds(sql`contact_id`, locked)} group by contact_id`,
  );
  return rows.map((row) => ({
    ...row,
    addresses: addresses.get(row.id) ?? [],
    accountIds: accountIds.get(row.id) ?? [],
  }));
}

/** Makes the contacts what they are to become: seven statements at most, whatever their number. */
export async function writeContacts(
  db: Db,
  workspaceId: string,
  states: readonly ContactState[],
): Promise<void> {
  const known = states.filter(({ isNew }) => !isNew);
  if (known.length < states.length) {
    await db.execute(sql`
      insert into contacts (id, workspace_id, external_id, name, default_account_id)
      select r.id, ${workspaceId}::uuid, r."externalId", r.name, r."defaultAccountId"
      from ${contactRecords(states.filter(({ isNew }) => isNew))}`);
  }
  if (known.length > 0) {
    await db.execute(sql`
      update contacts c
      set external_id = r."externalId", name = r.name, default_account_id = r."defaultAccountId"
      from ${contactRecords(known)} where c.id = r.id`);
  }
  await writeAddresses(db, workspaceId, states);
  await writeLinks(db, workspaceId, states);
}

function contactRecords(states: readonly ContactState[]) {
  const rows = states.map(({ id, externalId, name, defaultAccountId }) => ({
    ...{ id, externalId, name, defaultAccountId },
  }));
  return sql`jsonb_to_recordset(${asRecords(rows)})
    as r(id uuid, "externalId" text, name text, "defaultAccountId" uuid)`;
}

/** As `replaceAddresses` of one contact: what is known of addresses that stay, stays. */
async function writeAddresses(
  db: Db,
  workspaceId: string,
  states: readonly ContactState[],
): Promise<void> {
  const given = states.filter(({ addresses }) => addresses !== null);
  if (given.length === 0) return;
  const rows = given.flatMap(({ id, addresses }) =>
    (addresses ?? []).map((address, index) => ({ id, address, isPrimary: index === 0 })),
  );
  const wanted = sql`jsonb_to_recordset(${asRecords(rows)})
    as r(id uuid, address text, "isPrimary" boolean)`;
  const known = given.flatMap(({ id, isNew }) => (isNew ? [] : [id]));
  if (known.length > 0) {
    await db.execute(sql`
      delete from contact_addresses where ${isOneOfIds(sql`contact_id`, known)}
        and (contact_id, address) not in (select r.id, r.address from ${wanted})`);
    // Never two of them are primary, not even on the way.
    await db.execute(sql`
      update contact_addresses set is_primary = false
      where ${isOneOfIds(sql`contact_id`, known)} and is_primary`);
  }
  await db.execute(sql`
    insert into contact_addresses (workspace_id, contact_id, address, is_primary)
    select ${workspaceId}::uuid, r.id, r.address, r."isPrimary" from ${wanted}
    on conflict (contact_id, address) do update set is_primary = excluded.is_primary`);
}

/** As `replaceAccountLinks` of one contact: links that exist keep their age. */
async function writeLinks(
  db: Db,
  workspaceId: string,
  states: readonly ContactState[],
): Promise<void> {
  const given = states.filter(({ accountIds }) => accountIds !== null);
  const rows = given.flatMap(({ id, accountIds }) =>
    (accountIds ?? []).map((accountId, position) => ({ id, accountId, position })),
  );
  const wanted = sql`jsonb_to_recordset(${asRecords(rows)})
    as r(id uuid, "accountId" uuid, position int)`;
  const known = given.flatMap(({ id, isNew }) => (isNew ? [] : [id]));
  if (known.length > 0) {
    await db.execute(sql`
      delete from contact_accounts where ${isOneOfIds(sql`contact_id`, known)}
        and (contact_id, account_id) not in (select r.id, r."accountId" from ${wanted})`);
  }
  if (rows.length === 0) return;
  await db.execute(sql`
    insert into contact_accounts (workspace_id, contact_id, account_id, linked_at)
    select ${workspaceId}::uuid, r.id, r."accountId", now() + r.position * interval '1 microsecond'
    from ${wanted}
    on conflict do nothing`);
}
