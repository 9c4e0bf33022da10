import { describe, expect, test } from 'vitest';
import type { MailErrorKind } from '../../../mail/errors.ts';
import { startScriptedImap } from '../../support/scripted-imap.ts';
import { everything, failureOf } from './scripted.ts';

/**
 * The table of facts-mail.md section 2, row by row: the real imapflow over TCP, with the answer at each place where a
 * server gives it. Nothing waits: a refusal comes back without a timer, or the test runs into its own.
 */

const MINUTE_MS = 60_000;

/** Where the answer comes. */
type Place = 'LOGIN' | 'LIST' | 'STATUS' | 'EXAMINE' | 'UID SEARCH' | 'UID FETCH';
const IN_A_FOLDER: readonly Place[] = ['STATUS', 'EXAMINE', 'UID SEARCH', 'UID FETCH'];
const EVERYWHERE: readonly Place[] = ['LOGIN', 'LIST', ...IN_A_FOLDER];
const BEFORE_A_FOLDER: readonly Place[] = ['LOGIN', 'LIST'];
/** A FETCH may be refused for one message; every other refusal is the folder's. */
const OF_A_FOLDER: readonly Place[] = ['STATUS', 'EXAMINE', 'UID SEARCH'];

interface Row {
  /** As the row is called in facts-mail.md. */
  readonly row: string;
  readonly answer: string;
  readonly places: readonly Place[];
  readonly kind: MailErrorKind;
  /** The least wait in minutes; no floor when left out. */
  readonly minutes?: number;
  readonly slowDown?: true;
  readonly alert?: true;
  /** How often it is asked, once when left out. */
  readonly asked?: 2;
}

const CREDENTIALS = { places: ['LOGIN'], kind: 'authentication_failed' } as const;
const FORBIDDEN = { places: BEFORE_A_FOLDER, kind: 'authorization_failed' } as const;
const UNAVAILABLE = { places: EVERYWHERE, kind: 'server_unavailable' } as const;
const FOLDER = { places: IN_A_FOLDER, kind: 'folder_missing' } as const;
const TOO_FAST = { places: EVERYWHERE, kind: 'throttled', minutes: 15, slowDown: true } as const;
const SPENT = { ...TOO_FAST, minutes: 360, alert: true } as const;
const OUR_BUG = { places: BEFORE_A_FOLDER, kind: 'protocol_violation', minutes: 15 } as const;

const ROWS: readonly Row[] = [
  { row: 'AUTHENTICATIONFAILED', answer: 'NO [AUTHENTICATIONFAILED] No', ...CREDENTIALS },
  { row: 'NO without code at login', answer: 'NO AUTHENTICATE failed.', ...CREDENTIALS },
  {
    row: 'Invalid credentials',
    answer: 'NO [ALERT] Invalid credentials',
    ...CREDENTIALS,
    alert: true,
  },
  { row: 'LOGIN failed', answer: 'BAD LOGIN failed.', ...CREDENTIALS },
  { row: 'EXPIRED', answer: 'NO [EXPIRED] Password expired', ...CREDENTIALS },
  {
    ...{ row: 'ALERT app password', ...CREDENTIALS, alert: true },
    answer: 'NO [ALERT] Application-specific password required: https://support.example',
  },
  { row: 'AUTHORIZATIONFAILED', answer: 'NO [AUTHORIZATIONFAILED] No', ...FORBIDDEN },
  { row: 'NOPERM', answer: 'NO [NOPERM] No', ...FORBIDDEN },
  { row: 'CONTACTADMIN', answer: 'NO [CONTACTADMIN] Call us', ...FORBIDDEN, alert: true },
  {
    ...{ row: 'ALERT web login required', ...FORBIDDEN, alert: true },
    answer: 'NO [ALERT] Please log in via your web browser: https://support.example (Failure)',
  },
  {
    ...{ row: 'ALERT IMAP access is disabled', ...FORBIDDEN, alert: true },
    answer: 'NO [ALERT] IMAP access is disabled for your domain.',
  },
  {
    ...{ row: '163 Unsafe Login', kind: 'authorization_failed', places: ['EXAMINE'] },
    answer: 'NO EXAMINE Unsafe Login. Please contact kefu@188.com for help',
  },
  {
    row: 'PRIVACYREQUIRED',
    answer: 'NO [PRIVACYREQUIRED] TLS',
    places: ['LOGIN'],
    kind: 'tls_failed',
  },
  { row: 'UNAVAILABLE', answer: 'NO [UNAVAILABLE] Later', ...UNAVAILABLE },
  { row: 'SERVERBUG', answer: 'NO [SERVERBUG] Oops', ...UNAVAILABLE, places: BEFORE_A_FOLDER },
  { row: 'no code, but passing', answer: 'NO Server Unavailable. 15', ...UNAVAILABLE },
  { row: 'INUSE', answer: 'NO [INUSE] Locked', ...UNAVAILABLE, minutes: 1 },
  { row: 'LIMIT', answer: 'NO [LIMIT] Slow down', ...TOO_FAST },
  { row: 'Rate limit hit', answer: 'NO [LIMIT] FETCH Rate limit hit.', ...TOO_FAST },
  {
    row: 'Too many',
    answer: 'NO [ALERT] Too many simultaneous connections.',
    ...TOO_FAST,
    alert: true,
  },
  {
    ...{ row: 'Dovecot 2.3.19, too many connections', ...TOO_FAST },
    answer:
      'NO [LIMIT] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=2)',
  },
  {
    ...{ row: 'older Dovecot, too many connections', ...TOO_FAST },
    answer: 'NO [UNAVAILABLE] Maximum number of connections from user+IP exceeded',
  },
  { row: 'OVERQUOTA on read', answer: 'NO [OVERQUOTA] Enough for today', ...SPENT },
  {
    ...{ row: 'exceeded command or bandwidth limits', ...SPENT },
    answer: 'NO Account exceeded command or bandwidth limits. (Failure)',
  },
  {
    ...{ row: 'ETHROTTLE', ...TOO_FAST, minutes: 10 },
    answer: 'BAD Request is throttled. Suggested Backoff Time: 600000 milliseconds',
  },
  {
    ...{ row: 'ETHROTTLE with a short hint', ...TOO_FAST, minutes: 5 },
    answer: 'BAD Request is throttled. Suggested Backoff Time: 1000 milliseconds',
  },
  {
    ...{ row: 'M365 authenticated but not connected', ...UNAVAILABLE },
    answer: 'BAD User is authenticated but not connected.',
  },
  { row: 'NONEXISTENT', answer: 'NO [NONEXISTENT] Unknown Mailbox', ...FOLDER },
  { row: 'TRYCREATE', answer: 'NO [TRYCREATE] No', ...FOLDER },
  { row: 'CANNOT', answer: 'NO [CANNOT] No', ...FOLDER },
  { row: 'ALREADYEXISTS', answer: 'NO [ALREADYEXISTS] No', ...FOLDER },
  { row: 'HASCHILDREN', answer: 'NO [HASCHILDREN] No', ...FOLDER },
  { row: 'NOPERM in a folder', answer: 'NO [NOPERM] No', ...FOLDER },
  { row: 'CONTACTADMIN in a folder', answer: 'NO [CONTACTADMIN] No', ...FOLDER, alert: true },
  { row: 'a folder refused without a code', answer: 'NO No', ...FOLDER, places: OF_A_FOLDER },
  { row: 'CORRUPTION', answer: 'NO [CORRUPTION] Damaged', ...FOLDER, minutes: 360, alert: true },
  {
    ...{ row: 'CORRUPTION of the account', kind: 'server_unavailable', minutes: 60, alert: true },
    ...{ answer: 'NO [CORRUPTION] Damaged', places: BEFORE_A_FOLDER },
  },
  { row: 'CLIENTBUG', answer: 'NO [CLIENTBUG] What?', ...OUR_BUG },
  { row: 'BADCHARSET', answer: 'NO [BADCHARSET] What?', ...OUR_BUG },
  { row: 'PARSE', answer: 'BAD [PARSE] What?', ...OUR_BUG },
  { row: 'BAD', answer: 'BAD Error in IMAP command', ...OUR_BUG },
  { row: 'BAD in a folder', answer: 'BAD Error', ...FOLDER, places: OF_A_FOLDER },
  { row: 'NO to a FETCH', answer: 'NO No', places: ['UID FETCH'], kind: 'protocol_violation' },
  {
    // The server may not know how to leave fields out (HEADER.FIELDS.NOT).
    ...{ row: 'BAD to a FETCH', answer: 'BAD Error', places: ['UID FETCH'], asked: 2 },
    kind: 'protocol_violation',
  },
];

const CASES = ROWS.flatMap(({ places, ...rest }) => places.map((place) => ({ place, ...rest })));

describe('what a server refuses with, and what follows', () => {
  test.each(CASES)('$row at $place', async ({ place, answer, kind, ...expected }) => {
    await using scripted = await startScriptedImap({
      // Without NAMESPACE (RFC 2342) there is a LIST before the first.
      CAPABILITY: ['* CAPABILITY IMAP4rev1 NAMESPACE', 'TAG OK done'],
      [place]: [`TAG ${answer}`],
    });
    const failure = await failureOf(everything(scripted));
    expect(failure).toMatchObject({
      ...{ kind, isAlert: expected.alert ?? false },
      shouldSlowDown: expected.slowDown ?? false,
    });
    if (expected.minutes === undefined) expect(failure.retryAfterMs).toBeNull();
    else expect(failure.retryAfterMs).toBeGreaterThanOrEqual(expected.minutes * MINUTE_MS);
    expect(scripted.countOf(place)).toBe(expected.asked ?? 1);
    expect(scripted.logins).toBe(1);
  });
});

test('R55 the password is doubted for the rows that speak of it, and for no others', () => {
  const doubted = ROWS.filter(({ kind }) => kind === 'authentication_failed').map(
    ({ row: name }) => name,
  );
  expect(doubted).toEqual([
    ...['AUTHENTICATIONFAILED', 'NO without code at login', 'Invalid credentials'],
    ...['LOGIN failed', 'EXPIRED', 'ALERT app password'],
  ]);
});
