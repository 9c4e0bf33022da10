import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { toGlobalId } from '../../../api/ids.ts';
import { startTestApi, type TestApi } from './harness.ts';
import { mailboxActions } from './mailbox-actions.ts';
import { aMailbox } from './records.ts';

let api: TestApi;
let run: ReturnType<typeof mailboxActions>['run'];
let aConnectedMailbox: ReturnType<typeof mailboxActions>['aConnectedMailbox'];
let rowOf: ReturnType<typeof mailboxActions>['rowOf'];

beforeAll(async () => {
  api = await startTestApi();
  ({ run, aConnectedMailbox, rowOf } = mailboxActions(api));
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(() => api.orchestrator.reset());

const SETTINGS = `confirmed mailbox { settings { history { mode days } folders { mode paths }
  pollEveryMinutes push bytesPerDay loginsPerHour } }`;

test('R51 settings are stored one by one, shown as they are in force, and take effect at once', async () => {
  const { mailboxId, id } = await aConnectedMailbox();
  const pace = { pollEveryMinutes: 30, push: true, bytesPerDay: 500_000_000, loginsPerHour: 10 };
  expect(await run('updateMailbox', { mailboxId, settings: pace }, SETTINGS)).toMatchObject({
    confirmed: true,
    mailbox: { settings: { ...pace, history: { mode: 'FROM_CONNECTION' } } },
  });
  const reading = {
    history: { mode: 'DAYS', days: 60 },
    folders: { mode: 'SELECTED', paths: ['inbox', 'Kunden'] },
  };
  expect(await run('updateMailbox', { mailboxId, settings: reading }, SETTINGS)).toMatchObject({
    mailbox: {
      settings: {
        ...{ ...pace, history: reading.history },
        folders: { mode: 'SELECTED', paths: ['INBOX', 'Kunden'] },
      },
    },
  });
  expect((await rowOf(id)).row?.policy).toEqual({
    ...{ ...pace, history: { mode: 'days', days: 60 } },
    folders: { mode: 'selected', paths: ['INBOX', 'Kunden'] },
  });
  expect(api.orchestrator.told).toEqual([
    { command: 'nudge', mailboxId: id },
    { command: 'nudge', mailboxId: id },
  ]);
});

test('R51 null goes back to what the workspace says, and what is left out stays', async () => {
  const { mailboxId, id } = await aConnectedMailbox();
  await run('updateMailbox', { mailboxId, settings: { pollEveryMinutes: 30, push: true } });
  const payload = await run('updateMailbox', { mailboxId, settings: { push: null } }, SETTINGS);
  expect(payload).toMatchObject({ mailbox: { settings: { push: false, pollEveryMinutes: 30 } } });
  expect((await rowOf(id)).row?.policy).toEqual({ pollEveryMinutes: 30 });
});

test.each([
  [{ pollEveryMinutes: 4 }, ['pollEveryMinutes']],
  [{ bytesPerDay: 999_999 }, ['bytesPerDay']],
  [{ bytesPerDay: 9_000_000_000_000 }, ['bytesPerDay']],
  [{ loginsPerHour: 3 }, ['loginsPerHour']],
  [{ loginsPerHour: 100_000 }, ['loginsPerHour']],
  [{ history: { mode: 'DAYS', days: 0 } }, ['history', 'days']],
  [{ folders: { mode: 'SELECTED', paths: [] } }, ['folders', 'paths']],
])(
  'R1 settings beyond the limits are refused and nothing is stored: %j',
  async (settings, path) => {
    const { mailboxId, id } = await aConnectedMailbox();
    const payload = await run('updateMailbox', {
      mailboxId,
      settings: { push: true, ...settings },
    });
    expect(payload).toMatchObject({ mailbox: null });
    expect(payload.userErrors.map(({ field }) => field)).toEqual([['input', 'settings', ...path]]);
    expect((await rowOf(id)).row?.policy).toEqual({});
    expect(api.orchestrator.told).toEqual([]);
  },
);

test('R51 settings stay when the scheduler cannot be told', async () => {
  const { mailboxId, id } = await aConnectedMailbox();
  api.orchestrator.isReachable = false;
  const payload = await run('updateMailbox', { mailboxId, settings: { push: true } }, 'confirmed');
  expect(payload).toMatchObject({ mailbox: { id: mailboxId }, confirmed: false, userErrors: [] });
  expect((await rowOf(id)).row?.policy).toEqual({ push: true });
});

test('the import is stopped by the workflow, and by nobody else', async () => {
  const { mailboxId, id } = await aConnectedMailbox();
  const payload = await run('stopMailboxImport', { mailboxId }, 'confirmed');
  expect(payload).toMatchObject({ mailbox: { id: mailboxId }, confirmed: true });
  expect(api.orchestrator.told).toEqual([{ command: 'stopImport', mailboxId: id }]);
  api.orchestrator.isReachable = false;
  const { userErrors } = await run('stopMailboxImport', { mailboxId });
  expect(userErrors).toMatchObject([{ code: 'SCHEDULER_UNAVAILABLE' }]);
});

test('R57 a mailbox of somebody else is for admins to set up', async () => {
  const id = await aMailbox(api.database.db, api.acme.workspaceId);
  const mailboxId = toGlobalId('Mailbox', id);
  const codeOf = async (field: string, input: object) => {
    const title = field.charAt(0).toUpperCase() + field.slice(1);
    const document = `mutation ($input: ${title}Input!) { ${field}(input: $input) { userErrors { code } } }`;
    return (await api.ask(document, { input })).errors[0]?.extensions?.code;
  };
  await api.asMember(async () => {
    expect(await codeOf('updateMailbox', { mailboxId, settings: {} })).toBe('FORBIDDEN');
    expect(await codeOf('stopMailboxImport', { mailboxId })).toBe('FORBIDDEN');
    expect(await codeOf('retryFailedMessages', { mailboxId })).toBe('FORBIDDEN');
  });
  expect(api.orchestrator.told).toEqual([]);
});

test('R54 a disconnected mailbox has nothing to set up', async () => {
  const { mailboxId } = await aConnectedMailbox();
  await run('disconnectMailbox', { mailboxId });
  for (const field of ['updateMailbox', 'stopMailboxImport']) {
    const input = field === 'updateMailbox' ? { mailboxId, settings: {} } : { mailboxId };
    const { userErrors } = await run(field, input);
    expect(userErrors).toMatchObject([{ code: 'MAILBOX_DISCONNECTED' }]);
  }
});
