import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import {
  startScriptedPop3,
  type Pop3Answer,
  type ScriptedPop3,
} from '../../support/scripted-pop3.ts';
import { lines, open, textOf } from './pop3-helpers.ts';
import { failureOf } from './scripted.ts';

const MEGABYTE = 1024 * 1024;

/** Everything that a visit asks for. */
async function visit(scripted: ScriptedPop3, options: Parameters<typeof open>[1] = {}) {
  await using session = await open(scripted, options);
  await session.fetchHeaders(await session.uidsAfter(0));
  return await textOf(session);
}

describe('silence', () => {
  test.each(['CAPA', 'PASS', 'UIDL', 'TOP', 'RETR'])(
    'R52 an abort ends a hung %s at once',
    async (command) => {
      await using scripted = await startScriptedPop3({ [command]: 'silence' });
      const controller = new AbortController();
      const attempt = failureOf(visit(scripted, { signal: controller.signal }));
      await expect.poll(() => scripted.countOf(command)).toBe(1);
      controller.abort();
      const { kind, responseCode } = await attempt;
      expect([kind, responseCode]).toEqual(['connection_lost', 'ABORTED']);
      expect(scripted.countOf('QUIT')).toBe(0);
    },
  );

  test('R52 so does the disposal of the session', async () => {
    await using scripted = await startScriptedPop3({ UIDL: 'silence' });
    const session = await open(scripted);
    const attempt = failureOf(session.openFolder('INBOX'));
    await expect.poll(() => scripted.countOf('UIDL')).toBe(1);
    await session[Symbol.asyncDispose]();
    expect((await attempt).kind).toBe('connection_lost');
    expect(session.isOpen).toBe(false);
  });

  test('a signal that is aborted already connects nowhere', async () => {
    await using scripted = await startScriptedPop3();
    const failure = await failureOf(open(scripted, { signal: AbortSignal.abort() }));
    expect(failure.kind).toBe('connection_lost');
    await sleep(20);
    expect(scripted.connections()).toBe(0);
  });

  test.each([
    ['a command', { UIDL: 'silence' as Pop3Answer }],
    ['the rest of an answer', { RETR: ['+OK\r\nSubject: x\r\n'] }],
    ['the end of an answer', { RETR: ['+OK\r\nSubject: x\r\n\r\ntext\r\n.'] }],
  ])('a server that keeps %s to itself runs into a timeout', async (_, answers) => {
    await using scripted = await startScriptedPop3(answers);
    const attempt = visit(scripted, { timeouts: { silenceMs: 100 } });
    expect((await failureOf(attempt)).kind).toBe('timed_out');
  });

  test('a server that never greets runs into a timeout', async () => {
    await using scripted = await startScriptedPop3({}, { greeting: 'silence' });
    const attempt = open(scripted, { timeouts: { greetingMs: 100 } });
    expect((await failureOf(attempt)).kind).toBe('timed_out');
  });

  test('a handshake that never ends runs into a timeout', async () => {
    await using scripted = await startScriptedPop3({ STLS: ['DEAF', '+OK\r\n'] });
    const attempt = open(scripted, { timeouts: { connectMs: 100 } }, { security: 'starttls' });
    expect((await failureOf(attempt)).kind).toBe('timed_out');
  });

  test('a session whose server does not answer QUIT is closed all the same', async () => {
    await using scripted = await startScriptedPop3({ QUIT: 'silence' });
    const session = await open(scripted);
    await session[Symbol.asyncDispose]();
    expect(session.isOpen).toBe(false);
    expect(scripted.countOf('QUIT')).toBe(1);
  });

  test('nobody at the port is a server that is not there', async () => {
    const scripted = await startScriptedPop3();
    await scripted[Symbol.asyncDispose]();
    expect((await failureOf(open(scripted))).responseCode).toBe('ECONNREFUSED');
  });
});

describe('answers that cannot be', () => {
  test.each([
    ['goes away', 'UIDL', ['CLOSE'], 'connection_lost'],
    ['goes away in the middle', 'RETR', ['+OK\r\nSubj', 'CLOSE'], 'connection_lost'],
    ['speaks something else', 'CAPA', ['* OK IMAP4rev1\r\n'], 'protocol_violation'],
    ['sends a status line without end', 'USER', ['x'.repeat(MEGABYTE)], 'protocol_violation'],
    ['lists without end', 'UIDL', [`+OK\r\n1 ${'x'.repeat(MEGABYTE)}`], 'protocol_violation'],
    [
      'sends more than it said',
      'RETR',
      ['+OK\r\n\r\n', ...Array<Buffer>(52).fill(Buffer.alloc(MEGABYTE, 'x\r\n'))],
      'message_too_large',
    ],
  ])('R52 a server that %s ends the session', async (_, command, answer, kind) => {
    await using scripted = await startScriptedPop3({ [command]: answer });
    expect((await failureOf(visit(scripted))).kind).toBe(kind);
  });

  test('R52 a server that goes away while nothing is asked is noticed', async () => {
    await using scripted = await startScriptedPop3({ PASS: ['+OK\r\n', 'CLOSE'] });
    await using session = await open(scripted);
    await expect.poll(() => session.isOpen).toBe(false);
    expect((await failureOf(session.openFolder('INBOX'))).kind).toBe('connection_lost');
  });

  test('R52 after that nothing is asked on this connection', async () => {
    await using scripted = await startScriptedPop3({ UIDL: ['HTTP/1.1 400\r\n'] });
    await using session = await open(scripted);
    expect((await failureOf(session.openFolder('INBOX'))).kind).toBe('protocol_violation');
    expect(session.isOpen).toBe(false);
    expect(
      (await failureOf(session.listFolders().then(() => session.fetchHeaders([1])))).kind,
    ).toBe('protocol_violation');
    expect(scripted.countOf('UIDL')).toBe(1);
  });
});

describe('what is downloaded', () => {
  const TEXT = 'one\r\n'.repeat(10);
  const MESSAGE = ['Subject: x', '', ...Array<string>(10).fill('one')];
  const CAPA = [lines('USER', 'UIDL', 'TOP')];
  const LIST = [lines('1 64')];

  test('is asked for in a way that marks nothing as read, where there is one', async () => {
    const TOP = [lines(...MESSAGE)];
    await using scripted = await startScriptedPop3({ CAPA, LIST, TOP });
    expect(await visit(scripted)).toBe(TEXT);
    expect(scripted.countOf('RETR')).toBe(0);
  });

  test.each([
    [
      'gives only some lines',
      (argument: string) => [lines(...MESSAGE.slice(0, argument === '1 0' ? 2 : 4))],
    ],
    ['does not do what it offers', ['-ERR\r\n']],
  ])('comes whole from a server that %s', async (_, TOP) => {
    const RETR = [lines(...MESSAGE)];
    await using scripted = await startScriptedPop3({ CAPA, LIST, TOP, RETR });
    expect(await visit(scripted)).toBe(TEXT);
  });
});

describe('large messages', () => {
  test('a message beyond what is downloaded has the beginning of its text', async () => {
    await using scripted = await startScriptedPop3({
      LIST: [lines(`1 ${41 * MEGABYTE}`)],
      TOP: (argument) => [
        argument === '1 0' ? lines('Subject: x', '') : lines('Subject: x', '', 'the beginning'),
      ],
    });
    expect(await visit(scripted)).toBe('the beginning\r\n');
    expect(scripted.countOf('RETR')).toBe(0);
  });

  test('octets are counted in both directions', async () => {
    const RETR = [`+OK\r\nSubject: x\r\n\r\n${'x'.repeat(5000)}\r\n.\r\n`];
    await using scripted = await startScriptedPop3({ RETR });
    await using session = await open(scripted);
    const before = session.octets();
    expect(before.sent).toBe('CAPA\r\nUSER ana\r\nPASS secret\r\n'.length);
    await textOf(session);
    const { received, sent } = session.octets();
    expect(received - before.received).toBeGreaterThan(5000);
    expect(sent - before.sent).toBe('UIDL\r\nLIST\r\nRETR 1\r\n'.length);
  });
});
