import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { createdAt, id, moment, workspaceId, workspaceWall } from './workspace.ts';

/** Where a contact that nobody typed in came from (R33). */
export interface ContactSource {
  readonly messageId: string;
  readonly mailboxId: string;
}

export const contacts = pgTable(
  'contacts',
  {
    id: id(),
    workspaceId: workspaceId(),
    /** Empty when only the address is known. */
    name: text().notNull(),
    defaultAccountId: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    source: jsonb().$type<ContactSource>(),
    /** Its id in the system that it comes from. */
    externalId: text(),
    createdAt: createdAt(),
  },
  (table) => [
    unique('contacts_external_id').on(table.workspaceId, table.externalId),
    index('contacts_name_order').on(table.workspaceId, table.name, table.id),
    workspaceWall(),
  ],
);

/** Several contacts may carry one address (R16), so only the pair is unique. */
export const contactAddresses = pgTable(
  'contact_addresses',
  {
    workspaceId: workspaceId(),
    contactId: uuid()
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    address: text().notNull(),
    isPrimary: boolean().notNull(),
    /** The last permanent delivery failure (R9), and its enhanced status code (RFC 3463), e.g. `5.1.1`. */
    bouncedAt: moment(),
    bounceStatus: text(),
  },
  (table) => [
    primaryKey({ name: 'contact_addresses_pk', columns: [table.contactId, table.address] }),
    uniqueIndex('contact_addresses_one_primary')
      .on(table.contactId)
      .where(sql`is_primary`),
    index('contact_addresses_address').on(table.workspaceId, table.address),
    check('contact_addresses_normalised', sql`${table.address} = lower(${table.address})`),
    workspaceWall(),
  ],
);

export const contactAccounts = pgTable(
  'contact_accounts',
  {
    workspaceId: workspaceId(),
    contactId: uuid()
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    linkedAt: moment().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: 'contact_accounts_pk', columns: [table.contactId, table.accountId] }),
    index('contact_accounts_account').on(table.accountId),
    workspaceWall(),
  ],
);
