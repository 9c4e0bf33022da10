import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FolderWatch, MailSession } from '../../../mail/session.ts';
import { startTestDovecot } from '../../support/dovecot.ts';
import { startScriptedImap, type ScriptedImap } from '../../support/scripted-imap.ts';
import { aMessage } from '../../../local/demo/build.ts';
import { openImapSession } from '../../../mail/imap.ts';
import { open } from './scripted.ts';

const CAPABILITY = ['* CAPABILITY IMAP4rev1 IDLE', 'TAG OK done'];

let imap: ScriptedImap;
beforeEach(async () => void (imap = await startScriptedImap({ CAPABILITY })));
afterEach(() => imap[Symbol.asyncDispose]());

/** Watches the inbox; `heard` is what the listener was told. */
async function watched(session: MailSession) {
  const heard: string[] = [];
  const listener = { news: () => void heard.push('news'), gone: () => void heard.push('gone') };
  const watch: FolderWatch | null = (await session.watch?.('INBOX', listener)) ?? null;
  return { watch, heard };
}

test('R1 a delivery is told by a real server, and the next command ends the wait', async () => {
  await using dovecot = await startTestDovecot();
  const server = { host: 'localhost', port: dovecot.imapPort, security: 'none' } as const;
  const login = { ...server, username: 'ana', password: 'secret' };
  await using session = await openImapSession(login, { address: '127.0.0.1' });
  const { watch, heard } = await watched(session);
  expect(watch?.snapshot).toMatchObject({ exists: 0, uidNext: 1 });
  await dovecot.deliver('ana', 'INBOX', aMessage({ from: 'a@b.example', subject: 'Hello' }));
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['news']);
  watch?.stop();
  expect(await session.folderStatus('INBOX')).toMatchObject({ exists: 1 });
  expect([session.isOpen, heard]).toEqual([true, ['news']]);
});

test('the folder is opened read-only', async () => {
  await using session = await open(imap);
  await watched(session);
  expect([imap.countOf('EXAMINE'), imap.countOf('SELECT')]).toEqual([1, 0]);
});

test('a server that falls silent is asked for a sign of life, and watched on', async () => {
  await using session = await open(imap, { timeouts: { silenceMs: 300 } });
  const { heard } = await watched(session);
  await expect.poll(() => imap.countOf('IDLE')).toBeGreaterThan(2);
  expect(imap.countOf('NOOP')).toBeGreaterThan(0);
  await expect.poll(() => imap.idling).toBe(1);
  await imap.push('* 4 EXISTS');
  await expect.poll(() => heard).toEqual(['news']);
});

test('a server that does not answer any more is gone', async () => {
  await using silent = await startScriptedImap({ CAPABILITY, NOOP: 'silence' });
  await using session = await open(silent, { timeouts: { silenceMs: 300 } });
  const { heard } = await watched(session);
  await expect.poll(() => heard).toEqual(['gone']);
  expect(session.isOpen).toBe(false);
});

test('a dropped connection is told once', async () => {
  await using session = await open(imap);
  const { heard } = await watched(session);
  await expect.poll(() => imap.idling).toBe(1);
  imap.dropAll();
  await expect.poll(() => heard).toEqual(['gone']);
});

test('after the stop nothing is told, not even that the connection ended', async () => {
  await using session = await open(imap);
  const { watch, heard } = await watched(session);
  await expect.poll(() => imap.idling).toBe(1);
  watch?.stop();
  await imap.push('* 4 EXISTS');
  await session.folderStatus('INBOX');
  await session[Symbol.asyncDispose]();
  expect([heard, imap.countOf('LOGOUT')]).toEqual([[], 1]);
});
