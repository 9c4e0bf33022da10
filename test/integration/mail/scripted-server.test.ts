import { describe, expect, test } from 'vitest';
import { parseHeaderBlock } from '../../../mail/headers.ts';
import { held, inTurn, startScriptedImap } from '../../support/scripted-imap.ts';
import { ScriptedMailbox } from '../../support/scripted-mailbox.ts';
import { everything, failureOf, open, openInbox } from './scripted.ts';

/** The scripted server itself: what other tests rely on. */

test('it counts connections, logins, commands and octets', async () => {
  await using scripted = await startScriptedImap();
  await everything(scripted);
  await everything(scripted);
  expect([scripted.connections, scripted.logins, scripted.countOf('UID FETCH')]).toEqual([2, 2, 2]);
  expect(scripted.octets.sent).toBeGreaterThan(100);
  expect(scripted.octets.received).toBeGreaterThan(100);
});

test('it answers differently the second time, and per connection', async () => {
  await using scripted = await startScriptedImap({
    LOGIN: inTurn(['TAG NO [UNAVAILABLE] Later'], ['TAG OK done']),
    STATUS: ({ connection }) => [
      `* STATUS INBOX (MESSAGES ${connection} UIDNEXT 9 UIDVALIDITY 7)`,
      'TAG OK done',
    ],
  });
  expect((await failureOf(open(scripted))).kind).toBe('server_unavailable');
  await using session = await open(scripted);
  expect((await session.folderStatus('INBOX')).exists).toBe(2);
});

test('it answers when the test lets it', async () => {
  const later = held(['* STATUS INBOX (MESSAGES 3 UIDNEXT 4 UIDVALIDITY 7)', 'TAG OK done']);
  await using scripted = await startScriptedImap({ STATUS: later.answer });
  await using session = await open(scripted);
  let isAnswered = false;
  const asked = session.folderStatus('INBOX').then((status) => {
    isAnswered = true;
    return status;
  });
  await expect.poll(() => scripted.countOf('STATUS')).toBe(1);
  expect(isAnswered).toBe(false);
  later.release();
  expect((await asked).uidNext).toBe(4);
});

describe('a mailbox that is made up as it is read', () => {
  test.each([null, 1, 7])('comes through whole in packets of %s', async (packetOctets) => {
    const mailbox = new ScriptedMailbox({ capabilities: ['CONDSTORE', 'ENABLE', 'ESEARCH'] });
    mailbox.folder().gone.add(2);
    await using scripted = await startScriptedImap(
      mailbox.script,
      packetOctets === null ? {} : { packetOctets },
    );
    await using session = await openInbox(scripted);
    const messages = await session.fetchHeaders([1, 2, 3]);
    expect(messages.map(({ uid }) => uid)).toEqual([1, 3]);
    const headers = parseHeaderBlock(messages[1]?.headerBlock ?? Buffer.alloc(0));
    expect(headers.subject).toBe('Message 3');
    const parts = messages[1]?.bodyStructure.parts ?? [];
    const fetched = await session.fetchParts([{ uid: 3, parts }]);
    expect(fetched.get(3)?.parts[0]?.octets.toString()).toContain('Hello Ana, this is number 3.');
  });

  test('takes a password that needs a literal', async () => {
    await using scripted = await startScriptedImap();
    const server = { ...scripted.server, password: 'geheim-ß"\\' };
    await using session = await open({ ...scripted, server });
    expect((await session.folderStatus('INBOX')).exists).toBe(3);
  });

  test('has a hundred thousand messages as quickly as three', async () => {
    const mailbox = new ScriptedMailbox({
      folders: { INBOX: { count: 100_000 }, Sent: { count: 1 } },
    });
    await using scripted = await startScriptedImap(mailbox.script);
    await using session = await openInbox(scripted);
    expect(await session.uidsAfter(99_998)).toEqual([99_999, 100_000]);
    mailbox.folder().lastUid += 1;
    expect((await session.openFolder('INBOX')).uidNext).toBe(100_002);
    expect((await session.folderStatus('Sent')).exists).toBe(1);
    expect((await failureOf(session.openFolder('Nowhere'))).kind).toBe('folder_missing');
  });
});

test('it pushes news to whoever waits in IDLE', async () => {
  await using scripted = await startScriptedImap({
    CAPABILITY: ['* CAPABILITY IMAP4rev1 IDLE', 'TAG OK done'],
  });
  await using session = await open(scripted);
  let news = 0;
  const watch = await session.watch?.('INBOX', { news: () => (news += 1), gone: () => undefined });
  await expect.poll(() => scripted.idling).toBe(1);
  await scripted.push('* 4 EXISTS');
  await expect.poll(() => news).toBe(1);
  watch?.stop();
});
