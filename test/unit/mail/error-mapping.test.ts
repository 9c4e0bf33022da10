import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MAIL_ERROR_ADVICE } from '../../../mail/advice.ts';
import { toMailError } from '../../../mail/error-mapping.ts';
import { MAIL_ERROR_KINDS, type MailErrorKind, MailError } from '../../../mail/errors.ts';
import { BANDWIDTH, refusedFetch, refusedLogin, transport } from './refusals.ts';

const MINUTE = 60_000;
/** Noon: the next day begins in twelve hours. */
const NOON = new Date('2026-11-22T12:00:00Z');

beforeEach(() => vi.useFakeTimers({ now: NOON }));
afterEach(() => vi.useRealTimers());

const NOT_CONNECTED = 'User is authenticated but not connected.';

/** facts-mail.md section 2, row by row: what the server says, what it means, how long to wait at least. */
const ROWS: readonly (readonly [string, object, MailErrorKind, number?])[] = [
  ['AUTHENTICATIONFAILED', refusedLogin('Bad', 'AUTHENTICATIONFAILED'), 'authentication_failed'],
  ['NO without code at login', refusedLogin('AUTHENTICATE failed.'), 'authentication_failed'],
  [
    'Invalid credentials',
    refusedLogin('Invalid credentials (Failure)', 'ALERT'),
    'authentication_failed',
  ],
  ['LOGIN failed', refusedLogin('LOGIN failed.', undefined, 'BAD'), 'authentication_failed'],
  ['EXPIRED', refusedLogin('Password expired', 'EXPIRED'), 'authentication_failed'],
  [
    'app password',
    refusedLogin('Application-specific password required: https://x', 'ALERT'),
    'authentication_failed',
  ],
  ['AUTHORIZATIONFAILED', refusedLogin('No', 'AUTHORIZATIONFAILED'), 'authorization_failed'],
  ['NOPERM', refusedLogin('No', 'NOPERM'), 'authorization_failed'],
  [
    'IMAP switched off',
    refusedLogin('Your account is not enabled for IMAP use.', 'ALERT'),
    'authorization_failed',
  ],
  [
    'web login',
    refusedLogin('Please log in via your web browser: https://x', 'ALERT'),
    'authorization_failed',
  ],
  ['CONTACTADMIN', refusedLogin('Call us', 'CONTACTADMIN'), 'authorization_failed'],
  [
    '163.com without ID',
    refusedFetch(null, 'EXAMINE Unsafe Login. Please contact kefu@188.com'),
    'authorization_failed',
  ],
  ['PRIVACYREQUIRED', refusedLogin('Use TLS', 'PRIVACYREQUIRED'), 'tls_failed'],
  [
    'UNAVAILABLE',
    refusedLogin('Temporary authentication failure', 'UNAVAILABLE'),
    'server_unavailable',
  ],
  ...['UNAVAILABLE', 'LIMIT', undefined].map(
    (code) =>
      [
        `Dovecot's number of connections, with ${code ?? 'no code'}`,
        refusedLogin('Maximum number of connections from user+IP exceeded', code),
        'throttled',
        15 * MINUTE,
      ] as const,
  ),
  [
    'a passing failure without code',
    refusedLogin('Server unavailable. Try again later.'),
    'server_unavailable',
  ],
  [
    'Yandex, which does not say which of both',
    refusedLogin('LOGIN invalid credentials or IMAP is disabled', 'AUTHENTICATIONFAILED'),
    'authentication_failed',
  ],
  ['SERVERBUG', refusedFetch('SERVERBUG', 'Internal error'), 'server_unavailable'],
  [
    'BYE',
    transport('ClosedAfterConnectTLS', { reason: 'Server shutting down' }),
    'server_unavailable',
  ],
  [
    'BYE later',
    transport('NoConnection', { reason: 'Disconnected for inactivity' }),
    'server_unavailable',
  ],
  ['INUSE', refusedLogin('Mailbox locked', 'INUSE'), 'server_unavailable', MINUTE],
  ['LIMIT', refusedFetch('LIMIT', 'FETCH Rate limit hit.'), 'throttled', 15 * MINUTE],
  ['Rate limit hit', refusedFetch(null, 'FETCH Rate limit hit.'), 'throttled', 15 * MINUTE],
  [
    'too many connections',
    refusedLogin('Too many simultaneous connections. (Failure)', 'ALERT'),
    'throttled',
    15 * MINUTE,
  ],
  [
    'too many in a BYE',
    transport('ClosedAfterConnectTLS', { reason: 'Too many connections' }),
    'throttled',
    15 * MINUTE,
  ],
  ['OVERQUOTA on read', refusedFetch('OVERQUOTA', BANDWIDTH), 'throttled', 720 * MINUTE],
  [
    'bandwidth in a BYE',
    transport('NoConnection', { reason: BANDWIDTH }),
    'throttled',
    720 * MINUTE,
  ],
  ['ETHROTTLE short', transport('ETHROTTLE', { throttleReset: 1000 }), 'throttled', 5 * MINUTE],
  [
    'ETHROTTLE long',
    transport('ETHROTTLE', { throttleReset: 3_000_000 }),
    'throttled',
    50 * MINUTE,
  ],
  [
    'ETHROTTLE beyond reason',
    transport('ETHROTTLE', { throttleReset: 1e12 }),
    'throttled',
    24 * 60 * MINUTE,
  ],
  [
    'Microsoft 365 in a BYE',
    transport('NoConnection', {
      reason: 'Request is throttled. Suggested Backoff Time: 600000 milliseconds',
    }),
    'throttled',
    10 * MINUTE,
  ],
  [
    'throttled without hint',
    refusedLogin('Request is throttled.', undefined, 'BAD'),
    'throttled',
    5 * MINUTE,
  ],
  [
    'Microsoft 365 not connected',
    refusedLogin(NOT_CONNECTED, undefined, 'BAD'),
    'server_unavailable',
  ],
  ['NONEXISTENT', refusedFetch('NONEXISTENT', 'Unknown Mailbox'), 'folder_missing'],
  ['TRYCREATE', refusedFetch('TRYCREATE', 'No'), 'folder_missing'],
  ['CANNOT', refusedFetch('CANNOT', 'No'), 'folder_missing'],
  [
    'mailboxMissing',
    Object.assign(refusedFetch(null, 'No'), { mailboxMissing: true }),
    'folder_missing',
  ],
  ['STATUS of a missing folder', transport('NotFound'), 'folder_missing'],
  ['CORRUPTION', refusedFetch('CORRUPTION', 'Index damaged'), 'server_unavailable', 60 * MINUTE],
  ['EXPUNGEISSUED', refusedFetch('EXPUNGEISSUED', 'Gone'), 'server_unavailable'],
  [
    'NO without code elsewhere',
    refusedFetch(null, 'Something is wrong', 'NO', 'LIST "" "*"'),
    'server_unavailable',
  ],
  [
    'NO without code to a FETCH: one message?',
    refusedFetch(null, 'Something is wrong'),
    'protocol_violation',
  ],
  ...(['CLIENTBUG', 'BADCHARSET', 'PARSE', null] as const).flatMap((code) => {
    const name = code ?? 'BAD';
    const violation = 'protocol_violation' as const;
    const elsewhere = refusedFetch(code, 'What?', 'BAD', 'LIST "" "*"');
    return [
      [`${name} is our bug: no tight retry`, elsewhere, violation, 15 * MINUTE] as const,
      [`${name} to a FETCH: one message?`, refusedFetch(code, 'What?', 'BAD'), violation] as const,
    ];
  }),
  [
    'too many mistakes of ours',
    transport('NoConnection', { reason: 'Too many invalid IMAP commands.' }),
    'protocol_violation',
    15 * MINUTE,
  ],
  ['LiteralTooLarge', transport('LiteralTooLarge'), 'message_too_large'],
  ['LineTooLarge', transport('LineTooLarge'), 'message_too_large'],
  ['ParserError', transport('ParserError11'), 'protocol_violation'],
  ['ResponseTooLarge', transport('ResponseTooLarge'), 'message_too_large'],
  ['ParserErrorInternal', transport('ParserErrorInternal'), 'protocol_violation'],
  ['TooManyTokens', transport('TooManyTokens'), 'message_too_large'],
  ['CONNECT_TIMEOUT', transport('CONNECT_TIMEOUT'), 'timed_out'],
  ['GREETING_TIMEOUT', transport('GREETING_TIMEOUT'), 'timed_out'],
  [
    'UPGRADE_TIMEOUT, flagged as TLS',
    transport('UPGRADE_TIMEOUT', { tlsFailed: true }),
    'timed_out',
  ],
  ['ETIMEOUT', transport('ETIMEOUT'), 'timed_out'],
  ['LockTimeout', transport('LockTimeout'), 'timed_out'],
  ...[
    'NoConnection',
    'EConnectionClosed',
    'StateLogout',
    'InstanceReused',
    'ClosedAfterConnectTLS',
  ].map((code) => [code, transport(code), 'connection_lost'] as const),
  ['ECONNRESET', transport('ECONNRESET'), 'connection_lost'],
  ['ECONNREFUSED', transport('ECONNREFUSED'), 'server_unavailable'],
  ['EAI_AGAIN', transport('EAI_AGAIN'), 'server_unavailable'],
  ['STARTTLS injection', transport('STARTTLS_INJECTION', { tlsFailed: true }), 'tls_failed'],
  ['no STARTTLS offered', Object.assign(new Error('no'), { tlsFailed: true }), 'tls_failed'],
  ['expired certificate', transport('CERT_HAS_EXPIRED'), 'tls_failed'],
  ['self-signed certificate', transport('DEPTH_ZERO_SELF_SIGNED_CERT'), 'tls_failed'],
  [
    'certificate of another host',
    transport('ERR_TLS_CERT_ALTNAME_INVALID', { reason: 'Host: x' }),
    'tls_failed',
  ],
  [
    'LOGINDISABLED',
    Object.assign(new Error('Login is disabled'), { authenticationFailed: true }),
    'authorization_failed',
  ],
  ['password with a line break', transport('InvalidStringValue'), 'authentication_failed'],
  ['something new', new Error('what is this'), 'protocol_violation'],
];

describe('what a provider says and what it means (facts-mail.md section 2)', () => {
  test.each(ROWS)('%s', (_name, error, kind, retryAfterMs) => {
    const mapped = toMailError(error, 'log in');
    expect(mapped.kind).toBe(kind);
    expect(mapped.retryAfterMs).toBe(retryAfterMs ?? null);
  });
});

test.each(['NOPERM', 'AUTHORIZATIONFAILED', 'CONTACTADMIN', 'CORRUPTION', 'SERVERBUG'])(
  'R8 %s about one folder says nothing of the mailbox',
  (code) => {
    const { kind } = toMailError(refusedFetch(code, 'No'), 'open a folder', 'folder');
    expect(kind).toBe('folder_missing');
    expect(toMailError(refusedLogin('No', code), 'log in').kind).not.toBe('folder_missing');
  },
);

test.each(['CLIENTBUG', 'PARSE', null])(
  'R8 a folder whose name or state makes the server answer BAD (%s) is alone in that',
  (code) => {
    const refused = refusedFetch(code, 'Bad', 'BAD', 'STATUS "Odd" (MESSAGES)');
    expect(toMailError(refused, 'ask', 'folder').kind).toBe('folder_missing');
    const fetch = toMailError(refusedFetch(code, 'Bad', 'BAD'), 'fetch', 'folder');
    expect([fetch.kind, fetch.retryAfterMs]).toEqual(['protocol_violation', null]);
  },
);

test('R8 a damaged folder is left alone for hours, and a person is told', () => {
  const error = toMailError(refusedFetch('CORRUPTION', 'Damaged'), 'open a folder', 'folder');
  expect([error.kind, error.isAlert]).toEqual(['folder_missing', true]);
  expect(error.retryAfterMs).toBe(360 * MINUTE);
});

test('R55 a limit on connections is never taken for a refused password', () => {
  for (const code of [undefined, 'ALERT', 'LIMIT', 'UNAVAILABLE', 'INUSE']) {
    const error = refusedLogin('Too many simultaneous connections', code);
    expect(toMailError(error, 'log in').kind).not.toBe('authentication_failed');
  }
});

test('the error names what was attempted, and neither the user nor the words of the server', () => {
  const error = refusedLogin('jill@example.com: wrong password hunter2', 'AUTHENTICATIONFAILED');
  const mapped = toMailError(error, 'log in to the mail server');
  expect(mapped.message).toBe('Could not log in to the mail server.');
  expect(mapped.responseCode).toBe('AUTHENTICATIONFAILED');
  const everything = JSON.stringify([mapped, mapped.message, mapped.stack, mapped.cause]);
  expect(everything + String((mapped.cause as Error).stack)).not.toMatch(/jill|hunter2/);
});

test('an error of ours passes unchanged', () => {
  const error = new MailError('host_refused', 'no');
  expect(toMailError(error, 'anything')).toBe(error);
});

test('each kind has its words, and a remedy', () => {
  for (const kind of Object.keys(MAIL_ERROR_KINDS) as MailErrorKind[]) {
    expect(MAIL_ERROR_ADVICE[kind].message).toMatch(/^[A-Z].+\.$/);
    expect(MAIL_ERROR_ADVICE[kind].advice).toMatch(/^[A-Z].+\.$/);
  }
});
