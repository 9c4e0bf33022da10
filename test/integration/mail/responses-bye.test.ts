import { describe, expect, test } from 'vitest';
import type { MailErrorKind } from '../../../mail/errors.ts';
import { startScriptedImap } from '../../support/scripted-imap.ts';
import { everything, failureOf, open, openInbox, row } from './scripted.ts';

/** Servers that go away, with and without a word: facts-mail.md section 2, at the greeting, in commands and between. */

const MINUTE_MS = 60_000;
const COMMANDS = ['LOGIN', 'LIST', 'STATUS', 'EXAMINE', 'UID SEARCH', 'UID FETCH'];

/** What stands behind BYE, what follows, and the least wait in minutes. */
const BYES: readonly (readonly [text: string, kind: MailErrorKind, minutes: number])[] = [
  ['Server shutting down', 'server_unavailable', 0],
  ['[UNAVAILABLE] Later', 'server_unavailable', 0],
  ['[SERVERBUG] Oops', 'server_unavailable', 0],
  ['[INUSE] Locked', 'server_unavailable', 1],
  ['[LIMIT] Slow down', 'throttled', 15],
  ['Too many connections from your address', 'throttled', 15],
  ['[ALERT] Too many simultaneous connections. (Failure)', 'throttled', 15],
  ['FETCH Rate limit hit.', 'throttled', 15],
  ['Account exceeded command or bandwidth limits.', 'throttled', 360],
  ['Request is throttled. Suggested Backoff Time: 600000 milliseconds', 'throttled', 10],
];

describe.each(BYES)('BYE %s', (text, kind, minutes) => {
  test('as the greeting', async () => {
    await using scripted = await startScriptedImap({}, [`* BYE ${text}`, 'CLOSE']);
    const failure = await failureOf(open(scripted));
    expect(failure.kind).toBe(kind);
    expect(failure.retryAfterMs ?? 0).toBeGreaterThanOrEqual(minutes * MINUTE_MS);
  });

  test.each(COMMANDS)('in answer to %s', async (command) => {
    await using scripted = await startScriptedImap({ [command]: [`* BYE ${text}`, 'CLOSE'] });
    const failure = await failureOf(everything(scripted));
    expect(failure.kind).toBe(kind);
    expect(failure.retryAfterMs ?? 0).toBeGreaterThanOrEqual(minutes * MINUTE_MS);
    expect(scripted.connections).toBe(1);
  });

  test('between the rows of a FETCH', async () => {
    const lines = [row(1), `* BYE ${text}`, 'CLOSE'];
    await using scripted = await startScriptedImap({ 'UID FETCH': lines });
    expect((await failureOf(everything(scripted))).kind).toBe(kind);
  });
});

test('R1 Yahoo refuses, then says BYE: the refusal counts', async () => {
  await using scripted = await startScriptedImap({
    'UID FETCH': ['TAG NO [LIMIT] FETCH Rate limit hit.', '* BYE Bye', 'CLOSE'],
  });
  const failure = await failureOf(everything(scripted));
  expect([failure.kind, failure.shouldSlowDown]).toEqual(['throttled', true]);
});

test('R1 an alert in passing makes a visit rarer, and fails nothing', async () => {
  await using scripted = await startScriptedImap({
    STATUS: [
      '* NO [ALERT] Too many simultaneous connections.',
      '* STATUS INBOX (MESSAGES 3 UIDNEXT 4 UIDVALIDITY 7)',
      'TAG OK done',
    ],
  });
  await using session = await open(scripted);
  expect((await session.folderStatus('INBOX')).exists).toBe(3);
  expect(session.isThrottled()).toBe(true);
});

test('an alert that has passed does not explain what fails later', async () => {
  await using scripted = await startScriptedImap({
    STATUS: [
      '* NO [ALERT] Too many simultaneous connections.',
      '* STATUS INBOX (MESSAGES 3 UIDNEXT 4 UIDVALIDITY 7)',
      'TAG OK done',
    ],
    EXAMINE: ['TAG NO [NOPERM] No'],
  });
  expect((await failureOf(everything(scripted))).kind).toBe('folder_missing');
});

test('R55 a BYE between two commands is why the second one fails', async () => {
  await using scripted = await startScriptedImap({
    EXAMINE: [
      ...['* 3 EXISTS', '* OK [UIDVALIDITY 7] ok', '* OK [UIDNEXT 4] ok', 'TAG OK done'],
      ...['* BYE [LIMIT] Slow down', 'CLOSE'],
    ],
  });
  await using session = await openInbox(scripted);
  await expect.poll(() => session.isOpen).toBe(false);
  const failure = await failureOf(session.uidsAfter(1));
  expect([failure.kind, failure.responseCode]).toEqual(['throttled', 'LIMIT']);
});

test('R1 an alert of another kind slows nothing down', async () => {
  await using scripted = await startScriptedImap({
    STATUS: [
      '* OK [ALERT] Our terms of service change.',
      '* STATUS INBOX (MESSAGES 3 UIDNEXT 4 UIDVALIDITY 7)',
      'TAG OK done',
    ],
  });
  await using session = await open(scripted);
  await session.folderStatus('INBOX');
  expect(session.isThrottled()).toBe(false);
});

test('R55 an alert before it explains a refused login', async () => {
  await using scripted = await startScriptedImap({
    LOGIN: [
      '* NO [ALERT] Too many simultaneous connections. (Failure)',
      'TAG NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)',
    ],
  });
  expect((await failureOf(open(scripted))).kind).toBe('throttled');
});

describe('R55 Zoho closes extra sessions without a word: nobody doubts the password', () => {
  test('at once', async () => {
    await using scripted = await startScriptedImap({}, ['CLOSE']);
    expect((await failureOf(open(scripted))).kind).toBe('connection_lost');
  });

  test.each(COMMANDS)('in answer to %s', async (command) => {
    await using scripted = await startScriptedImap({ [command]: ['CLOSE'] });
    expect((await failureOf(everything(scripted))).kind).toBe('connection_lost');
  });

  test('between two commands', async () => {
    await using scripted = await startScriptedImap();
    const session = await openInbox(scripted);
    scripted.dropAll();
    await expect.poll(() => session.isOpen).toBe(false);
    expect((await failureOf(session.uidsAfter(1))).kind).toBe('connection_lost');
  });

  test('and a port where nobody listens is a server that is away', async () => {
    const scripted = await startScriptedImap();
    await scripted[Symbol.asyncDispose]();
    expect((await failureOf(open(scripted))).kind).toBe('server_unavailable');
  });
});

test('EXPUNGEISSUED is a short answer, which is verified', async () => {
  await using scripted = await startScriptedImap({
    'UID FETCH': [row(1), 'TAG NO [EXPUNGEISSUED] Some messages are gone'],
    'UID SEARCH': ['* SEARCH 2', 'TAG OK done'],
  });
  await using session = await openInbox(scripted);
  expect(await session.fetchHeaders([1, 2])).toEqual([]);
  expect([...(await session.existing([1, 2]))]).toEqual([2]);
  expect(session.isOpen).toBe(true);
});

test.each(['AUTH=PLAIN', 'AUTH=LOGIN', 'AUTH=PLAIN AUTH=LOGIN', 'SASL-IR AUTH=PLAIN AUTH=LOGIN'])(
  'R55 with %s a refused password is tried once: providers lock accounts for less',
  async (offer) => {
    await using scripted = await startScriptedImap({
      CAPABILITY: [`* CAPABILITY IMAP4rev1 ${offer}`, 'TAG OK done'],
      LOGIN: ['TAG NO [AUTHENTICATIONFAILED] No'],
      AUTHENTICATE: ({ command }) => [
        ...(command.endsWith('LOGIN') ? ['+ VXNlcm5hbWU6', '+ UGFzc3dvcmQ6'] : []),
        ...(command.endsWith('PLAIN') ? ['+ '] : []),
        'TAG NO [AUTHENTICATIONFAILED] No',
      ],
    });
    expect((await failureOf(open(scripted))).kind).toBe('authentication_failed');
    expect(scripted.logins).toBe(1);
  },
);

describe('R55 an OAuth token that is refused', () => {
  test.each([401, 400])('with status %d in the challenge is no other failure', async (status) => {
    const challenge = Buffer.from(JSON.stringify({ status: `${status}` })).toString('base64');
    await using scripted = await startScriptedImap({
      CAPABILITY: ['* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2', 'TAG OK done'],
      AUTHENTICATE: [`+ ${challenge}`, 'TAG NO AUTHENTICATE failed.'],
    });
    const server = { ...scripted.server, password: '', accessToken: 'token' };
    const failure = await failureOf(open({ ...scripted, server }));
    expect(failure.kind).toBe('authentication_failed');
    expect(scripted.logins).toBe(1);
  });
});
