import { afterAll, beforeEach, beforeAll, expect, test } from 'vitest';
import { idOf } from '../../../api/ids.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { credentialScope } from '../../../drizzle/vault.ts';
import { dataOf, RIGHT_PASSWORD, startTestApi, WRONG_PASSWORD, type TestApi } from './harness.ts';
import { ERRORS, IMAP, mailboxActions } from './mailbox-actions.ts';

let api: TestApi;
let run: ReturnType<typeof mailboxActions>['run'];
let rowOf: ReturnType<typeof mailboxActions>['rowOf'];

beforeAll(async () => {
  api = await startTestApi();
  ({ run, rowOf } = mailboxActions(api));
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(() => {
  api.orchestrator.reset();
  api.logins.length = 0;
});

test('R50 testMailbox tries the login, lists folders and stores nothing', async () => {
  const document = `mutation ($input: TestMailboxInput!) { testMailbox(input: $input) {
    test { folders { path use } } ${ERRORS} } }`;
  const right = await api.ask(document, { input: { imap: IMAP } });
  expect(right.data).toEqual({
    testMailbox: {
      test: {
        folders: [
          { path: 'INBOX', use: 'INBOX' },
          { path: 'Kunden', use: 'OTHER' },
        ],
      },
      userErrors: [],
    },
  });
  const wrong = await api.ask(document, { input: { imap: { ...IMAP, password: WRONG_PASSWORD } } });
  expect(wrong.data).toMatchObject({
    testMailbox: {
      test: null,
      userErrors: [{ code: 'AUTHENTICATION_FAILED', field: ['input', 'imap', 'password'] }],
    },
  });
  expect(wrong.raw).toContain('app password');
  expect(await api.database.db.select().from(tables.mailboxCredentials)).toEqual([]);
});

test('R50 connecting stores the mailbox with an encrypted password and starts its workflow', async () => {
  const settings = {
    history: { mode: 'DAYS', days: 60 },
    folders: { mode: 'SELECTED', paths: ['INBOX', 'Kunden'] },
    pollEveryMinutes: 5,
  };
  const input = { address: 'Ben@Acme.Example', imap: IMAP, settings };
  const selected = `mailbox { id address state owner { name } imap { host port security username }
    settings { history { mode days } folders { mode paths } pollEveryMinutes }
    counts { seen logged skipped failed } checkpoint { folder } lastError { code } }`;
  const document = `mutation ($input: ConnectMailboxInput!) {
    connectMailbox(input: $input) { ${selected} ${ERRORS} } }`;
  const answer = await api.ask(document, { input });
  const { mailbox } = dataOf(answer, 'connectMailbox') as { mailbox: { id: string } };
  expect(mailbox).toMatchObject({
    ...{ address: 'ben@acme.example', state: 'CONNECTING', owner: { name: 'Admin of acme' } },
    imap: { host: 'imap.gmail.com', port: 993, security: 'TLS', username: 'ana' },
    settings,
    counts: { seen: 0, logged: 0, skipped: 0, failed: 0 },
    ...{ checkpoint: [], lastError: null },
  });
  const id = idOf('Mailbox', mailbox.id) ?? '';
  expect(api.orchestrator.told).toEqual([{ command: 'start', mailboxId: id }]);
  const { row, credentials } = await rowOf(id);
  expect(row).toMatchObject({ provider: 'gmail', credentialVersion: 1, desiredState: 'active' });
  const [stored] = credentials;
  const scope = credentialScope(api.acme.workspaceId, id);
  expect(stored?.envelope.includes(RIGHT_PASSWORD)).toBe(false);
  expect(api.vault.open(stored?.envelope ?? Buffer.of(), scope)).toBe(RIGHT_PASSWORD);
});

test('R50 chosen folders must be on the server; INBOX is found and stored in any case', async () => {
  const connect = (address: string, paths: string[]) =>
    run('connectMailbox', {
      address,
      imap: IMAP,
      settings: { folders: { mode: 'SELECTED', paths } },
    });
  const { mailbox, userErrors } = await connect('sel@acme.example', [
    'inBox',
    'kunden',
    'No',
    'Kunden',
  ]);
  expect(mailbox).toBeNull();
  const at = (index: string) => ['input', 'settings', 'folders', 'paths', index];
  expect(userErrors).toMatchObject([
    { code: 'NOT_FOUND', field: at('1') },
    { code: 'NOT_FOUND', field: at('2') },
  ]);
  expect(api.orchestrator.told).toEqual([]);
  api.logins.length = 0;
  const empty = await connect('sel@acme.example', ['INBOX', '']);
  expect(empty.userErrors).toMatchObject([{ code: 'INVALID_SETTINGS', field: at('1') }]);
  expect(api.logins).toEqual([]);
  const right = await connect('sel@acme.example', ['Inbox', 'INBOX', 'Kunden']);
  const { row } = await rowOf(idOf('Mailbox', right.mailbox?.id ?? '') ?? '');
  expect(row?.policy).toEqual({ folders: { mode: 'selected', paths: ['INBOX', 'Kunden'] } });
});

test('R50 a login that fails is not connected', async () => {
  const imap = { ...IMAP, password: WRONG_PASSWORD };
  const payload = await run('connectMailbox', { address: 'no@acme.example', imap });
  expect(payload).toMatchObject({ mailbox: null, userErrors: [{ code: 'AUTHENTICATION_FAILED' }] });
  const { data } = await api.ask('{ mailboxes(first: 100) { nodes { address } } }');
  expect(JSON.stringify(data)).not.toContain('no@acme.example');
  expect(api.orchestrator.told).toEqual([]);
});

test('every bad field of a connection is named at once, before any login', async () => {
  const payload = await run('connectMailbox', {
    address: 'ana@',
    imap: { host: 'localhost', port: 70_000, security: 'NONE', username: '', password: '' },
    settings: { history: { mode: 'DAYS', days: 0 }, pollEveryMinutes: 1 },
  });
  expect(payload.userErrors.map(({ code, field }) => `${code} ${field?.join('.') ?? ''}`)).toEqual([
    'INVALID_ADDRESS input.address',
    'HOST_NOT_ALLOWED input.imap.host',
    'OUT_OF_RANGE input.imap.port',
    'SECURITY_NOT_ALLOWED input.imap.security',
    'REQUIRED input.imap.username',
    'REQUIRED input.imap.password',
    'OUT_OF_RANGE input.settings.history.days',
    'OUT_OF_RANGE input.settings.pollEveryMinutes',
  ]);
  expect(api.logins).toEqual([]);
});

test('an address is connected once, also when two ask at the same moment', async () => {
  const input = { address: 'once@acme.example', imap: IMAP };
  const both = await Promise.all([run('connectMailbox', input), run('connectMailbox', input)]);
  const third = await run('connectMailbox', { ...input, address: 'ONCE@acme.example' });
  expect([...both, third].filter(({ mailbox }) => mailbox !== null)).toHaveLength(1);
  expect(third.userErrors).toMatchObject([
    { code: 'ALREADY_CONNECTED', field: ['input', 'address'] },
  ]);
});

test('nothing stays behind when Temporal cannot be reached at connecting', async () => {
  api.orchestrator.isReachable = false;
  const payload = await run('connectMailbox', { address: 'late@acme.example', imap: IMAP });
  expect(payload).toMatchObject({
    mailbox: null,
    userErrors: [{ code: 'SCHEDULER_UNAVAILABLE', field: null }],
  });
  api.orchestrator.isReachable = true;
  const again = await run('connectMailbox', { address: 'late@acme.example', imap: IMAP });
  expect(again.userErrors).toEqual([]);
});

test('R50 what Temporal may have started without saying so finds no mailbox', async () => {
  api.orchestrator.isSilent = true;
  const payload = await run('connectMailbox', { address: 'mute@acme.example', imap: IMAP });
  expect(payload.userErrors).toMatchObject([{ code: 'SCHEDULER_UNAVAILABLE' }]);
  expect((await rowOf(api.orchestrator.told[0]?.mailboxId ?? '')).row).toBeUndefined();
});

test('R50 a member connects a mailbox of their own, and manages it', async () => {
  await api.asMember(async () => {
    const { mailbox } = await run('connectMailbox', { address: 'me@acme.example', imap: IMAP });
    const paused = await run('pauseMailbox', { mailboxId: mailbox?.id }, 'confirmed');
    expect(paused).toMatchObject({ mailbox: { state: 'PAUSED' }, userErrors: [] });
  });
});

test('no answer and no log line holds a password', async () => {
  const { data } = await api.ask('{ mailboxes(first: 100) { nodes { imap { username } } } }');
  expect(data).not.toBeNull();
  const all = api.logged.join('');
  expect(all).toContain('"msg":"request"');
  expect(all).not.toMatch(/Tr0ub4dor|LOGIN of/);
});
