import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Shepherd } from '../../../activities/shepherd.ts';
import { only } from '../../../drizzle/rows.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { startOptions } from '../../../workflows/start-options.ts';
import {
  redecisionWorkflowIdOf,
  workflowIdOf,
  WORKFLOW_TYPE,
} from '../../../workflows/messages.ts';
import { someMailboxes, type SomeMailboxes } from '../../support/some-mailboxes.ts';
import { silent } from '../../support/visitors.ts';

const MINUTE_MS = 60_000;
const taskQueue = `nobody-${randomUUID()}`;

let store: SomeMailboxes;
let connection: Connection;
let client: Client;
beforeAll(async () => {
  store = await someMailboxes();
  connection = await Connection.connect({ address: inject('temporalAddress') });
  client = new Client({ connection });
});
afterAll(async () => {
  for (const { id } of await store.db.select().from(tables.mailboxes)) {
    await handleOf(id)
      .terminate('test over')
      .then(undefined, () => undefined);
  }
  await connection.close();
  await store[Symbol.asyncDispose]();
});

const handleOf = (mailboxId: string) => client.workflow.getHandle(workflowIdOf(mailboxId));
const aShepherd = (with_: Client = client) =>
  new Shepherd({
    ...{ db: store.db, client: with_, taskQueue, logger: silent },
    ...{ overdueMs: 10 * MINUTE_MS, everyMs: MINUTE_MS },
  });
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS);
/** A mailbox whose visit should have been an hour ago. */
const anOverdueMailbox = async (columns: Parameters<SomeMailboxes['add']>[0] = {}) =>
  (await store.add({ state: 'watching', nextVisitAt: minutesAgo(60), ...columns })).mailboxId;
const start = (id: string) =>
  client.workflow.start(
    WORKFLOW_TYPE,
    startOptions({ id, workspaceId: store.workspaceId, provider: 'x', host: 'h' }, taskQueue),
  );
const hold = (mailboxId: string, purpose: 'visit' | 'watch') =>
  store.db.insert(tables.mailboxLeases).values({
    ...{ mailboxId, workspaceId: store.workspaceId, host: 'h', holder: 'x', purpose },
    expiresAt: sql`now() + interval '1 minute'`,
  });
const runOf = async (mailboxId: string) => {
  const described = await handleOf(mailboxId)
    .describe()
    .catch(() => null);
  return described === null ? null : { run: described.runId, status: described.status.name };
};
const lostEvents = async (mailboxId: string) => {
  const rows = await store.db.select().from(tables.mailboxEvents);
  return rows.filter((row) => row.mailboxId === mailboxId).map(({ kind }) => kind);
};

describe('a workflow that got lost is started again, and people can see it', () => {
  test('because Temporal does not know it', async () => {
    const mailboxId = await anOverdueMailbox();
    const connecting = await anOverdueMailbox({
      ...{ state: 'connecting', nextVisitAt: null, connectedAt: minutesAgo(11) },
    });
    await aShepherd().look();
    expect(await runOf(mailboxId)).toMatchObject({ status: 'RUNNING' });
    expect(await runOf(connecting)).toMatchObject({ status: 'RUNNING' });
    expect(await lostEvents(mailboxId)).toEqual(['workflow_lost']);
    const { typedSearchAttributes, taskQueue: queue } = await handleOf(mailboxId).describe();
    expect([JSON.stringify(typedSearchAttributes), queue]).toEqual([
      expect.stringContaining(store.workspaceId),
      taskQueue,
    ]);
  });

  test('because an operator ended it', async () => {
    const mailboxId = await anOverdueMailbox();
    await start(mailboxId);
    await handleOf(mailboxId).terminate('by mistake');
    await aShepherd().look();
    expect(await runOf(mailboxId)).toMatchObject({ status: 'RUNNING' });
  });

  test('also while somebody waits for news of the mailbox', async () => {
    const mailboxId = await anOverdueMailbox();
    await hold(mailboxId, 'watch');
    await aShepherd().look();
    expect(await runOf(mailboxId)).toMatchObject({ status: 'RUNNING' });
  });

  test('once, however many workers look', async () => {
    const mailboxId = await anOverdueMailbox();
    await Promise.all([aShepherd().look(), aShepherd().look(), aShepherd().look()]);
    expect(await lostEvents(mailboxId)).toEqual(['workflow_lost']);
  });
});

describe('R4 a second look at earlier messages', () => {
  const aLook = async (createdAt: Date) => {
    const scope = { addresses: [], domains: [], subdomains: false, sightingIds: [] };
    const { workspaceId } = store;
    const rows = await store.db
      .insert(tables.redecisions)
      .values({ workspaceId, cause: 'contact', scope, createdAt })
      .returning();
    return only(rows).id;
  };

  test('is begun when nobody could begin it, and not when it is finished or has only just been asked for', async () => {
    const [late, young, done] = [
      ...[await aLook(minutesAgo(2)), await aLook(new Date()), await aLook(minutesAgo(2))],
    ];
    await store.db
      .update(tables.redecisions)
      .set({ finishedAt: new Date(), state: 'finished' })
      .where(eq(tables.redecisions.id, done ?? ''));
    await Promise.all([aShepherd().look(), aShepherd().look()]);
    await aShepherd().look();
    const described = await Promise.all(
      [late, young, done].map((id) =>
        client.workflow
          .getHandle(redecisionWorkflowIdOf(id ?? ''))
          .describe()
          .then(
            ({ status }) => status.name,
            () => null,
          ),
      ),
    );
    await client.workflow.getHandle(redecisionWorkflowIdOf(late ?? '')).terminate('test over');
    expect(described).toEqual(['RUNNING', null, null]);
  });
});

describe('nothing is done', () => {
  test('to a workflow that runs, however late it is', async () => {
    const mailboxId = await anOverdueMailbox();
    await start(mailboxId);
    const before = await runOf(mailboxId);
    await aShepherd().look();
    expect([await runOf(mailboxId), await lostEvents(mailboxId)]).toEqual([before, []]);
  });

  test.each<[string, Parameters<SomeMailboxes['add']>[0]]>([
    ['a few minutes late', { nextVisitAt: minutesAgo(9) }],
    ['just connected', { state: 'connecting', connectedAt: minutesAgo(9) }],
    ['paused', { desiredState: 'paused', state: 'paused' }],
    ['waiting for credentials', { state: 'needs_reconnection' }],
    ['disconnected', { disconnectedAt: new Date() }],
  ])('with a mailbox that is %s', async (_, columns) => {
    const mailboxId = await anOverdueMailbox(columns);
    await aShepherd().look();
    expect(await runOf(mailboxId)).toBeNull();
  });

  test('with a mailbox that somebody reads at this moment', async () => {
    const mailboxId = await anOverdueMailbox();
    await hold(mailboxId, 'visit');
    await aShepherd().look();
    expect(await runOf(mailboxId)).toBeNull();
  });

  test('while Temporal does not answer', async () => {
    const mailboxId = await anOverdueMailbox();
    const nowhere = Connection.lazy({ address: '127.0.0.1:1', interceptors: [] });
    const looking = nowhere.withDeadline(Date.now() + 300, () =>
      aShepherd(new Client({ connection: nowhere })).look(),
    );
    await expect(looking).rejects.toThrow();
    expect(await lostEvents(mailboxId)).toEqual([]);
    await nowhere.close();
  });
});
