import { randomUUID } from 'node:crypto';
import { sql, type SQL } from 'drizzle-orm';
import { createWorkspace } from '../drizzle/bootstrap.ts';
import { graphqlAt, type GraphQL, type Product } from '../test/support/run-product.ts';
import { COMPANIES, companyDomain, OWN_ADDRESS, OWN_DOMAIN } from './corpus.ts';
import { MAIL_USER } from './servers.ts';

interface Payload {
  readonly mailbox?: { readonly id: string } | null;
  readonly userErrors: readonly { readonly message: string }[];
}

interface MailboxLogin {
  readonly port: number;
  /** `ana` when left out. */
  readonly user?: string;
  /** `MailboxSettingsInput` of schema.graphql. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface OfficeMailbox {
  /** In the database and in the workflow's id. */
  readonly id: string;
  /** In the API. */
  readonly globalId: string;
}

/** A company that knows some of those who write to it; nothing of it is shared with other runs. */
export interface Office {
  readonly workspaceId: string;
  connect(login: MailboxLogin): Promise<OfficeMailbox>;
  syncNow(mailbox: OfficeMailbox): Promise<void>;
  disconnect(mailbox: OfficeMailbox): Promise<void>;
  /** Messages with a decision so far. */
  decided(mailbox: OfficeMailbox): Promise<number>;
  verdicts(mailbox: OfficeMailbox): Promise<Readonly<Record<string, number>>>;
}

/** `share` of the companies of the corpus, in [0, 1], are accounts: their mail is customer mail. */
export async function openOffice(product: Product, share: number): Promise<Office> {
  const token = randomUUID();
  const { db } = product.database;
  const { workspaceId } = await createWorkspace(db, {
    ...{ token, workspaceName: 'Northwind Coffee', adminName: 'Ana', adminAddress: OWN_ADDRESS },
    internalDomains: [OWN_DOMAIN],
  });
  const graphql = graphqlAt(product.url, token);
  for (let index = 0; index < COMPANIES * share; index += 1) {
    const domain = companyDomain(index);
    await change(graphql, CREATE_ACCOUNT, { name: domain, domains: [domain] });
  }
  const counts = (query: SQL) => db.execute<{ verdict: string; count: number }>(query);
  return {
    workspaceId,
    async connect({ port, user = MAIL_USER.user, settings }) {
      const address = `${user}@${OWN_DOMAIN}`;
      const { mailbox } = await change(graphql, CONNECT_MAILBOX, {
        ...{ address, settings },
        imap: {
          ...{ host: '127.0.0.1', port, security: 'NONE' },
          ...{ username: user, password: MAIL_USER.password },
        },
      });
      const [row] = await db.execute<{ id: string }>(sql`
        select id from mailboxes where workspace_id = ${workspaceId} and address = ${address}
          and disconnected_at is null`);
      if (!mailbox || row === undefined) throw new Error('The mailbox was not connected.');
      return { id: row.id, globalId: mailbox.id };
    },
    async syncNow({ globalId }) {
      await change(graphql, SYNC_NOW, { mailboxId: globalId });
    },
    async disconnect({ globalId }) {
      await change(graphql, DISCONNECT_MAILBOX, { mailboxId: globalId });
    },
    async decided({ id }) {
      const rows = await counts(sql`
        select 'any' as verdict, count(*)::int as count from sightings
        where mailbox_id = ${id} and verdict is not null`);
      return rows[0]?.count ?? 0;
    },
    async verdicts({ id }) {
      const rows = await counts(sql`
        select verdict, count(*)::int as count from sightings
        where mailbox_id = ${id} group by verdict order by verdict`);
      return Object.fromEntries(rows.map(({ verdict, count }) => [verdict, count]));
    },
  };
}

async function change(
  graphql: GraphQL,
  mutation: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Payload> {
  const { payload } = await graphql<{ payload: Payload }>(mutation, { input });
  const [error] = payload.userErrors;
  if (error !== undefined) throw new Error(`The API says: ${error.message}`);
  return payload;
}

const CREATE_ACCOUNT = `mutation ($input: CreateAccountInput!) {
  payload: createAccount(input: $input) { account { id } userErrors { message } } }`;
const CONNECT_MAILBOX = `mutation ($input: ConnectMailboxInput!) {
  payload: connectMailbox(input: $input) { mailbox { id } userErrors { message } } }`;
const SYNC_NOW = `mutation ($input: SyncMailboxNowInput!) {
  payload: syncMailboxNow(input: $input) { mailbox { id } userErrors { message } } }`;
const DISCONNECT_MAILBOX = `mutation ($input: DisconnectMailboxInput!) {
  payload: disconnectMailbox(input: $input) { mailbox { id } userErrors { message } } }`;
