import { createHash, randomBytes } from 'node:crypto';
import { parseAddress, type EmailAddress } from '../domain/address.ts';
import type { OAuthProvider, OAuthTokens } from '../domain/authorization.ts';
import { MailError } from './errors.ts';
import { OAUTH_PROFILES, type OAuthProfile } from './oauth-providers.ts';

/** Mailroom as an application registered with a provider (RFC 6749 section 2). */
export interface OAuthClient {
  readonly provider: OAuthProvider;
  readonly clientId: string;
  readonly clientSecret: { reveal(): string };
  readonly redirectUri: string;
  /** Instead of the provider's own: one tenant, a national cloud, a test. */
  readonly authorizeUrl?: string;
  readonly tokenUrl?: string;
}

export type OAuthClients = Readonly<Partial<Record<OAuthProvider, OAuthClient>>>;

/** What a code is worth: the tokens, and the account that a person chose where the provider tells. */
export interface Grant {
  readonly tokens: OAuthTokens;
  readonly account: EmailAddress | null;
}

const TOKEN_MS = 10_000;
/** What a provider that names no life time is taken to mean (RFC 6749 section 5.1 only recommends it). */
const DEFAULT_LIFE_S = 3600;
/**
 * Answers that end only with a person: the grant is gone (RFC 6749 section 5.2), or the provider wants to see them
 * again (Microsoft). Everything else is our registration, the network or an outage, and passes (R55).
 */
const NEEDS_PERSON: ReadonlySet<string> = new Set([
  ...['invalid_grant', 'interaction_required', 'consent_required'],
]);

/** A secret that nobody guesses, 256 bits: for `state` and for the code verifier (RFC 7636 section 4.1). */
export function newOAuthSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Where to send the person (RFC 6749 section 4.1.1, with PKCE S256 of RFC 7636 section 4.3). */
export function authorizationUrl(
  client: OAuthClient,
  request: { readonly state: string; readonly verifier: string; readonly address: string },
): URL {
  const profile = profileOf(client);
  const url = new URL(profile.authorizeUrl);
  const parameters = {
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    scope: profile.scopes.join(' '),
    state: request.state,
    code_challenge: createHash('sha256').update(request.verifier).digest('base64url'),
    code_challenge_method: 'S256',
    login_hint: request.address,
    ...profile.parameters,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}

/** Trades the code for tokens (RFC 6749 section 4.1.3). Throws MailError. */
export async function exchangeCode(
  client: OAuthClient,
  { code, verifier }: { readonly code: string; readonly verifier: string },
): Promise<Grant> {
  const answer = await askForTokens(client, {
    ...{ grant_type: 'authorization_code', code, code_verifier: verifier },
    redirect_uri: client.redirectUri,
  });
  return { tokens: toTokens(answer, null), account: accountOf(answer['id_token'], client) };
}

/** Whether the account that was chosen may stand for an address; its mail server has the last word at the login. */
export function mayOpen({ provider }: OAuthClient, { account }: Grant, address: string): boolean {
  return account === null || account === address || OAUTH_PROFILES[provider].sharesMailboxes;
}

/**
 * New tokens for an old refresh token (RFC 6749 section 6). The answer may bring another refresh token: from then on
 * only that one may be used. Throws MailError: `authentication_failed` when a person must grant access anew.
 */
export async function refreshTokens(
  client: OAuthClient,
  refreshToken: string,
): Promise<OAuthTokens> {
  const request = { grant_type: 'refresh_token', refresh_token: refreshToken };
  return toTokens(await askForTokens(client, request), refreshToken);
}

/** The provider's profile with what the installation changes of it. */
function profileOf({ provider, authorizeUrl, tokenUrl }: OAuthClient): OAuthProfile {
  const profile = OAUTH_PROFILES[provider];
  return {
    ...profile,
    ...(authorizeUrl === undefined ? {} : { authorizeUrl }),
    ...(tokenUrl === undefined ? {} : { tokenUrl }),
  };
}

type Answer = Readonly<Record<string, unknown>>;

async function askForTokens(
  client: OAuthClient,
  request: Readonly<Record<string, string>>,
): Promise<Answer> {
  const response = await post(profileOf(client).tokenUrl, {
    ...request,
    ...{ client_id: client.clientId, client_secret: client.clientSecret.reveal() },
  });
  if (response.status === 200) return response.body;
  const code = errorCodeOf(response.body) ?? `HTTP_${response.status}`;
  const needsPerson = response.status < 500 && NEEDS_PERSON.has(code);
  const { retryAfterMs } = response;
  throw new MailError(
    needsPerson ? 'authentication_failed' : 'server_unavailable',
    'Could not get an access token from the provider.',
    { responseCode: code, ...(retryAfterMs === null ? {} : { retryAfterMs }) },
  );
}

/** Redirects are not followed: secrets go to the one address that was configured. */
async function post(
  url: string,
  form: Readonly<Record<string, string>>,
): Promise<{ status: number; body: Answer; retryAfterMs: number | null }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(form),
      redirect: 'error',
      signal: AbortSignal.timeout(TOKEN_MS),
    });
    const { status, headers } = response;
    const body = asRecord(parseJson(await response.text()));
    const seconds = Number(headers.get('retry-after') ?? '');
    return { status, body, retryAfterMs: seconds > 0 ? seconds * 1000 : null };
  } catch {
    // What fetch throws quotes the address at most; its cause names hosts and is left out.
    throw unusable('UNREACHABLE');
  }
}

function toTokens(answer: Answer, previous: string | null): OAuthTokens {
  const accessToken = answer['access_token'];
  const refreshToken = answer['refresh_token'] ?? previous;
  if (typeof accessToken !== 'string' || typeof refreshToken !== 'string') {
    throw unusable('INCOMPLETE');
  }
  const seconds = Number(answer['expires_in'] ?? DEFAULT_LIFE_S) || DEFAULT_LIFE_S;
  return { accessToken, refreshToken, expiresAt: Date.now() + seconds * 1000 };
}

/**
 * Who granted access, from the id_token. Its signature is not checked: it comes from the provider's own token endpoint
 * over TLS (OpenID Connect Core section 3.1.3.7, item 6).
 */
function accountOf(idToken: unknown, { clientId }: OAuthClient): EmailAddress | null {
  if (typeof idToken !== 'string') return null;
  const payload = Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString('utf8');
  const claims = asRecord(parseJson(payload));
  if (claims['aud'] !== clientId || claims['email_verified'] === false) return null;
  const name = claims['email'] ?? claims['preferred_username'];
  return typeof name === 'string' ? parseAddress(name) : null;
}

/** The `error` of RFC 6749 section 5.2, if it is a mere code: it will stand in logs. */
function errorCodeOf(body: Answer): string | null {
  const { error } = body;
  return typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? error : null;
}

function unusable(responseCode: string): MailError {
  const message = 'The provider of the access tokens does not answer as it should.';
  return new MailError('server_unavailable', message, { responseCode });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function asRecord(value: unknown): Answer {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
