import { z } from 'zod';

/** Every GraphQL operation of the demo, with the shape of its answer: the one file to adapt to schema.graphql. */

export interface Operation<Result> {
  readonly document: string;
  readonly result: z.ZodType<Result>;
}

function operation<Result>(document: string, result: z.ZodType<Result>): Operation<Result> {
  return { document, result };
}

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const userErrors = z.array(
  z.object({
    code: z.string(),
    message: z.string(),
    field: z.array(z.string()).nullish(),
  }),
);

function connection<Node>(node: z.ZodType<Node>) {
  return z.object({ nodes: z.array(node), pageInfo });
}

/** What a mutation says about its input; the noun itself is asked for by name later. */
const payload = z.object({ payload: z.object({ userErrors }) });

const named = z.object({ id: z.string(), name: z.string() });

export const ACCOUNTS = operation(
  `query DemoAccounts($after: String) {
    list: accounts(first: 100, after: $after) { nodes { id name } pageInfo { hasNextPage endCursor } }
  }`,
  z.object({ list: connection(named) }),
);

export const CONTACTS = operation(
  `query DemoContacts($after: String) {
    list: contacts(first: 100, after: $after) { nodes { id name } pageInfo { hasNextPage endCursor } }
  }`,
  z.object({ list: connection(named) }),
);

export const BLACKLIST_ENTRIES = operation(
  `query DemoBlacklist($after: String) {
    list: blacklistEntries(first: 100, after: $after) {
      nodes { id value } pageInfo { hasNextPage endCursor }
    }
  }`,
  z.object({ list: connection(z.object({ id: z.string(), value: z.string() })) }),
);

const lastError = z.object({ code: z.string(), message: z.string(), advice: z.string().nullish() });
const mailbox = z.object({
  id: z.string(),
  address: z.string(),
  state: z.string(),
  lastError: lastError.nullable(),
});
export type DemoConnectedMailbox = z.infer<typeof mailbox>;

export const MAILBOXES = operation(
  `query DemoMailboxes($after: String) {
    list: mailboxes(first: 100, after: $after) {
      nodes { id address state lastError { code message advice } }
      pageInfo { hasNextPage endCursor }
    }
  }`,
  z.object({ list: connection(mailbox) }),
);

const decision = z.object({
  verdict: z.enum(['LOGGED', 'SKIPPED', 'FAILED']),
  reason: z.string().nullable(),
  explanation: z.string(),
  folder: z.string(),
  internetMessageId: z.string().nullable(),
  from: z.string().nullable(),
  subject: z.string().nullable(),
  mailbox: z.object({ address: z.string() }),
  engagement: z.object({ id: z.string() }).nullable(),
});
export type DemoDecision = z.infer<typeof decision>;

export const DECISIONS = operation(
  `query DemoDecisions($filter: DecisionFilter, $after: String) {
    list: decisions(filter: $filter, first: 100, after: $after) {
      nodes {
        verdict reason explanation folder internetMessageId from subject
        mailbox { address }
        engagement { id }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`,
  z.object({ list: connection(decision) }),
);

const engagement = z.object({
  id: z.string(),
  direction: z.string(),
  subject: z.string().nullable(),
  occurredAt: z.string(),
  contacts: z.array(z.object({ name: z.string() })),
  accounts: z.array(z.object({ name: z.string() })),
  mailboxes: z.array(z.object({ address: z.string() })),
});
export type DemoEngagement = z.infer<typeof engagement>;

export const ENGAGEMENTS = operation(
  `query DemoEngagements($after: String) {
    list: engagements(first: 100, after: $after) {
      nodes {
        id direction subject occurredAt
        contacts { name }
        accounts { name }
        mailboxes { address }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`,
  z.object({ list: connection(engagement) }),
);

export const CREATE_ACCOUNT = operation(
  `mutation DemoCreateAccount($input: CreateAccountInput!) {
    payload: createAccount(input: $input) { userErrors { code message field } }
  }`,
  payload,
);

export const CREATE_CONTACT = operation(
  `mutation DemoCreateContact($input: CreateContactInput!) {
    payload: createContact(input: $input) { userErrors { code message field } }
  }`,
  payload,
);

export const ADD_BLACKLIST_ENTRY = operation(
  `mutation DemoAddBlacklistEntry($input: AddBlacklistEntryInput!) {
    payload: addBlacklistEntry(input: $input) {
      userErrors { code message field }
    }
  }`,
  payload,
);

export const CONNECT_MAILBOX = operation(
  `mutation DemoConnectMailbox($input: ConnectMailboxInput!) {
    payload: connectMailbox(input: $input) { userErrors { code message field } }
  }`,
  payload,
);

export const RECONNECT_MAILBOX = operation(
  `mutation DemoReconnectMailbox($input: ReconnectMailboxInput!) {
    payload: reconnectMailbox(input: $input) { userErrors { code message field } }
  }`,
  payload,
);

export const SYNC_MAILBOX_NOW = operation(
  `mutation DemoSyncMailboxNow($input: SyncMailboxNowInput!) {
    payload: syncMailboxNow(input: $input) { userErrors { code message field } }
  }`,
  payload,
);
