import { expect, test } from 'vitest';
import { parseAddress } from '../../../domain/address.ts';
import { discoverSettings, type DiscoverOptions } from '../../../mail/discover.ts';
import type { MailDns } from '../../../mail/dns.ts';

const PUBLIC = '142.250.102.108';
const AUTOCONFIG = `<clientConfig><emailProvider><incomingServer type="pop3">
  <hostname>mail.hoster.example</hostname><port>995</port><socketType>SSL</socketType>
  </incomingServer><incomingServer type="imap">
  <hostname>mail.hoster.example</hostname><port>993</port><socketType>SSL</socketType>
  <username>%EMAILLOCALPART%</username></incomingServer></emailProvider></clientConfig>`;

interface Network {
  readonly mx?: readonly string[];
  readonly srv?: Readonly<Record<string, readonly { host: string; port: number }[]>>;
  readonly addresses?: Readonly<Record<string, readonly string[]>>;
  readonly documents?: Readonly<Record<string, string>>;
}

/** Discovery over a network that is a table; also says what was asked. */
async function discover(
  raw: string,
  { mx = [], srv = {}, addresses = {}, documents = {} }: Network = {},
  more: Partial<DiscoverOptions> = {},
) {
  const address = parseAddress(raw);
  if (address === null) throw new Error(`${raw} is no address`);
  const asked: string[] = [];
  const answer = <T>(question: string, value: T): Promise<T> => {
    asked.push(question);
    return Promise.resolve(value);
  };
  const dns: MailDns = {
    mxHosts: (domain) => answer(`MX ${domain}`, mx),
    services: (name) => answer(`SRV ${name}`, srv[name.split('.')[0] ?? ''] ?? []),
    addresses: (host) => answer(`A ${host}`, addresses[host] ?? []),
  };
  const fetchDocument = ({ href }: URL) => answer(`GET ${href}`, documents[href] ?? null);
  const settings = await discoverSettings(address, {
    allowLocal: false,
    dns,
    fetchDocument,
    ...more,
  });
  return { settings, asked };
}

test('R50 an address of a known provider needs no network', async () => {
  const { settings, asked } = await discover('jill@gmail.com');
  expect(settings).toEqual({
    provider: 'gmail',
    auth: ['google', 'app_password'],
    servers: [
      {
        ...{ protocol: 'imap', host: 'imap.gmail.com', port: 993, security: 'tls' },
        username: 'jill@gmail.com',
      },
      {
        ...{ protocol: 'pop3', host: 'pop.gmail.com', port: 995, security: 'tls' },
        username: 'jill@gmail.com',
      },
    ],
    source: 'provider',
    needsConfirmation: false,
  });
  expect(asked).toEqual([]);
});

test('R50 iCloud wants the name without domain, and has no POP3', async () => {
  const { settings } = await discover('jill@icloud.com');
  expect(settings?.servers).toMatchObject([{ protocol: 'imap', username: 'jill' }]);
});

test('R50 the MX of a domain names its provider, with its servers for domains of others', async () => {
  const google = await discover('jill@customer.example', { mx: ['aspmx.l.google.com'] });
  expect(google.settings).toMatchObject({ provider: 'gmail', source: 'mx' });
  expect(google.asked).toEqual(['MX customer.example']);
  const zoho = await discover('jill@customer.example', { mx: ['mx.zoho.eu'] });
  expect(zoho.settings?.servers[0]).toMatchObject({
    host: 'imappro.zoho.eu',
    username: 'jill@customer.example',
  });
  const mixed = await discover('jill@customer.example', {
    mx: ['mx.filter.example', 'customer-example.mail.protection.outlook.com'],
  });
  expect(mixed.settings).toMatchObject({ provider: 'outlook', auth: ['microsoft'] });
  const apple = await discover('jill@customer.example', { mx: ['mx01.mail.icloud.com'] });
  expect(apple.settings?.servers[0]?.username).toBe('jill@customer.example');
});

test('R50 SRV records: TLS before STARTTLS before POP3, in the domain of the address', async () => {
  const { settings } = await discover('jill@customer.example', {
    srv: {
      _imap: [{ host: 'imap.customer.example', port: 143 }],
      _pop3s: [{ host: 'pop.customer.example.', port: 995 }],
      _imaps: [{ host: 'IMAP.customer.example', port: 993 }],
    },
    addresses: { 'imap.customer.example': [PUBLIC], 'pop.customer.example': [PUBLIC] },
  });
  expect(settings).toMatchObject({
    provider: 'generic',
    auth: ['password'],
    source: 'srv',
    needsConfirmation: false,
  });
  const lines = settings?.servers.map(({ host, port, security }) => `${host} ${port} ${security}`);
  expect(lines).toEqual([
    'imap.customer.example 993 tls',
    'imap.customer.example 143 starttls',
    'pop.customer.example 995 tls',
  ]);
});

test('R50 an SRV target in a domain of others must be confirmed, unless we know whose it is', async () => {
  const at = (host: string) =>
    discover('jill@customer.example', {
      srv: { _imaps: [{ host, port: 993 }] },
      addresses: { [host]: [PUBLIC] },
    });
  const stranger = await at('imap.hoster.example');
  expect(stranger.settings).toMatchObject({ needsConfirmation: true, provider: 'generic' });
  const lookalike = await at('imap.notcustomer.example');
  expect(lookalike.settings?.needsConfirmation).toBe(true);
  const known = await at('imap.fastmail.com');
  expect(known.settings).toMatchObject({
    ...{ needsConfirmation: false, provider: 'fastmail', auth: ['app_password'] },
  });
});

test.each(['127.0.0.1', '169.254.169.254', '10.0.0.5', '::ffff:127.0.0.1', '64:ff9b::a9fe:a9fe'])(
  'a server that resolves to %s is never proposed (facts-mail.md section 5)',
  async (address) => {
    const network: Network = {
      srv: { _imaps: [{ host: 'imap.customer.example', port: 993 }] },
      addresses: {
        'imap.customer.example': [address],
        'mail.customer.example': [PUBLIC, address],
        'mail.hoster.example': [address],
      },
      documents: {
        'https://customer.example/.well-known/autoconfig/mail/config-v1.1.xml': AUTOCONFIG,
      },
    };
    expect((await discover('jill@customer.example', network)).settings).toBeNull();
  },
);

test('a server on a port of something else is never proposed', async () => {
  const { settings } = await discover('jill@customer.example', {
    srv: { _imaps: [{ host: 'db.customer.example', port: 5432 }] },
    addresses: { 'db.customer.example': [PUBLIC] },
  });
  expect(settings).toBeNull();
});

test('R50 the autoconfig document of the domain, by https alone', async () => {
  const { settings, asked } = await discover('jill+x@customer.example', {
    addresses: { 'mail.hoster.example': [PUBLIC] },
    documents: {
      'https://customer.example/.well-known/autoconfig/mail/config-v1.1.xml': AUTOCONFIG,
    },
  });
  expect(settings).toMatchObject({
    provider: 'generic',
    source: 'autoconfig',
    needsConfirmation: false,
    servers: [
      { protocol: 'imap', host: 'mail.hoster.example', username: 'jill+x' },
      { protocol: 'pop3', host: 'mail.hoster.example', username: 'jill+x@customer.example' },
    ],
  });
  expect(asked.filter((question) => question.startsWith('GET'))).toEqual([
    'GET https://autoconfig.customer.example/mail/config-v1.1.xml?emailaddress=jill%2Bx%40customer.example',
    'GET https://customer.example/.well-known/autoconfig/mail/config-v1.1.xml',
  ]);
});

test('R50 without any record, usual names that resolve are guessed', async () => {
  const { settings } = await discover('jill@customer.example', {
    addresses: { 'mail.customer.example': [PUBLIC] },
  });
  expect(settings).toMatchObject({ source: 'guess', needsConfirmation: false });
  expect(settings?.servers.map(({ protocol, host }) => `${protocol} ${host}`)).toEqual([
    'imap mail.customer.example',
    'pop3 mail.customer.example',
  ]);
  expect((await discover('jill@customer.example')).settings).toBeNull();
});

test('a step that hangs or fails costs its time and not the answer', async () => {
  const never = () => new Promise<never>(() => undefined);
  const failing = () => Promise.reject(new Error('SERVFAIL'));
  const addresses = () => Promise.resolve([PUBLIC]);
  const hanging = { mxHosts: never, services: never, addresses };
  const broken = { mxHosts: failing, services: failing, addresses };
  const run = (dns: MailDns) => discover('jill@customer.example', {}, { dns, timeoutMs: 100 });
  expect((await run(hanging)).settings).toBeNull();
  expect((await run(broken)).settings?.source).toBe('guess');
});
