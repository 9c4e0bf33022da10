import { expect } from 'vitest';
import type { Dovecot } from '../../local/dovecot.ts';
import { startTestDovecot } from './dovecot.ts';
import { startProduct, type Product } from './product.ts';

export interface MailboxView {
  readonly id: string;
  readonly state: string;
  readonly lastError: { readonly code: string; readonly advice: string } | null;
  readonly counts: Readonly<Record<'seen' | 'logged' | 'skipped' | 'failed', number>>;
}
export interface UserErrorView {
  readonly code: string;
  readonly field: readonly string[] | null;
}
type Command = 'pauseMailbox' | 'resumeMailbox' | 'disconnectMailbox' | 'syncMailboxNow';

const MAILBOX = 'id state lastError { code advice } counts { seen logged skipped failed }';

/** The running product with a mail server beside it, used as a frontend uses it. */
export interface Office extends AsyncDisposable {
  readonly product: Product;
  readonly dovecot: Dovecot;
  addCustomer(name: string, domain: string, addresses: readonly string[]): Promise<string>;
  /** Connects Ana's mailbox; returns its id or what was wrong. */
  connect(input?: {
    password?: string;
    history?: 'ALL' | 'FROM_CONNECTION';
    push?: boolean;
  }): Promise<{ mailboxId: string; errors: readonly UserErrorView[] }>;
  command(name: Command, mailboxId: string): Promise<{ mailbox: MailboxView; confirmed: boolean }>;
  reconnect(mailboxId: string, password: string): Promise<readonly UserErrorView[]>;
  mailbox(mailboxId: string): Promise<MailboxView>;
  subjects(): Promise<readonly string[]>;
  untilState(mailboxId: string, state: string): Promise<void>;
}

export async function anOffice(
  env: Readonly<Record<string, string>> = {},
  mail: () => Promise<Dovecot> = startTestDovecot,
): Promise<Office> {
  const stack = new AsyncDisposableStack();
  const [dovecot, product] = await Promise.all([mail(), startProduct(env)]);
  stack.use(dovecot);
  stack.use(product);
  const imap = (password: string) => ({
    ...{ host: '127.0.0.1', port: dovecot.imapPort, security: 'NONE', username: 'ana', password },
  });
  const mailbox = async (id: string) => {
    const query = `query ($id: ID!) { mailbox(id: $id) { ${MAILBOX} } }`;
    return (await product.graphql<{ mailbox: MailboxView }>(query, { id })).mailbox;
  };
  return {
    ...{ product, dovecot, mailbox },
    async addCustomer(name, domain, addresses) {
      const made = await product.graphql<{ createAccount: { account: { id: string } } }>(
        `mutation ($input: CreateAccountInput!) { createAccount(input: $input) { account { id } userErrors { code } } }`,
        { input: { name, domains: [domain] } },
      );
      const accountIds = [made.createAccount.account.id];
      await product.graphql(
        `mutation ($input: CreateContactInput!) { createContact(input: $input) { contact { id } userErrors { code } } }`,
        { input: { name, addresses, accountIds } },
      );
      return made.createAccount.account.id;
    },
    async connect({ password = 'secret', history = 'ALL', push = false } = {}) {
      const { connectMailbox } = await product.graphql<{
        connectMailbox: { mailbox: { id: string } | null; userErrors: UserErrorView[] };
      }>(
        `mutation ($input: ConnectMailboxInput!) { connectMailbox(input: $input) { mailbox { id } userErrors { code field } } }`,
        {
          input: {
            ...{ address: 'ana@acme.example', imap: imap(password) },
            settings: { history: { mode: history }, push },
          },
        },
      );
      const { mailbox: made, userErrors } = connectMailbox;
      return { mailboxId: made?.id ?? '', errors: userErrors };
    },
    async command(name, mailboxId) {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const data = await product.graphql<
        Record<string, { mailbox: MailboxView; confirmed: boolean }>
      >(
        `mutation ($input: ${type}!) { ${name}(input: $input) { mailbox { ${MAILBOX} } confirmed userErrors { code message } } }`,
        { input: { mailboxId } },
      );
      const answer = data[name];
      if (answer === undefined) throw new Error(`no answer to ${name}`);
      return answer;
    },
    async reconnect(mailboxId, password) {
      const { reconnectMailbox } = await product.graphql<{
        reconnectMailbox: { userErrors: UserErrorView[] };
      }>(
        `mutation ($input: ReconnectMailboxInput!) { reconnectMailbox(input: $input) { userErrors { code field } } }`,
        { input: { mailboxId, imap: { password } } },
      );
      return reconnectMailbox.userErrors;
    },
    async subjects() {
      const { engagements } = await product.graphql<{
        engagements: { nodes: { subject: string }[] };
      }>(`{ engagements(first: 100) { nodes { subject } } }`);
      return engagements.nodes.map(({ subject }) => subject).toSorted();
    },
    async untilState(mailboxId, state) {
      const current = async () => (await mailbox(mailboxId)).state;
      await expect.poll(current, { timeout: 60_000, interval: 100 }).toBe(state);
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
