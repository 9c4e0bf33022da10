import { describe, expect, test } from 'vitest';
import type { MailErrorKind } from '../../../mail/errors.ts';
import { parseCapabilities } from '../../../mail/pop3-commands.ts';
import { isLater, parseReply, refusal, type RefusalContext } from '../../../mail/pop3-errors.ts';

const MINUTE = 60_000;
const LOGIN = { isLogin: true } as const;

/** facts-mail.md section 2, POP3: what the server says, at what, what it means, how long to wait at least. */
const ROWS: readonly (readonly [string, RefusalContext, MailErrorKind, number?])[] = [
  ['-ERR [AUTH] Authentication failed.', LOGIN, 'authentication_failed'],
  ['-ERR [auth] no', LOGIN, 'authentication_failed'],
  ['-ERR [SYS/TEMP] Server error', LOGIN, 'server_unavailable'],
  ['-ERR [SYS/TEMP] Server error', {}, 'server_unavailable'],
  ['-ERR [SYS/PERM] Your account is not enabled', LOGIN, 'authorization_failed'],
  ['-ERR [IN-USE] Mailbox is locked', LOGIN, 'server_unavailable', MINUTE],
  ['-ERR [LOGIN-DELAY] minimum time between', LOGIN, 'throttled', 15 * MINUTE],
  ['-ERR [LOGIN-DELAY] too early', { ...LOGIN, loginDelayMs: 300_000 }, 'throttled', 300_000],
  ['-ERR', LOGIN, 'authentication_failed'],
  ['-ERR Logon failure: unknown user name or bad password.', LOGIN, 'authentication_failed'],
  ['-ERR [AUTH] Application-specific password required', LOGIN, 'authentication_failed'],
  ['-ERR [AUTH] Web login required', LOGIN, 'authorization_failed'],
  ['-ERR [SYS/PERM] Your account is not enabled for POP access.', LOGIN, 'authorization_failed'],
  ['-ERR POP3 access is disabled', LOGIN, 'authorization_failed'],
  ['-ERR temporarily unavailable', LOGIN, 'server_unavailable'],
  ['-ERR Please try again later', LOGIN, 'server_unavailable'],
  ['-ERR Too many connections', LOGIN, 'throttled', 15 * MINUTE],
  ['-ERR [ALERT] Too many simultaneous connections', LOGIN, 'throttled', 15 * MINUTE],
  ['-ERR maildrop already locked', LOGIN, 'server_unavailable', MINUTE],
  ['-ERR something else', {}, 'server_unavailable'],
];

function refused(line: string, context: RefusalContext) {
  const reply = parseReply(line);
  if (reply === null) throw new Error('not a status line');
  return refusal(reply, 'log in', context);
}

describe('a refusal', () => {
  const cases = ROWS.map(([line, context, kind, retryAfterMs = null]) => ({
    ...{ line, context, kind, retryAfterMs },
  }));
  test.each(cases)('R55 $line means $kind', ({ line, context, kind, retryAfterMs }) => {
    const error = refused(line, context);
    expect([error.kind, error.retryAfterMs]).toEqual([kind, retryAfterMs]);
  });

  test('keeps the code of the server and none of its words', () => {
    const error = refused('-ERR [IN-USE] jill@customer.example is busy', LOGIN);
    expect(error.responseCode).toBe('IN-USE');
    expect(JSON.stringify([error.message, error.cause])).not.toContain('jill');
  });
});

describe('a status line', () => {
  test.each([
    ['+OK', { isOk: true, code: '', text: '' }],
    ['+OK 2 320', { isOk: true, code: '', text: '2 320' }],
    ['-err [Sys/Temp]later', { isOk: false, code: 'SYS/TEMP', text: 'later' }],
    ['-ERR [not a code', { isOk: false, code: '', text: '[not a code' }],
  ])('%s', (line, expected) => {
    expect(parseReply(line)).toEqual(expected);
  });

  test.each(['', '+OKAY', '* OK IMAP4', '220 smtp', '+ challenge'])('%j is none', (line) => {
    expect(parseReply(line)).toBeNull();
  });

  test('only some refusals say "later"', () => {
    const later = ['SYS/TEMP', 'IN-USE', 'LOGIN-DELAY', 'AUTH', 'SYS/PERM', ''].map((code) =>
      isLater({ isOk: false, code, text: '' }),
    );
    expect(later).toEqual([true, true, true, false, false, false]);
  });
});

describe('capabilities', () => {
  test('are read whatever their case', () => {
    const listed = ['sasl Plain XOAUTH2', 'user', 'LOGIN-DELAY 300 USER', 'PIPELINING', 'Uidl'];
    expect(parseCapabilities(listed)).toEqual({
      ...{ isKnown: true, sasl: new Set(['PLAIN', 'XOAUTH2']), hasUser: true, hasUidl: true },
      ...{ hasTop: false, canPipeline: true, loginDelayMs: 300_000 },
    });
  });

  test('a server without CAPA says nothing at all', () => {
    expect(parseCapabilities(null)).toEqual({
      ...{ isKnown: false, sasl: new Set(), hasUser: false, hasUidl: false },
      ...{ hasTop: false, canPipeline: false, loginDelayMs: null },
    });
  });

  test.each(['LOGIN-DELAY', 'LOGIN-DELAY soon', 'LOGIN-DELAY -1'])('%s is no delay', (line) => {
    expect(parseCapabilities([line]).loginDelayMs).toBeNull();
  });
});
