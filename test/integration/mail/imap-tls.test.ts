import { beforeAll, describe, expect, test } from 'vitest';
import { openImapSession } from '../../../mail/imap.ts';
import { makeCertificate, type Certificate } from '../../support/certificates.ts';
import { startScriptedImap, type ScriptedImap } from '../../support/scripted-imap.ts';
import { everything, failureOf, open } from './scripted.ts';

/** Secrets cross no network in clear text, and no certificate is taken on trust (facts-mail.md sections 2 and 5). */

const OFFERED = { CAPABILITY: ['* CAPABILITY IMAP4rev1 STARTTLS', 'TAG OK done'] };

let good: Certificate;
beforeAll(() => void (good = makeCertificate()));

/** Nothing that could hold a secret has reached the server. */
function expectNoLogin(scripted: ScriptedImap): void {
  expect(scripted.logins).toBe(0);
  expect(scripted.commands.join()).not.toContain('secret');
}

describe('STARTTLS', () => {
  test('R50 that is offered is used, and capabilities from before it are forgotten', async () => {
    await using scripted = await startScriptedImap(OFFERED, {
      ...{ certificate: good, security: 'starttls' },
    });
    await everything(scripted, { tlsCa: good.cert });
    const names = scripted.commands.map((command) => command.split(' ')[0]);
    expect(names.slice(0, 4)).toEqual(['CAPABILITY', 'STARTTLS', 'CAPABILITY', 'LOGIN']);
  });

  test('that is stripped from the capabilities ends the attempt', async () => {
    await using scripted = await startScriptedImap({}, { security: 'starttls' });
    const failure = await failureOf(open(scripted));
    expect([failure.kind, failure.detail]).toEqual(['tls_failed', 'starttls_missing']);
    expectNoLogin(scripted);
  });

  test.each(['TAG NO not now', 'TAG BAD what?'])(
    'that is refused (%s) does too',
    async (answer) => {
      const script = { ...OFFERED, STARTTLS: [answer] };
      await using scripted = await startScriptedImap(script, { security: 'starttls' });
      expect((await failureOf(open(scripted))).kind).toBe('tls_failed');
      expectNoLogin(scripted);
    },
  );

  test('behind which somebody put an answer of his own ends it (CVE-2011-0411)', async () => {
    const injected = ['TAG OK begin TLS\r\n* CAPABILITY IMAP4rev1 LOGINDISABLED', 'TLS'];
    await using scripted = await startScriptedImap(
      { ...OFFERED, STARTTLS: injected },
      { certificate: good, security: 'starttls' },
    );
    const failure = await failureOf(open(scripted, { tlsCa: good.cert }));
    expect([failure.kind, failure.responseCode]).toEqual(['tls_failed', 'STARTTLS_INJECTION']);
    expectNoLogin(scripted);
  });

  test('that PREAUTH makes impossible ends it: nobody reads a mailbox in clear text', async () => {
    await using scripted = await startScriptedImap(OFFERED, {
      ...{ greeting: ['* PREAUTH welcome'], certificate: good, security: 'starttls' },
    });
    const failure = await failureOf(open(scripted, { tlsCa: good.cert }));
    expect(failure.kind).toBe('tls_failed');
    expect(scripted.countOf('LIST')).toBe(0);
  });
});

describe.each(['tls', 'starttls'] as const)('a certificate, with %s', (security) => {
  test('that is good is taken', async () => {
    await using scripted = await startScriptedImap(OFFERED, { certificate: good, security });
    await everything(scripted, { tlsCa: good.cert });
    expect(scripted.octets.received).toBeGreaterThan(0);
  });

  test.each([
    ['for another name', { names: 'DNS:imap.other.example' }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['that has expired', { from: '20200101000000Z', until: '20200102000000Z' }, 'CERT_HAS_EXPIRED'],
  ])('%s is refused', async (_which, options, responseCode) => {
    const certificate = makeCertificate(options);
    await using scripted = await startScriptedImap(OFFERED, { certificate, security });
    const server = { ...scripted.server, host: 'localhost' };
    const attempt = open({ ...scripted, server }, { tlsCa: certificate.cert });
    const failure = await failureOf(attempt);
    expect([failure.kind, failure.responseCode]).toEqual(['tls_failed', responseCode]);
    expectNoLogin(scripted);
  });

  test('that nobody vouches for is refused', async () => {
    await using scripted = await startScriptedImap(OFFERED, { certificate: good, security });
    const failure = await failureOf(open(scripted));
    expect([failure.kind, failure.detail]).toEqual(['tls_failed', 'certificate_untrusted']);
    expectNoLogin(scripted);
  });
});

describe('clear text', () => {
  test('is spoken with this machine only', async () => {
    await using scripted = await startScriptedImap();
    for (const address of ['192.0.2.1', '10.0.0.1', '2001:db8::1', '::ffff:192.0.2.1']) {
      const attempt = openImapSession(scripted.server, { address });
      expect((await failureOf(attempt)).kind).toBe('tls_failed');
    }
    expect(scripted.connections).toBe(0);
  });

  test('where TLS is expected is refused', async () => {
    await using scripted = await startScriptedImap();
    const server = { ...scripted.server, security: 'tls' } as const;
    const failure = await failureOf(openImapSession(server, { address: '127.0.0.1' }));
    expect(failure.kind).toBe('tls_failed');
    expectNoLogin(scripted);
  });

  test('R55 and a server that wants TLS and is spoken to without says so: no password is wrong', async () => {
    await using scripted = await startScriptedImap({
      LOGIN: ['TAG NO [PRIVACYREQUIRED] Use TLS'],
    });
    expect((await failureOf(open(scripted))).kind).toBe('tls_failed');
  });
});
