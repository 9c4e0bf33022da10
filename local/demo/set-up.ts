import { ACCOUNTS, BLACKLIST, CONTACTS, MAILBOX_ADDRESSES } from './company.ts';
import { all, change } from './graphql.ts';
import type { Api } from './graphql.ts';
import * as operations from './operations.ts';

export interface ImapLogin {
  readonly user: string;
  readonly password: string;
}

/** Creates what is missing of the accounts, contacts and blacklist entries. */
export async function createCompany(api: Api): Promise<void> {
  const knownAccounts = await all(api, operations.ACCOUNTS);
  for (const { name, domains } of ACCOUNTS) {
    if (knownAccounts.some((account) => account.name === name)) continue;
    await change(api, operations.CREATE_ACCOUNT, { name, domains });
  }
  await createContacts(api);
  const entries = await all(api, operations.BLACKLIST_ENTRIES);
  for (const { value, note } of BLACKLIST) {
    if (entries.some((entry) => entry.value === value)) continue;
    await change(api, operations.ADD_BLACKLIST_ENTRY, { value, note });
  }
}

async function createContacts(api: Api): Promise<void> {
  const accounts = await all(api, operations.ACCOUNTS);
  const ids = new Map(accounts.map(({ name, id }) => [name, id]));
  const known = await all(api, operations.CONTACTS);
  for (const contact of CONTACTS) {
    if (known.some(({ name }) => name === contact.name)) continue;
    const accountIds = contact.accounts.flatMap((name) => ids.get(name) ?? []);
    const [defaultAccountId] = accountIds;
    await change(api, operations.CREATE_CONTACT, {
      name: contact.name,
      addresses: contact.addresses,
      accountIds,
      ...(defaultAccountId !== undefined && { defaultAccountId }),
    });
  }
}

/** Connects what is not connected yet; after a change of port, connects anew what was. */
export async function connectMailboxes(
  api: Api,
  logins: readonly ImapLogin[],
  imapPort: number,
  hasMoved: boolean,
): Promise<void> {
  const known = await all(api, operations.MAILBOXES);
  for (const address of Object.values(MAILBOX_ADDRESSES)) {
    const login = logins.find(({ user }) => user === address);
    if (login === undefined) throw new Error(`The demo has no login for ${address}`);
    const imap = {
      host: '127.0.0.1',
      port: imapPort,
      security: 'NONE',
      username: login.user,
      password: login.password,
    };
    const connected = known.find((mailbox) => mailbox.address === address);
    if (connected === undefined) {
      const settings = { history: { mode: 'ALL' } };
      await change(api, operations.CONNECT_MAILBOX, { address, imap, settings });
    } else if (hasMoved) {
      await change(api, operations.RECONNECT_MAILBOX, { mailboxId: connected.id, imap });
    }
  }
}
