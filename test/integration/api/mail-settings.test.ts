import { afterAll, beforeAll, expect, test } from 'vitest';
import { discoverSettings } from '../../../mail/discover.ts';
import { createMailDns } from '../../../mail/dns.ts';
import { startDnsServer, type DnsServer } from '../../support/dns-server.ts';
import { dataOf, startTestApi, type TestApi } from './harness.ts';

const QUERY = `query ($address: String!) { mailSettings(address: $address) {
  provider { code name minPollMinutes } auth loginAdvice source needsConfirmation
  servers { protocol host port security username } } }`;

let dns: DnsServer;
let api: TestApi;

beforeAll(async () => {
  dns = await startDnsServer({
    a: { 'imap.hoster.example': ['127.0.0.1'] },
    mx: { 'acme.example': [[10, 'acme-example.mail.protection.outlook.com']] },
    srv: {
      '_imaps._tcp.customer.example': [
        { priority: 0, weight: 0, port: 993, host: 'imap.hoster.example' },
      ],
    },
  });
  const mailDns = createMailDns(dns.resolver);
  const google = {
    ...{ provider: 'google' as const, clientId: 'id', redirectUri: 'https://mail.acme.example/x' },
    clientSecret: { reveal: () => 'secret' },
  };
  api = await startTestApi({
    oauth: { google },
    discover: (address) => discoverSettings(address, { allowLocal: true, dns: mailDns }),
  });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await dns[Symbol.asyncDispose]();
});

async function settingsOf(address: string): Promise<unknown> {
  return dataOf(await api.ask(QUERY, { address }), 'mailSettings');
}

test('R50 an address of a known provider: its servers, its ways in, and what to know before', async () => {
  expect(await settingsOf(' Jill@GMail.com ')).toEqual({
    provider: { code: 'gmail', name: 'Gmail', minPollMinutes: 5 },
    auth: ['GOOGLE', 'APP_PASSWORD'],
    loginAdvice: expect.stringContaining('myaccount.google.com/apppasswords') as string,
    source: 'PROVIDER',
    needsConfirmation: false,
    servers: [
      {
        ...{ protocol: 'IMAP', host: 'imap.gmail.com', port: 993, security: 'TLS' },
        username: 'jill@gmail.com',
      },
      {
        ...{ protocol: 'POP3', host: 'pop.gmail.com', port: 995, security: 'TLS' },
        username: 'jill@gmail.com',
      },
    ],
  });
});

test('R50 a way in that this server is not registered for is not offered', async () => {
  expect(await settingsOf('jill@acme.example')).toMatchObject({
    provider: { code: 'outlook' },
    auth: [],
    source: 'MX',
  });
});

test('R50 a host that only the DNS names, in another domain, is to be confirmed', async () => {
  expect(await settingsOf('jill@customer.example')).toMatchObject({
    provider: { code: 'generic' },
    auth: ['PASSWORD'],
    loginAdvice: null,
    source: 'SRV',
    needsConfirmation: true,
    servers: [{ host: 'imap.hoster.example', security: 'TLS', username: 'jill@customer.example' }],
  });
});

test('a domain that says nothing has no settings, and no address is a bad input', async () => {
  expect(await settingsOf('jill@nothing.example')).toBeNull();
  const { errors } = await api.ask(QUERY, { address: 'jill' });
  expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
});
