import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { toGlobalId } from '../../../api/ids.ts';
import { HTML_RULES_VERSION } from '../../../domain/message-html.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { dataOf, startTestApi, type TestApi } from './harness.ts';
import { aContact, aLoggedMail, aMailbox, anAccount, aSighting, aThread } from './records.ts';

interface Connection {
  nodes: { subject: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

const DELETE = `mutation ($input: DeleteEngagementInput!) {
  deleteEngagement(input: $input) { deletedEngagementId userErrors { code field } } }`;

let api: TestApi;
let workspaceId: string;

beforeAll(async () => {
  api = await startTestApi();
  ({ workspaceId } = api.acme);
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  await api.database.db.delete(tables.sightings);
  await api.database.db.delete(tables.engagements);
});

const db = () => api.database.db;
const logged = (sketch: Parameters<typeof aLoggedMail>[2]) =>
  aLoggedMail(db(), workspaceId, sketch);

async function list(filter: object, page: object = {}): Promise<Connection> {
  const document = `query ($filter: EngagementFilter, $first: Int, $after: String) {
    engagements(filter: $filter, first: $first, after: $after) {
      nodes { subject } pageInfo { hasNextPage endCursor } } }`;
  return dataOf(await api.ask(document, { filter, ...page }), 'engagements') as Connection;
}
const subjects = ({ nodes }: Connection) => nodes.map(({ subject }) => subject);

test('R42 an engagement has all that the timeline shows', async () => {
  const contactId = await aContact(db(), workspaceId, 'jill@customer.example', 'Jill');
  const accountId = await anAccount(db(), workspaceId, 'Customer');
  const mailboxId = await aMailbox(db(), workspaceId, 'sales@acme.example');
  const threadId = await aThread(db(), workspaceId);
  const at = new Date('2026-11-20T10:00:00Z');
  const mail = await logged({
    ...{ contactIds: [contactId], accountIds: [accountId], mailboxId, threadId, at },
    from: 'jill+work@customer.example',
  });
  const second = await aMailbox(db(), workspaceId, 'support@acme.example');
  const { messageId, engagementId } = mail;
  await aSighting(db(), workspaceId, second, { messageId, engagementId, verdict: 'logged' });
  const document = `query ($id: ID!) { engagement(id: $id) {
    direction subject occurredAt internetMessageId
    participants { role address name isInternal contact { name } }
    contacts { name } accounts { name } mailboxes { address }
    text replyText html attachments { name mediaType size }
    thread { engagements { nodes { subject } } } } }`;
  const { data } = await api.ask(document, { id: toGlobalId('Engagement', engagementId) });
  expect(data).toEqual({
    engagement: {
      ...{ direction: 'INCOMING', subject: 'Offer', occurredAt: '2026-11-20T10:00:00.000Z' },
      internetMessageId: `${messageId}@example.com`,
      participants: [
        {
          ...{ role: 'FROM', address: 'jill+work@customer.example', name: '', isInternal: false },
          contact: { name: 'Jill' },
        },
        { role: 'TO', address: 'admin@acme.example', name: '', isInternal: true, contact: null },
      ],
      contacts: [{ name: 'Jill' }],
      accounts: [{ name: 'Customer' }],
      mailboxes: [{ address: 'sales@acme.example' }, { address: 'support@acme.example' }],
      ...{ text: 'full text', replyText: 'reply text', html: '<p>hi</p>' },
      attachments: [{ name: 'offer.pdf', mediaType: 'application/pdf', size: 1234 }],
      thread: { engagements: { nodes: [{ subject: 'Offer' }] } },
    },
  });
});

test('R16 an engagement shows on all its contacts and all their accounts', async () => {
  const jill = await aContact(db(), workspaceId);
  const joe = await aContact(db(), workspaceId);
  const north = await anAccount(db(), workspaceId);
  const south = await anAccount(db(), workspaceId);
  await logged({ contactIds: [jill, joe], accountIds: [north, south], subject: 'Both' });
  const ids = [
    ...[jill, joe].map((id) => toGlobalId('Contact', id)),
    ...[north, south].map((id) => toGlobalId('Account', id)),
  ];
  const document = `query ($ids: [ID!]!) { nodes(ids: $ids) {
    ... on Contact { engagements { nodes { subject } } }
    ... on Account { engagements { nodes { subject } } } } }`;
  const shown = { engagements: { nodes: [{ subject: 'Both' }] } };
  expect((await api.ask(document, { ids })).data).toEqual({ nodes: [shown, shown, shown, shown] });
  for (const filter of [{ contactId: ids[1] }, { accountId: ids[2] }]) {
    expect(subjects(await list(filter))).toEqual(['Both']);
  }
});

test('filters are joined by and; since is inclusive, until is not', async () => {
  const mailboxId = await aMailbox(db(), workspaceId);
  const at = (hour: number) => new Date(Date.UTC(2026, 10, 20, hour));
  await logged({ subject: 'early', at: at(1), mailboxId });
  await logged({ subject: 'noon', at: at(12), mailboxId, text: 'Angebot über 100% Wolle' });
  await logged({ subject: 'late', at: at(20) });
  const seen = { mailboxId: toGlobalId('Mailbox', mailboxId) };
  expect(subjects(await list({}))).toEqual(['late', 'noon', 'early']);
  expect(subjects(await list(seen))).toEqual(['noon', 'early']);
  expect(subjects(await list({ since: at(12), until: at(20) }))).toEqual(['noon']);
  expect(subjects(await list({ ...seen, until: at(12) }))).toEqual(['early']);
  expect(subjects(await list({ direction: 'OUTGOING' }))).toEqual([]);
  expect(subjects(await list({ search: 'ÜBER 100%' }))).toEqual(['noon']);
  expect(subjects(await list({ search: 'jill@' }))).toEqual(['late', 'noon', 'early']);
  expect(subjects(await list({ search: '1_0%' }))).toEqual([]);
});

test('pages are stable while engagements arrive, also within one millisecond', async () => {
  const contactId = await aContact(db(), workspaceId);
  const at = new Date('2026-11-20T10:00:00.000Z');
  for (let n = 0; n < 7; n += 1) {
    const { engagementId } = await logged({ subject: `old ${n}`, at, contactIds: [contactId] });
    await db().execute(
      `update engagements set occurred_at = occurred_at + interval '${n} microseconds'
       where id = '${engagementId}'`,
    );
  }
  const filter = { contactId: toGlobalId('Contact', contactId) };
  const seen: string[] = [];
  let after: string | null = null;
  for (let page = 0; page < 4; page += 1) {
    const connection: Connection = await list(filter, { first: 2, after });
    seen.push(...subjects(connection));
    after = connection.pageInfo.endCursor;
    expect(connection.pageInfo.hasNextPage).toBe(page < 3);
    await logged({ subject: 'new', contactIds: [contactId] });
  }
  expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((n) => `old ${n}`));
});

test('a timeline inside another answer pages like the list', async () => {
  const contactId = await aContact(db(), workspaceId);
  for (let hour = 1; hour <= 3; hour += 1) {
    const at = new Date(Date.UTC(2026, 10, 20, hour));
    await logged({ subject: `at ${hour}`, at, contactIds: [contactId] });
  }
  const document = `query ($id: ID!, $after: String) { contact(id: $id) {
    engagements(first: 2, after: $after) { nodes { subject } pageInfo { hasNextPage endCursor } } } }`;
  const id = toGlobalId('Contact', contactId);
  const page = async (after: string | null) => {
    const contact = dataOf(await api.ask(document, { id, after }), 'contact');
    return (contact as { engagements: Connection }).engagements;
  };
  const first = await page(null);
  expect([subjects(first), first.pageInfo.hasNextPage]).toEqual([['at 3', 'at 2'], true]);
  const second = await page(first.pageInfo.endCursor);
  expect([subjects(second), second.pageInfo.hasNextPage]).toEqual([['at 1'], false]);
});

test('R23 deleted engagements do not make pages shorter', async () => {
  const contactId = await aContact(db(), workspaceId);
  const made = [];
  for (let n = 0; n < 4; n += 1) made.push(await logged({ contactIds: [contactId] }));
  for (const { engagementId } of made.slice(2)) {
    await api.ask(DELETE, { input: { engagementId: toGlobalId('Engagement', engagementId) } });
  }
  const document = `query ($id: ID!) { contact(id: $id) {
    engagements(first: 2) { nodes { id } pageInfo { hasNextPage } } } }`;
  const contact = dataOf(
    await api.ask(document, { id: toGlobalId('Contact', contactId) }),
    'contact',
  );
  expect(contact).toMatchObject({
    engagements: { nodes: [{}, {}], pageInfo: { hasNextPage: false } },
  });
});

test('R23 a deleted engagement leaves every list, and its content is gone', async () => {
  const contactId = await aContact(db(), workspaceId);
  const { engagementId, sightingId } = await logged({ contactIds: [contactId], subject: 'Oops' });
  const id = toGlobalId('Engagement', engagementId);
  const answer = await api.ask(DELETE, { input: { engagementId: id } });
  expect(answer.data).toEqual({ deleteEngagement: { deletedEngagementId: id, userErrors: [] } });
  const shown = await api.ask(
    `query ($id: ID!, $contact: ID!) {
      engagement(id: $id) { id } node(id: $id) { id } engagements { nodes { id } }
      contact(id: $contact) { engagements { nodes { id } } } }`,
    { id, contact: toGlobalId('Contact', contactId) },
  );
  expect(shown.data).toEqual({
    ...{ engagement: null, node: null, engagements: { nodes: [] } },
    contact: { engagements: { nodes: [] } },
  });
  const [row] = await db()
    .select()
    .from(tables.engagements)
    .where(eq(tables.engagements.id, engagementId));
  expect(row).toMatchObject({ text: '', replyText: '', html: null, deletedBy: api.acme.userId });
  const files = await db()
    .select()
    .from(tables.attachments)
    .where(eq(tables.attachments.engagementId, engagementId));
  expect(files).toEqual([]);
  const decision = await api.ask(
    'query ($id: ID!) { node(id: $id) { ... on Decision { verdict explanation engagement { id } } } }',
    { id: toGlobalId('Decision', sightingId) },
  );
  expect(decision.data).toEqual({
    node: {
      verdict: 'LOGGED',
      explanation: 'The message was logged, and deleted from the timelines later by Admin of acme.',
      engagement: null,
    },
  });
});

test('R23 deleting twice is harmless and keeps who deleted it first', async () => {
  const { engagementId } = await logged({});
  const input = { engagementId: toGlobalId('Engagement', engagementId) };
  const first = await api.ask(DELETE, { input });
  const rows = await db().select().from(tables.engagements);
  const second = await api.ask(DELETE, { input });
  expect(second.data).toEqual(first.data);
  expect(await db().select().from(tables.engagements)).toEqual(rows);
});

describe('R42 what a message shows beside its text', () => {
  const show = async (engagementId: string, fields: string) => {
    const document = `query ($id: ID!) { engagement(id: $id) { ${fields} } }`;
    return dataOf(
      await api.ask(document, { id: toGlobalId('Engagement', engagementId) }),
      'engagement',
    );
  };

  test('its own pictures come from our route, remote ones only when asked for', async () => {
    const { engagementId } = await logged({});
    const html =
      '<img src="cid:logo@x" alt="a" /><img src="cid:other@x" alt="b" /><img data-src="https://x.example/p" />';
    const of = eq(tables.engagements.id, engagementId);
    await db().update(tables.engagements).set({ html, htmlVersion: HTML_RULES_VERSION }).where(of);
    await db()
      .insert(tables.attachments)
      .values({
        ...{ workspaceId, engagementId, part: '1.2', name: 'logo.png', mediaType: 'image/png' },
        ...{ size: 10, contentId: 'logo@x' },
      });
    const path = `/attachments/${toGlobalId('Engagement', engagementId)}/1.2`;
    expect(
      await show(
        engagementId,
        'html all: html(remoteImages: true) attachments { name } files: attachments(includeEmbedded: true) { downloadUrl }',
      ),
    ).toMatchObject({
      html: `<img src="${path}" alt="a" /><img alt="b" /><img />`,
      all: expect.stringContaining(
        '<img src="https://x.example/p" referrerpolicy="no-referrer"',
      ) as string,
      attachments: [{ name: 'offer.pdf' }],
      files: [{ downloadUrl: path }, { downloadUrl: expect.stringMatching(/\/2$/) as string }],
    });
  });

  test('HTML that was stored under older rules is sanitised again', async () => {
    const { engagementId } = await logged({});
    const html = '<p onclick="x()">a</p><script>x()</script>';
    const of = eq(tables.engagements.id, engagementId);
    await db().update(tables.engagements).set({ html, htmlVersion: 1 }).where(of);
    expect(await show(engagementId, 'html')).toEqual({ html: '<p>a</p>' });
  });

  test('the invitation that it carries, and none of it once the engagement is deleted', async () => {
    const { engagementId } = await logged({});
    const calendar = {
      ...{ method: 'REQUEST', summary: 'Kick-off', organizer: 'jill@customer.example' },
      ...{ start: '2026-11-22T10:00:00Z', end: '2026-11-22', location: 'Room 1', uid: '1@x' },
    };
    const of = eq(tables.engagements.id, engagementId);
    await db().update(tables.engagements).set({ calendar }).where(of);
    const fields = 'calendar { method summary organizer start end location uid }';
    expect(await show(engagementId, fields)).toEqual({ calendar });
    await api.ask(DELETE, { input: { engagementId: toGlobalId('Engagement', engagementId) } });
    const [row] = await db().select().from(tables.engagements).where(of);
    expect(row).toMatchObject({ text: '', html: null, calendar: null });
  });
});
