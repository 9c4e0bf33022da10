import { describe, expect, test } from 'vitest';
import { startScriptedPop3 } from '../../support/scripted-pop3.ts';
import { lines, octetByOctet, open, textOf } from './pop3-helpers.ts';

const HEADER = 'From: jill@customer.example\r\nContent-Type: text/plain; charset=latin1\r\n\r\n';

describe('a session', () => {
  test('R50 a mailbox is listed, read and left, and nothing in it is deleted', async () => {
    await using scripted = await startScriptedPop3();
    {
      await using session = await open(scripted);
      expect(await session.listFolders()).toEqual([{ path: 'INBOX', use: 'inbox' }]);
      const snapshot = { uidValidity: '1', uidNext: 2, exists: 1, highestModseq: null };
      expect(await session.openFolder('INBOX')).toEqual(snapshot);
      expect(await session.uidsAfter(0)).toEqual([1]);
      const [message] = await session.fetchHeaders([1]);
      expect(message).toMatchObject({ uid: 1, size: 52, flags: [] });
      expect(message?.headerBlock.toString()).toBe(
        'From: jill@customer.example\r\nSubject: Hi\r\n\r\n',
      );
      expect(await textOf(session)).toBe('Hello.\r\n');
      expect(session.isOpen).toBe(true);
    }
    expect(scripted.commands).toEqual([
      ...['CAPA', 'USER ana', 'PASS secret', 'UIDL', 'LIST', 'TOP 1 0', 'RETR 1', 'QUIT'],
    ]);
  });

  test('a mailbox that is held long enough is given back between two uses', async () => {
    await using scripted = await startScriptedPop3();
    await using session = await open(scripted, { lockMs: 0 });
    expect(session.isOpen).toBe(false);
    expect(await session.uidsAfter(0)).toEqual([1]);
  });

  test('trap 13: answers that come octet by octet are the same answers', async () => {
    const RETR = octetByOctet(`+OK\r\n${HEADER}..dot\r\n...\r\nfin\xe9\r\n.\r\n`);
    const TOP = octetByOctet(`+OK\r\n${HEADER}.\r\n`);
    const CAPA = octetByOctet(lines('USER'));
    await using scripted = await startScriptedPop3({ RETR, TOP, CAPA });
    await using session = await open(scripted);
    const [message] = await session.fetchHeaders([1]);
    expect(message?.headerBlock.toString('latin1')).toBe(HEADER);
    expect(await textOf(session)).toBe('.dot\r\n..\r\nfin\xe9\r\n');
    expect(await session.existing([1, 2])).toEqual(new Set([1]));
  });
});
