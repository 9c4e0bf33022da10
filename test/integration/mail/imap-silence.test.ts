import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openImapSession } from '../../../mail/imap.ts';
import { startScriptedImap } from '../../support/scripted-imap.ts';
import { failureOf, open, openInbox } from './scripted.ts';

describe('silence', () => {
  test.each(['LOGIN', 'EXAMINE', 'UID FETCH'])(
    'R52 an abort ends a hung %s at once',
    async (command) => {
      await using scripted = await startScriptedImap({ [command]: 'silence' });
      const controller = new AbortController();
      const attempt = open(scripted, { signal: controller.signal }).then(async (session) => {
        await session.openFolder('INBOX');
        await session.fetchHeaders([1]);
      });
      attempt.catch(() => undefined);
      await expect.poll(() => scripted.countOf(command)).toBe(1);
      const abortedAt = performance.now();
      controller.abort();
      const failure = await failureOf(attempt);
      expect([failure.kind, failure.responseCode]).toEqual(['connection_lost', 'ABORTED']);
      expect(performance.now() - abortedAt).toBeLessThan(5_000);
    },
  );

  test('R52 so does the disposal of the session', async () => {
    await using scripted = await startScriptedImap({ 'UID FETCH': 'silence' });
    const session = await openInbox(scripted);
    const attempt = failureOf(session.fetchHeaders([1]));
    await expect.poll(() => scripted.countOf('UID FETCH')).toBe(1);
    const startedAt = performance.now();
    await session[Symbol.asyncDispose]();
    expect((await attempt).kind).toBe('connection_lost');
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  test('a signal that is aborted already connects nowhere', async () => {
    await using scripted = await startScriptedImap();
    const failure = await failureOf(open(scripted, { signal: AbortSignal.abort() }));
    expect(failure.kind).toBe('connection_lost');
    await sleep(50);
    expect(scripted.commands).toEqual([]);
  });

  test('a server that never answers a command runs into a timeout', async () => {
    await using scripted = await startScriptedImap({ 'UID FETCH': 'silence' });
    await using session = await open(scripted, { timeouts: { silenceMs: 200 } });
    await session.openFolder('INBOX');
    expect((await failureOf(session.fetchHeaders([1]))).kind).toBe('timed_out');
  });

  test('a server that never greets runs into a timeout', async () => {
    await using scripted = await startScriptedImap({}, []);
    const attempt = open(scripted, { timeouts: { greetingMs: 200 } });
    expect((await failureOf(attempt)).kind).toBe('timed_out');
  });

  test('a session whose server does not answer LOGOUT is closed all the same', async () => {
    await using scripted = await startScriptedImap({ LOGOUT: 'silence' });
    const session = await openInbox(scripted);
    const startedAt = performance.now();
    await session[Symbol.asyncDispose]();
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });
});

describe('no secrets in clear text', () => {
  test('STARTTLS that is not offered ends the attempt before the login', async () => {
    await using scripted = await startScriptedImap();
    const server = { ...scripted.server, security: 'starttls' } as const;
    const failure = await failureOf(openImapSession(server, { address: '127.0.0.1' }));
    expect(failure.kind).toBe('tls_failed');
    expect(scripted.countOf('LOGIN')).toBe(0);
  });

  test('a login in clear text is made on this machine only', async () => {
    await using scripted = await startScriptedImap();
    const attempt = openImapSession(scripted.server, { address: '192.0.2.1' });
    expect((await failureOf(attempt)).kind).toBe('tls_failed');
  });

  test('a server that speaks no TLS where TLS is expected', async () => {
    await using scripted = await startScriptedImap();
    const server = { ...scripted.server, security: 'tls' } as const;
    const failure = await failureOf(openImapSession(server, { address: '127.0.0.1' }));
    expect(failure.kind).toBe('tls_failed');
  });
});

test('a server that asks is told who reads: us, and not the library', async () => {
  await using scripted = await startScriptedImap({
    CAPABILITY: ['* CAPABILITY IMAP4rev1 ID', 'TAG OK done'],
  });
  await using session = await open(scripted);
  expect(session.isOpen).toBe(true);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const [told] = scripted.commands.filter((command) => command.startsWith('ID '));
  expect(told).toBe(`ID ("name" "Mailroom" "version" "${version}" "vendor" "Mailroom")`);
});

test('R1 a visit that finds nothing costs less than 3 KB', async () => {
  await using scripted = await startScriptedImap();
  const session = await open(scripted);
  await session.folderStatus('INBOX');
  const { sent, received } = session.octets();
  await session[Symbol.asyncDispose]();
  expect(sent + received).toBeLessThan(3000);
  expect(scripted.octets.sent + scripted.octets.received).toBeLessThan(3000);
});
