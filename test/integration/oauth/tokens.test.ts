import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  openCredentials,
  withFreshToken,
  type CredentialDependencies,
  type Keyholder,
} from '../../../activities/credentials.ts';
import { MailboxGoneError } from '../../../activities/failures.ts';
import { address } from '../../support/message.ts';
import { createWorkspace } from '../../../drizzle/bootstrap.ts';
import { openTokens, sealTokens } from '../../../drizzle/credentials.ts';
import { openDatabase, type Database } from '../../../drizzle/database.ts';
import { findConnected } from '../../../drizzle/loop.ts';
import { insertMailbox, markDisconnected, storeCredentials } from '../../../drizzle/mailboxes.ts';
import { createVault, credentialScope } from '../../../drizzle/vault.ts';
import type { Dovecot } from '../../../local/dovecot.ts';
import { openImapSession } from '../../../mail/imap.ts';
import { startTestProvider, type TestProvider } from '../../support/oauth-provider.ts';
import { createDatabase, type TestDatabase } from '../../support/postgres.ts';

const ANA = 'ana@gmail.com';
const HOUR_MS = 3_600_000;
const SERVER = { host: 'imap.gmail.com', port: 993, security: 'tls', username: ANA } as const;
const vault = createVault(randomBytes(32));
let provider: TestProvider;
let dovecot: Dovecot;
let home: TestDatabase;
let database: Database;
let deps: CredentialDependencies;
let workspaceId: string;

beforeAll(async () => {
  [provider, home] = await Promise.all([startTestProvider(), createDatabase()]);
  dovecot = await provider.startDovecot([{ user: ANA, password: 'not-for-us' }]);
  database = openDatabase(home.url, { maxConnections: 6 });
  ({ workspaceId } = await createWorkspace(database.db, {
    ...{ token: 't', workspaceName: 'acme', adminName: 'Admin' },
    ...{ adminAddress: 'admin@acme.example', internalDomains: [] },
  }));
  const google = provider.client('google', 'https://mail.acme.example');
  deps = { db: database.db, vault, oauth: { google } };
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
  await dovecot[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});
beforeEach(() => void Object.assign(provider, { account: ANA, trouble: null, lifeSeconds: 3600 }));

/** A mailbox with tokens of the provider; the access token ends in `endsInMs`. */
async function aMailbox({ endsInMs = HOUR_MS } = {}) {
  const mailboxId = randomUUID();
  const tokens = { ...provider.grant(ANA), expiresAt: Date.now() + endsInMs };
  await insertMailbox(
    database.db,
    {
      ...{ id: mailboxId, workspaceId, userId: null, server: SERVER, provider: 'gmail' },
      ...{ address: address(`${mailboxId}@gmail.com`), policy: {}, auth: 'google' },
    },
    sealTokens(vault, { workspaceId, mailboxId }, tokens),
  );
  const load = async (): Promise<Keyholder> => {
    const found = await findConnected(database.db, mailboxId);
    if (found === null) throw new Error('not connected');
    return found;
  };
  const stored = async () => openTokens(vault, { workspaceId, mailboxId }, (await load()).envelope);
  return { mailboxId, tokens, load, stored };
}

/** Tokens as the token endpoint was asked for them since. */
function refreshes(since: number): readonly (string | undefined)[] {
  return provider.asked.slice(since).map((request) => request['refresh_token']);
}

const visit = (mailbox: Keyholder) =>
  withFreshToken(deps, mailbox, async (credentials) => {
    const server = { ...SERVER, host: 'localhost', port: dovecot.imapPort, ...credentials };
    const options = { address: '127.0.0.1' };
    await using session = await openImapSession({ ...server, security: 'none' }, options);
    return (await session.listFolders()).length;
  });

test('a token that is good for long logs in, and nobody asks the provider', async () => {
  const asked = provider.asked.length;
  const mailbox = await aMailbox();
  expect(await visit(await mailbox.load())).toBeGreaterThan(0);
  expect(refreshes(asked)).toEqual([]);
});

test('a password is opened as it always was', async () => {
  const { mailboxId, load } = await aMailbox();
  const sealed = vault.seal('a password', credentialScope(workspaceId, mailboxId));
  await storeCredentials(database.db, { id: mailboxId, workspaceId }, SERVER, sealed);
  expect(await openCredentials(deps, await load())).toEqual({ password: 'a password' });
});

test.each([
  ['has ended', -1000],
  ['ends within five minutes', 4.9 * 60_000],
])('a token that %s is refreshed first, and the rotated ones are kept', async (_what, endsInMs) => {
  const asked = provider.asked.length;
  const { tokens, load, stored } = await aMailbox({ endsInMs });
  const { accessToken } = await openCredentials(deps, await load());
  expect(provider.holderOf(accessToken ?? '')).toBe(ANA);
  const first = await stored();
  expect(first.accessToken).toBe(accessToken);
  expect(first.expiresAt).toBeGreaterThan(Date.now() + HOUR_MS - 60_000);
  // The old refresh token is dead: only the new one brings more.
  await openCredentials(deps, await load(), accessToken);
  const second = await stored();
  expect(refreshes(asked)).toEqual([tokens.refreshToken, first.refreshToken]);
  expect(new Set([tokens, first, second].map(({ refreshToken }) => refreshToken)).size).toBe(3);
});

test('rotated tokens are the same credentials: the version stays, no session is closed for them', async () => {
  const { load } = await aMailbox({ endsInMs: 0 });
  await openCredentials(deps, await load());
  expect((await load()).credentialVersion).toBe(1);
});

test('of several processes one refreshes and the others find what it brought', async () => {
  const asked = provider.asked.length;
  const { load } = await aMailbox({ endsInMs: 0 });
  const mailbox = await load();
  const all = await Promise.all(Array.from({ length: 5 }, () => openCredentials(deps, mailbox)));
  expect(new Set(all.map(({ accessToken }) => accessToken)).size).toBe(1);
  expect(refreshes(asked)).toHaveLength(1);
});

test('R55 a token that was ended early is refreshed once and tried once more', async () => {
  const asked = provider.asked.length;
  const { tokens, load } = await aMailbox();
  provider.revoke(tokens.accessToken);
  expect(await visit(await load())).toBeGreaterThan(0);
  expect(refreshes(asked)).toEqual([tokens.refreshToken]);
});

test('R55 a mail server that refuses new tokens, too, is asked twice and no more', async () => {
  const { load } = await aMailbox();
  const mailbox = await load();
  let logins = 0;
  const attempt = withFreshToken(deps, mailbox, async ({ accessToken = '' }) => {
    logins += 1;
    provider.revoke(accessToken);
    const server = { ...SERVER, port: dovecot.imapPort, password: '', accessToken };
    return openImapSession({ ...server, security: 'none' }, { address: '127.0.0.1' });
  });
  await expect(attempt).rejects.toMatchObject({ kind: 'authentication_failed' });
  expect(logins).toBe(2);
});

test.each(['invalid_grant', 'interaction_required'])(
  'R55 %s asks for reconnection, and the tokens stay as they were',
  async (error) => {
    const { tokens, load, stored } = await aMailbox({ endsInMs: 0 });
    provider.trouble = { status: 400, body: { error, error_description: `of ${ANA}` } };
    const attempt = openCredentials(deps, await load());
    await expect(attempt).rejects.toMatchObject({
      ...{ kind: 'authentication_failed', responseCode: error },
      message: expect.not.stringContaining(ANA) as string,
    });
    expect(await stored()).toEqual(tokens);
  },
);

test.each([
  ['invalid_client', { status: 401, body: { error: 'invalid_client' } }],
  ['HTTP_503', { status: 503, body: {} }],
  ['server_error', { status: 500, body: { error: 'server_error' } }],
  // A gateway that quotes the provider is not the provider.
  ['invalid_grant', { status: 502, body: { error: 'invalid_grant' } }],
  ['HTTP_400', { status: 400, body: { error: `Not a code, but a sentence on ${ANA}` } }],
  ['INCOMPLETE', { status: 200, body: { token_type: 'Bearer' } }],
])('R55 %s is tried again later, never a lost password', async (responseCode, trouble) => {
  const { load, stored, tokens } = await aMailbox({ endsInMs: 0 });
  provider.trouble = trouble;
  const attempt = openCredentials(deps, await load());
  await expect(attempt).rejects.toMatchObject({ kind: 'server_unavailable', responseCode });
  provider.trouble = null;
  const { accessToken } = await openCredentials(deps, await load());
  expect(accessToken).not.toBe(tokens.accessToken);
  expect((await stored()).refreshToken).not.toBe(tokens.refreshToken);
});

test('R55 a provider that nobody can reach, and a worker without a client, are tried again later', async () => {
  const { load } = await aMailbox({ endsInMs: 0 });
  const google = { ...provider.client('google', 'x'), tokenUrl: 'http://127.0.0.1:1/token' };
  const unreachable = openCredentials({ ...deps, oauth: { google } }, await load());
  await expect(unreachable).rejects.toMatchObject({
    ...{ kind: 'server_unavailable', responseCode: 'UNREACHABLE' },
  });
  const without = openCredentials({ ...deps, oauth: {} }, await load());
  await expect(without).rejects.toMatchObject({ responseCode: 'NO_OAUTH_CLIENT' });
});

test('R55 a provider that does not answer leaves the database to everybody else', async () => {
  const held: ServerResponse[] = [];
  const silent = createServer((_request, response) => void held.push(response));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const tokenUrl = `http://127.0.0.1:${port}/token`;
  const slow = { ...deps, oauth: { google: { ...provider.client('google', 'x'), tokenUrl } } };
  const keyholders = [];
  for (let count = 0; count < 8; count += 1) {
    keyholders.push(await (await aMailbox({ endsInMs: 0 })).load());
  }
  const all = Promise.allSettled(keyholders.map((keyholder) => openCredentials(slow, keyholder)));
  await expect.poll(() => held.length).toBe(3);
  await database.db.execute(sql`select 1`);
  silent.on('request', (_request, response: ServerResponse) => response.writeHead(503).end());
  for (const response of held) response.writeHead(503).end();
  const kinds = (await all).map(
    (one) => (one.status === 'rejected' ? one.reason : null) as unknown,
  );
  expect(kinds).toEqual(Array(8).fill(expect.objectContaining({ kind: 'server_unavailable' })));
  await new Promise((resolve) => silent.close(resolve));
});

test('R54 credentials that were deleted meanwhile are not refreshed', async () => {
  const asked = provider.asked.length;
  const { mailboxId, load } = await aMailbox({ endsInMs: 0 });
  const mailbox = await load();
  await markDisconnected(database.db, mailboxId);
  await expect(openCredentials(deps, mailbox)).rejects.toThrow(MailboxGoneError);
  expect(refreshes(asked)).toEqual([]);
});

test('tokens open for their own mailbox only, and never as a password', async () => {
  const [one, other] = [await aMailbox(), await aMailbox()];
  const mailbox = await one.load();
  const foreign = { ...mailbox, id: other.mailboxId };
  await expect(openCredentials(deps, foreign)).rejects.toThrow();
  await expect(openCredentials(deps, { ...mailbox, auth: 'password' })).rejects.toThrow();
  expect(mailbox.envelope.includes(one.tokens.refreshToken)).toBe(false);
});
