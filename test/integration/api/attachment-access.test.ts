import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Services } from '../../../api/context.ts';
import { openMailbox } from '../../../api/mailbox-access.ts';
import { acquireLease, LEASE_WANTED, releaseLease } from '../../../drizzle/leases.ts';
import { findMailboxes } from '../../../drizzle/mailboxes.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { countUsage } from '../../../drizzle/usage.ts';
import type { Dovecot } from '../../../local/dovecot.ts';
import { startTestDovecot } from '../../support/dovecot.ts';
import { anAttachmentMailbox, aRawMessage, get, inBase64, octetsOf } from './attachment-mailbox.ts';
import { startTestApi, type TestApi } from './harness.ts';

let api: TestApi;
let dovecot: Dovecot;
let mailbox: Awaited<ReturnType<typeof anAttachmentMailbox>>;
let path: string;

const PDF = Buffer.from('%PDF-1.7 not really');

beforeAll(async () => {
  [api, dovecot] = await Promise.all([
    startTestApi({ allowLocalServers: true }),
    startTestDovecot({ maxConnectionsPerUser: 1 }),
  ]);
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await dovecot[Symbol.asyncDispose]();
});
beforeEach(async () => {
  mailbox = await anAttachmentMailbox({ api, dovecot, user: 'ana' });
  ({ path } = await mailbox.receive(aRawMessage([inBase64(PDF)])));
});

async function refusalOf(response: Response) {
  const { errors } = (await response.json()) as {
    errors: { message: string; extensions: { code: string } }[];
  };
  const retryAfter = Number(response.headers.get('retry-after'));
  return { status: response.status, code: errors[0]?.extensions.code, retryAfter, errors };
}

const update = (values: Partial<typeof tables.mailboxes.$inferInsert>) =>
  api.database.db.update(tables.mailboxes).set(values).where(mailbox.own);

const owner = () => ({ mailboxId: mailbox.id, workspaceId: api.acme.workspaceId });

const logins = async () => {
  const [row] = await api.database.db.execute<{ logins: number }>(
    sql`select coalesce(sum(logins), 0)::int as logins from mailbox_usage where mailbox_id = ${mailbox.id}`,
  );
  return row?.logins;
};

/** Somebody else has the connection. */
async function hold(purpose: 'visit' | 'watch'): Promise<() => Promise<void>> {
  const { db } = api.database;
  const limits = { connectionsPerHost: 9, connectsPerSecond: 1_000, watchedPerHost: 9 };
  const request = { ...owner(), holder: 'worker-1', host: 'localhost', ttlMs: 60_000, limits };
  await expect
    .poll(async () => (await acquireLease(db, { ...request, purpose })).kind, { timeout: 5_000 })
    .toBe('granted');
  return () => releaseLease(db, mailbox.id, 'worker-1');
}

test('R1 while a visit has the connection, a person waits for its end', async () => {
  const release = await hold('visit');
  const asked = Promise.withResolvers<undefined>();
  await api.database.listen(LEASE_WANTED, (wanted) => {
    if (wanted === mailbox.id) asked.resolve(undefined);
  });
  const answer = get(api, path);
  await asked.promise;
  expect(await logins()).toBe(0);
  await release();
  expect(await octetsOf(await answer)).toEqual(PDF);
});

test('R1 and is told to come back when it does not end; no second connection is made', async () => {
  const release = await hold('visit');
  const [found] = await findMailboxes(api.database.db, [mailbox.id]);
  if (found === undefined) throw new Error('no mailbox');
  const services = { database: api.database, vault: api.vault } as unknown as Services;
  const { signal } = new AbortController();
  const answer = await openMailbox({ services, signal, patienceMs: 300 }, found);
  expect(answer).toMatchObject({ status: 503, code: 'MAILBOX_BUSY', retryAfterSeconds: 30 });
  expect(await logins()).toBe(0);
  await release();
});

test('R1 a person who goes away while waiting is not waited for', async () => {
  const release = await hold('visit');
  let asked = 0;
  await api.database.listen(LEASE_WANTED, (wanted) => {
    if (wanted === mailbox.id) asked += 1;
  });
  const controller = new AbortController();
  const answer = get(api, path, { signal: controller.signal }).catch(() => 'gone');
  await expect.poll(() => asked).toBeGreaterThan(0);
  controller.abort();
  expect(await answer).toBe('gone');
  let before = 0;
  const isQuiet = () => before === (before = asked);
  await expect.poll(isQuiet, { interval: 700, timeout: 5_000 }).toBe(true);
  expect(await logins()).toBe(0);
  await release();
});

test('R1 whoever only watches is asked to let go', async () => {
  const release = await hold('watch');
  await api.database.listen(LEASE_WANTED, (wanted) => {
    if (wanted === mailbox.id) void release();
  });
  expect(await octetsOf(await get(api, path))).toEqual(PDF);
});

test('R1 a person may use the reserve of the day, and not more than the day has', async () => {
  const { db } = api.database;
  await update({ policy: { bytesPerDay: 10_000_000 } });
  await countUsage(db, owner(), { received: 9_000_000 });
  expect((await get(api, path)).status).toBe(200);
  await countUsage(db, owner(), { received: 1_000_000 });
  const refusal = await refusalOf(await get(api, path));
  expect(refusal).toMatchObject({ status: 503, code: 'BUDGET_SPENT' });
  expect(refusal.retryAfter).toBeGreaterThan(23 * 3600);
  expect(refusal.errors[0]?.message).toMatch(/again at 20\d\d-/);
  expect(await logins()).toBe(1);
});

test('R55 no login is tried with credentials that were refused', async () => {
  await update({ state: 'needs_reconnection' });
  expect(await refusalOf(await get(api, path))).toMatchObject({
    ...{ status: 503, code: 'MAILBOX_NOT_ACTIVE' },
  });
  expect(await logins()).toBe(0);
});

test('R55 no login is tried before the time that the provider asked for', async () => {
  const nextVisitAt = new Date(Date.now() + 600_000);
  const lastError = { code: 'throttled', at: Date.now() };
  await update({ state: 'backing_off', lastError, nextVisitAt });
  const refusal = await refusalOf(await get(api, path));
  expect(refusal).toMatchObject({ status: 503, code: 'THROTTLED' });
  expect(refusal.retryAfter).toBeGreaterThan(590);
  expect(await logins()).toBe(0);
});

test('R42 a refusal of the server is told in our words, and its lease is given back', async () => {
  await update({ username: 'nobody' });
  const refusal = await refusalOf(await get(api, path));
  expect(refusal).toMatchObject({ status: 502, code: 'AUTHENTICATION_FAILED' });
  expect(await logins()).toBe(1);
  expect(await api.database.db.$count(tables.mailboxLeases)).toBe(0);
  await update({ username: 'ana', port: 1 });
  expect(await refusalOf(await get(api, path))).toMatchObject({
    ...{ status: 503, retryAfter: 30 },
  });
});

test('R42 a mailbox by POP3 says that it cannot', async () => {
  await update({ protocol: 'pop3' });
  expect(await refusalOf(await get(api, path))).toMatchObject({ status: 501 });
});

test('R50 the host is checked anew, as its name may lead elsewhere by now', async () => {
  await update({ host: '169.254.169.254', port: 993 });
  expect(await refusalOf(await get(api, path))).toMatchObject({
    ...{ status: 502, code: 'HOST_REFUSED' },
  });
});
