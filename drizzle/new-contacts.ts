import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { EmailAddress } from '../domain/address.ts';
import { accountOf, type NewContact } from '../domain/matching.ts';
import type { Db } from './database.ts';
import { contactsByAddress } from './facts.ts';
import { asRecords } from './rows.ts';

/** Where it came from; noted on contacts that are made on the way (R33). */
export interface FilingSource {
  readonly workspaceId: string;
  readonly mailboxId: string;
}

/** A contact that is to be made, and the message that asks for it. */
export interface Need {
  readonly made: NewContact;
  readonly messageId: string;
}

/** The contacts that an address stands for, with the account of each. */
export interface Person {
  readonly contactIds: readonly string[];
  readonly accountIds: readonly string[];
}

/**
 * Finds or makes the contacts that the batch needs. Another mailbox may be making the same ones at this moment: within a
 * workspace one batch at a time makes contacts, and the next one finds them.
 */
export async function ensureContacts(
  db: Db,
  source: FilingSource,
  needed: readonly Need[],
): Promise<ReadonlyMap<EmailAddress, Person>> {
  if (needed.length === 0) return new Map();
  await lockContacts(db, source.workspaceId);
  const wanted = new Map(needed.map((need) => [need.made.address, need]));
  const existing = await contactsByAddress(db, source.workspaceId, [...wanted.keys()]);
  const missing = [...wanted.values()].filter(({ made }) => !existing.has(made.address));
  const people = await makeContacts(db, source, missing);
  for (const [address, contacts] of existing) {
    people.set(address, {
      contactIds: contacts.map(({ id }) => id),
      accountIds: contacts.flatMap((contact) => accountOf(contact) ?? []),
    });
  }
  return people;
}

/** Whoever makes contacts of addresses, or takes them back, waits for the others of the workspace until they have committed. */
export async function lockContacts(db: Db, workspaceId: string): Promise<void> {
  const lock = `${workspaceId}|contacts`;
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
}

/** R30, R32, R33. An account that was deleted since it matched is left out. */
async function makeContacts(
  db: Db,
  { workspaceId, mailboxId }: FilingSource,
  needs: readonly Need[],
): Promise<Map<EmailAddress, Person>> {
  const rows = needs.map(({ made, messageId }) => ({
    ...{ id: randomUUID(), address: made.address, name: made.name, accountId: made.accountId },
    source: { messageId, mailboxId },
  }));
  const made = await db.execute<{
    id: string;
    address: EmailAddress;
    accountId: string | null;
  }>(sql`
    with made as (
      select r.id, r.address, r.name, r.source, a.id as account_id
      from jsonb_to_recordset(${asRecords(rows)})
        as r(id uuid, address text, name text, source jsonb, "accountId" uuid)
      left join accounts a on a.id = r."accountId"
    ), people as (
      insert into contacts (id, workspace_id, name, default_account_id, source)
      select id, ${workspaceId}::uuid, name, account_id, source from made returning id
    ), addresses as (
      insert into contact_addresses (workspace_id, contact_id, address, is_primary)
      select ${workspaceId}::uuid, id, address, true from made
    ), links as (
      insert into contact_accounts (workspace_id, contact_id, account_id)
      select ${workspaceId}::uuid, id, account_id from made where account_id is not null
    )
    select id, address, account_id as "accountId" from made`);
  return new Map(
    [...made].map(({ id, address, accountId }) => [
      address,
      { contactIds: [id], accountIds: accountId === null ? [] : [accountId] },
    ]),
  );
}
