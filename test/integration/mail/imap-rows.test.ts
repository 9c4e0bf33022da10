import { describe, expect, test } from 'vitest';
import { MailError, type MailErrorKind } from '../../../mail/errors.ts';
import { parseHeaderBlock } from '../../../mail/headers.ts';
import { startScriptedImap } from '../../support/scripted-imap.ts';
import { ScriptedMailbox } from '../../support/scripted-mailbox.ts';
import { everything, failureOf, fetchAnswer, open, openInbox, row } from './scripted.ts';

describe('rows that nobody asked for, and rows that lack something', () => {
  test('trap 3: R3 `n:*` brings the last old message again: it is not new', async () => {
    await using scripted = await startScriptedImap({ 'UID SEARCH': ['* SEARCH 3', 'TAG OK done'] });
    await using session = await openInbox(scripted);
    expect(await session.uidsAfter(3)).toEqual([]);
    expect(await session.uidsAfter(2)).toEqual([3]);
    expect(scripted.commands.at(-1)).toBe('UID SEARCH UID 3:*');
  });

  test('nothing is searched in an empty folder', async () => {
    const empty = ['* 0 EXISTS', '* OK [UIDVALIDITY 7] ok', '* OK [UIDNEXT 4] ok', 'TAG OK done'];
    await using scripted = await startScriptedImap({ EXAMINE: empty });
    await using session = await openInbox(scripted);
    expect(await session.uidsAfter(0)).toEqual([]);
    expect(scripted.countOf('UID SEARCH')).toBe(0);
  });

  test('trap 4: an unsolicited row is left out and moves no counter', async () => {
    await using scripted = await startScriptedImap(
      fetchAnswer('* 9 FETCH (UID 9 FLAGS ())', row(9), row(1)),
    );
    await using session = await open(scripted);
    const snapshot = await session.openFolder('INBOX');
    expect(snapshot).toEqual({ exists: 3, uidNext: 4, uidValidity: '7', highestModseq: null });
    expect((await session.fetchHeaders([1, 2])).map(({ uid }) => uid)).toEqual([1]);
    expect(snapshot.uidNext).toBe(4);
    expect((await session.openFolder('INBOX')).uidNext).toBe(4);
  });

  test('an unsolicited row right behind EXAMINE is not in the snapshot', async () => {
    const opened = ['* 3 EXISTS', '* OK [UIDVALIDITY 7] ok', '* OK [UIDNEXT 4] ok', 'TAG OK done'];
    await using scripted = await startScriptedImap({
      EXAMINE: [[...opened, '* 9 FETCH (UID 9 FLAGS ())'].join('\r\n')],
    });
    await using session = await open(scripted);
    expect((await session.openFolder('INBOX')).uidNext).toBe(4);
  });

  test('R1 counters that move on their own are not taken for what was read (CONDSTORE)', async () => {
    const mailbox = new ScriptedMailbox({ capabilities: ['CONDSTORE', 'ENABLE'] });
    await using scripted = await startScriptedImap({
      ...mailbox.script,
      ...fetchAnswer('* 3 FETCH (UID 9 MODSEQ (200) FLAGS ())', row(1)),
    });
    await using session = await open(scripted);
    const snapshot = await session.openFolder('INBOX');
    await session.fetchHeaders([1]);
    expect([snapshot.highestModseq, snapshot.uidNext]).toEqual(['4', 4]);
    expect(await session.openFolder('INBOX')).toEqual(snapshot);
  });

  test('trap 5: a row without UID stays pending', async () => {
    await using scripted = await startScriptedImap(fetchAnswer(row(null), row(2)));
    await using session = await openInbox(scripted);
    expect((await session.fetchHeaders([1, 2])).map(({ uid }) => uid)).toEqual([2]);
  });

  test.each(['BODYSTRUCTURE NIL', 'BODYSTRUCTURE (("text"', 'MODSEQ (1)'])(
    'trap 5: a row with %s instead of a structure stays pending',
    async (structure) => {
      await using scripted = await startScriptedImap(fetchAnswer(row(1, structure), row(2)));
      await using session = await openInbox(scripted);
      const fetched = await session.fetchHeaders([1, 2]).catch((error: unknown) => error);
      if (fetched instanceof MailError) expect(fetched.kind).toBe('protocol_violation');
      else expect((fetched as { uid: number }[]).map(({ uid }) => uid)).toEqual([2]);
    },
  );

  test('a message whose row comes in two halves is one message', async () => {
    const whole = row(1);
    const cut = whole.indexOf('INTERNALDATE');
    const halves = [`${whole.slice(0, cut).trim()})`, `* 1 FETCH (UID 1 ${whole.slice(cut)}`];
    await using scripted = await startScriptedImap(fetchAnswer(...halves));
    await using session = await openInbox(scripted);
    expect(await session.fetchHeaders([1])).toMatchObject([
      { uid: 1, flags: ['\\Seen'], size: 100 },
    ]);
  });

  test('a short answer is short, not an error', async () => {
    await using scripted = await startScriptedImap({
      'UID FETCH': [row(2), 'TAG NO Some of the requested messages no longer exist'],
    });
    await using session = await openInbox(scripted);
    expect((await session.fetchHeaders([1, 2, 3])).map(({ uid }) => uid)).toEqual([2]);
  });

  test('R5 a draft that Gmail shows by its label carries the flag', async () => {
    await using scripted = await startScriptedImap({
      CAPABILITY: ['* CAPABILITY IMAP4rev1 X-GM-EXT-1', 'TAG OK done'],
      ...fetchAnswer(
        row(1).replace('FLAGS (\\Seen)', 'FLAGS () X-GM-LABELS ("\\\\Draft" "Offers")'),
      ),
    });
    await using session = await openInbox(scripted);
    expect((await session.fetchHeaders([1]))[0]?.flags).toEqual(['\\Draft']);
    expect(scripted.commands.at(-1)).toContain('X-GM-LABELS');
  });

  test('headers are asked for without what nobody reads, and once in another way when that is refused', async () => {
    await using scripted = await startScriptedImap({
      'UID FETCH': ({ command }) =>
        command.includes('HEADER.FIELDS.NOT') ? ['TAG BAD Unknown'] : [row(1), 'TAG OK done'],
    });
    await using session = await openInbox(scripted);
    expect((await session.fetchHeaders([1])).map(({ uid }) => uid)).toEqual([1]);
    expect((await session.fetchHeaders([1])).map(({ uid }) => uid)).toEqual([1]);
    expect(
      scripted.commands
        .filter((command) => command.startsWith('UID FETCH'))
        .map((command) => /BODY.PEEK\[\S+ \(\S+/.exec(command)?.[0]),
    ).toEqual([
      'BODY.PEEK[HEADER.FIELDS.NOT (Received',
      ...['BODY.PEEK[HEADER.FIELDS (Message-ID', 'BODY.PEEK[HEADER.FIELDS (Message-ID'],
    ]);
  });

  test.each([
    ['whole', 'BODY[HEADER]'],
    ['as a quoted string', 'BODY[HEADER.FIELDS.NOT ("Received")]'],
  ])('a header block that comes %s is cut down to what is wanted', async (_how, key) => {
    const block = 'Received: x\r\nFrom: jill@customer.example\r\nX-Other: y\r\n\r\n';
    const value = key === 'BODY[HEADER]' ? `{${block.length}}\r\n${block}` : '"From: jill@x"';
    const odd = row(1).replace(/BODY\[HEADER[^]*$/, `${key} ${value})`);
    await using scripted = await startScriptedImap(fetchAnswer(odd));
    await using session = await openInbox(scripted);
    const [message] = await session.fetchHeaders([1]);
    expect(message?.headerBlock.toString()).toBe(
      key === 'BODY[HEADER]' ? 'From: jill@customer.example\r\n\r\n' : 'From: jill@x\r\n',
    );
  });

  test('garbage between the rows does no harm', async () => {
    await using scripted = await startScriptedImap(fetchAnswer('* (((', row(1), '* NONSENSE 5'));
    await using session = await openInbox(scripted);
    expect((await session.fetchHeaders([1])).map(({ uid }) => uid)).toEqual([1]);
  });

  test.each(['"99-Foo-2023 10:00:00 +0000"', '"31-Dec-9999 23:59:59 -0100"', '""', 'NIL'])(
    'a message that arrived at %s has arrived now at the latest',
    async (date) => {
      const odd = row(1).replace(/"02-Jan[^"]*"/, date);
      await using scripted = await startScriptedImap(fetchAnswer(odd));
      await using session = await openInbox(scripted);
      const before = Date.now();
      const [message] = await session.fetchHeaders([1]);
      expect(message?.arrivedAt.getTime()).toBeGreaterThanOrEqual(before);
      expect(message?.arrivedAt.getTime()).toBeLessThanOrEqual(Date.now());
    },
  );

  test('of a header block of 3 MB the first is kept', async () => {
    const block = `From: jill@customer.example\r\nX-Loop: ${'x'.repeat(3_000_000)}\r\n\r\n`;
    const long = row(1).replace(/\{\d+\}[^]*$/, `{${block.length}}\r\n${block})`);
    await using scripted = await startScriptedImap(fetchAnswer(long));
    await using session = await openInbox(scripted);
    const [message] = await session.fetchHeaders([1]);
    const kept = message?.headerBlock ?? Buffer.alloc(0);
    expect([kept.length, kept.buffer.byteLength]).toEqual([1024 * 1024, 1024 * 1024]);
    const headers = parseHeaderBlock(kept);
    expect([headers.from?.address, headers.isCut]).toEqual(['jill@customer.example', true]);
  });
});

test('R1 nothing is sent that could change a mailbox', async () => {
  await using scripted = await startScriptedImap();
  await everything(scripted);
  const names = new Set(scripted.commands.map((command) => /^(?:UID )?\w+/.exec(command)?.[0]));
  expect([...names].toSorted()).toEqual(
    [
      ...['CAPABILITY', 'LOGIN', 'LIST', 'LSUB', 'STATUS', 'EXAMINE', 'UID SEARCH', 'UID FETCH'],
      'LOGOUT',
    ].toSorted(),
  );
  expect(scripted.commands.join('\n')).not.toMatch(/BODY\[|RFC822(?!\.SIZE)/);
});

describe('one row beyond the limits of the connection', () => {
  const big = 30 * 1024 * 1024;
  const oversized: readonly (readonly [string, MailErrorKind, readonly string[]])[] = [
    ['LiteralTooLarge', 'message_too_large', ['* 2 FETCH (UID 2 BODY[1] {999999999}']],
    ['LineTooLarge', 'message_too_large', [`* 2 FETCH (UID 2 FLAGS (${'x'.repeat(9_000_000)}))`]],
    [
      'ResponseTooLarge',
      'message_too_large',
      [`* 2 FETCH (UID 2 BODY[1] {${big}}\r\n${'x'.repeat(big)} BODY[2] {${big}}`],
    ],
    ['TooManyTokens', 'message_too_large', [`* 2 FETCH (UID 2 X (${'a '.repeat(1_100_000)}a))`]],
    ['ParserError10', 'protocol_violation', ['TAG FETCH )']],
  ];

  test.each(oversized)('%s asks for fewer', async (code, kind, lines) => {
    await using scripted = await startScriptedImap({ 'UID FETCH': [row(1), ...lines] });
    await using session = await openInbox(scripted);
    const failure = await failureOf(session.fetchHeaders([1, 2]));
    expect([failure.kind, failure.responseCode]).toEqual([kind, code]);
  });

  test('a row that makes no sense is left out, and the others are there', async () => {
    await using scripted = await startScriptedImap(
      fetchAnswer(row(1), '* 2 FETCH (UID 2 ))', row(3)),
    );
    await using session = await openInbox(scripted);
    expect((await session.fetchHeaders([1, 2, 3])).map(({ uid }) => uid)).toEqual([1, 3]);
  });
});

describe('bodies', () => {
  const text = { mediaType: 'text/plain', charset: null, encoding: '7bit', size: 5 } as const;
  const part = { ...text, part: '1', disposition: null, fileName: null, contentId: null } as const;

  test('messages that want the same parts share a FETCH, with PEEK and a limit', async () => {
    await using scripted = await startScriptedImap(
      fetchAnswer(
        '* 1 FETCH (UID 1 BODY[1]<0> {2}\r\nab)',
        '* 2 FETCH (UID 2 BODY[1]<0> NIL)',
        '* 3 FETCH (UID 3)',
      ),
    );
    await using session = await openInbox(scripted);
    const wanted = [1, 2, 3, 4].map((uid) => ({ uid, parts: [part] }));
    const fetched = await session.fetchParts(wanted);
    expect(scripted.commands.at(-1)).toBe('UID FETCH 1:4 (UID BODY.PEEK[1]<0.3145728>)');
    expect([...fetched].map(([uid, { parts }]) => [uid, parts[0]?.octets.toString()])).toEqual([
      [1, 'ab'],
      [2, ''],
    ]);
  });

  test('large messages are fetched in turns', async () => {
    await using scripted = await startScriptedImap();
    await using session = await openInbox(scripted);
    const large = { ...part, size: 9 * 1024 * 1024 };
    const wanted = Array.from({ length: 12 }, (_, index) => ({ uid: index + 1, parts: [large] }));
    await session.fetchParts(wanted);
    expect(scripted.countOf('UID FETCH')).toBe(2);
  });
});
