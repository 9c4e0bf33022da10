import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fromGlobalId, toGlobalId } from '../../../api/ids.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { dataOf, startTestApi, type TestApi } from './harness.ts';
import { aLoggedMail, aMailbox, aSighting, aSkippedMail } from './records.ts';

let api: TestApi;
let workspaceId: string;
let mailboxId: string;

beforeAll(async () => {
  api = await startTestApi();
  ({ workspaceId } = api.acme);
  mailboxId = await aMailbox(api.database.db, workspaceId);
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  api.orchestrator.reset();
  await retroMatch('off');
  await api.database.db.delete(tables.redecisions);
});

const retroMatch = (value: 'on' | 'off') =>
  api.database.db
    .update(tables.mailboxes)
    .set({ policy: { retroMatch: value } })
    .where(eq(tables.mailboxes.id, mailboxId));

async function run(field: string, input: object, selection = ''): Promise<Answered> {
  const title = field.charAt(0).toUpperCase() + field.slice(1);
  const document = `mutation ($input: ${title}Input!) { ${field}(input: $input) {
    ${selection} redecision { id cause state total done logged } userErrors { code message field } } }`;
  return dataOf(await api.ask(document, { input }), field) as Answered;
}
interface Answered {
  readonly redecision: { readonly id: string } | null;
  readonly contact?: { readonly id: string };
  readonly account?: { readonly id: string };
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}

/** What was asked for: cause and scope of each, in order. */
async function requests() {
  const rows = await api.database.db
    .select()
    .from(tables.redecisions)
    .orderBy(tables.redecisions.createdAt);
  return rows.map(({ cause, scope, requestedBy }) => {
    expect(requestedBy).toBe(api.acme.userId);
    const { addresses, domains, subdomains } = scope;
    return [cause, addresses.join(), domains.join(), ...(subdomains ? ['and below'] : [])];
  });
}

describe('R4 changes that can concern earlier messages', () => {
  const makeAll = async () => {
    const made = await run('createContact', { addresses: ['a@x.example'] }, 'contact { id }');
    const contactId = made.contact?.id;
    await run('updateContact', { contactId, name: 'A' });
    await run('updateContact', { contactId, addresses: ['b@x.example', 'a@x.example'] });
    const account = await run('createAccount', { name: 'X' }, 'account { id }');
    const accountId = account.account?.id;
    await run('updateAccount', { accountId, domains: ['x.example'] });
    await run('updateAccount', { accountId, domains: ['x.example', 'y.example'] });
    for (const value of ['x.example', 'c@x.example']) {
      const document = `mutation { addBlacklistEntry(input: { value: "${value}" }) { blacklistEntry { id } } }`;
      const added = dataOf(await api.ask(document), 'addBlacklistEntry');
      const { id } = (added as { blacklistEntry: { id: string } }).blacklistEntry;
      await run('removeBlacklistEntry', { blacklistEntryId: id }, 'removedBlacklistEntryId');
    }
    await api.database.db.delete(tables.contacts);
    await api.database.db.delete(tables.accounts);
  };

  test('are followed by a second look under ON, about what is new alone; under OFF by nothing', async () => {
    await makeAll();
    expect([await requests(), api.orchestrator.told]).toEqual([[], []]);
    await retroMatch('on');
    await makeAll();
    expect(await requests()).toEqual([
      ['contact', 'a@x.example', ''],
      ['contact', 'b@x.example', ''],
      ['account_domain', '', 'x.example'],
      ['account_domain', '', 'y.example'],
      ['blacklist', '', 'x.example', 'and below'],
      ['blacklist', 'c@x.example', '', 'and below'],
    ]);
    expect(api.orchestrator.told.map(({ command }) => command)).toEqual(
      Array<string>(6).fill('startRedecision'),
    );
  });

  test('are kept, with the second look, while Temporal is away; it is listed as waiting', async () => {
    await retroMatch('on');
    api.orchestrator.isReachable = false;
    const made = await run('createContact', { addresses: ['kept@x.example'] });
    expect(made).toMatchObject({
      redecision: { cause: 'CONTACT', state: 'WAITING', total: null, done: 0, logged: 0 },
      userErrors: [],
    });
    const document = '{ redecisions(first: 1) { nodes { id state finishedAt } } }';
    expect(dataOf(await api.ask(document), 'redecisions')).toEqual({
      nodes: [{ id: made.redecision?.id, state: 'WAITING', finishedAt: null }],
    });
    const node = await api.ask(`{ node(id: "${made.redecision?.id ?? ''}") { __typename } }`);
    expect(dataOf(node, 'node')).toEqual({ __typename: 'Redecision' });
  });

  test('that are refused ask for nothing', async () => {
    await retroMatch('on');
    const refused = await run('createContact', { addresses: ['no address'] });
    expect(refused).toMatchObject({ redecision: null, userErrors: [{ code: 'INVALID_ADDRESS' }] });
    expect(await requests()).toEqual([]);
  });
});

describe('R45 redecideMessage', () => {
  const skipped = (reason: 'unknown_sender' | 'engagement_deleted' = 'unknown_sender') =>
    aSkippedMail(api.database.db, workspaceId, mailboxId, reason);
  const decide = (id: string) =>
    run('redecideMessage', { decisionId: toGlobalId('Decision', id) }, 'decision { verdict }');

  test('answers with the decision as it then stands, whatever the policy', async () => {
    const id = await skipped();
    api.orchestrator.onCommand = async () => {
      const change = { verdict: 'skipped', reason: 'blacklisted' } as const;
      await api.database.db.update(tables.sightings).set(change).where(eq(tables.sightings.id, id));
      await api.database.db
        .update(tables.redecisions)
        .set({ state: 'finished', total: 1, done: 1 });
    };
    const decisionId = toGlobalId('Decision', id);
    const answer = await run('redecideMessage', { decisionId }, 'decision { reason }');
    expect(answer).toMatchObject({
      decision: { reason: 'BLACKLISTED' },
      redecision: { cause: 'MESSAGE', state: 'FINISHED', done: 1 },
      userErrors: [],
    });
    const [row] = await api.database.db.select().from(tables.redecisions);
    expect(row?.scope).toEqual({
      ...{ addresses: [], domains: [], subdomains: false, sightingIds: [id] },
    });
    expect(fromGlobalId(answer.redecision?.id ?? '')).toEqual({ type: 'Redecision', id: row?.id });
  });

  test('answers with what to follow when that takes longer, or cannot begin now', async () => {
    const id = await skipped();
    api.orchestrator.answers = 'never';
    expect(await decide(id)).toMatchObject({ redecision: { state: 'WAITING' }, userErrors: [] });
    api.orchestrator.isReachable = false;
    expect(await decide(id)).toMatchObject({ redecision: { state: 'WAITING' }, userErrors: [] });
  });

  test('R23 and refuses what is not skipped, deleted, unreadable, or of a mailbox that is gone', async () => {
    const { db } = api.database;
    const refusalOf = async (id: string) => {
      const { redecision, userErrors } = await decide(id);
      expect(redecision).toBeNull();
      return userErrors.map(({ code, message }) => `${code}: ${message}`).join();
    };
    const { sightingId, engagementId } = await aLoggedMail(db, workspaceId, { mailboxId });
    expect(await refusalOf(sightingId)).toMatch(/^NOT_SKIPPED: .*timelines already/);
    await db
      .update(tables.engagements)
      .set({ deletedAt: new Date(), text: '', html: null })
      .where(eq(tables.engagements.id, engagementId));
    expect(await refusalOf(sightingId)).toMatch(/^ENGAGEMENT_DELETED: .*stays deleted/);
    expect(await refusalOf(await skipped('engagement_deleted'))).toMatch(/^ENGAGEMENT_DELETED/);
    const failed = await aSighting(db, workspaceId, mailboxId, { verdict: 'failed' });
    expect(await refusalOf(failed)).toMatch(/^NOT_SKIPPED: .*retryMessage/);
    const unread = await aSighting(db, workspaceId, mailboxId, {
      ...{ verdict: 'skipped', reason: 'removed_on_server' },
    });
    expect(await refusalOf(unread)).toMatch(/^NOT_SKIPPED: .*Nothing is stored/);
    const elsewhere = await aMailbox(db, workspaceId);
    const left = await aSkippedMail(db, workspaceId, elsewhere, 'unknown_sender');
    await db
      .update(tables.mailboxes)
      .set({ disconnectedAt: new Date() })
      .where(eq(tables.mailboxes.id, elsewhere));
    expect(await refusalOf(left)).toMatch(/^MAILBOX_DISCONNECTED/);
    expect(await requests()).toEqual([]);
  });

  test('R57 is for admins and the owner of the mailbox', async () => {
    const id = await skipped();
    const document = `mutation { redecideMessage(input: { decisionId: "${toGlobalId('Decision', id)}" }) {
      userErrors { code } } }`;
    const own = (userId: string | null) =>
      api.database.db
        .update(tables.mailboxes)
        .set({ userId })
        .where(eq(tables.mailboxes.id, mailboxId));
    const [refused] = (await api.asMember(() => api.ask(document))).errors;
    expect(refused?.extensions?.code).toBe('FORBIDDEN');
    await own(api.acme.userId);
    expect((await api.asMember(() => api.ask(document))).errors).toEqual([]);
    await own(null);
  });
});
