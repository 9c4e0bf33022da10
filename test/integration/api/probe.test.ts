import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Dovecot } from '../../../local/dovecot.ts';
import { testServer } from '../../../mail/probe.ts';
import { startTestDovecot } from '../../support/dovecot.ts';
import { dataOf, startTestApi, type TestApi } from './harness.ts';

const TEST = `mutation ($input: TestMailboxInput!) { testMailbox(input: $input) {
  test { folders { path use } capabilities messageCount } userErrors { code field message } } }`;

let dovecot: Dovecot;
let api: TestApi;

beforeAll(async () => {
  dovecot = await startTestDovecot({ users: [{ user: 'ana', password: 'secret' }] });
  for (const folder of ['INBOX', 'INBOX', 'Sent', 'Archive']) {
    await dovecot.deliver('ana', folder, 'Subject: x\r\n\r\nx\r\n');
  }
  api = await startTestApi({
    allowLocalServers: true,
    testLogin: (login) => testServer(login, { allowLocal: true }),
  });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await dovecot[Symbol.asyncDispose]();
});

async function tried(protocol: 'imap' | 'pop3', more: object): Promise<unknown> {
  const port = protocol === 'imap' ? dovecot.imapPort : dovecot.pop3Port;
  const login = { host: '127.0.0.1', port, security: 'NONE', username: 'ana', password: 'secret' };
  const input = { [protocol]: { ...login, ...more } };
  return dataOf(await api.ask(TEST, { input }), 'testMailbox');
}

test('R50 a login that works shows folders, capabilities and an estimate of a real server', async () => {
  expect(await tried('imap', {})).toMatchObject({
    test: {
      folders: expect.arrayContaining([
        { path: 'INBOX', use: 'INBOX' },
        { path: 'Sent', use: 'SENT' },
      ]) as unknown,
      capabilities: ['IDLE', 'CONDSTORE', 'QRESYNC', 'ESEARCH', 'SPECIAL_USE'],
      messageCount: 3,
    },
    userErrors: [],
  });
});

test('R50 the same by POP3: the inbox, and what is in it', async () => {
  expect(await tried('pop3', {})).toEqual({
    test: { folders: [{ path: 'INBOX', use: 'INBOX' }], capabilities: [], messageCount: 2 },
    userErrors: [],
  });
});

test.each(['imap', 'pop3'] as const)(
  'R50 by %s a refused password and a closed port are told apart, in our words',
  async (protocol) => {
    expect(await tried(protocol, { password: 'wrong' })).toMatchObject({
      test: null,
      userErrors: [{ code: 'AUTHENTICATION_FAILED', field: ['input', protocol, 'password'] }],
    });
    expect(await tried(protocol, { port: 1 })).toMatchObject({
      test: null,
      userErrors: [
        {
          code: 'SERVER_UNAVAILABLE',
          field: ['input', protocol, 'port'],
          message: expect.stringContaining('Nothing answers on this port') as string,
        },
      ],
    });
  },
);

test('R50 the ports of IMAP and POP3 mixed up are named as what they are', async () => {
  expect(await tried('imap', { port: dovecot.pop3Port })).toMatchObject({
    userErrors: [
      {
        ...{ code: 'PROTOCOL_VIOLATION', field: ['input', 'imap', 'port'] },
        message: expect.stringContaining('does not speak IMAP') as string,
      },
    ],
  });
  expect(await tried('pop3', { port: dovecot.imapPort })).toMatchObject({
    userErrors: [{ message: expect.stringContaining('does not speak POP3') as string }],
  });
});

test.each([[{}], [{ imap: null }]])('an input without a server is refused: %j', async (input) => {
  expect(dataOf(await api.ask(TEST, { input }), 'testMailbox')).toMatchObject({
    test: null,
    userErrors: [{ code: 'INVALID_SETTINGS', field: ['input'] }],
  });
});

test('an input with two servers is refused', async () => {
  const login = { host: 'x', port: 1, security: 'TLS', username: 'ana', password: 'secret' };
  const answer = await api.ask(TEST, { input: { imap: login, pop3: login } });
  expect(dataOf(answer, 'testMailbox')).toMatchObject({
    userErrors: [{ code: 'INVALID_SETTINGS', field: ['input'] }],
  });
});
