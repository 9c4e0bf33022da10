import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { startScriptedImap } from '../../support/scripted-imap.ts';
import { ScriptedMailbox } from '../../support/scripted-mailbox.ts';
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

/** What servers offer after the login (facts-mail.md section 3), without COMPRESS, which would hide the numbers. */
const OFFERS = {
  nothing: '',
  Gmail:
    'UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 UIDPLUS ENABLE MOVE CONDSTORE ESEARCH ' +
    'UTF8=ACCEPT LIST-EXTENDED LIST-STATUS LITERAL- SPECIAL-USE APPENDLIMIT=35651584 SASL-IR ' +
    'AUTH=XOAUTH2 AUTH=PLAIN AUTH=PLAIN-CLIENTTOKEN AUTH=OAUTHBEARER',
  'Microsoft 365':
    'AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+',
};

test.each(Object.entries(OFFERS))(
  'trap 7: R1 a visit that finds nothing costs less than 3 KB where %s is offered, time after time',
  async (_name, offer) => {
    const mailbox = new ScriptedMailbox({
      capabilities: offer === '' ? [] : offer.split(' '),
      folders: { INBOX: { count: 100_000 }, Sent: { count: 10 } },
    });
    await using scripted = await startScriptedImap({
      ...mailbox.script,
      AUTHENTICATE: ({ command }) =>
        command.endsWith('PLAIN') ? ['+ ', 'TAG OK done'] : ['TAG OK done'],
    });
    const visits = 50;
    for (let visit = 0; visit < visits; visit += 1) {
      await using session = await open(scripted);
      await session.folderStatus('INBOX');
      await session.folderStatus('Sent');
    }
    const { sent, received } = scripted.octets;
    expect((sent + received) / visits).toBeLessThan(3_000);
    expect([scripted.connections, scripted.logins]).toEqual([visits, visits]);
    expect(scripted.countOf('EXAMINE')).toBe(0);
  },
);
