import { eq } from 'drizzle-orm';
import { afterAll, beforeEach, beforeAll, expect, test } from 'vitest';
import * as tables from '../../../drizzle/schema/index.ts';
import { startTestApi, type TestApi } from './harness.ts';
import { mailboxActions } from './mailbox-actions.ts';

let api: TestApi;
let run: ReturnType<typeof mailboxActions>['run'];
let aConnectedMailbox: ReturnType<typeof mailboxActions>['aConnectedMailbox'];
let rowOf: ReturnType<typeof mailboxActions>['rowOf'];

beforeAll(async () => {
  api = await startTestApi();
  ({ run, aConnectedMailbox, rowOf } = mailboxActions(api));
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(() => {
  api.orchestrator.reset();
  api.logins.length = 0;
});

test('R52 while no worker runs the request is kept and said to be unconfirmed', async () => {
  const { mailboxId, id } = await aConnectedMailbox();
  api.orchestrator.answers = 'never';
  const payload = await run('pauseMailbox', { mailboxId }, 'confirmed');
  expect(payload).toMatchObject({ mailbox: { state: 'CONNECTING' }, confirmed: false });
  expect((await rowOf(id)).row?.desiredState).toBe('paused');
});

test('R52 while Temporal is down nothing is changed, and reading works', async () => {
  const { mailboxId, id } = await aConnectedMailbox();
  api.orchestrator.isReachable = false;
  const payload = await run('pauseMailbox', { mailboxId }, 'confirmed');
  expect(payload).toMatchObject({
    ...{ mailbox: null, confirmed: false },
    userErrors: [
      {
        code: 'SCHEDULER_UNAVAILABLE',
        message: expect.stringContaining('nothing was changed') as string,
      },
    ],
  });
  expect((await rowOf(id)).row?.desiredState).toBe('active');
  const { data } = await api.ask('query ($id: ID!) { mailbox(id: $id) { id } }', { id: mailboxId });
  expect(data).toEqual({ mailbox: { id: mailboxId } });
});

test('R52 a wish that could not be sent is put back to what it was', async () => {
  const { mailboxId, id } = await aConnectedMailbox();
  await run('pauseMailbox', { mailboxId });
  api.orchestrator.isReachable = false;
  await run('pauseMailbox', { mailboxId });
  expect((await rowOf(id)).row?.desiredState).toBe('paused');
  await run('resumeMailbox', { mailboxId });
  expect((await rowOf(id)).row?.desiredState).toBe('paused');
});

test('R52 without an answer in time nobody says that nothing was changed', async () => {
  const { mailboxId, id } = await aConnectedMailbox();
  api.orchestrator.isSilent = true;
  for (const field of ['pauseMailbox', 'syncMailboxNow']) {
    const { userErrors } = await run(field, { mailboxId });
    expect(userErrors).toMatchObject([{ code: 'SCHEDULER_UNAVAILABLE', field: null }]);
    expect(userErrors[0]?.message).toContain('may still take effect');
    expect(userErrors[0]?.message).not.toContain('nothing was changed');
  }
  expect((await rowOf(id)).row?.desiredState).toBe('paused');
});

test.each([
  ['R52', 'pauseMailbox', 'paused'],
  ['R54', 'disconnectMailbox', 'disconnected'],
])(
  '%s %s is committed, and holds no row, when Temporal hears of it',
  async (_rule, field, wish) => {
    const { mailboxId, id } = await aConnectedMailbox();
    let seen: unknown;
    api.orchestrator.onCommand = () =>
      api.database.db.transaction(async (db) => {
        const own = eq(tables.mailboxes.id, id);
        const [row] = await db
          .select()
          .from(tables.mailboxes)
          .where(own)
          .for('update', { skipLocked: true });
        seen = row?.desiredState;
      });
    await run(field, { mailboxId });
    expect(seen).toBe(wish);
  },
);

test.each(['isSilent', 'isReachable'] as const)(
  'R54 disconnecting is for good also when Temporal does not hear of it (%s)',
  async (fault) => {
    const { mailboxId, id } = await aConnectedMailbox();
    api.orchestrator[fault] = fault === 'isSilent';
    const payload = await run('disconnectMailbox', { mailboxId }, 'confirmed');
    expect(payload).toMatchObject({
      ...{ mailbox: { state: 'DISCONNECTED' }, confirmed: false, userErrors: [] },
    });
    const { row, credentials } = await rowOf(id);
    expect(row?.desiredState).toBe('disconnected');
    expect(credentials).toEqual([]);
  },
);
