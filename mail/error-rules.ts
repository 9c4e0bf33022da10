import type { MailErrorKind } from './errors.ts';

/** What an answer means and, where the provider is known to need it, how long to keep away. */
export interface Meaning {
  readonly kind: MailErrorKind;
  readonly retryAfterMs?: number;
  /** Waits until the next day begins, `retryAfterMs` at least. */
  readonly isForToday?: true;
  readonly shouldSlowDown?: true;
  readonly isAlert?: true;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Google and Yahoo count requests in windows of about a quarter of an hour. */
const SLOW_DOWN: Meaning = {
  kind: 'throttled',
  retryAfterMs: 15 * MINUTE_MS,
  shouldSlowDown: true,
};
/** Gmail's daily allowance comes back within a day; a suspended account that keeps trying stays suspended. */
const ALLOWANCE_GONE: Meaning = {
  ...{ kind: 'throttled', retryAfterMs: 6 * HOUR_MS, isForToday: true },
  ...{ shouldSlowDown: true, isAlert: true },
};
/** Microsoft 365 names its own time, usually 300 s. */
export const MIN_MICROSOFT_BACKOFF_MS = 5 * MINUTE_MS;
const MICROSOFT: Meaning = { ...SLOW_DOWN, retryAfterMs: MIN_MICROSOFT_BACKOFF_MS };

const CREDENTIALS: Meaning = { kind: 'authentication_failed' };
const FORBIDDEN: Meaning = { kind: 'authorization_failed' };
/** Only a person at the provider can help (RFC 5530 CONTACTADMIN). */
const ASK_ADMIN: Meaning = { ...FORBIDDEN, isAlert: true };
const TEMPORARY: Meaning = { kind: 'server_unavailable' };
/** The folder does not exist, or cannot be read whatever the reason. */
const FOLDER_GONE: Meaning = { kind: 'folder_missing' };
/** Damage on the server is repaired by people, in hours. */
const DAMAGED: Meaning = { kind: 'server_unavailable', retryAfterMs: HOUR_MS, isAlert: true };
const FOLDER_DAMAGED: Meaning = {
  kind: 'folder_missing',
  retryAfterMs: 6 * HOUR_MS,
  isAlert: true,
};
/** The same command gets the same answer until we are repaired. */
export const OUR_BUG: Meaning = { kind: 'protocol_violation', retryAfterMs: 15 * MINUTE_MS };
const LOST: Meaning = { kind: 'connection_lost' };
const TIMED_OUT: Meaning = { kind: 'timed_out' };
const INSECURE: Meaning = { kind: 'tls_failed' };
const TOO_LARGE: Meaning = { kind: 'message_too_large' };

/** Sentences that mean the same whatever code stands before them: providers put `[ALERT]` on anything. */
export const SENTENCES: readonly (readonly [RegExp, Meaning])[] = [
  [/exceeded command or bandwidth limits/i, ALLOWANCE_GONE], // Gmail
  [/request is throttled/i, MICROSOFT], // Microsoft 365
  [/too many invalid/i, OUR_BUG], // Dovecot, about commands
  [/rate limit hit/i, SLOW_DOWN], // Yahoo
  [/too many/i, SLOW_DOWN], // Gmail, Cyrus, hosters
  [/maximum number of connections/i, SLOW_DOWN], // Dovecot, as [UNAVAILABLE], [LIMIT] or without a code
  [/(?:connections?|sessions?|requests?) limit/i, SLOW_DOWN], // Courier
  [/user is authenticated but not connected/i, TEMPORARY], // Microsoft 365, MailKit#1494
  [/invalid credentials or imap is disabled/i, CREDENTIALS], // Yandex does not say which
  [/imap access is disabled|not enabled for imap|imap is disabled/i, FORBIDDEN], // Gmail, Zoho
  [/application-specific password required/i, CREDENTIALS], // Gmail
  [/log ?in via your web browser|web login required/i, FORBIDDEN], // Gmail
  [/unsafe login/i, FORBIDDEN], // 163.com, to clients without ID
];

/** Response codes of RFC 5530, 9051 and 9208, by what they mean for a reader. */
export const RESPONSE_CODES: ReadonlyMap<string, Meaning> = new Map([
  ['AUTHENTICATIONFAILED', CREDENTIALS],
  ['EXPIRED', CREDENTIALS],
  ['AUTHORIZATIONFAILED', FORBIDDEN],
  ['NOPERM', FORBIDDEN],
  ['CONTACTADMIN', ASK_ADMIN],
  ['WEBALERT', ASK_ADMIN],
  ['PRIVACYREQUIRED', INSECURE],
  ['UNAVAILABLE', TEMPORARY],
  ['SERVERBUG', TEMPORARY],
  ['CORRUPTION', DAMAGED],
  ['EXPUNGEISSUED', TEMPORARY],
  ['INUSE', { kind: 'server_unavailable', retryAfterMs: MINUTE_MS }],
  ['LIMIT', SLOW_DOWN],
  ['THROTTLED', SLOW_DOWN],
  ['OVERQUOTA', ALLOWANCE_GONE],
  ['NONEXISTENT', FOLDER_GONE],
  ['TRYCREATE', FOLDER_GONE],
  ['CANNOT', FOLDER_GONE],
  ['ALREADYEXISTS', FOLDER_GONE],
  ['HASCHILDREN', FOLDER_GONE],
  ['CLIENTBUG', OUR_BUG],
  ['BADCHARSET', OUR_BUG],
  ['PARSE', OUR_BUG],
]);

/** What means something else as the answer to a command about one folder: only that folder cannot be read (R8). */
export const FOLDER_CODES: ReadonlyMap<string, Meaning> = new Map([
  ...group(FOLDER_GONE, ['NOPERM', 'AUTHORIZATIONFAILED', 'SERVERBUG']),
  ...group(FOLDER_GONE, ['CLIENTBUG', 'BADCHARSET', 'PARSE']),
  ...group(FOLDER_DAMAGED, ['CORRUPTION']),
  ...group({ ...FOLDER_GONE, isAlert: true }, ['CONTACTADMIN']),
]);

/** A FETCH may be refused for the sake of one message: what "ask for fewer" means (session.ts), without a wait. */
export const FETCH_CODES: ReadonlyMap<string, Meaning> = new Map(
  group({ kind: 'protocol_violation' }, ['CLIENTBUG', 'BADCHARSET', 'PARSE']),
);

/** Codes whose text is meant for people (RFC 9051 section 7.1, Gmail). */
export const ALERT_CODES: ReadonlySet<string> = new Set(['ALERT', 'WEBALERT', 'CONTACTADMIN']);

/** Answers without a code, or with one we do not know, that speak of something passing. */
export const PASSING_SENTENCES: readonly (readonly [RegExp, Meaning])[] = [
  [/try again|temporar|server (?:is )?(?:unavailable|busy)|internal (?:server )?error/i, TEMPORARY],
];

/** Answers to a login that has no code, or one we do not know. */
export const LOGIN_SENTENCES: readonly (readonly [RegExp, Meaning])[] = [
  [
    /invalid credentials|login failed|authentication failed|invalid login|bad password/i,
    CREDENTIALS,
  ],
];

/** `code` of imapflow's errors, of Node's sockets and of its resolver. */
export const TRANSPORT_CODES: ReadonlyMap<string, Meaning> = new Map([
  ...group(LOST, [
    'NoConnection',
    'EConnectionClosed',
    'StateLogout',
    'InstanceReused',
    'ECONNRESET',
    'EPIPE',
  ]),
  ...group(LOST, ['ClosedAfterConnectText', 'ClosedAfterConnectTLS', 'ECONNABORTED']),
  ...group(TIMED_OUT, [
    'CONNECT_TIMEOUT',
    'GREETING_TIMEOUT',
    'UPGRADE_TIMEOUT',
    'ETIMEOUT',
    'ETIMEDOUT',
  ]),
  ...group(TIMED_OUT, ['LockTimeout']),
  ...group(TEMPORARY, ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']),
  ...group(INSECURE, ['STARTTLS_INJECTION', 'EPROTO', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE']),
  ...group(INSECURE, [
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'HOSTNAME_MISMATCH',
  ]),
  ...group(INSECURE, ['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY']),
  ...group(TOO_LARGE, ['LineTooLarge', 'LiteralTooLarge', 'ResponseTooLarge', 'TooManyTokens']),
  ...group(FOLDER_GONE, ['NotFound']),
  ...group(CREDENTIALS, ['InvalidStringValue']),
  ...group(SLOW_DOWN, ['ETHROTTLE']),
]);

/** Families of codes whose members nobody lists (OpenSSL's and Node's certificate errors). */
export const TLS_CODE = /^(?:CERT_|ERR_TLS_|ERR_SSL_)/;

function group(
  meaning: Meaning,
  codes: readonly string[],
): readonly (readonly [string, Meaning])[] {
  return codes.map((code) => [code, meaning]);
}
