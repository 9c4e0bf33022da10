import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { toGlobalId } from '../../../api/ids.ts';
import { CLIENT_SECRET, type TestProvider } from '../../support/oauth-provider.ts';
import { RIGHT_PASSWORD, startTestApi, type TestApi } from './harness.ts';
import { IMAP, mailboxActions } from './mailbox-actions.ts';
import { Browser, PUBLIC_URL, startAuthorization } from './oauth-browser.ts';
import { ANA, BEN, SHARED, startOAuthStage, type OAuthStage } from './oauth-stage.ts';

let stage: OAuthStage;
let api: TestApi;
let provider: TestProvider;

beforeAll(async () => {
  stage = await startOAuthStage();
  ({ api, provider } = stage);
});
afterAll(() => stage[Symbol.asyncDispose]());
beforeEach(() => stage.reset());

test('R50 a Gmail mailbox is connected by consent: stage.tried, sealed, started', async () => {
  const settings = { history: { mode: 'DAYS', days: 30 }, folders: { mode: 'INBOX' } };
  const page = await stage.goThrough({ provider: 'GOOGLE', address: 'Ana@Gmail.com', settings });
  expect([page.status, page.html]).toEqual([200, expect.stringContaining(`${ANA} is connected`)]);
  const mailbox = await stage.mailboxOf(ANA);
  expect(mailbox).toMatchObject({
    ...{ auth: 'google', provider: 'gmail', host: 'imap.gmail.com', port: 993, security: 'tls' },
    ...{ username: ANA, userId: api.acme.userId },
    policy: { history: { mode: 'days', days: 30 }, folders: { mode: 'inbox' } },
  });
  const id = mailbox?.id ?? '';
  expect(api.orchestrator.told).toEqual([{ command: 'start', mailboxId: id }]);
  const tokens = await stage.tokensOf(id);
  expect(provider.holderOf(tokens.accessToken)).toBe(ANA);
  expect(tokens.expiresAt).toBeGreaterThan(Date.now() + 3_500_000);
  expect(stage.tried).toMatchObject([{ password: '', accessToken: tokens.accessToken }]);
});

test('R50 the provider is asked for mail, with PKCE, and for a lasting grant', async () => {
  const browser = new Browser(api);
  const start = await stage.begin();
  const left = await browser.request(start, { method: 'POST', headers: { origin: PUBLIC_URL } });
  expect(left.status).toBe(303);
  const query = Object.fromEntries(new URL(left.headers.get('location') ?? '').searchParams);
  expect(query).toMatchObject({
    ...{ response_type: 'code', client_id: 'mailroom-at-google', login_hint: ANA },
    ...{ redirect_uri: `${PUBLIC_URL}/oauth/callback`, code_challenge_method: 'S256' },
    ...{ access_type: 'offline', prompt: 'consent' },
    scope: 'https://mail.google.com/ openid email',
  });
  expect(query['state']).toHaveLength(43);
  expect(query['code_challenge']).toHaveLength(43);
  const cookie = left.headers.getSetCookie()[0] ?? '';
  expect(cookie).toMatch(
    /^__Host-mailroom-oauth-\w{16}=.+; Max-Age=600; Path=\/;.*HttpOnly; Secure; SameSite=Lax/,
  );
});

test.each([
  ['access_denied', 403, 'Access was not granted'],
  ['invalid_scope', 502, 'Google did not let us ask'],
  ['"><script>alert(1)</script>', 502, 'Google did not let us ask'],
])('R50 %s at the provider is told in plain words', async (refusal, status, title) => {
  provider.refusal = refusal;
  const page = await stage.goThrough();
  expect([page.status, page.html]).toEqual([status, expect.stringContaining(title)]);
  expect(page.html).not.toContain('<script');
  expect(await stage.mailboxOf(ANA)).toBeUndefined();
});

test('R50 at Google the account must be the address that was asked for', async () => {
  provider.account = 'private@gmail.com';
  const page = await stage.goThrough();
  expect([page.status, page.html]).toEqual([403, expect.stringContaining('another account')]);
  expect(page.html).toContain('private@gmail.com');
  expect(stage.tried).toEqual([]);
  expect(await stage.mailboxOf(ANA)).toBeUndefined();
});

test('R50 at Microsoft an account may open a shared mailbox, if the mail server lets it', async () => {
  provider.account = BEN;
  const refused = await stage.goThrough({ provider: 'MICROSOFT', address: SHARED });
  expect([refused.status, refused.html]).toEqual([403, expect.stringContaining('another account')]);
  expect(await stage.mailboxOf(SHARED)).toBeUndefined();
  const own = await stage.goThrough({ provider: 'MICROSOFT', address: BEN });
  expect(own.status).toBe(200);
  expect(await stage.mailboxOf(BEN)).toMatchObject({
    ...{ auth: 'microsoft', provider: 'outlook', host: 'outlook.office365.com' },
  });
});

test('R50 an account that the provider does not name is known by its login', async () => {
  provider.isNamed = false;
  expect((await stage.goThrough()).status).toBe(200);
  provider.account = BEN;
  const page = await stage.goThrough({ provider: 'MICROSOFT', address: SHARED });
  expect([page.status, page.html]).toEqual([409, expect.stringContaining('does not let the')]);
  expect(stage.tried.map(({ username }) => username)).toEqual([ANA, SHARED]);
});

test.each([
  ['invalid_grant', 400],
  ['invalid_client', 401],
  ['server_error', 500],
])('R50 %s from the token endpoint changes nothing and is logged', async (error, status) => {
  const secret = { error_description: `client ${CLIENT_SECRET} of ${ANA}` };
  provider.trouble = { status, body: { error, ...secret } };
  const page = await stage.goThrough();
  expect([page.status, page.html]).toEqual([502, expect.stringContaining('Google gave no access')]);
  expect(api.logged.join('')).toContain(`"responseCode":"${error}"`);
  expect(await stage.mailboxOf(ANA)).toBeUndefined();
});

test('R53 reconnecting by consent stores the next version and tells the workflow', async () => {
  await stage.goThrough();
  const { id = '' } = (await stage.mailboxOf(ANA)) ?? {};
  api.orchestrator.reset();
  const mailboxId = toGlobalId('Mailbox', id);
  const page = await stage.goThrough({ provider: 'GOOGLE', mailboxId });
  expect([page.status, page.html]).toEqual([200, expect.stringContaining('is connected again')]);
  expect(await stage.mailboxOf(ANA)).toMatchObject({ credentialVersion: 2, auth: 'google' });
  expect(api.orchestrator.told).toEqual([
    { command: 'reconnect', mailboxId: id, credentialVersion: 2 },
  ]);
  expect((await stage.tokensOf(id, 2)).refreshToken).not.toBe(
    (await stage.tokensOf(id, 1)).refreshToken,
  );
});

test('R53 a mailbox goes from its password to consent, and back', async () => {
  const { run } = mailboxActions(api);
  const { mailbox } = await run('connectMailbox', { address: ANA, imap: IMAP });
  const { id = '' } = (await stage.mailboxOf(ANA)) ?? {};
  expect((await stage.goThrough({ provider: 'GOOGLE', mailboxId: mailbox?.id })).status).toBe(200);
  expect(await stage.mailboxOf(ANA)).toMatchObject({ auth: 'google', username: ANA });
  expect(provider.holderOf((await stage.tokensOf(id, 2)).accessToken)).toBe(ANA);
  const imap = { password: RIGHT_PASSWORD, username: 'ana' };
  await run('reconnectMailbox', { mailboxId: mailbox?.id, imap }, 'confirmed');
  expect(await stage.mailboxOf(ANA)).toMatchObject({ auth: 'password', credentialVersion: 3 });
  const { data } = await api.ask('{ mailboxes { nodes { auth } } }');
  expect(data).toEqual({ mailboxes: { nodes: [{ auth: 'PASSWORD' }] } });
});

test('R53 a mailbox moves from a host of its own to Microsoft; POP3 stays POP3', async () => {
  const { run } = mailboxActions(api);
  const pop3 = { ...IMAP, host: 'mail.contoso.example', port: 995 };
  const { mailbox } = await run('connectMailbox', { address: BEN, pop3 });
  expect(await stage.mailboxOf(BEN)).toMatchObject({ provider: 'generic', protocol: 'pop3' });
  provider.account = BEN;
  const page = await stage.goThrough({ provider: 'MICROSOFT', mailboxId: mailbox?.id });
  expect([page.status, page.html]).toEqual([200, expect.stringContaining('is connected again')]);
  expect(await stage.mailboxOf(BEN)).toMatchObject({
    ...{ provider: 'outlook', auth: 'microsoft', protocol: 'pop3' },
    ...{ host: 'outlook.office365.com', port: 995, security: 'tls', username: BEN },
  });
});

test('R50 what cannot be begun is refused before anybody leaves', async () => {
  const codes = async (input: object) =>
    (await startAuthorization(api, input)).userErrors.map(
      ({ code, field }) => `${code} ${field?.join('.') ?? ''}`,
    );
  const other = await startTestApi();
  const unknown = await startAuthorization(other, { provider: 'GOOGLE', address: ANA });
  expect(unknown.userErrors).toMatchObject([{ code: 'OAUTH_NOT_SET_UP' }]);
  await other[Symbol.asyncDispose]();
  expect(await codes({ provider: 'GOOGLE' })).toEqual(['INVALID_SETTINGS input.mailboxId']);
  const strange = { address: ANA, mailboxId: toGlobalId('Mailbox', api.acme.userId) };
  expect(await codes({ provider: 'GOOGLE', ...strange })).toHaveLength(1);
  expect(await codes({ provider: 'GOOGLE', mailboxId: strange.mailboxId })).toEqual([
    'NOT_FOUND input.mailboxId',
  ]);
  const settings = { pollEveryMinutes: 1 };
  expect(await codes({ provider: 'GOOGLE', address: 'ana@', settings })).toEqual([
    'INVALID_ADDRESS input.address',
    'OUT_OF_RANGE input.settings.pollEveryMinutes',
  ]);
  const tooMuch = { bytesPerDay: 9_000_000_000 };
  expect(await codes({ provider: 'GOOGLE', address: ANA, settings: tooMuch })).toEqual([
    'OUT_OF_RANGE input.settings.bytesPerDay',
  ]);
  await stage.goThrough();
  expect(await codes({ provider: 'GOOGLE', address: ANA })).toEqual([
    'ALREADY_CONNECTED input.address',
  ]);
});

test('R50 nothing stays when the visits cannot start; the page says so', async () => {
  api.orchestrator.isReachable = false;
  const page = await stage.goThrough();
  expect([page.status, page.html]).toEqual([409, expect.stringContaining('Try again in a minute')]);
  expect(await stage.mailboxOf(ANA)).toBeUndefined();
});
