import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Events, OAuth2Server } from 'oauth2-mock-server';
import type {
  MutableRedirectUri,
  MutableResponse,
  MutableToken,
  TokenRequestIncomingMessage,
} from 'oauth2-mock-server';
import type { OAuthProvider } from '../../domain/authorization.ts';
import type { Dovecot } from '../../local/dovecot.ts';
import type { OAuthClient } from '../../mail/oauth.ts';
import { startTestDovecot } from './dovecot.ts';
import { makeTempFolder } from './temp-folder.ts';

export const CLIENT_SECRET = 'mailrooms-own-client-secret';

/** An answer of the token endpoint that is not what was asked for. */
interface Trouble {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/**
 * A provider of OAuth 2 that rotates refresh tokens, as Microsoft does: each works once. Behind it oauth2-mock-server,
 * which checks PKCE and trusts everything else.
 */
export interface TestProvider extends AsyncDisposable {
  /** Who is logged in at the provider, and consents. */
  account: string;
  /** Whether the id_token says who that is. */
  isNamed: boolean;
  /** What the token endpoint answers instead; null for what it should. */
  trouble: Trouble | null;
  /** What the person is sent back with instead of a code. */
  refusal: string | null;
  lifeSeconds: number;
  /** What the token endpoint was asked, in order. */
  readonly asked: readonly Readonly<Record<string, string>>[];
  client(provider: OAuthProvider, publicUrl: string): OAuthClient;
  /** Tokens as a consent gives them, valid from now on. */
  grant(account: string): { accessToken: string; refreshToken: string };
  /** Ends an access token before its time. */
  revoke(accessToken: string): void;
  /** Whose mailbox an access token opens; null for none. */
  holderOf(accessToken: string): string | null;
  /** A Dovecot that takes this provider's access tokens, by XOAUTH2 and OAUTHBEARER. */
  startDovecot(users: readonly { user: string; password: string }[]): Promise<Dovecot>;
}

export async function startTestProvider(): Promise<TestProvider> {
  const server = new OAuth2Server();
  await server.issuer.keys.generate('RS256');
  await server.start(0, '127.0.0.1');
  const url = server.issuer.url ?? '';
  const accessTokens = new Map<string, string>();
  const refreshTokens = new Map<string, string>();
  const asked: Readonly<Record<string, string>>[] = [];
  const provider: TestProvider = {
    ...{ account: '', isNamed: true, trouble: null, refusal: null, lifeSeconds: 3600, asked },
    client: (name, publicUrl) => ({
      ...{ provider: name, clientId: `mailroom-at-${name}` },
      clientSecret: { reveal: () => CLIENT_SECRET },
      redirectUri: `${publicUrl}/oauth/callback`,
      ...{ authorizeUrl: `${url}/authorize`, tokenUrl: `${url}/token` },
    }),
    grant(account) {
      const tokens = { accessToken: `access-${randomUUID()}`, refreshToken: randomUUID() };
      accessTokens.set(tokens.accessToken, account);
      refreshTokens.set(tokens.refreshToken, account);
      return tokens;
    },
    revoke: (accessToken) => void accessTokens.delete(accessToken),
    holderOf: (accessToken) => accessTokens.get(accessToken) ?? null,
    startDovecot: (users) => startDovecotFor(url, users),
    [Symbol.asyncDispose]: () => server.stop(),
  };
  const { service } = server;
  service.on(Events.BeforeTokenSigning, ({ payload }: MutableToken) => {
    payload['jti'] = randomUUID();
    if (provider.isNamed) payload['email'] = provider.account;
  });
  service.on(Events.BeforeAuthorizeRedirect, ({ url: back }: MutableRedirectUri) => {
    if (provider.refusal === null) return;
    back.searchParams.delete('code');
    back.searchParams.set('error', provider.refusal);
  });
  service.on(
    Events.BeforeResponse,
    (response: MutableResponse, { body: form }: TokenRequestIncomingMessage) => {
      const request = form as unknown as Readonly<Record<string, string>>;
      asked.push(request);
      const old = request['refresh_token'];
      const account = old === undefined ? provider.account : refreshTokens.get(old);
      const trouble =
        provider.trouble ??
        (request['client_secret'] === CLIENT_SECRET ? null : failure('invalid_client'));
      if (trouble !== null || account === undefined) {
        const { status, body } = trouble ?? failure('invalid_grant');
        Object.assign(response, { statusCode: status, body });
        return;
      }
      const { access_token, refresh_token } = response.body as Readonly<Record<string, string>>;
      if (old !== undefined) refreshTokens.delete(old);
      accessTokens.set(access_token ?? '', account);
      refreshTokens.set(refresh_token ?? '', account);
      Object.assign(response.body as object, { expires_in: provider.lifeSeconds });
    },
  );
  service.addRoute('GET', '/tokeninfo', (request, response) => {
    const token = new URL(request.url ?? '', url).searchParams.get('access_token') ?? '';
    const email = accessTokens.get(token);
    response.setHeader('content-type', 'application/json');
    response.statusCode = email === undefined ? 400 : 200;
    response.end(JSON.stringify(email === undefined ? { error: 'invalid_token' } : { email }));
  });
  return provider;
}

function failure(error: string): Trouble {
  return { status: error === 'invalid_client' ? 401 : 400, body: { error } };
}

/** doc.dovecot.org/2.3/configuration_manual/authentication/oauth2. */
async function startDovecotFor(
  url: string,
  users: readonly { user: string; password: string }[],
): Promise<Dovecot> {
  const folder = makeTempFolder('oauth');
  const file = join(folder.path, 'oauth2.conf');
  writeFileSync(
    file,
    `tokeninfo_url = ${url}/tokeninfo?access_token=\nusername_attribute = email\n`,
  );
  const extraConfig = `
auth_mechanisms = plain login xoauth2 oauthbearer
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${file}
}`;
  const dovecot = await startTestDovecot({ users, extraConfig });
  const stop = dovecot[Symbol.asyncDispose].bind(dovecot);
  return Object.assign(dovecot, {
    [Symbol.asyncDispose]: async () => {
      await stop();
      folder[Symbol.dispose]();
    },
  });
}
