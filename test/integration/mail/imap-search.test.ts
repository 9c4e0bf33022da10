import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countUids, formatUidSet, withoutUids } from '../../../domain/uid-set.ts';
import { openImapSession } from '../../../mail/imap.ts';
import type { Dovecot } from '../../../local/dovecot.ts';
import { startTestDovecot } from '../../support/dovecot.ts';
import { startScriptedImap } from '../../support/scripted-imap.ts';
import { ScriptedMailbox } from '../../support/scripted-mailbox.ts';
import { failureOf, open, openInbox } from './scripted.ts';

const ESEARCH = { CAPABILITY: ['* CAPABILITY IMAP4rev1 ESEARCH', 'TAG OK done'] };
const HUGE = { INBOX: { count: 100_000 } };

describe.each([{ capabilities: [] }, { capabilities: ['ESEARCH'] }])(
  'a search, with $capabilities',
  ({ capabilities }) => {
    test('R3 finds the same', async () => {
      const mailbox = new ScriptedMailbox({ capabilities, folders: { INBOX: { count: 9 } } });
      for (const uid of [1, 4, 9]) mailbox.folder().gone.add(uid);
      await using scripted = await startScriptedImap(mailbox.script);
      await using session = await openInbox(scripted);
      expect(formatUidSet(await session.allUids())).toBe('2:3,5:8');
      expect(await session.uidsAfter(3)).toEqual([5, 6, 7, 8]);
      expect(await session.uidsAfter(3, 6)).toEqual([5, 6]);
      expect(await session.uidsAfter(8)).toEqual([]);
      expect(await session.uidsAfter(9)).toEqual([]);
      expect([...(await session.existing([1, 2, 8, 9]))]).toEqual([2, 8]);
      expect(await session.uidsSince(new Date(Date.now() + 100 * 86_400_000))).toEqual([]);
      expect(await session.uidsSince(new Date(0))).toEqual([2, 3, 5, 6, 7, 8]);
    });
  },
);

test('R1 all UIDs of 100,000 messages are a line with ESEARCH, and right without', async () => {
  for (const [capabilities, most] of [[['ESEARCH'], 1_000] as const, [[], 700_000] as const]) {
    const mailbox = new ScriptedMailbox({ capabilities, folders: HUGE });
    mailbox.folder().gone.add(50_000);
    await using scripted = await startScriptedImap(mailbox.script);
    await using session = await openInbox(scripted);
    const before = session.octets().received;
    const all = await session.allUids();
    expect(countUids(all)).toBe(99_999);
    expect(formatUidSet(withoutUids(all, []))).toBe('1:49999,50001:100000');
    expect(session.octets().received - before).toBeLessThan(most);
  }
});

describe('a server that promises ESEARCH', () => {
  test('R3 and answers in the old form is asked in the old form: never "nothing"', async () => {
    await using scripted = await startScriptedImap({
      ...ESEARCH,
      'UID SEARCH': ['* SEARCH 2 3', 'TAG OK done'],
    });
    await using session = await openInbox(scripted);
    expect(await session.uidsAfter(0)).toEqual([2, 3]);
    expect(scripted.countOf('UID SEARCH')).toBe(2);
  });

  test.each(['COUNT 3 ALL 1:2', 'COUNT 2 ALL 1:*', 'ALL 0:7', 'COUNT 1'])(
    'and answers %s is asked in the old form',
    async (answer) => {
      await using scripted = await startScriptedImap({
        ...ESEARCH,
        'UID SEARCH': ({ command, tag }) =>
          command.includes('RETURN')
            ? [`* ESEARCH (TAG "${tag}") UID ${answer}`, 'TAG OK done']
            : ['* SEARCH 2', 'TAG OK done'],
      });
      await using session = await openInbox(scripted);
      expect(await session.uidsAfter(0)).toEqual([2]);
    },
  );

  test('and lists four billion messages is not believed', async () => {
    await using scripted = await startScriptedImap({
      ...ESEARCH,
      'UID SEARCH': ({ tag }) => [
        `* ESEARCH (TAG "${tag}") UID COUNT 4294967295 ALL 1:4294967295`,
        'TAG OK done',
      ],
    });
    await using session = await openInbox(scripted);
    expect((await failureOf(session.uidsAfter(0))).kind).toBe('protocol_violation');
    expect(await session.uidsAfter(5, 7)).toEqual([6, 7]);
    expect([...(await session.existing([3]))]).toEqual([3]);
  });

  test('R55 and refuses has refused', async () => {
    await using scripted = await startScriptedImap({
      ...ESEARCH,
      'UID SEARCH': ['TAG NO [LIMIT] Rate limit hit.'],
    });
    await using session = await openInbox(scripted);
    expect((await failureOf(session.allUids())).kind).toBe('throttled');
  });
});

describe('Dovecot', () => {
  let dovecot: Dovecot;
  beforeAll(async () => void (dovecot = await startTestDovecot()));
  afterAll(() => dovecot[Symbol.asyncDispose]());

  test('R3 answers with ranges, counts its changes (CONDSTORE), and is not asked for what is old', async () => {
    for (let count = 0; count < 5; count += 1)
      await dovecot.deliver('ana', 'INBOX', 'A: b\r\n\r\nx');
    const server = {
      ...{ host: 'localhost', port: dovecot.imapPort, security: 'none' as const },
      ...{ username: 'ana', password: 'secret' },
    };
    await using session = await openImapSession(server, { address: '127.0.0.1' });
    const status = await session.folderStatus('INBOX');
    expect(status.highestModseq).toMatch(/^\d+$/);
    expect((await session.openFolder('INBOX')).highestModseq).toBe(status.highestModseq);
    expect(await session.allUids()).toEqual([{ first: 1, last: 5 }]);
    expect(await session.uidsAfter(3)).toEqual([4, 5]);
    await dovecot.deliver('ana', 'INBOX', 'A: b\r\n\r\nx');
    const later = await session.folderStatus('INBOX');
    expect(later.uidNext).toBe(7);
    expect(BigInt(later.highestModseq ?? 0)).toBeGreaterThan(BigInt(status.highestModseq ?? 0));
  });
});

test('R1 a server without CONDSTORE is not asked for it, and one with NOMODSEQ has none', async () => {
  await using plain = await startScriptedImap();
  await using session = await open(plain);
  expect((await session.folderStatus('INBOX')).highestModseq).toBeNull();
  expect((await session.openFolder('INBOX')).highestModseq).toBeNull();
  expect(plain.commands.join('\n')).not.toMatch(/MODSEQ|CONDSTORE|QRESYNC/);

  const mailbox = new ScriptedMailbox({ capabilities: ['CONDSTORE', 'ENABLE'] });
  await using able = await startScriptedImap(mailbox.script);
  await using other = await open(able);
  expect((await other.folderStatus('INBOX')).highestModseq).toBe('4');
  expect((await other.openFolder('INBOX')).highestModseq).toBe('4');
  expect(able.commands.join('\n')).not.toMatch(/QRESYNC|VANISHED/);
});
