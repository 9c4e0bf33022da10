import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Dovecot } from '../../../local/dovecot.ts';
import { testServer } from '../../../mail/probe.ts';
import { startTestDovecot } from '../../support/dovecot.ts';
import { dataOf, startTestApi, type TestApi } from './harness.ts';

const TEST = `mutation ($imap: ImapServerInput!) { testMailbox(input: { imap: $imap }) {
  test { folders { path use } } userErrors { code field message } } }`;

let dovecot: Dovecot;
let api: TestApi;

beforeAll(async () => {
  dovecot = await startTestDovecot({ users: [{ user: 'ana', password: 'secret' }] });
  api = await startTestApi({
    allowLocalServers: true,
    testLogin: (login) => testServer(login, { allowLocal: true }),
  });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await dovecot[Symbol.asyncDispose]();
});

async function login(password: string, port: number): Promise<unknown> {
  const imap = { host: '127.0.0.1', port, security: 'NONE', username: 'ana', password };
  return dataOf(await api.ask(TEST, { imap }), 'testMailbox');
}

test('R50 a login that works lists the folders of a real server', async () => {
  expect(await login('secret', dovecot.imapPort)).toMatchObject({
    test: { folders: expect.arrayContaining([{ path: 'INBOX', use: 'INBOX' }]) as unknown },
    userErrors: [],
  });
});

test('R50 a refused password and a closed port are told apart, in our words', async () => {
  expect(await login('wrong', dovecot.imapPort)).toMatchObject({
    test: null,
    userErrors: [{ code: 'AUTHENTICATION_FAILED', field: ['input', 'imap', 'password'] }],
  });
  expect(await login('secret', 1)).toMatchObject({
    test: null,
    userErrors: [{ field: ['input', 'imap', 'host'] }],
  });
});
