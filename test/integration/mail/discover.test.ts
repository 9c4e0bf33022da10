import type { RequestListener } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseAddress } from '../../../domain/address.ts';
import { discoverSettings } from '../../../mail/discover.ts';
import { createMailDns } from '../../../mail/dns.ts';
import { createFetchDocument } from '../../../mail/fetch-document.ts';
import { startDnsServer, type DnsServer, type Zone } from '../../support/dns-server.ts';
import { startHttpsServer, type HttpsServer } from '../../support/https-server.ts';

const LOCAL = ['127.0.0.1'];
const ZONE: Zone = {
  a: {
    'autoconfig.customer.example': LOCAL,
    'mail.customer.example': LOCAL,
    'autoconfig.private.example': ['10.0.0.1'],
    'imap.service.example': LOCAL,
    'other.service.example': LOCAL,
    'elsewhere.example': LOCAL,
    'imap.mixed.example': ['127.0.0.1', '10.0.0.1'],
  },
  mx: {
    'google.example': [
      [20, 'mx.zoho.eu'],
      [10, 'aspmx.l.google.com'],
    ],
    'null.example': [[0, '.']],
  },
  srv: {
    '_imaps._tcp.service.example': [
      { priority: 10, weight: 0, port: 994, host: 'other.service.example' },
      { priority: 0, weight: 1, port: 993, host: 'imap.service.example' },
    ],
    '_imap._tcp.service.example': [{ priority: 0, weight: 0, port: 0, host: '.' }],
  },
};
const DOCUMENT = `<clientConfig><emailProvider><incomingServer type="imap">
  <hostname>mail.customer.example</hostname><port>993</port><socketType>SSL</socketType>
</incomingServer></emailProvider></clientConfig>`;

const PAGES: Readonly<Record<string, RequestListener>> = {
  '/mail/config-v1.1.xml?emailaddress=jill%40customer.example': (_request, response) =>
    response.writeHead(302, { location: `https://elsewhere.example:${web.port}/moved` }).end(),
  '/moved': (_request, response) => response.end(DOCUMENT),
  '/loop': (_request, response) => response.writeHead(301, { location: '/loop' }).end(),
  '/huge': (_request, response) => response.end('x'.repeat(300 * 1024)),
  '/zipped': (_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
  '/private': (_request, response) =>
    response.writeHead(302, { location: 'https://autoconfig.private.example/x' }).end(),
  '/metadata': (_request, response) =>
    response.writeHead(302, { location: 'https://169.254.169.254/latest' }).end(),
  '/plain': (_request, response) =>
    response.writeHead(302, { location: `http://elsewhere.example:${web.port}/moved` }).end(),
  '/named': (_request, response) =>
    response.writeHead(302, { location: `https://a:b@elsewhere.example:${web.port}/moved` }).end(),
  '/address': (_request, response) =>
    response.writeHead(302, { location: `https://127.0.0.1:${web.port}/moved` }).end(),
  '/silent': () => undefined,
};

let dns: DnsServer;
let web: HttpsServer;

beforeAll(async () => {
  dns = await startDnsServer(ZONE);
  const names = 'DNS:autoconfig.customer.example,DNS:elsewhere.example,IP:127.0.0.1';
  web = await startHttpsServer(names, (request, response) => {
    const page = PAGES[request.url ?? ''];
    if (page === undefined) response.writeHead(404).end();
    else page(request, response);
  });
});
afterAll(async () => {
  await dns[Symbol.asyncDispose]();
  await web[Symbol.asyncDispose]();
});

function discover(raw: string, allowLocal = true) {
  const address = parseAddress(raw);
  if (address === null) throw new Error(`${raw} is no address`);
  return discoverSettings(address, {
    ...{ allowLocal, tlsCa: web.ca, httpsPort: web.port },
    dns: createMailDns(dns.resolver),
  });
}

/** Fetches from the web server by one of its names. */
function fetchFrom(path: string, host = 'autoconfig.customer.example', allowLocal = true) {
  const mailDns = createMailDns(dns.resolver);
  const resolve = (name: string) => mailDns.addresses(name);
  const fetchDocument = createFetchDocument({ allowLocal, tlsCa: web.ca, resolve });
  const url = new URL(`https://${host}:${web.port}${path}`);
  return fetchDocument(url, AbortSignal.timeout(1500));
}

test('R50 a real name server tells the provider behind a domain, by its preferred MX', async () => {
  expect(await discover('jill@google.example')).toMatchObject({ provider: 'gmail', source: 'mx' });
});

test('R50 a real name server tells the services of a domain, preferred ones first', async () => {
  expect(await discover('jill@service.example')).toMatchObject({
    source: 'srv',
    servers: [
      { host: 'imap.service.example', port: 993, security: 'tls' },
      { host: 'other.service.example', port: 994, security: 'tls' },
    ],
  });
});

test('R50 the autoconfig document is found behind a redirect, on a real web server', async () => {
  const settings = await discover('jill@customer.example');
  expect(settings).toMatchObject({
    source: 'autoconfig',
    servers: [{ protocol: 'imap', host: 'mail.customer.example', port: 993 }],
  });
  expect(web.requests).toEqual([
    `autoconfig.customer.example:${web.port} /mail/config-v1.1.xml?emailaddress=jill%40customer.example`,
    `elsewhere.example:${web.port} /moved`,
  ]);
});

test('a domain that takes no mail, or does not exist, has no settings', async () => {
  expect(await discover('jill@null.example')).toBeNull();
  expect(await discover('jill@missing.example')).toBeNull();
});

test('nothing on loopback is asked or proposed unless the configuration says so', async () => {
  const before = web.requests.length;
  expect(await discover('jill@customer.example', false)).toBeNull();
  expect(await discover('jill@service.example', false)).toBeNull();
  expect(await fetchFrom('/moved', 'elsewhere.example', false)).toBeNull();
  expect(web.requests).toHaveLength(before);
});

test('one private address among several is enough to keep away', async () => {
  expect(await discover('jill@mixed.example')).toBeNull();
});

test.each([
  ...['/huge', '/zipped', '/private', '/metadata', '/plain', '/named', '/address', '/silent'],
  '/nothing',
])('no document is taken from %s', async (path) => {
  expect(await fetchFrom(path)).toBeNull();
});

test('redirects are followed three times, not for ever', async () => {
  const before = web.requests.length;
  expect(await fetchFrom('/loop')).toBeNull();
  expect(web.requests.length - before).toBe(4);
});

test('a certificate for another name is not accepted, although the address is right', async () => {
  expect(await fetchFrom('/moved', 'elsewhere.example')).toBe(DOCUMENT);
  expect(await fetchFrom('/moved', 'mail.customer.example')).toBeNull();
});
