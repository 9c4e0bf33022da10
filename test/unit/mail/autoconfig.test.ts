import { expect, test } from 'vitest';
import { parseAddress } from '../../../domain/address.ts';
import { parseAutoconfig } from '../../../mail/autoconfig.ts';

function parse(xml: string) {
  const address = parseAddress('jill@customer.example');
  if (address === null) throw new Error('no address');
  return parseAutoconfig(xml, address);
}

function server(fields: string, type = 'imap'): string {
  return `<clientConfig version="1.1"><emailProvider id="x"><domain>customer.example</domain>
    <incomingServer type="${type}">${fields}</incomingServer></emailProvider></clientConfig>`;
}

const FIELDS = `<hostname>imap.customer.example</hostname><port>993</port><socketType>SSL</socketType>
  <authentication>password-cleartext</authentication><username>%EMAILADDRESS%</username>`;
const FOUND = {
  protocol: 'imap',
  host: 'imap.customer.example',
  port: 993,
  security: 'tls',
  username: 'jill@customer.example',
};

test('R50 an ISPDB document gives its servers in its order', () => {
  const xml = `<?xml version="1.0" encoding="UTF-8"?><!-- made by hand -->
  <clientConfig version="1.1"><emailProvider id="customer.example">
    <domain>customer.example</domain><displayName>Customer &amp; Co</displayName>
    <incomingServer type="imap">
      <hostname>imap.%EMAILDOMAIN%</hostname><port>993</port><socketType>SSL</socketType>
      <username>%EMAILLOCALPART%</username><authentication>password-cleartext</authentication>
    </incomingServer>
    <incomingServer type="imap">
      <hostname>IMAP.customer.example</hostname><port> 143 </port><socketType>STARTTLS</socketType>
      <authentication>OAuth2</authentication><authentication>password-encrypted</authentication>
    </incomingServer>
    <incomingServer type="pop3">
      <hostname>pop.customer.example</hostname><port>995</port><socketType>SSL</socketType>
      <username><![CDATA[a&b]]>&#46;x</username>
    </incomingServer>
    <outgoingServer type="smtp"><hostname>smtp.customer.example</hostname><port>465</port>
      <socketType>SSL</socketType></outgoingServer>
  </emailProvider></clientConfig>`;
  expect(parse(xml)).toEqual([
    { ...FOUND, username: 'jill' },
    { ...FOUND, port: 143, security: 'starttls' },
    {
      ...{ protocol: 'pop3', host: 'pop.customer.example', port: 995 },
      ...{ security: 'tls', username: 'a&b.x' },
    },
  ]);
});

test.each([
  ['clear text', FIELDS.replace('SSL', 'plain')],
  ['no socket type', FIELDS.replace('SSL', '')],
  ['no password', FIELDS.replace('password-cleartext', 'OAuth2')],
  ['an IP address', FIELDS.replace('imap.customer.example', '169.254.169.254')],
  ['no host', FIELDS.replace('imap.customer.example', 'a b')],
  ['a port out of range', FIELDS.replace('993', '70000')],
  ['a port that is none', FIELDS.replace('993', '9e3x')],
  ['a control character in the user name', FIELDS.replace('%EMAILADDRESS%', 'a&#10;b')],
  ['a very long user name', FIELDS.replace('%EMAILADDRESS%', 'a'.repeat(400))],
])('R50 a server with %s is left out', (_what, fields) => {
  expect(parse(server(FIELDS))).toEqual([FOUND]);
  expect(parse(server(fields))).toEqual([]);
});

test('a protocol that we do not speak is left out', () => {
  expect(parse(server(FIELDS, 'exchange'))).toEqual([]);
});

test('servers stand in an emailProvider; elements of the same name elsewhere count for nothing', () => {
  expect(parse(`<x>${server(FIELDS)}</x>`)).toEqual([]);
  expect(parse(`<incomingServer type="imap">${FIELDS}</incomingServer>`)).toEqual([]);
});

test.each([
  '',
  'Not found',
  '<!doctype html><title>404</title><p>x',
  '<clientConfig><emailProvider>',
])('%j is no such document', (text) => {
  expect(parse(text)).toEqual([]);
});

test('entities of a DTD are not expanded', () => {
  const dtd =
    '<!DOCTYPE x [<!ENTITY h "imap.evil.example"><!ENTITY f SYSTEM "file:///etc/passwd">]>';
  const xml = server(FIELDS.replace('imap.customer.example', '&h;'));
  expect(parse(dtd + xml)).toEqual([]);
  expect(parse(dtd + server(FIELDS.replace('%EMAILADDRESS%', '&f;')))[0]?.username).toBe('&f;');
});

test('no more than ten servers are taken', () => {
  const [head = '', tail = ''] = server('|').split(/<incomingServer.*<\/incomingServer>/);
  const one = `<incomingServer type="imap">${FIELDS}</incomingServer>`;
  expect(parse(head + one.repeat(50) + tail)).toHaveLength(10);
});

test.each(['<a>', '<', '&#x', '&', '<!--', '</a', '<x ', 'a="', '<![CDATA[', '<?', '<a b="&#'])(
  'a hostile document of %j ends like any other',
  (bomb) => {
    expect(parse(bomb.repeat(260_000 / bomb.length))).toEqual([]);
  },
);
