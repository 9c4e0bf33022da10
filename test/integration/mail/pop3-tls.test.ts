import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeCertificate } from '../../../local/dovecot-files.ts';
import { startScriptedPop3 } from '../../support/scripted-pop3.ts';
import { makeTempFolder } from '../../support/temp-folder.ts';
import { open } from './pop3-helpers.ts';
import { failureOf } from './scripted.ts';

/** A certificate for localhost. */
function certificate(): { readonly key: Buffer; readonly cert: Buffer; readonly ca: string } {
  using folder = makeTempFolder('certificate');
  makeCertificate(folder.path, undefined);
  const cert = readFileSync(join(folder.path, 'certificate.pem'));
  return { key: readFileSync(join(folder.path, 'key.pem')), cert, ca: cert.toString() };
}

const { ca, ...tls } = certificate();
const STARTTLS = { security: 'starttls', host: 'localhost' } as const;
const GOOD = { STLS: ['+OK begin\r\n', 'TLS'] };

describe('STLS (RFC 2595)', () => {
  test('R50 comes before anything else, and everything else is under TLS', async () => {
    await using scripted = await startScriptedPop3(GOOD, { tls });
    await using session = await open(scripted, { tlsCa: ca }, STARTTLS);
    expect(await session.uidsAfter(0)).toEqual([1]);
    expect(scripted.commands).toEqual(['STLS', 'CAPA', 'USER ana', 'PASS secret', 'UIDL']);
  });

  test.each([
    ['is not known', ['-ERR unknown command\r\n']],
    ['is refused', ['-ERR [SYS/PERM] no\r\n']],
    ['is accepted and then not done', ['+OK\r\n', '+OK hello\r\n']],
  ])('that %s ends the attempt before the login', async (_, STLS) => {
    await using scripted = await startScriptedPop3({ STLS });
    const failure = await failureOf(open(scripted, { tlsCa: ca }, STARTTLS));
    expect(failure.kind).toBe('tls_failed');
    expect(scripted.commands.filter((line) => /^(CAPA|USER|PASS|AUTH)/.test(line))).toEqual([]);
  });

  test('that cannot be done now is tried again later, and not in clear text', async () => {
    await using scripted = await startScriptedPop3({ STLS: ['-ERR [SYS/TEMP] busy\r\n'] });
    const failure = await failureOf(open(scripted, { tlsCa: ca }, STARTTLS));
    expect(failure.kind).toBe('server_unavailable');
    expect(scripted.countOf('PASS')).toBe(0);
  });

  test('what somebody puts in before the connection is secure ends it', async () => {
    const STLS = ['+OK begin\r\n+OK CAPA\r\nUSER\r\n.\r\n', 'TLS'];
    await using scripted = await startScriptedPop3({ STLS }, { tls });
    const failure = await failureOf(open(scripted, { tlsCa: ca }, STARTTLS));
    expect(failure.kind).toBe('tls_failed');
    expect(scripted.commands).not.toContain('PASS secret');
  });
});

describe('certificates', () => {
  test.each([
    ['another name', { tlsCa: ca }, { host: 'mail.example' }],
    ['an authority that nobody trusts', {}, { host: 'localhost' }],
  ])('a certificate of %s is refused', async (_, options, { host }) => {
    await using scripted = await startScriptedPop3(GOOD, { tls });
    const failure = await failureOf(open(scripted, options, { ...STARTTLS, host }));
    expect(failure.kind).toBe('tls_failed');
    expect(scripted.countOf('PASS')).toBe(0);
  });

  test('R50 an address instead of a name is checked too', async () => {
    await using scripted = await startScriptedPop3(GOOD, { tls });
    await using session = await open(scripted, { tlsCa: ca }, { ...STARTTLS, host: '127.0.0.1' });
    expect(session.isOpen).toBe(true);
  });
});

describe('no secrets in clear text', () => {
  test('a server that speaks clear text where TLS is wanted gets nothing', async () => {
    await using scripted = await startScriptedPop3();
    const failure = await failureOf(open(scripted, {}, { security: 'tls', host: 'localhost' }));
    expect(failure.kind).toBe('tls_failed');
    expect(scripted.countOf('PASS')).toBe(0);
  });

  test('a login in clear text is made on this machine only', async () => {
    await using scripted = await startScriptedPop3();
    expect((await failureOf(open(scripted, { address: '192.0.2.1' }))).kind).toBe('tls_failed');
  });
});
