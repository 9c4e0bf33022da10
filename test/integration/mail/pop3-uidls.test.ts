import { describe, expect, test } from 'vitest';
import type { UidlStore } from '../../../mail/pop3.ts';
import { startScriptedPop3, type Pop3Script } from '../../support/scripted-pop3.ts';
import { lines, open } from './pop3-helpers.ts';
import { failureOf } from './scripted.ts';

const top = (n: string): string => lines(`Subject: message ${n}`, `Date: ${dayOf(Number(n))}`, '');
const dayOf = (n: number): string => new Date(Date.UTC(2026, 0, n)).toUTCString();
const all = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n + 1);

/** So many messages, the first one of the first of January, a day apart. */
function mailbox(count: number, more: Pop3Script = {}): Pop3Script {
  return {
    UIDL: [lines(...all(count).map((n) => `${n} uidl-${n}`))],
    LIST: (n) => [n === '' ? lines(...all(count).map((m) => `${m} 500`)) : `+OK ${n} 500\r\n`],
    TOP: (argument) => [top(argument.split(' ')[0] ?? '')],
    RETR: (n) => [top(n)],
    ...more,
  };
}

/** What a store was asked to number. */
function aStore(): UidlStore & { readonly listed: string[][] } {
  const listed: string[][] = [];
  return {
    listed,
    number: (names) => {
      listed.push([...names]);
      const uids = new Map(names.map((name, index) => [name, index + 11]));
      return Promise.resolve({ uids, uidNext: names.length + 11, uidValidity: '7' });
    },
  };
}

describe('numbers', () => {
  test('R3 come from the store, in the order of the server, once per session', async () => {
    await using scripted = await startScriptedPop3(mailbox(3));
    const store = aStore();
    await using session = await open(scripted, {}, {}, store);
    const snapshot = { uidValidity: '7', uidNext: 14, exists: 3, highestModseq: null };
    expect(await session.folderStatus('INBOX')).toEqual(snapshot);
    expect(await session.openFolder('inbox')).toEqual(snapshot);
    expect(await session.uidsAfter(11)).toEqual([12, 13]);
    expect(await session.uidsAfter(11, 12)).toEqual([12]);
    expect(await session.allUids()).toEqual([{ first: 11, last: 13 }]);
    expect(await session.existing([1, 12])).toEqual(new Set([12]));
    const [message, ...others] = await session.fetchHeaders([13, 99]);
    expect([message?.uid, message?.headerBlock.toString().slice(0, 18), others]).toEqual([
      ...[13, 'Subject: message 3', []],
    ]);
    expect(store.listed).toEqual([['uidl-1', 'uidl-2', 'uidl-3']]);
    expect(scripted.countOf('UIDL')).toBe(1);
  });

  test('R8 there is no folder but the inbox', async () => {
    await using scripted = await startScriptedPop3();
    await using session = await open(scripted);
    expect((await failureOf(session.openFolder('Sent'))).kind).toBe('folder_missing');
  });

  test.each([
    ['no UIDL', ['-ERR unknown command\r\n'], 3],
    ['a UIDL without names', [lines('1', '2 ', '3 x')], 2],
    ['the same UIDL twice', [lines('1 a', '2 a', '3 b')], 2],
  ])('where the server has %s, headers tell messages apart', async (_, UIDL, hashed) => {
    const CAPA = [lines('USER', 'TOP')];
    await using scripted = await startScriptedPop3(mailbox(3, { UIDL, CAPA }));
    const store = aStore();
    await using session = await open(scripted, {}, {}, store);
    expect(await session.uidsAfter(0)).toEqual([11, 12, 13]);
    const [names = []] = store.listed;
    expect(new Set(names).size).toBe(3);
    expect(names.filter((name) => name.startsWith('sha256 '))).toHaveLength(hashed);
    await session.fetchHeaders([11, 12, 13]);
    expect(scripted.countOf('TOP')).toBe(3);
  });

  test.each([
    ['[SYS/TEMP] later', ['USER', 'TOP']],
    ['disk full', ['USER', 'TOP', 'UIDL']],
    ['disk full', null],
  ])('R55 trouble with UIDL (%s, %j) is no lack of it', async (text, listed) => {
    const CAPA = listed === null ? ['-ERR\r\n'] : [lines(...listed)];
    await using scripted = await startScriptedPop3(
      mailbox(3, { UIDL: [`-ERR ${text}\r\n`], CAPA }),
    );
    await using session = await open(scripted);
    expect((await failureOf(session.openFolder('INBOX'))).kind).toBe('server_unavailable');
    expect(scripted.countOf('TOP')).toBe(0);
  });
});

describe('headers', () => {
  test('R3 messages that arrived since a day are found without reading all headers', async () => {
    await using scripted = await startScriptedPop3(mailbox(300));
    await using session = await open(scripted);
    const since = await session.uidsSince(new Date(Date.UTC(2026, 0, 290)));
    expect(since).toEqual([290, 291, 292, 293, 294, 295, 296, 297, 298, 299, 300]);
    expect(scripted.countOf('TOP')).toBeLessThanOrEqual(150);
  });

  test('a message that cannot be dated counts as new', async () => {
    const TOP = (n: string) => [n === '1 0' ? '-ERR\r\n' : top('1')];
    await using scripted = await startScriptedPop3(mailbox(2, { TOP }));
    await using session = await open(scripted);
    expect(await session.uidsSince(new Date('2026-05-01'))).toEqual([1]);
  });

  test('without TOP they are read off the whole message', async () => {
    await using scripted = await startScriptedPop3(mailbox(2, { TOP: ['-ERR\r\n'] }));
    await using session = await open(scripted);
    const messages = await session.fetchHeaders([1, 2]);
    expect(messages.map(({ uid, size }) => [uid, size])).toEqual([
      [1, 500],
      [2, 500],
    ]);
  });

  test('a message that the server does not hand out is missing, and downloaded by nobody', async () => {
    const TOP = (n: string) => [n === '1 0' ? '-ERR damaged\r\n' : top('2')];
    await using scripted = await startScriptedPop3(mailbox(2, { TOP, RETR: ['-ERR\r\n'] }));
    await using session = await open(scripted);
    expect((await session.fetchHeaders([1, 2])).map(({ uid }) => uid)).toEqual([2]);
    expect(await session.fetchParts([{ uid: 2, parts: [] }])).toEqual(new Map());
    expect(scripted.countOf('RETR')).toBe(1);
    expect(session.isOpen).toBe(true);
  });

  test('R55 "not now" is trouble of the server, not of the message', async () => {
    const TOP = (n: string) => [n === '1 0' ? '-ERR [SYS/TEMP] later\r\n' : top('2')];
    await using scripted = await startScriptedPop3(mailbox(2, { TOP }));
    await using session = await open(scripted);
    expect((await failureOf(session.fetchHeaders([1, 2]))).kind).toBe('server_unavailable');
  });

  test('a few sizes of many are asked for one by one', async () => {
    await using scripted = await startScriptedPop3(mailbox(100));
    await using session = await open(scripted);
    expect((await session.fetchHeaders([100])).map(({ size }) => size)).toEqual([500]);
    expect(scripted.commands).toContain('LIST 100');
    expect(scripted.commands).not.toContain('LIST');
  });

  test('RFC 2449 commands go out together where the server allows it, and only there', async () => {
    let waiting = 0;
    let most = 0;
    const TOP = (argument: string) => {
      most = Math.max(most, waiting);
      return [top(argument.split(' ')[0] ?? '')];
    };
    for (const isPipelined of [true, false]) {
      const CAPA = [lines('USER', 'UIDL', 'TOP', ...(isPipelined ? ['PIPELINING'] : []))];
      await using scripted = await startScriptedPop3(mailbox(120, { TOP, CAPA }), {
        onLines: (count) => (waiting = count),
      });
      await using session = await open(scripted);
      most = 0;
      expect(await session.fetchHeaders(all(120))).toHaveLength(120);
      if (isPipelined) expect(most).toBeGreaterThan(10);
      else expect(most).toBe(1);
    }
  });
});
