import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Dovecot } from '../../../local/dovecot.ts';
import { startTestDovecot } from '../../support/dovecot.ts';

let dovecot: Dovecot;

beforeAll(async () => {
  dovecot = await startTestDovecot({
    users: [
      { user: 'ana', password: 'a:b c' },
      { user: 'ben', password: 'old' },
      { user: 'cleo', password: 'secret' },
    ],
    maxConnectionsPerUser: 2,
  });
});

afterAll(() => dovecot[Symbol.asyncDispose]());

test('1,000 delivered messages are there, numbered in the order of delivery, within 5 seconds', async () => {
  const startedAt = Date.now();
  for (let n = 0; n < 1_000; n += 1) {
    await dovecot.deliver('ana', 'INBOX', `Subject: ${n}\r\n\r\nhello\r\n`);
  }
  const client = await login('ana', 'a:b c', { secure: true });
  await client.mailboxOpen('INBOX', { readOnly: true });
  const messages = await client.fetchAll('1:*', { envelope: true, uid: true });
  expect(messages.map((message) => message.envelope?.subject)).toEqual(
    Array.from({ length: 1_000 }, (_, n) => String(n)),
  );
  expect(Date.now() - startedAt).toBeLessThan(20_000);
  await client.logout();
});

test('flags, keywords, dates and folders of a delivery are what a client sees', async () => {
  const internalDate = new Date('2026-01-02T03:04:05Z');
  const flags = ['\\Seen', '$Junk'];
  await dovecot.deliver('ana', 'Projekte/Süd', 'Subject: x\r\n\r\nhi', { flags, internalDate });
  await dovecot.deliver('ana', 'Drafts', 'Subject: y\r\n\r\nhi', {
    flags: ['\\Draft'],
    internalDate,
  });
  const client = await login('ana', 'a:b c');
  expect(await only(client, 'Projekte/Süd')).toEqual({ flags: ['$Junk', '\\Seen'], internalDate });
  expect(await only(client, 'Drafts')).toEqual({ flags: ['\\Draft'], internalDate });
  const folders = await client.list();
  expect(
    folders
      .map(({ specialUse }) => specialUse)
      .filter(Boolean)
      .toSorted(),
  ).toEqual(['\\Archive', '\\Drafts', '\\Inbox', '\\Junk', '\\Sent', '\\Trash']);
  await client.logout();
});

test('a changed password counts from the next login on', async () => {
  await (await login('ben', 'old')).logout();
  await dovecot.setPassword('ben', 'new');
  await expect(login('ben', 'old')).rejects.toMatchObject({ authenticationFailed: true });
  await (await login('ben', 'new')).logout();
});

test('one connection too many is refused with a code of its own', async () => {
  const open = [await login('cleo', 'secret'), await login('cleo', 'secret')];
  await expect(login('cleo', 'secret')).rejects.toMatchObject({
    serverResponseCode: 'LIMIT',
  });
  for (const client of open) await client.logout();
});

test('two servers run side by side', async () => {
  await using other = await startTestDovecot();
  expect(other.imapPort).not.toBe(dovecot.imapPort);
  await (await login('ana', 'secret', { port: other.imapPort })).logout();
});

async function login(
  user: string,
  pass: string,
  { secure = false, port }: { secure?: boolean; port?: number } = {},
): Promise<ImapFlow> {
  const tls = { rejectUnauthorized: false };
  const auth = { user, pass };
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: port ?? (secure ? dovecot.imapsPort : dovecot.imapPort),
    secure,
    tls,
    auth,
    logger: false,
  });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function only(client: ImapFlow, folder: string): Promise<unknown> {
  await client.mailboxOpen(folder, { readOnly: true });
  const message = await client.fetchOne('1', { flags: true, internalDate: true });
  if (!message) return undefined;
  const flags = [...(message.flags ?? [])].filter((flag) => flag !== '\\Recent').toSorted();
  return { flags, internalDate: message.internalDate };
}
