import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import express from 'express';
import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ATTACHMENT_ROUTE, attachmentRoute } from '../../../api/attachments.ts';
import type { Services } from '../../../api/context.ts';
import { toGlobalId } from '../../../api/ids.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { createLogger } from '../../../log.ts';
import type { Dovecot } from '../../../local/dovecot.ts';
import { startTestDovecot } from '../../support/dovecot.ts';
import { anAttachmentMailbox, aRawMessage, get, inBase64, octetsOf } from './attachment-mailbox.ts';
import { dataOf, startTestApi, type TestApi } from './harness.ts';

let api: TestApi;
let dovecot: Dovecot;
let mailbox: Awaited<ReturnType<typeof anAttachmentMailbox>>;

beforeAll(async () => {
  [api, dovecot] = await Promise.all([
    startTestApi({ allowLocalServers: true }),
    // A provider that allows one connection: a second one would be refused.
    startTestDovecot({ maxConnectionsPerUser: 1 }),
  ]);
  mailbox = await anAttachmentMailbox({ api, dovecot, user: 'ana' });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await dovecot[Symbol.asyncDispose]();
});

const PDF = Buffer.from('%PDF-1.7 not really');

async function codeOf(response: Response): Promise<string | undefined> {
  const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
  return errors[0]?.extensions.code;
}

const leases = () => api.database.db.$count(tables.mailboxLeases);

/** What another mail program does: moves or removes the newest message. */
async function withClient<T>(work: (client: ImapFlow) => Promise<T>): Promise<T> {
  const client = new ImapFlow({
    ...{ host: '127.0.0.1', port: dovecot.imapPort, secure: false, doSTARTTLS: false },
    ...{ auth: { user: 'ana', pass: 'secret' }, logger: false },
  });
  await client.connect();
  try {
    await client.mailboxOpen('INBOX');
    return await work(client);
  } finally {
    await client.logout();
  }
}

test('R42 20 MB come out of the mailbox as they were sent, counted, and leave it as it was', async () => {
  const content = randomBytes(20_000_000);
  const { path } = await mailbox.receive(aRawMessage([inBase64(content)]));
  const response = await get(api, path);
  expect(response.status).toBe(200);
  expect((await octetsOf(response)).equals(content)).toBe(true);
  await expect.poll(leases).toBe(0);
  const [usage] = await api.database.db
    .select()
    .from(tables.mailboxUsage)
    .where(eq(tables.mailboxUsage.mailboxId, mailbox.id));
  expect(usage?.logins).toBe(1);
  expect(usage?.received).toBeGreaterThan(27_000_000);
  const flags = await withClient((client) => client.fetchOne('*', { flags: true }));
  expect(flags === false ? null : [...(flags.flags ?? [])]).not.toContain('\\Seen');
});

test('R42 the link stands at the attachment, and the file is to be saved under its name', async () => {
  const name = 'Größe – предложение.pdf';
  const { path, engagementId } = await mailbox.receive(aRawMessage([inBase64(PDF)]), { name });
  const document = 'query ($id: ID!) { engagement(id: $id) { attachments { name downloadUrl } } }';
  const id = toGlobalId('Engagement', engagementId);
  expect(dataOf(await api.ask(document, { id }), 'engagement')).toEqual({
    attachments: [{ name, downloadUrl: path }],
  });
  const response = await get(api, path);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': expect.stringContaining(encodeURIComponent(name)) as string,
    ...{ 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store' },
    'content-security-policy': "sandbox; default-src 'none'",
  });
  expect(await octetsOf(response)).toEqual(PDF);
});

test('R42 a text keeps its charset and its lines, a forwarded message and an invitation are files too', async () => {
  const latin = Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65, 0x20, 0x0d, 0x0a, 0x3d, 0x2e]);
  const inner = 'From: a@b.example\r\nSubject: inner\r\n\r\nhello';
  const invitation = 'BEGIN:VCALENDAR\r\nEND:VCALENDAR';
  const raw = aRawMessage([
    {
      head: 'Content-Type: text/plain; charset=iso-8859-1; format=flowed\r\nContent-Transfer-Encoding: 8bit',
      body: latin,
    },
    { head: 'Content-Type: message/rfc822', body: inner },
    { head: 'Content-Type: text/calendar; method=REQUEST', body: invitation },
  ]);
  const expected = [
    ['2', 'text/plain', latin],
    ['3', 'message/rfc822', Buffer.from(inner)],
    ['4', 'text/calendar', Buffer.from(invitation)],
  ] as const;
  for (const [part, mediaType, content] of expected) {
    const { path } = await mailbox.receive(raw, { part, mediaType });
    expect(await octetsOf(await get(api, path)), mediaType).toEqual(content);
  }
});

test('R57 without a token there is 401, in another workspace and for what is not there 404', async () => {
  const { path, engagementId } = await mailbox.receive(aRawMessage([inBase64(PDF)]));
  const anonymous = await get(api, path, { tenant: null });
  expect([anonymous.status, await codeOf(anonymous)]).toEqual([401, 'UNAUTHENTICATED']);
  const strange = await get(api, path, { tenant: api.rival });
  expect([strange.status, await codeOf(strange)]).toEqual([404, 'NOT_FOUND']);
  const engagement = `/attachments/${toGlobalId('Engagement', engagementId)}`;
  for (const other of [`${engagement}/9`, `${engagement}/1.TEXT`, '/attachments/nonsense/2']) {
    expect((await get(api, other)).status, other).toBe(404);
  }
});

test('R23 the files of a deleted engagement are gone with it', async () => {
  const { path, engagementId } = await mailbox.receive(aRawMessage([inBase64(PDF)]));
  const document =
    'mutation ($input: DeleteEngagementInput!) { deleteEngagement(input: $input) { userErrors { code } } }';
  await api.ask(document, { input: { engagementId: toGlobalId('Engagement', engagementId) } });
  expect((await get(api, path)).status).toBe(404);
});

test('the policy afterImport: what it deleted in the mailbox is gone, and the answer says why', async () => {
  const { path, engagementId } = await mailbox.receive(aRawMessage([inBase64(PDF)]));
  await api.database.db
    .update(tables.sightings)
    .set({ removedAt: new Date() })
    .where(eq(tables.sightings.engagementId, engagementId));
  const gone = await get(api, path);
  expect([gone.status, await codeOf(gone)]).toEqual([410, 'ATTACHMENT_REMOVED']);
});

test('R42 a message that was moved is found where it was seen again', async () => {
  const { path, messageId } = await mailbox.receive(aRawMessage([inBase64(PDF)]));
  await withClient((client) => client.messageMove('*', 'Archive'));
  const gone = await get(api, path);
  expect([gone.status, await codeOf(gone)]).toEqual([410, 'ATTACHMENT_GONE']);
  await mailbox.sight('Archive', messageId, null);
  expect(await octetsOf(await get(api, path))).toEqual(PDF);
});

test('R42 another copy is passed over when its parts are others, as behind a mailing list', async () => {
  const { path, messageId } = await mailbox.receive(aRawMessage([inBase64(PDF)]));
  await withClient((client) => client.messageDelete('*'));
  const footer = { head: 'Content-Type: text/plain', body: 'To unsubscribe …' };
  await dovecot.deliver('ana', 'Archive', aRawMessage([footer, inBase64(PDF)]));
  await mailbox.sight('Archive', messageId, null);
  expect((await get(api, path)).status).toBe(410);
});

test('R54 a disconnected mailbox has no files any more', async () => {
  const { path } = await mailbox.receive(aRawMessage([inBase64(PDF)]));
  const disconnectedAt = new Date();
  await api.database.db.update(tables.mailboxes).set({ disconnectedAt }).where(mailbox.own);
  try {
    expect((await get(api, path)).status).toBe(410);
  } finally {
    const connected = { disconnectedAt: null };
    await api.database.db.update(tables.mailboxes).set(connected).where(mailbox.own);
  }
});

test('R1 two people at once take turns on the one connection', async () => {
  const contents = [randomBytes(400_000), randomBytes(400_000)];
  const paths: string[] = [];
  for (const content of contents) {
    paths.push((await mailbox.receive(aRawMessage([inBase64(content)]))).path);
  }
  const answers = await Promise.all(paths.map(async (path) => octetsOf(await get(api, path))));
  expect(answers.map((answer, index) => answer.equals(contents[index] ?? PDF))).toEqual([
    ...[true, true],
  ]);
});

test('R42 a person who goes away in the middle frees the mailbox', async () => {
  const { path } = await mailbox.receive(aRawMessage([inBase64(randomBytes(8_000_000))]));
  const controller = new AbortController();
  const response = await get(api, path, { signal: controller.signal });
  expect(await leases()).toBe(1);
  await response.body?.getReader().read();
  controller.abort();
  await expect.poll(leases).toBe(0);
  await using session = await mailbox.session();
  expect(session.isOpen).toBe(true);
});

test('R1 somebody who takes nothing does not keep the mailbox', async () => {
  const { path } = await mailbox.receive(aRawMessage([inBase64(randomBytes(8_000_000))]));
  const services = { ...api, log: createLogger('silent', 'api'), allowLocalServers: true };
  const app = express();
  app.get(ATTACHMENT_ROUTE, attachmentRoute(services as unknown as Services, { stalledMs: 400 }));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const response = await get({ ...api, url: `http://127.0.0.1:${port}` }, path);
  expect(await leases()).toBe(1);
  await expect.poll(leases, { timeout: 5_000 }).toBe(0);
  await expect(response.arrayBuffer()).rejects.toThrow();
  server.close();
});

test('R42 asking about a file does not ask the mailbox', async () => {
  const { path } = await mailbox.receive(aRawMessage([inBase64(PDF)]));
  await withClient((client) => client.messageDelete('*'));
  const response = await get(api, path, { method: 'HEAD' });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
});
