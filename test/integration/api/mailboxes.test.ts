import { eq } from 'drizzle-orm';
import { afterAll, beforeEach, beforeAll, expect, test } from 'vitest';
import { deleteEngagementsOf } from '../../../drizzle/engagement-deletion.ts';
import { markDisconnected } from '../../../drizzle/mailboxes.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { dataOf, RIGHT_PASSWORD, startTestApi, WRONG_PASSWORD, type TestApi } from './harness.ts';
import { mailboxActions } from './mailbox-actions.ts';
import { aFolder, aLoggedMail, aSighting, waitingForLocks } from './records.ts';

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

test('R52 pause and resume tell the workflow and answer with the state it confirms', async () => {
  const { mailboxId, id } = await aConnectedMailbox();
  const paused = await run('pauseMailbox', { mailboxId }, 'confirmed');
  expect(paused).toMatchObject({ mailbox: { state: 'PAUSED' }, confirmed: true });
  expect((await rowOf(id)).row?.desiredState).toBe('paused');
  const resumed = await run('resumeMailbox', { mailboxId }, 'confirmed');
  expect(resumed).toMatchObject({ mailbox: { state: 'WATCHING' }, confirmed: true });
  expect((await rowOf(id)).row?.desiredState).toBe('active');
  expect(api.orchestrator.told.map(({ command }) => command)).toEqual(['pause', 'resume']);
});

test('R52 pausing twice changes nothing', async () => {
  const { mailboxId } = await aConnectedMailbox();
  const once = await run('pauseMailbox', { mailboxId }, 'confirmed');
  expect(await run('pauseMailbox', { mailboxId }, 'confirmed')).toEqual(once);
});

test('a checkpoint shows the paths of folders, committed or live, and leaves out what is gone', async () => {
  const { mailboxId, id } = await aConnectedMailbox();
  const { db } = api.database;
  const { workspaceId } = api.acme;
  const inbox = await aFolder(db, workspaceId, id, 'INBOX');
  const clients = await aFolder(db, workspaceId, id, 'Kunden/Müller');
  const at = (lastUid: number) => ({ uidValidity: '7', lastUid });
  const gone = '01234567-89ab-cdef-0123-456789abcdef';
  const checkpoint = { [clients]: at(5), [inbox]: at(42), [gone]: at(1) };
  await db.insert(tables.mailboxCheckpoints).values({ mailboxId: id, workspaceId, checkpoint });
  const document =
    'query ($id: ID!) { mailbox(id: $id) { checkpoint { folder uidValidity lastUid } } }';
  const committed = await api.ask(document, { id: mailboxId });
  expect(committed.data).toEqual({
    mailbox: {
      checkpoint: [
        { folder: 'INBOX', uidValidity: '7', lastUid: 42 },
        { folder: 'Kunden/Müller', uidValidity: '7', lastUid: 5 },
      ],
    },
  });
  api.orchestrator.checkpoint = { [inbox]: at(43), [gone]: at(1) };
  const live = await run('pauseMailbox', { mailboxId });
  expect(live.mailbox).toMatchObject({ checkpoint: [{ folder: 'INBOX', lastUid: 43 }] });
});

test('R53 new credentials are tried, stored as the next version, and only then signalled', async () => {
  const { mailboxId, id } = await aConnectedMailbox();
  const imap = { password: RIGHT_PASSWORD, host: 'imap2.example.com' };
  const payload = await run('reconnectMailbox', { mailboxId, imap }, 'confirmed');
  expect(payload).toMatchObject({ mailbox: { id: mailboxId }, confirmed: true, userErrors: [] });
  expect(api.orchestrator.told).toEqual([
    { command: 'reconnect', mailboxId: id, credentialVersion: 2 },
  ]);
  const { row, credentials } = await rowOf(id);
  expect(row).toMatchObject({ credentialVersion: 2, host: 'imap2.example.com', username: 'ana' });
  expect(row?.provider).toBe('generic');
  expect(credentials.map(({ version }) => version)).toEqual([1, 2]);
});

test('R53 credentials that fail change nothing', async () => {
  const { mailboxId, id } = await aConnectedMailbox();
  const imap = { password: WRONG_PASSWORD, username: 'other' };
  const payload = await run('reconnectMailbox', { mailboxId, imap }, 'confirmed');
  expect(payload.userErrors).toMatchObject([{ code: 'AUTHENTICATION_FAILED' }]);
  expect(api.orchestrator.told).toEqual([]);
  const { row, credentials } = await rowOf(id);
  expect(row).toMatchObject({ credentialVersion: 1, username: 'ana' });
  expect(credentials).toHaveLength(1);
});

test('R54 disconnecting deletes the credentials, tells the workflow and keeps engagements', async () => {
  const { mailboxId, id } = await aConnectedMailbox();
  const { db } = api.database;
  const { engagementId } = await aLoggedMail(db, api.acme.workspaceId, { mailboxId: id });
  const payload = await run('disconnectMailbox', { mailboxId }, 'confirmed');
  expect(payload).toMatchObject({ mailbox: { state: 'DISCONNECTED' }, confirmed: true });
  expect(api.orchestrator.told).toEqual([{ command: 'disconnect', mailboxId: id }]);
  const { row, credentials } = await rowOf(id);
  expect(credentials).toEqual([]);
  expect(row).toMatchObject({
    desiredState: 'disconnected',
    disconnectedAt: expect.any(Date) as Date,
  });
  const [kept] = await db
    .select()
    .from(tables.engagements)
    .where(eq(tables.engagements.id, engagementId));
  expect(kept?.deletedAt).toBeNull();
  const listed = await api.ask('{ mailboxes(first: 100) { nodes { id } } }');
  expect(listed.raw).not.toContain(mailboxId);
  const all = await api.ask(
    '{ mailboxes(first: 100, includeDisconnected: true) { nodes { id } } }',
  );
  expect(all.raw).toContain(mailboxId);
});

test('R54 asked to, it deletes the engagements that no other connected mailbox has seen', async () => {
  const { mailboxId, id } = await aConnectedMailbox();
  const other = await aConnectedMailbox();
  const { db } = api.database;
  const own = await aLoggedMail(db, api.acme.workspaceId, { mailboxId: id });
  const shared = await aLoggedMail(db, api.acme.workspaceId, { mailboxId: id });
  const { messageId, engagementId } = shared;
  const seenTwice = { messageId, engagementId, verdict: 'logged' as const };
  await aSighting(db, api.acme.workspaceId, other.id, seenTwice);
  await run('disconnectMailbox', { mailboxId, deleteEngagements: true }, 'confirmed');
  const rows = await db.select().from(tables.engagements);
  const deletedAt = new Map(rows.map((row) => [row.id, row.deletedAt]));
  expect(deletedAt.get(own.engagementId)).toBeInstanceOf(Date);
  expect(deletedAt.get(shared.engagementId)).toBeNull();
});

test('R54 of two mailboxes that are disconnected at once, the later one deletes what they share', async () => {
  const { mailboxId, id } = await aConnectedMailbox();
  const other = await aConnectedMailbox();
  const { db } = api.database;
  const shared = await aLoggedMail(db, api.acme.workspaceId, { mailboxId: id });
  const { messageId, engagementId } = shared;
  const seenTwice = { messageId, engagementId, verdict: 'logged' as const };
  await aSighting(db, api.acme.workspaceId, other.id, seenTwice);
  const later = Promise.withResolvers<unknown>();
  await db.transaction(async (first) => {
    await markDisconnected(first, other.id);
    await deleteEngagementsOf(first, other.id, api.acme.userId);
    const input = { mailboxId, deleteEngagements: true };
    run('disconnectMailbox', input).then(later.resolve, later.reject);
    await expect.poll(() => waitingForLocks(db)).toBe(1);
  });
  await later.promise;
  const own = eq(tables.engagements.id, engagementId);
  const [row] = await db.select().from(tables.engagements).where(own);
  expect(row?.deletedAt).toBeInstanceOf(Date);
});

test('R54 disconnecting twice is harmless; everything else is refused afterwards', async () => {
  const { mailboxId } = await aConnectedMailbox();
  await run('disconnectMailbox', { mailboxId }, 'confirmed');
  const again = await run('disconnectMailbox', { mailboxId }, 'confirmed');
  expect(again).toMatchObject({ mailbox: { state: 'DISCONNECTED' }, userErrors: [] });
  for (const field of ['pauseMailbox', 'resumeMailbox', 'syncMailboxNow']) {
    const { userErrors } = await run(field, { mailboxId });
    expect(userErrors).toMatchObject([{ code: 'MAILBOX_DISCONNECTED' }]);
  }
  const imap = { password: RIGHT_PASSWORD };
  const { userErrors } = await run('reconnectMailbox', { mailboxId, imap });
  expect(userErrors).toMatchObject([{ code: 'MAILBOX_DISCONNECTED' }]);
});

test('syncMailboxNow says when the visit may begin, that it is kept, or why not', async () => {
  const { mailboxId } = await aConnectedMailbox();
  const selected = 'confirmed notBefore';
  const planned = await run('syncMailboxNow', { mailboxId }, selected);
  expect(planned).toMatchObject({ confirmed: true, notBefore: '1970-01-01T00:00:01.000Z' });
  api.orchestrator.syncAnswer = { kind: 'kept' };
  const kept = await run('syncMailboxNow', { mailboxId }, selected);
  expect(kept).toMatchObject({ mailbox: { id: mailboxId }, confirmed: false, notBefore: null });
  api.orchestrator.syncAnswer = { kind: 'not_active' };
  const refused = await run('syncMailboxNow', { mailboxId }, selected);
  expect(refused.userErrors).toMatchObject([{ code: 'MAILBOX_NOT_ACTIVE' }]);
});

test('the last error of a mailbox says what to do', async () => {
  const { mailboxId, id } = await aConnectedMailbox();
  const at = Date.parse('2026-11-22T08:00:00Z');
  const show = async (code: string) => {
    await api.database.db
      .update(tables.mailboxes)
      .set({ state: 'needs_reconnection', stage: 'fetch_new', lastError: { code, at } })
      .where(eq(tables.mailboxes.id, id));
    const document =
      'query ($id: ID!) { mailbox(id: $id) { state stage lastError { code message advice at } } }';
    return dataOf(await api.ask(document, { id: mailboxId }), 'mailbox');
  };
  expect(await show('authentication_failed')).toMatchObject({
    ...{ state: 'NEEDS_RECONNECTION', stage: 'FETCH_NEW' },
    lastError: {
      code: 'AUTHENTICATION_FAILED',
      advice: expect.stringContaining('app password') as string,
      at: '2026-11-22T08:00:00.000Z',
    },
  });
  expect(await show('TypeError')).toMatchObject({ lastError: { code: 'INTERNAL' } });
});

test('R56 a mailbox that nobody visits says how late its visit is', async () => {
  const { mailboxId, id } = await aConnectedMailbox();
  const tenMinutesAgo = new Date(Date.now() - 600_000);
  await api.database.db
    .update(tables.mailboxes)
    .set({ state: 'watching', nextVisitAt: tenMinutesAgo })
    .where(eq(tables.mailboxes.id, id));
  const document = 'query ($id: ID!) { mailbox(id: $id) { state latenessSeconds } }';
  const mailbox = dataOf(await api.ask(document, { id: mailboxId }), 'mailbox');
  expect(mailbox).toMatchObject({ state: 'WATCHING' });
  expect((mailbox as { latenessSeconds: number }).latenessSeconds).toBeGreaterThanOrEqual(600);
});
