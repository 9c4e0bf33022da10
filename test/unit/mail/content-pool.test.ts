import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { readContents } from '../../../mail/content.ts';
import { ContentPool, readContentsApart } from '../../../mail/content-pool.ts';
import type { FetchedPart } from '../../../mail/session.ts';

const FAILING = new URL('../../support/content-thread-that-fails.ts', import.meta.url);
const POOL = new URL('../../../mail/content-pool.ts', import.meta.url);

function aMessage(text: string, mediaType = 'text/plain', charset = 'utf-8'): FetchedPart[] {
  const octets = Buffer.from(text, charset === 'utf-8' ? 'utf8' : 'latin1');
  const rest = { size: octets.length, disposition: null, fileName: null, contentId: null };
  return [{ part: { part: '1', mediaType, charset, encoding: '8bit', ...rest }, octets }];
}

const textsOf = async (pool: ContentPool, texts: readonly string[]) =>
  (await pool.read(texts.map((text) => aMessage(text)))).map(({ text }) => text);

test('R42 the thread reads what would be read here, in the same order', async () => {
  const messages = Array.from({ length: 45 }, (_, n) => [
    aMessage(`Grüße ${n}\n\nOn Mon, Jane <j@x.example> wrote:\n> x`),
    aMessage(`caf\u00e9 ${n}`, 'text/plain', 'iso-8859-1'),
    aMessage(`<p onclick="x()">Hello <b>${n}</b></p>`, 'text/html'),
    [...aMessage(`both ${n}`), ...aMessage(`<p>both ${n}</p>`, 'text/html')],
    [],
    aMessage(''),
  ]).flat();
  expect(await readContentsApart(messages)).toEqual(await readContents(messages));
});

test('what was sent to the thread is still there, whole', async () => {
  const message = aMessage('Hello');
  await readContentsApart([message]);
  expect(message[0]?.octets.toString()).toBe('Hello');
});

test('whoever asks at the same time gets his own answer', async () => {
  const names = Array.from({ length: 5 }, (_, n) => `mailbox ${n}`);
  const asked = names.map((name) =>
    readContentsApart(Array.from({ length: 30 }, () => aMessage(name))),
  );
  const answers = (await Promise.all(asked)).map((some) => [
    ...new Set(some.map(({ text }) => text)),
  ]);
  expect(answers).toEqual(names.map((name) => [name]));
});

test('a message that hangs is ended, and holds up neither the others nor those after it', async () => {
  const pool = new ContentPool({ thread: FAILING, deadlineMs: 500 });
  const texts = ['first', 'hang', 'last'];
  const [answer, later] = await Promise.all([textsOf(pool, texts), textsOf(pool, ['later'])]);
  expect([answer, later]).toEqual([texts, ['later']]);
}, 30_000);

test('a thread that only waits is ended too', async () => {
  const pool = new ContentPool({ thread: FAILING, silenceMs: 500 });
  const texts = ['first', 'sleep', 'last'];
  expect(await textsOf(pool, texts)).toEqual(texts);
}, 30_000);

test('what many messages take together is no hang', async () => {
  const pool = new ContentPool({ deadlineMs: 300 });
  const page = `<p>Hello <b>you</b></p>`.repeat(2_000);
  const contents = await pool.read(Array.from({ length: 20 }, () => aMessage(page, 'text/html')));
  expect(contents.map(({ html }) => html?.length)).toEqual(contents.map(() => page.length));
}, 30_000);

test.each(['exit', 'throw', 'memory'])(
  'a message that ends the thread (%s) costs no other its text',
  async (failure) => {
    const pool = new ContentPool({ thread: FAILING, deadlineMs: 20_000, maxHeapMb: 64 });
    const texts = ['first', failure, 'last'];
    expect(await textsOf(pool, texts)).toEqual(texts);
    expect(await textsOf(pool, ['next'])).toEqual(['next']);
  },
  30_000,
);

test('of a message that nothing gets through, the text is kept, without HTML', async () => {
  const pool = new ContentPool({ thread: FAILING });
  const [plain, html] = await pool.read([
    [...aMessage('exit'), ...aMessage('\n\0a\r\nb\n> c\n')],
    [...aMessage('exit', 'text/html'), ...aMessage('<p>Hello <b>you</b></p>', 'text/html')],
  ]);
  expect(plain).toEqual({ text: 'exit\n\na\nb\n> c', replyText: 'exit\n\na\nb\n> c', html: null });
  expect(html).toEqual({ text: 'exit\n Hello you', replyText: 'exit\n Hello you', html: null });
});

test('a thread that cannot be started is an error, and not an empty text', async () => {
  const pool = new ContentPool({ thread: new URL('./no-such-thread.ts', import.meta.url) });
  await expect(pool.read([aMessage('Hello')])).rejects.toThrow('no-such-thread');
});

test('the thread keeps no process alive', async () => {
  const code = `
    import { readContentsApart } from ${JSON.stringify(POOL.href)};
    console.log(JSON.stringify(await readContentsApart([[]])));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--eval', code], {
    timeout: 20_000,
  });
  expect(JSON.parse(stdout)).toEqual([{ text: '', replyText: '', html: null }]);
}, 30_000);
