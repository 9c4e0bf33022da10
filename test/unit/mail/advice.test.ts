import { describe, expect, test } from 'vitest';
import { PROVIDERS } from '../../../domain/providers.ts';
import { adviceFor, loginAdvice, type Circumstances } from '../../../mail/advice.ts';
import { PROVIDER_ADVICE } from '../../../mail/advice-by-provider.ts';
import { detailOf, FAILURE_DETAILS } from '../../../mail/error-details.ts';
import { toMailError } from '../../../mail/error-mapping.ts';
import { MAIL_ERROR_KINDS, type MailErrorKind } from '../../../mail/errors.ts';

const KINDS = Object.keys(MAIL_ERROR_KINDS) as MailErrorKind[];

/** A refused login as imapflow gives it, and the advice on it. */
function afterRefusal(responseText: string, circumstances: Circumstances): string {
  const refused = { authenticationFailed: true, responseStatus: 'NO', responseText };
  return adviceFor(toMailError(refused, 'log in'), circumstances).advice;
}

describe('R50 what exactly is wrong', () => {
  test.each([
    // facts-mail.md section 2, and what these providers are known to say.
    ['Application-specific password required: https://support.google.com', 'app_password_required'],
    ['[ALERT] IMAP access is disabled for your domain. Please contact your', 'access_disabled'],
    ['Your account is not enabled for IMAP use. Please visit your Gmail', 'access_disabled'],
    ['[SYS/PERM] Your account is not enabled for POP access.', 'access_disabled'],
    ['LOGIN failed, POP3 is disabled', 'access_disabled'],
    ['You are yet to enable IMAP for your account. Please contact', 'access_disabled'],
    ['[WEBALERT https://accounts.google.com] Web login required.', 'web_login_required'],
    ['Please log in via your web browser: https://support.google.com', 'web_login_required'],
    ['LogonDenied-BasicAuthBlocked', 'oauth_required'],
    ['Basic authentication is not supported', 'oauth_required'],
    ['LOGIN invalid credentials or IMAP is disabled', null],
    ['Invalid credentials (Failure)', null],
    ['AUTHENTICATE failed.', null],
    ['', null],
  ])('%j', (text, detail) => {
    expect(detailOf(text, '')).toBe(detail);
  });

  test.each([
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate_name'],
    ['CERT_HAS_EXPIRED', 'certificate_expired'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate_untrusted'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls_on_plain_port'],
    ['ENOTFOUND', 'host_not_found'],
    ['ECONNREFUSED', 'port_closed'],
    ['ECONNRESET', null],
  ])('the code %s', (code, detail) => {
    expect(toMailError({ code }, 'connect').detail).toBe(detail);
  });

  test('a server without STARTTLS has no code at imapflow', () => {
    expect(toMailError({ tlsFailed: true }, 'connect').detail).toBe('starttls_missing');
  });
});

describe("R50 the remedy in the provider's own terms", () => {
  test.each([
    ['gmail', 'Invalid credentials (Failure)', 'myaccount.google.com/apppasswords'],
    ['gmail', 'Application-specific password required', 'myaccount.google.com/apppasswords'],
    ['gmail', 'Your account is not enabled for IMAP use.', 'Forwarding and POP/IMAP'],
    ['gmail', 'Web login required', 'Sign in to Gmail in a browser'],
    ['outlook', 'AUTHENTICATE failed.', 'Connect the mailbox with Microsoft'],
    ['outlook', 'LogonDenied-BasicAuthBlocked', 'Connect the mailbox with Microsoft'],
    ['yahoo', 'LOGIN Invalid credentials', 'Generate app password'],
    ['icloud', 'Authentication Failed', 'App-Specific Passwords'],
    ['zoho', 'You are yet to enable IMAP for your account.', 'Mail Accounts'],
    ['yandex', 'LOGIN invalid credentials or IMAP is disabled', 'Email clients'],
    ['gmx', 'authentication failed', 'POP3 & IMAP'],
    ['163', 'LOGIN Login error or password error', 'authorization code'],
    ['generic', 'Authentication failed.', 'Check the user name and the password'],
    ['generic', 'IMAP is disabled', 'Switch on IMAP access in the settings'],
    ['compuserve', 'Authentication failed.', 'Check the user name and the password'],
  ])('%s says %j', (provider, text, remedy) => {
    expect(afterRefusal(text, { provider, isTrial: true })).toContain(remedy);
  });

  test('by POP3, POP3 is what has to be switched on', () => {
    const circumstances = { provider: 'gmail', protocol: 'pop3' } as const;
    const text = 'Your account is not enabled for POP access.';
    expect(afterRefusal(text, circumstances)).toContain('switch on POP3');
  });

  test('R53 access that was withdrawn has to be granted again, and no password helps', () => {
    const { advice } = adviceFor(
      { kind: 'authentication_failed' },
      { provider: 'gmail', isOAuth: true },
    );
    expect(advice).toBe('Reconnect the mailbox by granting access again.');
  });

  test('a provider that wants no ordinary password says so before anybody tries', () => {
    expect(loginAdvice({ provider: 'yahoo' })).toContain('app passwords');
    expect(loginAdvice({ provider: 'generic' })).toBeNull();
  });

  test('each provider of the table has its advice, and no other', () => {
    expect(Object.keys(PROVIDER_ADVICE).sort()).toEqual(PROVIDERS.map(({ id }) => id).sort());
  });
});

describe('what passes by itself', () => {
  test('R55 nobody with a connected mailbox is asked to do anything', () => {
    const { advice } = adviceFor(
      { kind: 'server_unavailable', detail: 'port_closed' },
      { provider: 'generic' },
    );
    expect(advice).toContain('Nothing to do');
  });

  test('R50 somebody who tries settings out is told what to look at', () => {
    const trial = { provider: 'generic', isTrial: true };
    const closed = adviceFor({ kind: 'server_unavailable', detail: 'port_closed' }, trial);
    expect(closed.message).toBe('Nothing answers on this port of the mail server.');
    const throttled = adviceFor({ kind: 'throttled' }, trial);
    expect(throttled.advice).not.toContain('Nothing to do');
  });
});

test('every failure has words for people, with nothing left to fill in', () => {
  for (const kind of KINDS) {
    for (const detail of [null, ...FAILURE_DETAILS]) {
      for (const { id } of PROVIDERS) {
        const { message, advice } = adviceFor({ kind, detail }, { provider: id, isTrial: true });
        expect(message).toMatch(/^[A-Z][^{}]+\.$/);
        expect(advice).toMatch(/^[A-Z][^{}]+\.$/);
      }
    }
  }
});
