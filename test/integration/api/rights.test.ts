import { afterAll, beforeEach, beforeAll, expect, test } from 'vitest';
import { toGlobalId } from '../../../api/ids.ts';
import { RIGHT_PASSWORD, startTestApi, type TestApi } from './harness.ts';
import { mailboxActions } from './mailbox-actions.ts';
import { aMailbox } from './records.ts';

let api: TestApi;
let aConnectedMailbox: ReturnType<typeof mailboxActions>['aConnectedMailbox'];
let rowOf: ReturnType<typeof mailboxActions>['rowOf'];

beforeAll(async () => {
  api = await startTestApi();
  ({ aConnectedMailbox, rowOf } = mailboxActions(api));
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(() => {
  api.orchestrator.reset();
  api.logins.length = 0;
});

test('a mailbox of somebody else is for admins to manage', async () => {
  const { db } = api.database;
  const id = await aMailbox(db, api.acme.workspaceId);
  const mailboxId = toGlobalId('Mailbox', id);
  const own = await aConnectedMailbox();
  const code = async (field: string, input: object) => {
    const title = field.charAt(0).toUpperCase() + field.slice(1);
    const document = `mutation ($input: ${title}Input!) { ${field}(input: $input) { userErrors { code } } }`;
    return (await api.ask(document, { input })).errors[0]?.extensions?.code;
  };
  await api.asMember(async () => {
    for (const field of ['pauseMailbox', 'resumeMailbox', 'disconnectMailbox', 'syncMailboxNow']) {
      expect(await code(field, { mailboxId }), field).toBe('FORBIDDEN');
    }
    const imap = { password: RIGHT_PASSWORD };
    expect(await code('reconnectMailbox', { mailboxId, imap })).toBe('FORBIDDEN');
    const input = { mailboxId: own.mailboxId, deleteEngagements: true };
    expect(await code('disconnectMailbox', input)).toBe('FORBIDDEN');
  });
  expect(api.logins).toHaveLength(1);
  expect(api.orchestrator.told).toEqual([]);
  expect((await rowOf(id)).row?.desiredState).toBe('active');
  expect((await rowOf(own.id)).row?.desiredState).toBe('active');
  expect(await code('pauseMailbox', { mailboxId })).toBeUndefined();
});
