import { eq, sql } from 'drizzle-orm';
import type { EmailAddress } from '../domain/address.ts';
import type { NewContact } from '../domain/matching.ts';
import type { Db } from './database.ts';
import { contactsByAddress } from './facts.ts';
import { only, storableText } from './rows.ts';
import { accounts, contactAccounts, contactAddresses, contacts } from './schema/index.ts';

/** Where it came from; noted on contacts that are made on the way (R33). */
export interface FilingSource {
  readonly workspaceId: string;
  readonly mailboxId: string;
}

/** The contacts that an address stands for, with the account of each. */
export interface Person {
  readonly contactIds: readonly string[];
  readonly accountIds: readonly string[];
}

/**
 * Finds or makes the contacts that the batch needs. Another mailbox may be making the same ones at this moment: a lock
 * per address, taken in order, lets one of them be first.
 */
export async function ensureContacts(
  db: Db,
  source: FilingSource,
  needed: readonly { readonly made: NewContact; readonly messageId: string }[],
): Promise<ReadonlyMap<EmailAddress, Person>> {
  const wanted = new Map<EmailAddress, { made: NewContact; messageId: string }>();
  for (const need of needed) {
    if (!wanted.has(need.made.address)) wanted.set(need.made.address, need);
  }
  const addresses = [...wanted.keys()].sort();
  for (const address of addresses) {
    const lock = `${source.workspaceId}|${address}`;
    await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
  }
  const existing = await contactsByAddress(db, source.workspaceId, addresses);
  const people = new Map<EmailAddress, Person>();
  for (const [address, { made, messageId }] of wanted) {
    const known = existing.get(address) ?? [];
    const person =
      known.length > 0
        ? {
            contactIds: known.map(({ id }) => id),
            accountIds: known.flatMap((c) => c.defaultAccountId ?? c.accountIds[0] ?? []),
          }
        : await makeContact(db, source, made, messageId);
    people.set(address, person);
  }
  return people;
}

/** R30, R32, R33. */
async function makeContact(
  db: Db,
  { workspaceId, mailboxId }: FilingSource,
  made: NewContact,
  messageId: string,
): Promise<Person> {
  const account =
    made.accountId === null
      ? []
      : await db.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, made.accountId));
  const accountIds = account.map(({ id }) => id);
  const { id: contactId } = only(
    await db
      .insert(contacts)
      .values({
        workspaceId,
        name: storableText(made.name),
        defaultAccountId: accountIds[0] ?? null,
        source: { messageId, mailboxId },
      })
      .returning({ id: contacts.id }),
  );
  await db
    .insert(contactAddresses)
    .values({ workspaceId, contactId, address: made.address, isPrimary: true });
  for (const accountId of accountIds) {
    await db.insert(contactAccounts).values({ workspaceId, contactId, accountId });
  }
  return { contactIds: [contactId], accountIds };
}
