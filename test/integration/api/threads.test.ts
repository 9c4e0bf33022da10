import { randomUUID } from 'node:crypto';
import { eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { toGlobalId } from '../../../api/ids.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { threadMessages } from '../../../drizzle/threads.ts';
import { dataOf, startTestApi, type TestApi } from './harness.ts';
import { aContact, aLoggedMail, aMailbox, aThread } from './records.ts';

interface ThreadsShown {
  nodes: { subject: string; engagementCount: number; lastEngagementAt: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

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
const hour = (n: number) => new Date(Date.UTC(2026, 10, 20, n));
const logged = (sketch: Parameters<typeof aLoggedMail>[2]) =>
  aLoggedMail(db(), workspaceId, sketch);

async function list(filter: object, page: object = {}): Promise<ThreadsShown> {
  const document = `query ($filter: ThreadFilter, $first: Int, $after: String) {
    threads(filter: $filter, first: $first, after: $after) {
      nodes { subject engagementCount lastEngagementAt } pageInfo { hasNextPage endCursor } } }`;
  return dataOf(await api.ask(document, { filter, ...page }), 'threads') as ThreadsShown;
}
const subjects = ({ nodes }: ThreadsShown) => nodes.map(({ subject }) => subject);

describe('R43 threads are listed by their latest engagement', () => {
  test('with what they are about, page by page, and only those that are asked for', async () => {
    const jill = await aContact(db(), workspaceId);
    const mailboxId = await aMailbox(db(), workspaceId);
    const [old, busy, quiet] = [
      await aThread(db(), workspaceId),
      await aThread(db(), workspaceId),
      await aThread(db(), workspaceId),
    ];
    await logged({ threadId: busy, subject: 'Busy', at: hour(1), contactIds: [jill] });
    await logged({ threadId: old, subject: 'Old', at: hour(2) });
    await logged({ threadId: quiet, subject: 'Quiet', at: hour(3), mailboxId });
    await logged({ threadId: busy, subject: 'Re: Busy', at: hour(4), from: 'ann@x.example' });
    const gone = await logged({ threadId: old, subject: 'Re: Old', at: hour(5) });
    await db()
      .update(tables.engagements)
      .set({ deletedAt: new Date(), text: '', html: null })
      .where(eq(tables.engagements.id, gone.engagementId));
    await logged({ subject: 'Alone', at: hour(6) });
    const all = await list({});
    expect(subjects(all)).toEqual(['Busy', 'Quiet', 'Old']);
    expect(all.nodes[0]).toMatchObject({
      ...{ engagementCount: 2, lastEngagementAt: hour(4).toISOString() },
    });
    const first = await list({}, { first: 2 });
    expect(subjects(await list({}, { after: first.pageInfo.endCursor }))).toEqual(['Old']);
    const contactId = toGlobalId('Contact', jill);
    expect(subjects(await list({ contactId }))).toEqual(['Busy']);
    expect(subjects(await list({ mailboxId: toGlobalId('Mailbox', mailboxId) }))).toEqual([
      'Quiet',
    ]);
    expect(subjects(await list({ since: hour(3).toISOString() }))).toEqual(['Busy', 'Quiet']);
    const { data } = await api.ask(
      'query ($id: ID!) { node(id: $id) { ... on Thread { participants } } }',
      {
        id: toGlobalId('Thread', busy),
      },
    );
    expect(data).toEqual({
      node: { participants: ['ann@x.example', 'jill@customer.example', 'admin@acme.example'] },
    });
  });

  test('each user reads a thread from the end that they chose, unless they ask otherwise', async () => {
    const threadId = await aThread(db(), workspaceId);
    for (const n of [1, 2, 3]) await logged({ threadId, subject: `${n}`, at: hour(n) });
    const read = async (page: object) => {
      const document = `query ($id: ID!, $order: ThreadOrder, $first: Int, $after: String) {
        node(id: $id) { ... on Thread { engagements(order: $order, first: $first, after: $after) {
          nodes { subject } pageInfo { endCursor } } } } }`;
      const answer = await api.ask(document, { id: toGlobalId('Thread', threadId), ...page });
      const { engagements } = dataOf(answer, 'node') as { engagements: ThreadsShown };
      return engagements;
    };
    expect(subjects(await read({}))).toEqual(['3', '2', '1']);
    const update = `mutation ($input: UpdateViewerInput!) {
      updateViewer(input: $input) { viewer { threadOrder } userErrors { code } } }`;
    const { data } = await api.ask(update, { input: { threadOrder: 'OLDEST_FIRST' } });
    expect(data).toEqual({
      updateViewer: { viewer: { threadOrder: 'OLDEST_FIRST' }, userErrors: [] },
    });
    const page = await read({ first: 2 });
    expect(subjects(page)).toEqual(['1', '2']);
    expect(subjects(await read({ after: page.pageInfo.endCursor }))).toEqual(['3']);
    expect(subjects(await read({ order: 'NEWEST_FIRST' }))).toEqual(['3', '2', '1']);
    const { data: unchanged } = await api.ask(update, { input: {} });
    expect(unchanged).toMatchObject({ updateViewer: { viewer: { threadOrder: 'OLDEST_FIRST' } } });
  });
});

describe('R43 messages find their threads whatever the order of their arrival', () => {
  /** Files a message as the pipeline does: its thread is found, then its engagement is made. */
  async function file(id: string, references: readonly string[], from: string): Promise<string> {
    const { messageId, engagementId } = await logged({ from, at: hour(1) });
    await db()
      .update(tables.messages)
      .set({ internetMessageId: id, references: [...references] })
      .where(eq(tables.messages.id, messageId));
    await threadMessages(db(), workspaceId, [messageId]);
    const [message] = await db()
      .select({ threadId: tables.messages.threadId })
      .from(tables.messages)
      .where(eq(tables.messages.id, messageId));
    const threadId = message?.threadId ?? '';
    await db()
      .update(tables.engagements)
      .set({ threadId })
      .where(eq(tables.engagements.id, engagementId));
    return threadId;
  }

  async function threadsOf(...ids: string[]): Promise<readonly (string | null)[]> {
    const rows = await db()
      .select({ id: tables.messages.internetMessageId, threadId: tables.engagements.threadId })
      .from(tables.engagements)
      .innerJoin(tables.messages, eq(tables.messages.id, tables.engagements.messageId))
      .where(inArray(tables.messages.internetMessageId, ids));
    return ids.map((id) => rows.find((row) => row.id === id)?.threadId ?? null);
  }

  test('two threads that a late message links become one; those of a stranger stay apart', async () => {
    const unique = randomUUID();
    const [root, late, answer] = [`root-${unique}`, `late-${unique}`, `answer-${unique}`];
    const one = await file(root, [], 'jill@customer.example');
    const two = await file(answer, [late], 'jill@customer.example');
    expect(one).not.toBe(two);
    const forged = await file(`forged-${unique}`, [root, late], 'eve@evil.example');
    expect([one, two]).not.toContain(forged);
    const joined = await file(late, [root], 'jill@customer.example');
    expect(await threadsOf(root, late, answer)).toEqual([joined, joined, joined]);
    expect([one, two]).toContain(joined);
    expect(await threadsOf(`forged-${unique}`)).toEqual([forged]);
  });

  test('answers to a message that never comes are one thread', async () => {
    const missing = `missing-${randomUUID()}`;
    const one = await file(`${missing}-1`, [missing], 'jill@customer.example');
    expect(await file(`${missing}-2`, [missing], 'jill@customer.example')).toBe(one);
  });
});
