import { readFileSync } from 'node:fs';
import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Dovecot } from '../../../local/dovecot.ts';
import { chooseTextParts, readContent } from '../../../mail/content.ts';
import { MailError } from '../../../mail/errors.ts';
import { parseHeaderBlock } from '../../../mail/headers.ts';
import { openImapSession } from '../../../mail/imap.ts';
import { testServer } from '../../../mail/probe.ts';
import type { MailServer, MailSession } from '../../../mail/session.ts';
import { startTestDovecot } from '../../support/dovecot.ts';

let dovecot: Dovecot;

beforeAll(async () => {
  const users = ['ana', 'ben', 'cai', 'dee', 'eve', 'fay'].map((user) => ({
    user,
    password: 'secret',
  }));
  dovecot = await startTestDovecot({ users, maxConnectionsPerUser: 2 });
});

afterAll(async () => {
  await dovecot[Symbol.asyncDispose]();
});

function serverOf(user: string, more: Partial<MailServer> = {}): MailServer {
  return {
    ...{ host: 'localhost', port: dovecot.imapPort, security: 'none' },
    ...{ username: user, password: 'secret' },
    ...more,
  };
}

async function open(user: string, more: Partial<MailServer> = {}): Promise<MailSession> {
  const tlsCa = readFileSync(dovecot.certificateFile, 'utf8');
  return openImapSession(serverOf(user, more), { address: '127.0.0.1', tlsCa });
}

async function kindOf(attempt: Promise<unknown>): Promise<string> {
  const error: unknown = await attempt.then(
    () => 'no error',
    (reason: unknown) => reason,
  );
  return error instanceof MailError ? error.kind : String(error);
}

function aMessage(lines: readonly string[]): Buffer {
  return Buffer.from(
    ['From: Jill <jill@customer.example>', 'To: ana@own.example', ...lines].join('\r\n'),
    'latin1',
  );
}

describe('folders', () => {
  test('R8 are listed with what they are for, two of one name as two', async () => {
    await dovecot.deliver('ana', 'Projects/Sent', aMessage(['', 'x']));
    await using session = await open('ana');
    const folders = await session.listFolders();
    const uses = Object.fromEntries(folders.map(({ path, use }) => [path, use]));
    expect(uses).toMatchObject({
      ...{ INBOX: 'inbox', Sent: 'sent', Drafts: 'drafts', Junk: 'junk' },
      ...{ Trash: 'trash', Archive: 'archive', 'Projects/Sent': 'other' },
    });
    expect(Object.keys(uses)).not.toContain('Projects');
  });

  test('are counted without being opened, and the same when opened', async () => {
    await dovecot.deliver('ben', 'INBOX', aMessage(['', 'x']));
    await using session = await open('ben');
    const status = await session.folderStatus('INBOX');
    expect(status).toMatchObject({ uidNext: 2, exists: 1 });
    expect(status.uidValidity).toMatch(/^\d+$/);
    expect(await session.openFolder('INBOX')).toEqual(status);
  });

  test('that are missing are missing', async () => {
    await using session = await open('ben');
    expect(await kindOf(session.openFolder('Nowhere'))).toBe('folder_missing');
    expect(await kindOf(session.folderStatus('Nowhere'))).toBe('folder_missing');
    expect(session.isOpen).toBe(true);
  });

  test('have names in any script', async () => {
    await dovecot.deliver('ben', 'Verträge & 契約', aMessage(['', 'x']));
    await using session = await open('ben');
    expect((await session.listFolders()).map(({ path }) => path)).toContain('Verträge & 契約');
    expect(await session.openFolder('Verträge & 契約')).toMatchObject({ exists: 1 });
  });
});

describe('messages', () => {
  test('R3 what arrived is found by UID, and nothing new is nothing', async () => {
    await using session = await open('cai');
    await session.openFolder('INBOX');
    expect(await session.uidsAfter(0)).toEqual([]);
    for (const day of [1, 2, 3]) {
      const internalDate = new Date(`2023-01-0${day}T18:00:00Z`);
      await dovecot.deliver('cai', 'INBOX', aMessage(['', 'x']), { internalDate });
    }
    await session.openFolder('INBOX');
    expect(await session.uidsAfter(0)).toEqual([1, 2, 3]);
    expect(await session.uidsAfter(1)).toEqual([2, 3]);
    expect(await session.uidsAfter(3)).toEqual([]);
    expect(await session.uidsAfter(100)).toEqual([]);
    expect(await session.uidsSince(new Date('2023-01-02T18:00:00Z'))).toEqual([2, 3]);
    expect([...(await session.existing([2, 3, 4, 99]))]).toEqual([2, 3]);
  });

  test('R42 R70 headers and text come through, whatever the charset', async () => {
    const bodies: readonly (readonly [string, string, string])[] = [
      ['utf-8', 'quoted-printable', 'Gr=C3=BC=C3=9Fe'],
      ['iso-8859-1', '8bit', 'Gr\xfc\xdfe'],
      ['koi8-r', 'base64', Buffer.from([0xf0, 0xf2, 0xe9]).toString('base64')],
      ['iso-2022-jp', '7bit', '\x1b$B$3$s\x1b(B'],
    ];
    for (const [charset, encoding, body] of bodies) {
      const lines = [
        'Subject: =?utf-8?q?Angebot_=E2=82=AC?=',
        'Message-ID: <1@customer.example>',
        `Content-Type: text/plain; charset=${charset}`,
        `Content-Transfer-Encoding: ${encoding}`,
      ];
      await dovecot.deliver('dee', 'INBOX', aMessage([...lines, '', body]), {
        flags: ['\\Flagged', '$Junk'],
      });
    }
    await using session = await open('dee');
    await session.openFolder('INBOX');
    const messages = await session.fetchHeaders([1, 2, 3, 4, 5]);
    expect(messages.map(({ uid }) => uid)).toEqual([1, 2, 3, 4]);
    expect(messages[0]?.flags).toEqual(expect.arrayContaining(['\\Flagged', '$Junk']));
    const headers = parseHeaderBlock(messages[0]?.headerBlock ?? Buffer.alloc(0));
    expect(headers).toMatchObject({
      subject: 'Angebot €',
      internetMessageId: '1@customer.example',
    });
    expect(headers.from?.address).toBe('jill@customer.example');
    const wanted = messages.map(({ uid, bodyStructure }) => ({
      uid,
      parts: chooseTextParts(bodyStructure),
    }));
    const texts: string[] = [];
    for (const { parts } of (await session.fetchParts(wanted)).values()) {
      texts.push((await readContent(parts)).text);
    }
    expect(texts).toEqual(['Grüße', 'Grüße', 'ПРИ', 'こん']);
  });

  test('R42 of a message with files only the texts are fetched', async () => {
    const file = Buffer.alloc(50_000, 'x').toString('base64');
    await dovecot.deliver(
      'eve',
      'INBOX',
      aMessage([
        'Content-Type: multipart/mixed; boundary=m',
        '',
        '--m',
        'Content-Type: multipart/alternative; boundary=a',
        '',
        '--a',
        'Content-Type: text/plain',
        '',
        'Hello',
        '--a',
        'Content-Type: text/html',
        '',
        '<p>Hello</p>',
        '--a--',
        '--m',
        'Content-Type: application/pdf',
        'Content-Disposition: attachment; filename="=?utf-8?q?f=C3=BCr_Ana.pdf?="',
        'Content-Transfer-Encoding: base64',
        '',
        file,
        '--m--',
        '',
      ]),
    );
    await using session = await open('eve');
    await session.openFolder('INBOX');
    const [message] = await session.fetchHeaders([1]);
    if (message === undefined) throw new Error('not fetched');
    expect(message.bodyStructure).toMatchObject({
      mediaType: 'multipart/mixed',
      parts: [{ part: '1.1' }, { part: '1.2' }, { part: '2', fileName: 'für Ana.pdf' }],
    });
    const fetched = await session.fetchParts([
      { uid: 1, parts: chooseTextParts(message.bodyStructure) },
    ]);
    expect(await readContent(fetched.get(1)?.parts ?? [])).toMatchObject({
      text: 'Hello',
      html: '<p>Hello</p>',
    });
    expect(session.octets().received).toBeLessThan(20_000);
  });

  test('reading changes nothing: no message is marked as seen', async () => {
    await dovecot.deliver('fay', 'INBOX', aMessage(['', 'unread']));
    {
      await using session = await open('fay');
      await session.openFolder('INBOX');
      const [message] = await session.fetchHeaders([1]);
      await session.fetchParts([
        { uid: 1, parts: chooseTextParts(message?.bodyStructure ?? never()) },
      ]);
    }
    const { host, port } = { host: '127.0.0.1', port: dovecot.imapPort };
    const auth = { user: 'fay', pass: 'secret' };
    const client = new ImapFlow({
      host,
      port,
      secure: false,
      doSTARTTLS: false,
      auth,
      logger: false,
    });
    await client.connect();
    await client.mailboxOpen('INBOX', { readOnly: true });
    const flags = await client.fetchOne('1', { flags: true }, { uid: true });
    await client.logout();
    expect(flags !== false && [...(flags.flags ?? [])]).not.toContain('\\Seen');
  });
});

describe('the login', () => {
  test('R55 with a wrong password is refused for good', async () => {
    expect(await kindOf(open('ana', { password: 'wrong' }))).toBe('authentication_failed');
  });

  test('R55 beyond the number of connections only waits', async () => {
    await using first = await open('fay');
    await using second = await open('fay');
    expect(await kindOf(open('fay'))).toBe('throttled');
    expect(first.isOpen && second.isOpen).toBe(true);
  });

  test('R50 works over TLS and over STARTTLS with a trusted certificate', async () => {
    await using tls = await open('ana', { port: dovecot.imapsPort, security: 'tls' });
    expect((await tls.folderStatus('INBOX')).uidNext).toBeGreaterThan(0);
    await using startTls = await open('ana', { security: 'starttls' });
    expect(startTls.isOpen).toBe(true);
  });

  test('a certificate that nobody vouches for is refused', async () => {
    const server = serverOf('ana', { port: dovecot.imapsPort, security: 'tls' });
    expect(await kindOf(openImapSession(server, { address: '127.0.0.1' }))).toBe('tls_failed');
    const tlsCa = readFileSync(dovecot.certificateFile, 'utf8');
    const other = { ...server, host: 'imap.customer.example' };
    expect(await kindOf(openImapSession(other, { address: '127.0.0.1', tlsCa }))).toBe(
      'tls_failed',
    );
    const startTls = serverOf('ana', { security: 'starttls' });
    expect(await kindOf(openImapSession(startTls, { address: '127.0.0.1' }))).toBe('tls_failed');
  });
});

describe('R50 a mailbox is tried before it is saved', () => {
  test('and its folders are seen', async () => {
    const { folders } = await testServer(serverOf('ana'), { allowLocal: true });
    expect(folders.map(({ use }) => use)).toContain('sent');
  });

  test('a wrong password, a local host and a closed port have their own reasons', async () => {
    const wrong = serverOf('ana', { password: 'wrong' });
    expect(await kindOf(testServer(wrong, { allowLocal: true }))).toBe('authentication_failed');
    expect(await kindOf(testServer(serverOf('ana'), { allowLocal: false }))).toBe('host_refused');
    const closed = serverOf('ana', { port: 9 });
    expect(await kindOf(testServer(closed, { allowLocal: true }))).toBe('server_unavailable');
  });

  test('and the trial leaves no connection behind', async () => {
    for (let trial = 0; trial < 5; trial += 1) {
      await testServer(serverOf('ben'), { allowLocal: true });
    }
  });
});

function never(): never {
  throw new Error('not fetched');
}
