import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NODE_TYPES, toGlobalId, type NodeType } from '../../../api/ids.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import type { OAuthClient } from '../../../mail/oauth.ts';
import { RIGHT_PASSWORD, startTestApi, type TestApi } from './harness.ts';
import { aContact, aLoggedMail, aMailbox, anAccount, aThread } from './records.ts';

const schema = buildSchema(
  readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'),
);
const SECRET = 'only-for-rival';
/** Never asked: what is refused is refused before. */
const GOOGLE: OAuthClient = {
  ...{ provider: 'google', clientId: 'us', clientSecret: { reveal: () => 'secret' } },
  ...{ redirectUri: 'https://acme.example/oauth/callback', authorizeUrl: '', tokenUrl: '' },
};

let api: TestApi;
/** Global ids of what the rival has, one of each type. */
let rival: Record<NodeType, string>;
let before: string;

beforeAll(async () => {
  api = await startTestApi({ oauth: { google: GOOGLE } });
  rival = await makeRivalsWorld();
  before = await rivalsWorld();
});
afterAll(() => api[Symbol.asyncDispose]());

async function makeRivalsWorld(): Promise<Record<NodeType, string>> {
  const { db } = api.database;
  const { workspaceId, userId } = api.rival;
  const contactId = await aContact(db, workspaceId, 'jill@customer.example', SECRET);
  const accountId = await anAccount(db, workspaceId, SECRET);
  await db
    .insert(tables.accountDomains)
    .values({ workspaceId, accountId, domain: 'rivals.example' });
  const mailboxId = await aMailbox(db, workspaceId, 'shared@acme.example');
  const threadId = await aThread(db, workspaceId);
  const { engagementId, sightingId } = await aLoggedMail(db, workspaceId, {
    ...{ contactIds: [contactId], accountIds: [accountId], mailboxId, threadId, subject: SECRET },
  });
  const [entry] = await db
    .insert(tables.blacklistEntries)
    .values({ workspaceId, kind: 'domain', value: 'spam.example', note: SECRET })
    .returning();
  const [person] = await db
    .insert(tables.unknownCorrespondents)
    .values({
      ...{ workspaceId, address: 'nobody@else.example', name: SECRET, messages: 1 },
      ...{ firstSeenAt: new Date(), lastSeenAt: new Date() },
    })
    .returning();
  const scope = { addresses: [], domains: [], subdomains: false, sightingIds: [sightingId] };
  const [again] = await db
    .insert(tables.redecisions)
    .values({ workspaceId, cause: 'message', scope })
    .returning();
  return {
    Account: toGlobalId('Account', accountId),
    BlacklistEntry: toGlobalId('BlacklistEntry', entry?.id ?? ''),
    Contact: toGlobalId('Contact', contactId),
    Decision: toGlobalId('Decision', sightingId),
    Engagement: toGlobalId('Engagement', engagementId),
    Mailbox: toGlobalId('Mailbox', mailboxId),
    Redecision: toGlobalId('Redecision', again?.id ?? ''),
    Thread: toGlobalId('Thread', threadId),
    UnknownCorrespondent: toGlobalId('UnknownCorrespondent', person?.id ?? ''),
    User: toGlobalId('User', userId),
    Workspace: toGlobalId('Workspace', workspaceId),
  };
}

/** All rows of the rival, to see that nobody touched them. */
async function rivalsWorld(): Promise<string> {
  return api.database.inWorkspace(api.rival.workspaceId, async (db) =>
    JSON.stringify([
      await db.select().from(tables.accounts),
      await db.select().from(tables.accountDomains),
      await db.select().from(tables.blacklistEntries),
      await db.select().from(tables.contacts),
      await db.select().from(tables.contactAccounts),
      await db.select().from(tables.engagements),
      await db.select().from(tables.mailboxes),
      await db.select().from(tables.redecisions),
      await db.select().from(tables.sightings),
      await db.select().from(tables.unknownCorrespondents),
    ]),
  );
}

test('node and nodes find nothing of another workspace, whatever the type', async () => {
  const ids = NODE_TYPES.map((type) => rival[type]);
  const document = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
  const mine = await api.ask(document, { ids });
  expect(mine.data).toEqual({ nodes: ids.map(() => null) });
  const theirs = await api.ask(document, { ids }, api.rival);
  expect(theirs.data).toEqual({ nodes: ids.map((id) => ({ id })) });
});

test('every by-id query is null for an id of another workspace', async () => {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  const byId = fields.filter(
    ({ name, args }) => name !== 'node' && args.some((arg) => arg.name === 'id'),
  );
  expect(byId.length).toBeGreaterThan(3);
  for (const { name, type } of byId) {
    const id = rival[String(type) as NodeType];
    const document = `query ($id: ID!) { ${name}(id: $id) { id } }`;
    expect((await api.ask(document, { id })).data, name).toEqual({ [name]: null });
    expect((await api.ask(document, { id }, api.rival)).data).toEqual({ [name]: { id } });
  }
});

test('every list is empty in a workspace that has nothing, and filters by foreign ids find nothing', async () => {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  const lists = fields.filter(({ type }) => String(type).endsWith('Connection!'));
  expect(lists.length).toBeGreaterThan(5);
  for (const { name } of lists) {
    const answer = await api.ask(`{ ${name} { nodes { id } } }`);
    expect(answer.data, name).toEqual({ [name]: { nodes: [] } });
    const theirs = await api.ask(`{ ${name} { nodes { id } } }`, {}, api.rival);
    expect(JSON.stringify(theirs.data), name).toMatch(/"id":/);
  }
  const filters = [
    `engagements(filter: { mailboxId: "${rival.Mailbox}" })`,
    `engagements(filter: { contactId: "${rival.Contact}" })`,
    `engagements(filter: { accountId: "${rival.Account}" })`,
    `engagements(filter: { search: "${SECRET}" })`,
    `threads(filter: { mailboxId: "${rival.Mailbox}" })`,
    `threads(filter: { contactId: "${rival.Contact}" })`,
    `threads(filter: { accountId: "${rival.Account}" })`,
    `decisions(filter: { mailboxId: "${rival.Mailbox}" })`,
    'decisions(filter: { address: "jill@customer.example" })',
    `decisions(filter: { subject: "${SECRET}" })`,
    `contacts(search: "${SECRET}")`,
    `accounts(search: "rivals.example")`,
    'blacklistEntries(search: "spam")',
    `unknownCorrespondents(search: "${SECRET}", includeDismissed: true)`,
  ];
  for (const filter of filters) {
    const answer = await api.ask(`{ found: ${filter} { nodes { id } } }`);
    expect(answer.data, filter).toEqual({ found: { nodes: [] } });
  }
  const preview = await api.ask('{ blacklistPreview(value: "customer.example") { messageCount } }');
  expect(preview.data).toEqual({ blacklistPreview: { messageCount: 0 } });
});

test('why, counts and simulations know nothing of another workspace', async () => {
  const counts = '{ decisionCounts { count mailbox { id } } }';
  expect((await api.ask(counts)).data).toEqual({ decisionCounts: [] });
  expect(JSON.stringify((await api.ask(counts, {}, api.rival)).data)).toContain(rival.Mailbox);
  const mailboxId = rival.Mailbox;
  const why =
    'query ($mailboxId: ID!) { whyMissing(input: { mailboxId: $mailboxId }) { causes { code } } }';
  expect((await api.ask(why, { mailboxId })).errors).toMatchObject([
    { extensions: { code: 'BAD_USER_INPUT' } },
  ]);
  const simulate = `query ($mailboxId: ID) {
    simulateMessage(raw: "From: jill@customer.example\\nTo: us@acme.example\\n\\nhi", mailboxId: $mailboxId) {
      reason contacts { id } } }`;
  expect((await api.ask(simulate, { mailboxId })).errors).toMatchObject([
    { extensions: { code: 'BAD_USER_INPUT' } },
  ]);
  expect((await api.ask(simulate)).data).toMatchObject({
    simulateMessage: { reason: 'UNKNOWN_SENDER', contacts: [] },
  });
});

/** One call per mutation that takes an id; a mutation that is missing here fails the last test. */
function attempts(): Record<string, readonly object[]> {
  const own = { addresses: ['own@x.example'] };
  return {
    pauseMailbox: [{ mailboxId: rival.Mailbox }],
    resumeMailbox: [{ mailboxId: rival.Mailbox }],
    reconnectMailbox: [{ mailboxId: rival.Mailbox, imap: { password: RIGHT_PASSWORD } }],
    disconnectMailbox: [{ mailboxId: rival.Mailbox, deleteEngagements: true }],
    syncMailboxNow: [{ mailboxId: rival.Mailbox }],
    updateMailbox: [{ mailboxId: rival.Mailbox, settings: { push: true } }],
    startMailboxAuthorization: [{ provider: 'GOOGLE', mailboxId: rival.Mailbox }],
    stopMailboxImport: [{ mailboxId: rival.Mailbox }],
    retryFailedMessages: [{ mailboxId: rival.Mailbox }],
    redecideMessage: [{ decisionId: rival.Decision }],
    retryMessage: [{ decisionId: rival.Decision }],
    discardMessage: [{ decisionId: rival.Decision }],
    createContact: [
      { ...own, accountIds: [rival.Account] },
      { ...own, defaultAccountId: rival.Account },
    ],
    updateContact: [{ contactId: rival.Contact, name: 'mine' }],
    deleteContact: [{ contactId: rival.Contact }],
    undoAutomaticContact: [{ contactId: rival.Contact }],
    acceptUnknownCorrespondent: [
      { unknownCorrespondentId: rival.UnknownCorrespondent },
      { unknownCorrespondentId: rival.UnknownCorrespondent, accountId: rival.Account },
    ],
    dismissUnknownCorrespondent: [{ unknownCorrespondentId: rival.UnknownCorrespondent }],
    restoreUnknownCorrespondent: [{ unknownCorrespondentId: rival.UnknownCorrespondent }],
    updateBlacklistEntry: [{ blacklistEntryId: rival.BlacklistEntry, note: 'mine' }],
    createAccount: [{ name: 'x', parentId: rival.Account }],
    updateAccount: [{ accountId: rival.Account, name: 'mine', domains: [] }],
    deleteAccount: [{ accountId: rival.Account }],
    setDefaultAccount: [{ contactId: rival.Contact, accountId: rival.Account }],
    removeBlacklistEntry: [{ blacklistEntryId: rival.BlacklistEntry }],
    deleteEngagement: [{ engagementId: rival.Engagement }],
    logNote: [
      { contactIds: [rival.Contact], text: 'mine' },
      { accountIds: [rival.Account], text: 'mine' },
    ],
    updateEngagement: [{ engagementId: rival.Engagement, text: 'mine' }],
  };
}
const WITHOUT_IDS = [
  'testMailbox',
  'connectMailbox',
  'updateWorkspace',
  'updateViewer',
  'addBlacklistEntry',
  'addBlacklistEntries',
  'importBlacklist',
  // Their ids stand in rows, which are refused one by one: upserts.test.ts.
  ...['upsertContacts', 'upsertAccounts', 'importContacts', 'importAccounts'],
];

test('every mutation refuses ids of another workspace, and changes nothing there', async () => {
  for (const [name, inputs] of Object.entries(attempts())) {
    const title = name.charAt(0).toUpperCase() + name.slice(1);
    const document = `mutation ($input: ${title}Input!) {
      ${name}(input: $input) { userErrors { code field } } }`;
    for (const input of inputs) {
      const answer = await api.ask(document, { input });
      const { userErrors } = answer.data?.[name] as { userErrors: { code: string }[] };
      expect(['NOT_FOUND', 'NOT_LINKED'], name).toContain(userErrors[0]?.code);
    }
  }
  expect(api.orchestrator.told).toEqual([]);
  expect(api.logins).toEqual([]);
  expect(await rivalsWorld()).toBe(before);
});

test('no mutation is forgotten here', () => {
  const all = Object.keys(schema.getMutationType()?.getFields() ?? {});
  expect([...Object.keys(attempts()), ...WITHOUT_IDS].sort()).toEqual(all.sort());
});

test('an own contact cannot be linked to an account of another workspace', async () => {
  const contactId = toGlobalId('Contact', await aContact(api.database.db, api.acme.workspaceId));
  const document = `mutation ($input: UpdateContactInput!) {
    updateContact(input: $input) { contact { id } userErrors { code field } } }`;
  const input = { contactId, accountIds: [rival.Account] };
  expect((await api.ask(document, { input })).data).toEqual({
    updateContact: {
      contact: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['input', 'accountIds', '0'] }],
    },
  });
});

test('what another workspace has taken is free here: addresses, domains, entries', async () => {
  const answer = await api.ask(
    `mutation ($imap: ImapServerInput!) {
      createAccount(input: { name: "x", domains: ["rivals.example"] }) { userErrors { code } }
      addBlacklistEntry(input: { value: "spam.example" }) {
        blacklistEntry { note } userErrors { code } }
      connectMailbox(input: { address: "shared@acme.example", imap: $imap }) { userErrors { code } }
    }`,
    {
      imap: {
        ...{ host: 'imap.example.com', port: 993, security: 'TLS' },
        ...{ username: 'a', password: RIGHT_PASSWORD },
      },
    },
  );
  expect(answer.data).toEqual({
    createAccount: { userErrors: [] },
    addBlacklistEntry: { blacklistEntry: { note: null }, userErrors: [] },
    connectMailbox: { userErrors: [] },
  });
});
