import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCertificate } from '../../../local/dovecot-files.ts';
import { testSmtpLogin } from '../../../mail/smtp-login.ts';
import { makeTempFolder, type TempFolder } from '../../support/temp-folder.ts';

const ANA = 'ana@gmail.com';
let folder: TempFolder;
let tlsCa: string;
let key: string;

beforeAll(() => {
  folder = makeTempFolder('smtp');
  makeCertificate(folder.path, undefined);
  tlsCa = readFileSync(join(folder.path, 'certificate.pem'), 'utf8');
  key = readFileSync(join(folder.path, 'key.pem'), 'utf8');
});
afterAll(() => folder[Symbol.dispose]());

/** A server that lets `ana@gmail.com` in with `good`, as a token or as a password, and remembers how she came. */
async function aServer(options: SMTPServerOptions = {}) {
  const logins: string[] = [];
  const server = new SMTPServer({
    ...{ key, cert: tlsCa, logger: false, authMethods: ['PLAIN', 'LOGIN', 'XOAUTH2'] },
    onAuth: ({ method, username, accessToken, password }, session, done) => {
      logins.push(`${method}${session.secure ? '' : ' in clear text'}`);
      if (username === ANA && (accessToken ?? password) === 'good') done(null, { user: ANA });
      // Google and Microsoft answer a refused token with 334 and a document first.
      else if (method === 'XOAUTH2') done(null, { data: { status: '401', schemes: 'bearer' } });
      else done(null, {});
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  const login = (
    credentials: { password?: string; accessToken?: string },
    security: 'tls' | 'starttls' | 'none' = options.secure === true ? 'tls' : 'starttls',
  ) =>
    testSmtpLogin(
      { ...{ host: 'localhost', port, security, username: ANA, password: '' }, ...credentials },
      { address: '127.0.0.1', tlsCa },
    );
  return {
    ...{ login, logins },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(resolve);
      }),
  };
}

test.each([
  ['by XOAUTH2 over STARTTLS', {}, { accessToken: 'good' }, 'XOAUTH2'],
  ['by XOAUTH2 over TLS', { secure: true }, { accessToken: 'good' }, 'XOAUTH2'],
  ['with a password over STARTTLS', {}, { password: 'good' }, 'PLAIN'],
])('R50 sending is tried %s', async (_what, options, credentials, method) => {
  await using server = await aServer(options);
  await server.login(credentials);
  expect(server.logins).toEqual([method]);
});

test('R55 a token that is refused is sent once, and is a refused login', async () => {
  await using server = await aServer();
  await expect(server.login({ accessToken: 'ended' })).rejects.toMatchObject({
    ...{ kind: 'authentication_failed', message: 'Could not log in to the server for sending.' },
  });
  expect(server.logins).toEqual(['XOAUTH2']);
});

test('R55 a password that is refused is one, too; what was said stays with the server', async () => {
  await using server = await aServer();
  const error: unknown = await server.login({ password: 'bad' }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ kind: 'authentication_failed', responseCode: '535' });
  expect(`${String(error)} ${JSON.stringify(error)}`).not.toMatch(/ana@|bad|Invalid/);
});

test.each([
  [454, 'Temporary authentication failure', 'server_unavailable'],
  [421, 'Too many connections', 'server_unavailable'],
  [535, '5.7.139 SmtpClientAuthentication is disabled for the Tenant', 'authorization_failed'],
  [550, '5.7.30 Basic authentication is not supported', 'authorization_failed'],
])('R55 the answer %i %s to a login is %s', async (responseCode, text, kind) => {
  await using server = await aServer({
    onAuth: (_auth, _session, done) => done(Object.assign(new Error(text), { responseCode })),
  });
  await expect(server.login({ password: 'good' })).rejects.toMatchObject({ kind });
});

test('never in clear text: neither without STARTTLS nor across a network', async () => {
  await using server = await aServer({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
  await expect(server.login({ password: 'good' })).rejects.toMatchObject({ kind: 'tls_failed' });
  expect(server.logins).toEqual([]);
  const { login } = { login: { host: 'h', port: 587, username: 'u', password: 'p' } };
  const abroad = testSmtpLogin({ ...login, security: 'none' }, { address: '203.0.113.1' });
  await expect(abroad).rejects.toMatchObject({ kind: 'tls_failed' });
});

test('a certificate that nobody signed for us is refused', async () => {
  await using server = await aServer({ secure: true, key: undefined, cert: undefined });
  await expect(server.login({ password: 'good' })).rejects.toMatchObject({ kind: 'tls_failed' });
});

test('a server that offers no login has not let us in', async () => {
  await using server = await aServer({ disabledCommands: ['AUTH'] });
  await expect(server.login({ password: 'good' })).rejects.toMatchObject({
    kind: 'authentication_failed',
  });
});

test('R55 nobody at the port is an outage', async () => {
  const server = await aServer();
  await server[Symbol.asyncDispose]();
  await expect(server.login({ password: 'good' })).rejects.toMatchObject({
    ...{ kind: 'server_unavailable', responseCode: 'ECONNREFUSED' },
  });
});
