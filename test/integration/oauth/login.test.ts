import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Dovecot } from '../../../local/dovecot.ts';
import type { MailErrorKind } from '../../../mail/errors.ts';
import { testServer } from '../../../mail/probe.ts';
import { startScriptedImap } from '../../support/scripted-imap.ts';
import { startTestProvider, type TestProvider } from '../../support/oauth-provider.ts';

const ANA = 'ana@gmail.com';
let provider: TestProvider;
let dovecot: Dovecot;

beforeAll(async () => {
  provider = await startTestProvider();
  dovecot = await provider.startDovecot([{ user: ANA, password: 'not-for-us' }]);
});
afterAll(async () => {
  await dovecot[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

const login = (accessToken: string, username = ANA) =>
  testServer(
    {
      ...{ host: 'localhost', port: dovecot.imapPort, security: 'none' },
      ...{ username, password: '', accessToken },
    },
    { allowLocal: true },
  );

test('R50 an access token opens the mailbox it was granted for', async () => {
  const { folders } = await login(provider.grant(ANA).accessToken);
  expect(folders.map(({ path }) => path)).toContain('INBOX');
});

test.each([
  ['opens', (): string => provider.grant(ANA).accessToken, null],
  ['is refused', (): string => 'made-up', 'authentication_failed'],
])('R50 an access token %s at POP3, too', async (_what, token, kind) => {
  const attempt = testServer(
    {
      ...{ protocol: 'pop3', host: 'localhost', port: dovecot.pop3Port, security: 'none' },
      ...{ username: ANA, password: '', accessToken: token() },
    },
    { allowLocal: true },
  );
  if (kind === null) expect((await attempt).folders).toHaveLength(1);
  else await expect(attempt).rejects.toMatchObject({ kind });
});

test.each([
  ['made up', () => 'made-up'],
  ['of somebody else', () => provider.grant('ben@gmail.com').accessToken],
])('R55 a token that is %s is a refused login, nothing else', async (_what, token) => {
  await expect(login(token())).rejects.toMatchObject({ kind: 'authentication_failed' });
});

test('R55 a mail server that cannot ask the provider is an outage, not a refusal', async () => {
  const lonely = await startTestProvider();
  await using server = await lonely.startDovecot([{ user: ANA, password: 'not-for-us' }]);
  const { accessToken } = lonely.grant(ANA);
  await lonely[Symbol.asyncDispose]();
  const attempt = testServer(
    {
      ...{ host: 'localhost', port: server.imapPort, security: 'none' },
      ...{ username: ANA, password: '', accessToken },
    },
    { allowLocal: true },
  );
  await expect(attempt).rejects.toMatchObject({ kind: 'server_unavailable' });
});

/** What Google and Microsoft send before they refuse a token, in base64 (imapflow's `oauthError`). */
const because = (status: string) =>
  `+ ${Buffer.from(JSON.stringify({ status, schemes: 'Bearer' })).toString('base64')}`;

test.each<[string, readonly string[], MailErrorKind]>([
  [
    'Gmail',
    [because('400'), 'TAG NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)'],
    'authentication_failed',
  ],
  ['Microsoft', [because('401'), 'TAG NO AUTHENTICATE failed.'], 'authentication_failed'],
  ['anybody by BAD', [because('401'), 'TAG BAD failed'], 'authentication_failed'],
  ['Microsoft, busy', ['TAG BAD User is authenticated but not connected.'], 'server_unavailable'],
  ['an outage', [because('500'), 'TAG NO [UNAVAILABLE] later'], 'server_unavailable'],
  ['an outage by BAD', [because('503'), 'TAG BAD later'], 'protocol_violation'],
])('R55 a token at %s', async (_who, answer, kind) => {
  await using scripted = await startScriptedImap({
    CAPABILITY: ['* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2', 'TAG OK done'],
    AUTHENTICATE: answer,
  });
  const attempt = testServer(
    { ...scripted.server, password: '', accessToken: 'tok' },
    { allowLocal: true },
  );
  await expect(attempt).rejects.toMatchObject({ kind });
  const payload = Buffer.from('user=ana\x01auth=Bearer tok\x01\x01').toString('base64');
  expect(scripted.commands).toContain(`AUTHENTICATE XOAUTH2 ${payload}`);
  expect(scripted.logins).toBe(1);
});

test('a server that takes no tokens gets none, and no empty password instead', async () => {
  await using scripted = await startScriptedImap();
  const attempt = testServer(
    { ...scripted.server, password: '', accessToken: 'tok' },
    { allowLocal: true },
  );
  await expect(attempt).rejects.toMatchObject({ kind: 'authorization_failed' });
  expect(scripted.logins).toBe(0);
});
