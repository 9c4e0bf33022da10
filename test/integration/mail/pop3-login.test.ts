import { describe, expect, test } from 'vitest';
import {
  startScriptedPop3,
  type Pop3Answer,
  type Pop3Script,
} from '../../support/scripted-pop3.ts';
import { lines, open } from './pop3-helpers.ts';
import { failureOf } from './scripted.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const CHALLENGE: Pop3Answer = ['+ \r\n'];

/** The commands of one login, where the server lists this. */
async function loginWith(
  capabilities: readonly string[] | null,
  server: Parameters<typeof open>[2] = {},
  answers: Pop3Script = {},
): Promise<readonly string[]> {
  const CAPA = capabilities === null ? ['-ERR unknown command\r\n'] : [lines(...capabilities)];
  await using scripted = await startScriptedPop3({ AUTH: CHALLENGE, ...answers, CAPA });
  await using _ = await open(scripted, {}, server);
  return scripted.commands.filter((command) => command !== 'CAPA');
}

describe('the way in', () => {
  const ANA = { username: 'ana@acme.example', password: 'päss wörd' };

  test('is AUTH PLAIN where it is offered (RFC 5034, RFC 4616)', async () => {
    const said = base64('\0ana@acme.example\0päss wörd');
    const commands = await loginWith(['SASL LOGIN PLAIN', 'USER'], ANA, { [said]: ['+OK\r\n'] });
    expect(commands).toEqual(['AUTH PLAIN', said]);
  });

  test.each([
    ['USER and PASS are listed', ['USER', 'SASL LOGIN']],
    ['nothing is listed', []],
    ['there is no list', null],
  ])('is USER and PASS where %s (RFC 1939 section 7)', async (_, listed) => {
    expect(await loginWith(listed, ANA)).toEqual(['USER ana@acme.example', 'PASS päss wörd']);
  });

  test('is AUTH LOGIN where there is nothing else', async () => {
    const [user, password] = [base64(ANA.username), base64(ANA.password)];
    const answers = { [user]: ['+ UGFzc3dvcmQ6\r\n'], [password]: ['+OK\r\n'] };
    expect(await loginWith(['SASL LOGIN'], ANA, answers)).toEqual(['AUTH LOGIN', user, password]);
  });

  test('is XOAUTH2 for a token, in the words of Google and Microsoft', async () => {
    const server = { ...ANA, password: '', accessToken: 'ya29.token' };
    const said = base64('user=ana@acme.example\x01auth=Bearer ya29.token\x01\x01');
    const answers = { [said]: ['+OK\r\n'] };
    for (const listed of [['SASL PLAIN XOAUTH2'], [], null]) {
      expect(await loginWith(listed, server, answers)).toEqual(['AUTH XOAUTH2', said]);
    }
  });

  test.each([
    ['a password', ['SASL XOAUTH2'], {}],
    ['a token', ['SASL PLAIN', 'USER'], { accessToken: 'token' }],
  ])('a server that takes no such thing is not given %s', async (_, listed, server) => {
    await using scripted = await startScriptedPop3({ CAPA: [lines(...listed)] });
    expect((await failureOf(open(scripted, {}, server))).kind).toBe('authorization_failed');
    expect(scripted.commands).toEqual(['CAPA', 'QUIT']);
  });
});

describe('a refused login', () => {
  test('a refused token says why in a challenge, and is refused after an empty answer', async () => {
    const said = base64('user=ana\x01auth=Bearer old\x01\x01');
    const why = base64('{"status":"401","schemes":"bearer"}');
    await using scripted = await startScriptedPop3({
      ...{ AUTH: CHALLENGE, [said]: [`+ ${why}\r\n`], '': ['-ERR [AUTH] refused\r\n'] },
    });
    const failure = await failureOf(open(scripted, {}, { accessToken: 'old' }));
    expect([failure.kind, failure.responseCode]).toEqual(['authentication_failed', 'AUTH']);
    expect(scripted.commands).toEqual(['CAPA', 'AUTH XOAUTH2', said, '', 'QUIT']);
  });

  test('a server that does not know XOAUTH2 does not take this kind of credentials', async () => {
    await using scripted = await startScriptedPop3({
      CAPA: ['-ERR\r\n'],
      AUTH: ['-ERR what?\r\n'],
    });
    const failure = await failureOf(open(scripted, {}, { accessToken: 'token' }));
    expect(failure.kind).toBe('authorization_failed');
  });

  test.each([
    ['PASS', '-ERR no\r\n', 'authentication_failed', null],
    ['USER', '-ERR [AUTH] no\r\n', 'authentication_failed', null],
    ['PASS', '-ERR [IN-USE] locked\r\n', 'server_unavailable', 60_000],
    ['PASS', '-ERR [SYS/PERM] no access\r\n', 'authorization_failed', null],
    ['PASS', '-ERR [LOGIN-DELAY] wait\r\n', 'throttled', 120_000],
    ['CAPA', '-ERR [SYS/TEMP] later\r\n', 'server_unavailable', null],
  ])('R55 %s answered %j is %s', async (command, answer, kind, retryAfterMs) => {
    const CAPA = [lines('USER', 'LOGIN-DELAY 120')];
    await using scripted = await startScriptedPop3({ CAPA, [command]: [answer] });
    const failure = await failureOf(open(scripted));
    expect([failure.kind, failure.retryAfterMs]).toEqual([kind, retryAfterMs]);
    expect(scripted.countOf('PASS') + scripted.countOf('AUTH')).toBeLessThan(2);
  });

  test('R55 a greeting that refuses is heard', async () => {
    const greeting = ['-ERR Too many connections from your address\r\n'];
    await using scripted = await startScriptedPop3({}, { greeting });
    expect((await failureOf(open(scripted))).kind).toBe('throttled');
    expect(scripted.commands).not.toContain('PASS secret');
  });

  test.each([
    ['user name', { username: 'ana\r\nDELE 1' }],
    ['password', { password: 'x\nDELE 1' }],
    ['password with NUL', { password: 'x\0ben\0y' }],
    ['token', { accessToken: 'a\x01\x01' }],
  ])('a %s that would become a command is never sent', async (_, server) => {
    await using scripted = await startScriptedPop3();
    expect((await failureOf(open(scripted, {}, server))).kind).toBe('authentication_failed');
    expect(scripted.connections()).toBe(0);
  });
});
