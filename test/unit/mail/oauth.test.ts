import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { address } from '../../support/message.ts';
import {
  authorizationUrl,
  mayOpen,
  newOAuthSecret,
  type OAuthClient,
} from '../../../mail/oauth.ts';

const client = (provider: OAuthClient['provider']): OAuthClient => ({
  ...{ provider, clientId: 'id', clientSecret: { reveal: () => 'secret' } },
  redirectUri: 'https://mail.acme.example/oauth/callback',
});
const urlOf = (of: OAuthClient) =>
  authorizationUrl(of, { state: 's', verifier: 'v', address: 'ana@gmail.com' });

test('state and verifier are 256 bits that nobody has seen before (RFC 7636 section 4.1)', () => {
  const secrets = Array.from({ length: 100 }, newOAuthSecret);
  expect(new Set(secrets).size).toBe(100);
  for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
});

test('R50 Google is asked for its mail scope and a refresh token, once more if it must be', () => {
  const { origin, pathname, searchParams } = urlOf(client('google'));
  expect(`${origin}${pathname}`).toBe('https://accounts.google.com/o/oauth2/v2/auth');
  expect(Object.fromEntries(searchParams)).toEqual({
    ...{ response_type: 'code', client_id: 'id', state: 's', login_hint: 'ana@gmail.com' },
    redirect_uri: 'https://mail.acme.example/oauth/callback',
    scope: 'https://mail.google.com/ openid email',
    ...{ access_type: 'offline', prompt: 'consent' },
    code_challenge: createHash('sha256').update('v').digest('base64url'),
    code_challenge_method: 'S256',
  });
});

test('R50 Microsoft is asked for IMAP, POP3 and SMTP, and for a refresh token', () => {
  const { origin, pathname, searchParams } = urlOf(client('microsoft'));
  expect(`${origin}${pathname}`).toBe(
    'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
  );
  expect(searchParams.get('scope')?.split(' ')).toEqual([
    'https://outlook.office.com/IMAP.AccessAsUser.All',
    'https://outlook.office.com/POP.AccessAsUser.All',
    'https://outlook.office.com/SMTP.Send',
    ...['offline_access', 'openid', 'email', 'profile'],
  ]);
  expect(searchParams.get('prompt')).toBe('select_account');
});

test('a national cloud is asked at its own address', () => {
  const authorizeUrl = 'https://login.microsoftonline.us/t/oauth2/v2.0/authorize';
  const { host, searchParams } = urlOf({ ...client('microsoft'), authorizeUrl });
  expect([host, searchParams.get('state')]).toEqual([...['login.microsoftonline.us', 's']]);
});

test.each([
  ['google', 'ana@gmail.com', true],
  ['google', null, true],
  ['google', 'ben@gmail.com', false],
  ['microsoft', 'ben@contoso.example', true],
] as const)('R50 at %s the account %s may be tried: %s', (provider, account, expected) => {
  const tokens = { accessToken: 'a', refreshToken: 'r', expiresAt: 0 };
  const grant = { tokens, account: account === null ? null : address(account) };
  expect(mayOpen(client(provider), grant, 'ana@gmail.com')).toBe(expected);
});
