import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { toGlobalId } from '../../../api/ids.ts';
import { only } from '../../../drizzle/rows.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { recordUnknown } from '../../../drizzle/unknown.ts';
import { dataOf, startTestApi, type TestApi } from './harness.ts';
import { aContact, aMailbox, anAccount, aSkippedMail } from './records.ts';

const LIST = `query ($search: String, $includeDismissed: Boolean, $first: Int, $after: String) {
  unknownCorrespondents(search: $search, includeDismissed: $includeDismissed, first: $first, after: $after) {
    nodes { id address messageCount dismissedAt dismissedBy { name } suggestedAccount { name } }
    pageInfo { hasNextPage endCursor } } }`;
const ACCEPT = `mutation ($input: AcceptUnknownCorrespondentInput!) { acceptUnknownCorrespondent(input: $input) {
  contact { id name primaryAddress source { madeAt } accounts { name domains } } userErrors { code field } } }`;

let api: TestApi;
let mailboxId: string;

beforeAll(async () => {
  api = await startTestApi();
  mailboxId = await aMailbox(api.database.db, api.acme.workspaceId);
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  api.orchestrator.reset();
  await api.database.db.delete(tables.unknownCorrespondents);
});

interface Person {
  readonly id: string;
  readonly address: string;
}

/** A message of a stranger that was skipped as such. */
async function unknownMail(from: string): Promise<void> {
  const { db } = api.database;
  const { workspaceId } = api.acme;
  const id = await aSkippedMail(db, workspaceId, mailboxId, 'unknown_sender', { from });
  await recordUnknown(db, workspaceId, [{ id, reason: 'unknown_sender' }]);
}

async function list(variables: object = {}) {
  const answer = dataOf(await api.ask(LIST, variables), 'unknownCorrespondents');
  return answer as { nodes: Person[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
}
const addresses = async (variables: object = {}) =>
  (await list(variables)).nodes.map(({ address }) => address);

async function listed(address: string): Promise<string> {
  await unknownMail(address);
  return only((await list({ search: address })).nodes).id;
}

async function accept(input: object) {
  return dataOf(await api.ask(ACCEPT, { input }), 'acceptUnknownCorrespondent') as {
    contact: { id: string } | null;
    userErrors: { code: string; field: string[] }[];
  };
}

async function command(verb: 'dismiss' | 'restore', unknownCorrespondentId: string) {
  const title = `${verb === 'dismiss' ? 'Dismiss' : 'Restore'}UnknownCorrespondent`;
  const field = `${verb}UnknownCorrespondent`;
  const document = `mutation ($input: ${title}Input!) { ${field}(input: $input) {
    unknownCorrespondent { dismissedAt dismissedBy { name } } userErrors { code } } }`;
  return dataOf(await api.ask(document, { input: { unknownCorrespondentId } }), field);
}

describe('R34 unknown correspondents', () => {
  test('are listed latest first, page by page, with their number of messages, and searched', async () => {
    for (const from of ['old@x.example', 'new+tag@y.example', 'new@y.example', 'mid@x.example']) {
      await unknownMail(from);
    }
    await api.database.db
      .update(tables.unknownCorrespondents)
      .set({ lastSeenAt: new Date('2020-01-01') })
      .where(eq(tables.unknownCorrespondents.address, 'old@x.example'));
    const first = await list({ first: 2 });
    expect(first.nodes).toMatchObject([
      { address: 'mid@x.example', messageCount: 1 },
      { address: 'new@y.example', messageCount: 2 },
    ]);
    const rest = await list({ first: 2, after: first.pageInfo.endCursor });
    expect(rest).toMatchObject({
      ...{ nodes: [{ address: 'old@x.example' }], pageInfo: { hasNextPage: false } },
    });
    expect(await addresses({ search: 'NEW@' })).toEqual(['new@y.example']);
  });

  test('are not listed once the rules know them: contacts, blacklisted, our own', async () => {
    const { db } = api.database;
    const { workspaceId } = api.acme;
    const strangers = ['a@c.example', 'b@mail.spam.example', 'd@acme.example', 'e@c.example'];
    for (const from of strangers) await unknownMail(from);
    await aContact(db, workspaceId, 'a@c.example');
    await db
      .insert(tables.blacklistEntries)
      .values({ workspaceId, kind: 'domain', value: 'spam.example' });
    expect(await addresses()).toEqual(['e@c.example']);
  });

  test('are suggested the account of exactly their domain, and none at free-mail domains', async () => {
    const { db } = api.database;
    const { workspaceId } = api.acme;
    const accountId = await anAccount(db, workspaceId, 'Exact Ltd');
    for (const domain of ['exact.example', 'gmail.com']) {
      await db.insert(tables.accountDomains).values({ workspaceId, accountId, domain });
    }
    for (const at of ['exact.example', 'mail.exact.example', 'gmail.com']) {
      await unknownMail(`someone@${at}`);
    }
    const nodes = (await list()).nodes.map((node) => ({ ...node, id: undefined }));
    expect(nodes).toMatchObject([
      { address: 'someone@gmail.com', suggestedAccount: null },
      { address: 'someone@mail.exact.example', suggestedAccount: null },
      { address: 'someone@exact.example', suggestedAccount: { name: 'Exact Ltd' } },
    ]);
  });

  test('are hidden by dismissing, which can be taken back', async () => {
    const id = await listed('pest@x.example');
    expect(await command('dismiss', id)).toMatchObject({
      unknownCorrespondent: {
        ...{ dismissedAt: expect.any(String) as string, dismissedBy: { name: 'Admin of acme' } },
      },
    });
    await command('dismiss', id);
    await unknownMail('pest@x.example');
    expect(await addresses()).toEqual([]);
    expect(await addresses({ includeDismissed: true })).toEqual(['pest@x.example']);
    expect(await command('restore', id)).toMatchObject({
      unknownCorrespondent: { dismissedAt: null, dismissedBy: null },
    });
    expect(await addresses()).toEqual(['pest@x.example']);
  });
});

describe('R34 accepting an unknown correspondent', () => {
  test('makes the contact, as named, on the account, and decides its mail again', async () => {
    const { db } = api.database;
    const accountId = await anAccount(db, api.acme.workspaceId, 'Bolt Ltd');
    const id = await listed('bo@bolt.example');
    const input = { unknownCorrespondentId: id, name: ' Bo ' };
    const accepted = await accept({ ...input, accountId: toGlobalId('Account', accountId) });
    expect(accepted).toMatchObject({
      contact: {
        ...{ name: 'Bo', primaryAddress: 'bo@bolt.example', source: null },
        accounts: [{ name: 'Bolt Ltd' }],
      },
      userErrors: [],
    });
    const [redecision] = await db.select().from(tables.redecisions);
    expect(redecision).toMatchObject({
      ...{ cause: 'accepted', requestedBy: api.acme.userId },
      scope: { addresses: ['bo@bolt.example'], domains: [] },
    });
    expect(api.orchestrator.told).toEqual([
      { command: 'startRedecision', mailboxId: redecision?.id },
    ]);
    expect(await addresses({ includeDismissed: true })).toEqual([]);
    expect((await accept(input)).userErrors).toEqual([
      { code: 'NOT_FOUND', field: ['input', 'unknownCorrespondentId'] },
    ]);
  });

  test('makes an account with it, or neither when its domain is taken', async () => {
    const id = await listed('kim@kite.example');
    const input = { unknownCorrespondentId: id };
    const newAccount = { name: 'Kite', domains: ['exact.example'] };
    expect(await accept({ ...input, newAccount })).toEqual({
      contact: null,
      userErrors: [{ code: 'DOMAIN_TAKEN', field: ['input', 'newAccount', 'domains', '0'] }],
    });
    const free = { name: 'Kite', domains: ['kite.example'] };
    expect(await accept({ ...input, newAccount: free })).toMatchObject({
      contact: { name: '', accounts: [{ name: 'Kite', domains: ['kite.example'] }] },
    });
  });

  test('answers the contact that has the address already', async () => {
    const id = await listed('twin@x.example');
    const { db } = api.database;
    const contactId = await aContact(db, api.acme.workspaceId, 'twin@x.example', 'Twin');
    const { contact } = await accept({ unknownCorrespondentId: id, name: 'Other' });
    expect(contact).toMatchObject({ id: toGlobalId('Contact', contactId), name: 'Twin' });
    expect(api.orchestrator.told).toHaveLength(1);
  });

  test('refuses two accounts at once, and one that is not there', async () => {
    const id = await listed('two@x.example');
    const accountId = toGlobalId('Account', crypto.randomUUID());
    const both = { accountId, newAccount: { name: 'x' } };
    const answer = await api.ask(ACCEPT, { input: { unknownCorrespondentId: id, ...both } });
    expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect((await accept({ unknownCorrespondentId: id, accountId })).userErrors).toEqual([
      { code: 'NOT_FOUND', field: ['input', 'accountId'] },
    ]);
    expect(await addresses()).toEqual(['two@x.example']);
  });

  test('holds when Temporal is away: the second look is kept', async () => {
    const id = await listed('later@x.example');
    api.orchestrator.isReachable = false;
    expect((await accept({ unknownCorrespondentId: id })).userErrors).toEqual([]);
  });
});
