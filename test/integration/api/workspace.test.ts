import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findUnwatched } from '../../../drizzle/watches.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { dataOf, startTestApi, type TestApi } from './harness.ts';
import { ERRORS, IMAP, mailboxActions, type Payload } from './mailbox-actions.ts';

let api: TestApi;
let run: ReturnType<typeof mailboxActions>['run'];
let aConnectedMailbox: ReturnType<typeof mailboxActions>['aConnectedMailbox'];
let rowOf: ReturnType<typeof mailboxActions>['rowOf'];

const FILING = `unknownCorrespondents blacklistMode bulkAndAuto companyConfidential severalAccounts
  retroMatch afterImport`;
const POLICY = `{ history { mode days } folders { mode paths } pollEveryMinutes push bytesPerDay
  loginsPerHour ${FILING} chosen }`;
const WORKSPACE = `{ name preset internalDomains policy ${POLICY} }`;
const DEFAULTS = {
  ...{ unknownCorrespondents: 'KNOWN_DOMAIN', blacklistMode: 'ANY_PARTICIPANT' },
  ...{ bulkAndAuto: 'SKIP', companyConfidential: 'LOG', severalAccounts: 'DEFAULT_ACCOUNT' },
  ...{ retroMatch: 'OFF', afterImport: 'LEAVE', pollEveryMinutes: 15, push: false },
  ...{
    history: { mode: 'FROM_CONNECTION', days: null },
    folders: { mode: 'INBOX_AND_SENT', paths: [] },
  },
  ...{ bytesPerDay: null, loginsPerHour: null, chosen: [] },
};

interface WorkspacePayload {
  readonly workspace: { readonly policy: Record<string, unknown> } | null;
  readonly confirmed: boolean;
  readonly userErrors: readonly { code: string; field: string[]; message: string }[];
}

async function update(input: object): Promise<WorkspacePayload> {
  const document = `mutation ($input: UpdateWorkspaceInput!) {
    updateWorkspace(input: $input) { workspace ${WORKSPACE} confirmed ${ERRORS} } }`;
  return dataOf(await api.ask(document, { input }), 'updateWorkspace') as WorkspacePayload;
}

const stored = async () => {
  const { db } = api.database;
  const [row] = await db
    .select({
      name: tables.workspaces.name,
      preset: tables.workspaces.preset,
      policy: tables.workspaces.policy,
    })
    .from(tables.workspaces)
    .where(eq(tables.workspaces.id, api.acme.workspaceId));
  return row;
};

beforeAll(async () => {
  api = await startTestApi();
  ({ run, aConnectedMailbox, rowOf } = mailboxActions(api));
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  const { db } = api.database;
  await db
    .update(tables.workspaces)
    .set({ name: 'acme', preset: 'customer_success', policy: {} })
    .where(eq(tables.workspaces.id, api.acme.workspaceId));
  await db.delete(tables.mailboxes);
  api.orchestrator.reset();
});

test('spec.md section 3: everybody sees the preset, the policies in force and the internal domains', async () => {
  const expected = {
    ...{ name: 'acme', preset: 'CUSTOMER_SUCCESS', internalDomains: ['acme.example'] },
    policy: DEFAULTS,
  };
  await api.asMember(async () => {
    expect(dataOf(await api.ask(`{ workspace ${WORKSPACE} }`), 'workspace')).toEqual(expected);
  });
  const nested = await api.ask(`{ viewer { workspace ${WORKSPACE} } }`);
  expect(dataOf(nested, 'viewer')).toEqual({ workspace: expected });
});

test('choices stand on top of the preset, one by one; null goes back to it', async () => {
  await update({ preset: 'SHOP', policy: { unknownCorrespondents: 'NEVER', push: true } });
  const both = await update({ name: ' Acme ', policy: { bulkAndAuto: 'LOG' } });
  expect(both).toMatchObject({ userErrors: [], confirmed: true });
  expect(both.workspace).toEqual({
    ...{ name: 'Acme', preset: 'SHOP', internalDomains: ['acme.example'] },
    policy: {
      ...{ ...DEFAULTS, unknownCorrespondents: 'NEVER', bulkAndAuto: 'LOG', push: true },
      history: { mode: 'ALL', days: null },
      chosen: ['unknownCorrespondents', 'bulkAndAuto', 'push'],
    },
  });
  const back = await update({ policy: { unknownCorrespondents: null } });
  expect(back.workspace?.policy).toMatchObject({
    ...{ unknownCorrespondents: 'ALWAYS', chosen: ['bulkAndAuto', 'push'] },
  });
  await update({ policy: null });
  expect(await stored()).toEqual({ name: 'Acme', preset: 'shop', policy: {} });
});

test('another preset sets all policies at once; the same one again changes nothing', async () => {
  await update({ preset: 'PERFORMER', policy: { pollEveryMinutes: 60, retroMatch: 'ON' } });
  await update({ preset: 'PERFORMER', policy: { retroMatch: null } });
  expect(await stored()).toMatchObject({ preset: 'performer', policy: { pollEveryMinutes: 60 } });
  await update({ preset: 'SALES', policy: { blacklistMode: 'SENDER_ONLY' } });
  expect(await stored()).toEqual({
    ...{ name: 'acme', preset: 'sales', policy: { blacklistMode: 'sender_only' } },
  });
});

test.each([
  [{ name: ' ' }, 'REQUIRED', ['name']],
  [{ policy: { pollEveryMinutes: 4 } }, 'OUT_OF_RANGE', ['policy', 'pollEveryMinutes']],
  [{ policy: { bytesPerDay: 999_999 } }, 'OUT_OF_RANGE', ['policy', 'bytesPerDay']],
  [{ policy: { loginsPerHour: 3 } }, 'OUT_OF_RANGE', ['policy', 'loginsPerHour']],
  [{ policy: { history: { mode: 'DAYS' } } }, 'REQUIRED', ['policy', 'history', 'days']],
  [{ policy: { folders: { mode: 'SELECTED' } } }, 'REQUIRED', ['policy', 'folders', 'paths']],
  [{ internalDomains: ['acme'] }, 'INVALID_DOMAIN', ['internalDomains', '0']],
  [{ internalDomains: ['a.example', 'A.example.'] }, 'DUPLICATE', ['internalDomains', '1']],
])('%j is refused with the field, and nothing is stored', async (input, code, path) => {
  const before = await stored();
  const payload = await update({ preset: 'SHOP', ...input });
  expect(payload.workspace).toBeNull();
  expect(payload.userErrors).toMatchObject([{ code, field: ['input', ...path] }]);
  expect(await stored()).toEqual(before);
});

test('R11, R31 internal domains: free mail, public suffixes and customers are refused with the remedy', async () => {
  const { db } = api.database;
  const { workspaceId } = api.acme;
  const [account] = await db
    .insert(tables.accounts)
    .values({ workspaceId, name: 'Customer Ltd' })
    .returning();
  await db
    .insert(tables.accountDomains)
    .values({ workspaceId, accountId: account?.id ?? '', domain: 'customer.example' });
  const shared = await update({ internalDomains: ['gmail.com', 'co.uk', 'BÜRO.example'] });
  expect(shared.userErrors).toMatchObject([
    { code: 'SHARED_DOMAIN', field: ['input', 'internalDomains', '0'] },
    { code: 'SHARED_DOMAIN', field: ['input', 'internalDomains', '1'] },
  ]);
  expect(shared.userErrors[0]?.message).toContain(
    'Add the addresses of your people to their users',
  );
  const owned = await update({ internalDomains: ['acme.example', 'customer.example'] });
  expect(owned.userErrors).toMatchObject([
    { code: 'DOMAIN_TAKEN', field: ['input', 'internalDomains', '1'] },
  ]);
  expect(owned.userErrors[0]?.message).toContain('Customer Ltd');
  const fine = await update({ internalDomains: ['BÜRO.example', 'acme.example'] });
  expect(fine.workspace).toMatchObject({
    internalDomains: ['acme.example', 'xn--bro-hoa.example'],
  });
  expect((await update({ internalDomains: [] })).workspace).toMatchObject({ internalDomains: [] });
  await update({ internalDomains: ['acme.example'] });
  const theirs = await db
    .select({ domain: tables.internalDomains.domain })
    .from(tables.internalDomains)
    .where(eq(tables.internalDomains.workspaceId, api.rival.workspaceId));
  expect(theirs).toEqual([{ domain: 'rival.example' }]);
});

test('R1 mailboxes that are read differently from now on are told, the others are left alone', async () => {
  const follows = await aConnectedMailbox();
  const own = await aConnectedMailbox();
  await run('updateMailbox', { mailboxId: own.mailboxId, settings: { pollEveryMinutes: 45 } });
  api.orchestrator.told.length = 0;
  await update({ policy: { bulkAndAuto: 'LOG' } });
  expect(api.orchestrator.told).toEqual([]);
  await update({ policy: { pollEveryMinutes: 30 } });
  expect(api.orchestrator.told).toEqual([{ command: 'nudge', mailboxId: follows.id }]);
  api.orchestrator.isReachable = false;
  const unheard = await update({ policy: { pollEveryMinutes: 60 } });
  expect(unheard).toMatchObject({ confirmed: false, userErrors: [] });
  expect((await stored())?.policy).toEqual({ bulkAndAuto: 'log', pollEveryMinutes: 60 });
});

test('R1 push of a preset reaches mailboxes that did not choose, and only those', async () => {
  const { db } = api.database;
  const [follows, own] = [await aConnectedMailbox(), await aConnectedMailbox()];
  await db.update(tables.mailboxes).set({ state: 'watching' });
  await run('updateMailbox', { mailboxId: own.mailboxId, settings: { push: false } });
  const wanted = async () => (await findUnwatched(db, 10)).map(({ id }) => id);
  expect(await wanted()).toEqual([]);
  await update({ preset: 'SALES' });
  expect(await wanted()).toEqual([follows.id]);
  await update({ policy: { push: false } });
  expect(await wanted()).toEqual([]);
});

test('R51 rules of filing per mailbox: over those of the workspace, and null goes back to them', async () => {
  const { mailboxId, id } = await aConnectedMailbox();
  await update({ preset: 'SHOP', policy: { retroMatch: 'ON' } });
  const chosen = {
    ...{ unknownCorrespondents: 'SENT_ONLY', blacklistMode: 'SENDER_ONLY', bulkAndAuto: 'LOG' },
    ...{ companyConfidential: 'SKIP', severalAccounts: 'ARCHIVE_RULES', retroMatch: 'OFF' },
    afterImport: 'DELETE',
  };
  const select = `mailbox { settings { ${FILING} chosen } }`;
  const changed = await run('updateMailbox', { mailboxId, settings: chosen }, select);
  expect(changed).toMatchObject({
    mailbox: { settings: { ...chosen, chosen: Object.keys(chosen) } },
  });
  const cleared = Object.fromEntries(Object.keys(chosen).map((name) => [name, null]));
  const back = await run('updateMailbox', { mailboxId, settings: cleared }, select);
  expect(back).toMatchObject({
    mailbox: {
      settings: {
        unknownCorrespondents: 'ALWAYS',
        retroMatch: 'ON',
        afterImport: 'LEAVE',
        chosen: [],
      },
    },
  });
  expect((await rowOf(id)).row?.policy).toEqual({});
});

test("R57 the workspace and the rules of filing are the admins'; how a mailbox is read is its owner's too", async () => {
  const { mailboxId } = await aConnectedMailbox();
  const codeOf = async (field: string, input: object) => {
    const title = field.charAt(0).toUpperCase() + field.slice(1);
    const document = `mutation ($input: ${title}Input!) { ${field}(input: $input) { userErrors { code } } }`;
    return (await api.ask(document, { input })).errors[0]?.extensions?.code;
  };
  const settings = { blacklistMode: 'SENDER_ONLY' };
  await api.asMember(async () => {
    expect(await codeOf('updateWorkspace', { name: 'mine' })).toBe('FORBIDDEN');
    expect(await codeOf('updateMailbox', { mailboxId, settings })).toBe('FORBIDDEN');
    expect(await codeOf('updateMailbox', { mailboxId, settings: { retroMatch: null } })).toBe(
      'FORBIDDEN',
    );
    const another = { address: 'b@acme.example', imap: IMAP, settings };
    expect(await codeOf('connectMailbox', another)).toBe('FORBIDDEN');
    const google = { provider: 'GOOGLE', address: 'b@acme.example', settings };
    expect(await codeOf('startMailboxAuthorization', google)).toBe('FORBIDDEN');
    expect(await codeOf('updateMailbox', { mailboxId, settings: { push: true } })).toBeUndefined();
  });
  expect(await stored()).toMatchObject({ name: 'acme', policy: {} });
});

test('R50 a mailbox is connected with rules of its own', async () => {
  const input = { address: 'own@acme.example', imap: IMAP, settings: { bulkAndAuto: 'LOG' } };
  const payload: Payload = await run(
    'connectMailbox',
    input,
    'mailbox { settings { bulkAndAuto chosen } }',
  );
  expect(payload).toMatchObject({
    mailbox: { settings: { bulkAndAuto: 'LOG', chosen: ['bulkAndAuto'] } },
  });
});
