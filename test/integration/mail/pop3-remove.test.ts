import { expect, test } from 'vitest';
import { startScriptedPop3 } from '../../support/scripted-pop3.ts';
import { lines, open } from './pop3-helpers.ts';

/** Three messages; numbers 1 to 3, UIDs the same. */
const THREE = { UIDL: [lines('1 a', '2 b', '3 c')] };

test('deletes exactly what was named, says QUIT, and is at its end', async () => {
  await using scripted = await startScriptedPop3(THREE);
  await using session = await open(scripted);
  expect(await session.remove?.('INBOX', '1', [1, 3, 9])).toEqual({ gone: [1, 3, 9], marked: [] });
  expect(scripted.commands.filter((line) => /^(?:DELE|QUIT)/.test(line))).toEqual([
    ...['DELE 1', 'DELE 3', 'QUIT'],
  ]);
  expect(session.isOpen).toBe(false);
});

test('what the server refuses to delete is not told to be gone', async () => {
  const DELE = (number: string) => [number === '2' ? '-ERR locked\r\n' : '+OK\r\n'];
  await using scripted = await startScriptedPop3({ ...THREE, DELE });
  await using session = await open(scripted);
  expect(await session.remove?.('INBOX', '1', [1, 2])).toEqual({ gone: [1], marked: [] });
});

test('nothing is deleted under another numbering', async () => {
  await using scripted = await startScriptedPop3(THREE);
  await using session = await open(scripted);
  expect(await session.remove?.('INBOX', '7', [1])).toEqual({ gone: [], marked: [] });
  expect(scripted.countOf('DELE')).toBe(0);
});

test('a QUIT that is not answered with OK proves nothing', async () => {
  await using scripted = await startScriptedPop3({ ...THREE, QUIT: ['-ERR not removed\r\n'] });
  await using session = await open(scripted);
  await expect(session.remove?.('INBOX', '1', [1])).rejects.toMatchObject({ name: 'MailError' });
});
