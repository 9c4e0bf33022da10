import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Dovecot } from '../../../local/dovecot.ts';
import { MailError } from '../../../mail/errors.ts';
import { testServer, type ProbeOptions } from '../../../mail/probe.ts';
import type { MailServer } from '../../../mail/session.ts';
import { makeCertificate } from '../../support/certificates.ts';
import { startTestDovecot } from '../../support/dovecot.ts';
import { startScriptedImap } from '../../support/scripted-imap.ts';

let dovecot: Dovecot;
let tlsCa: string;

beforeAll(async () => {
  dovecot = await startTestDovecot();
  tlsCa = readFileSync(dovecot.certificateFile, 'utf8');
});
afterAll(() => dovecot[Symbol.asyncDispose]());

const LOGIN = { host: 'localhost', username: 'ana', password: 'secret' };

/** Why a server cannot be used: kind and detail. */
async function refusalOf(
  server: Omit<MailServer, keyof typeof LOGIN> & { readonly host?: string },
  options: Partial<ProbeOptions> = {},
): Promise<readonly unknown[]> {
  try {
    await testServer({ ...LOGIN, ...server }, { allowLocal: true, tlsCa, ...options });
  } catch (error) {
    if (error instanceof MailError) return [error.kind, error.detail];
    throw error;
  }
  throw new Error('was let in');
}

/** A server that answers whoever connects with one line, or with nothing. */
async function startLine(line: string) {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (line !== '') socket.write(`${line}\r\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, [Symbol.dispose]: () => void server.close() };
}

describe('R50 one reason', () => {
  test.each(['imap', 'pop3'] as const)('TLS on the clear port of %s', async (protocol) => {
    const port = protocol === 'imap' ? dovecot.imapPort : dovecot.pop3Port;
    const refusal = await refusalOf({ protocol, port, security: 'tls' });
    expect(refusal).toEqual(['tls_failed', 'tls_on_plain_port']);
  });

  test.each([
    ['certificate_name', { names: 'DNS:mail.hoster.example' }],
    ['certificate_expired', { until: '20260102000000Z' }],
  ] as const)('%s', async (detail, options) => {
    const { cert, key } = makeCertificate(options);
    const server = createTlsServer({ cert, key });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    for (const protocol of ['imap', 'pop3'] as const) {
      const refusal = await refusalOf({ protocol, port, security: 'tls' }, { tlsCa: cert });
      expect(refusal).toEqual(['tls_failed', detail]);
    }
    server.close();
  });

  test('a certificate of an authority that nobody knows', async () => {
    const stranger = makeCertificate().cert;
    const server = { port: dovecot.imapsPort, security: 'tls' } as const;
    const refusal = await refusalOf(server, { tlsCa: stranger });
    expect(refusal).toEqual(['tls_failed', 'certificate_untrusted']);
  });

  test.each(['imap', 'pop3'] as const)(
    'what answers is not %s: SMTP, HTTP or the other protocol',
    async (protocol) => {
      const other = protocol === 'imap' ? '+OK ready' : '* OK ready';
      for (const line of ['220 mx ESMTP', 'HTTP/1.1 400 Bad Request', other]) {
        using server = await startLine(line);
        // At once: nobody waits for another greeting.
        const patience = { timeoutMs: 3000, timeouts: { greetingMs: 60_000 } };
        const target = { protocol, port: server.port, security: 'starttls' } as const;
        const refusal = await refusalOf(target, patience);
        expect(refusal).toEqual(['protocol_violation', 'other_protocol']);
      }
    },
  );

  test('a server that offers no encryption never gets the password', async () => {
    await using imap = await startScriptedImap();
    const { port } = imap.server;
    expect(await refusalOf({ port, security: 'starttls' })).toEqual([
      'tls_failed',
      'starttls_missing',
    ]);
    expect(imap.countOf('LOGIN') + imap.countOf('AUTHENTICATE')).toBe(0);
  });

  test('the metadata of a cloud and private networks are never asked', async () => {
    for (const host of ['169.254.169.254', '10.0.0.1', '[::ffff:127.0.0.1]', '0.0.0.0']) {
      const server = { host, port: 993, security: 'tls' } as const;
      expect(await refusalOf(server, { allowLocal: false })).toEqual(['host_refused', null]);
    }
  });
});

test.each(['CAPABILITY', 'LOGIN', 'LIST'])(
  'R50 a server that falls silent at %s costs the time that is given, and no more',
  async (command) => {
    await using imap = await startScriptedImap({ [command]: 'silence' });
    const attempt = testServer(imap.server, { allowLocal: true, timeoutMs: 300 });
    await expect(attempt).rejects.toMatchObject({ kind: 'timed_out' });
  },
);

test('R50 a server that says nothing at all waits for TLS, most likely', async () => {
  using silent = await startLine('');
  const server = { port: silent.port, security: 'starttls' } as const;
  const timeouts = { greetingMs: 100 };
  expect(await refusalOf(server, { timeouts })).toEqual(['timed_out', 'plain_on_tls_port']);
});

test('and one that is silent under TLS does not', async () => {
  const { cert, key } = makeCertificate();
  const server = createTlsServer({ cert, key });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const options = { tlsCa: cert, timeouts: { greetingMs: 100 } };
  expect(await refusalOf({ port, security: 'tls' }, options)).toEqual(['timed_out', null]);
  server.close();
});

test('R50 what was found is told even when the server does not count messages in time', async () => {
  for (const answer of ['silence', ['TAG NO not now']] as const) {
    await using imap = await startScriptedImap({ STATUS: answer });
    const found = await testServer(imap.server, { allowLocal: true, timeoutMs: 500 });
    expect(found).toEqual({
      folders: [{ path: 'INBOX', use: 'inbox' }],
      capabilities: [],
      messages: null,
    });
  }
});
