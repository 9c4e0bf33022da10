import { describe, expect, test } from 'vitest';
import { htmlToShow } from '../../../domain/message-html.ts';
import type { BodyPart, BodyStructure } from '../../../domain/message.ts';
import {
  attachmentsOf,
  chooseTextParts,
  partsToRead,
  readContent,
  withoutQuotedHistory,
} from '../../../mail/content.ts';
import { sanitizeMessageHtml } from '../../../mail/content-html.ts';
import type { FetchedPart } from '../../../mail/session.ts';

function aPart(part: Partial<BodyPart> = {}): BodyPart {
  return {
    ...{ part: '1', mediaType: 'text/plain', charset: 'utf-8', encoding: '8bit', size: 10 },
    ...{ disposition: null, fileName: null, contentId: null },
    ...part,
  };
}

function fetched(text: string | Buffer, part: Partial<BodyPart> = {}): FetchedPart {
  return { part: aPart(part), octets: Buffer.from(text) };
}

async function htmlOf(html: string): Promise<string | null> {
  return (await readContent([fetched(html, { mediaType: 'text/html' })])).html;
}

describe('R70 any charset and encoding', () => {
  test.each([
    ['utf-8', 'quoted-printable', 'Gr=C3=BC=C3=9Fe', 'Grüße'],
    ['iso-8859-1', 'quoted-printable', 'Gr=FC=DFe', 'Grüße'],
    ['koi8-r', 'base64', Buffer.from([0xf0, 0xf2, 0xe9]).toString('base64'), 'ПРИ'],
    ['cp850', 'quoted-printable', 'caf=82', 'café'],
    ['iso-2022-jp', '7bit', '\x1b$B$3$s\x1b(B', 'こん'],
    ['gb18030', 'base64', 'xOO6ww==', '你好'],
    ['utf-16le', 'base64', Buffer.from('hé', 'utf16le').toString('base64'), 'hé'],
    [null, '8bit', Buffer.from('caf\xe9', 'latin1'), 'café'],
    [null, 'quoted-printable', 'caf=C3=A9', 'café'],
    ['us-ascii', '8bit', Buffer.from('caf\xe9', 'latin1'), 'café'],
    ['utf-7', '7bit', '+AOk-', '+AOk-'],
    ['x-"; evil', 'x-unknown', 'plain', 'plain'],
  ])('%s in %s', async (charset, encoding, octets, expected) => {
    const { text } = await readContent([fetched(octets, { charset, encoding })]);
    expect(text).toBe(expected);
  });
});

describe('R42 text and HTML', () => {
  test('both of an alternative are kept', async () => {
    const parts = [
      fetched('Hello\r\nyou'),
      fetched('<p>Hello <b>you</b></p>', { mediaType: 'text/html' }),
    ];
    expect(await readContent(parts)).toEqual({
      text: 'Hello\nyou',
      replyText: 'Hello\nyou',
      html: '<p>Hello <b>you</b></p>',
    });
  });

  test('text is made from the HTML when there is none', async () => {
    const { text } = await readContent([
      fetched('<p>Hello&nbsp;you</p><p>Bye <a href="https://x.example">x</a></p>', {
        mediaType: 'text/html',
      }),
    ]);
    expect(text).toBe('Hello you\n\nBye x');
  });

  test('a message without text parts has empty text and no HTML', async () => {
    expect(await readContent([])).toEqual({ text: '', replyText: '', html: null });
  });

  test.each([
    ['<p onclick="x()">a</p>', '<p>a</p>'],
    ['<script>x()</script><p>a</p>', '<p>a</p>'],
    ['<style>p{}</style><p style="color:red" class="c" id="i">a</p>', '<p>a</p>'],
    ['<svg><script>x()</script><a href="https://x.example">b</a></svg><p>a</p>', '<p>a</p>'],
    ['<math><mi>x</mi></math><p>a</p>', '<p>a</p>'],
    ['<iframe src="https://x.example">b</iframe><p>a</p>', '<p>a</p>'],
    ['<form action="https://x.example"><input value="b">a</form>', 'a'],
    ['<base href="https://x.example"><meta http-equiv="refresh"><p>a</p>', '<p>a</p>'],
    [
      '<img src="https://x.example/pixel.gif" alt="Logo">',
      '<img data-src="https://x.example/pixel.gif" alt="Logo" />',
    ],
    ['<img src="//x.example/a?b=1&amp;c">', '<img data-src="https://x.example/a?b=1&amp;c" />'],
    ['<img data-src="javascript:x()" alt="Logo">', '<span>Logo</span>'],
    ['<img src="data:image/svg+xml;base64,PHN2Zz4=" alt="Logo">', '<span>Logo</span>'],
    ['<img src="cid:logo@x" onerror="x()" alt="Logo">', '<img src="cid:logo@x" alt="Logo" />'],
    ['<a href="javascript:x()">a</a>', '<a rel="noopener noreferrer" target="_blank">a</a>'],
    ['<a href="data:text/html,x">a</a>', '<a rel="noopener noreferrer" target="_blank">a</a>'],
    ['<a href="//x.example">a</a>', '<a rel="noopener noreferrer" target="_blank">a</a>'],
    [
      '<a href="https://x.example" rel="opener">a</a>',
      '<a href="https://x.example" rel="noopener noreferrer" target="_blank">a</a>',
    ],
    [
      '<a href="mailto:a@x.example">a</a>',
      '<a href="mailto:a@x.example" rel="noopener noreferrer" target="_blank">a</a>',
    ],
  ])('%s is shown as %s', async (html, expected) => {
    expect(await htmlOf(html)).toBe(expected);
  });

  test('nothing that is left refers to another host, except links', async () => {
    const html = await htmlOf(
      '<table background="https://x.example/a"><td background="https://x.example/b">' +
        '<p style="background:url(https://x.example/c)">a</p><video poster="https://x.example/d"></video>' +
        '<img srcset="https://x.example/e 2x" src="cid:a"></td></table>',
    );
    expect(html).not.toContain('x.example');
    const shown = await htmlOf(
      '<img src="https://x.example/e"><img srcset="https://x.example/f 2x">',
    );
    const view = { hasRemoteImages: false, pictureUrl: () => null };
    expect(htmlToShow(shown ?? '', view)).not.toContain('x.example');
  });
});

describe('bombs end in time', () => {
  test.each([
    ['30,000 nested elements', '<div>'.repeat(30_000) + 'deep'],
    ['2 MB of open elements', '<b>'.repeat(700_000)],
    ['200,000 links', '<a href=x>'.repeat(200_000)],
    ['100,000 lines', '<br>'.repeat(100_000)],
  ])('%s', async (_name, html) => {
    const startedAt = performance.now();
    const content = await readContent([fetched(html, { mediaType: 'text/html' })]);
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    expect(content.html?.length ?? 0).toBeLessThan(5_000_000);
  });

  test('2 MB of open elements are not even tried', () => {
    const startedAt = performance.now();
    expect(sanitizeMessageHtml('<b>'.repeat(700_000))).toBeNull();
    // Tried, they would take the whole budget of two seconds.
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  test('whatever else takes too long is given up', () => {
    const startedAt = performance.now();
    expect(sanitizeMessageHtml('<'.repeat(2_000_000), 50)).toBeNull();
    expect(performance.now() - startedAt).toBeLessThan(1_900);
  });

  test('trap 10: 10,000 blank lines take no time (20 ms here; uncollapsed 900 ms)', () => {
    const text = `Hello\n${'\n'.repeat(10_000)}\nBye`;
    const startedAt = performance.now();
    expect(withoutQuotedHistory(text)).toBe('Hello\n\nBye');
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  test.each([
    ['a reply header that begins 2,000 times', 'Op schreef:x\n'.repeat(2000)],
    ['one endless line', 'On '.repeat(20_000)],
  ])('%s is given up after a quarter of a second', (_name, text) => {
    const startedAt = performance.now();
    expect(withoutQuotedHistory(text)).toBe(text.trim());
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  test('of a message with many texts the first 20 are read', () => {
    const parts = Array.from({ length: 21 }, (_, n) => aPart({ part: `${n + 1}` }));
    const structure = { mediaType: 'multipart/mixed', parameters: {}, parts };
    expect(chooseTextParts(structure)).toEqual(parts.slice(0, 20));
  });

  test('a text of 5 MB is cut', async () => {
    expect((await readContent([fetched('a'.repeat(5_000_000))])).text).toHaveLength(
      2 * 1024 * 1024,
    );
  });
});

describe('R42 the text without quoted history', () => {
  test.each([
    ['Thanks!\n\nOn Mon, Jan 2, 2023 at 10:00 AM Bob <b@x.example> wrote:\n> Hello\n', 'Thanks!'],
    ['Danke!\n\nAm 02.01.2023 um 10:00 schrieb Bob:\n> Hallo\n', 'Danke!'],
    ['Hi\n\n-- \nJill\nCustomer Ltd', 'Hi'],
    ['No history at all', 'No history at all'],
  ])('%j', (text, expected) => {
    expect(withoutQuotedHistory(text)).toBe(expected);
  });

  test('where nothing new was written, the whole text stands for it', () => {
    expect(withoutQuotedHistory('> only a quote\n')).toBe('> only a quote');
  });
});

describe('which parts are text and which are attachments', () => {
  const plain = aPart({ part: '1.1.1' });
  const html = aPart({ part: '1.1.2', mediaType: 'text/html' });
  const logo = aPart({
    part: '1.2',
    mediaType: 'image/png',
    contentId: 'logo@x',
    disposition: 'inline',
    fileName: 'l.png',
  });
  const photo = aPart({
    part: '2',
    mediaType: 'image/jpeg',
    disposition: 'inline',
    fileName: 'photo.jpg',
  });
  const offer = aPart({
    part: '3',
    mediaType: 'application/pdf',
    disposition: 'attachment',
    fileName: 'offer.pdf',
  });
  const notes = aPart({ part: '4', disposition: 'attachment', fileName: 'notes.txt' });
  const log = aPart({ part: '5', disposition: 'inline', fileName: 'log.txt' });
  const forwarded = aPart({ part: '6', mediaType: 'message/rfc822' });
  const signature = aPart({
    part: '7',
    mediaType: 'application/pgp-signature',
    fileName: 'signature.asc',
  });
  const parts = [plain, html, logo, photo, offer, notes, log, forwarded, signature];
  const structure: BodyStructure = { mediaType: 'multipart/mixed', parameters: {}, parts };

  test('R42 the two bodies are text', () => {
    expect(chooseTextParts(structure)).toEqual([plain, html]);
  });

  test('R42 files are attachments; texts and signatures are not', () => {
    expect(attachmentsOf(structure)).toEqual([logo, photo, offer, notes, log, forwarded]);
  });

  test('R42 an invitation is read beside the texts, under whatever name it comes', () => {
    const invite = aPart({ part: '8', mediaType: 'text/calendar' });
    expect(partsToRead({ ...structure, parts: [...parts, invite] })).toEqual([plain, html, invite]);
    const file = aPart({ mediaType: 'application/octet-stream', fileName: 'Invite.ICS' });
    expect(partsToRead({ ...structure, parts: [file] })).toEqual([file]);
    const year = aPart({ mediaType: 'text/calendar', size: 10_000_000 });
    expect(partsToRead({ ...structure, parts: [plain, year] })).toEqual([plain]);
    const named = aPart({ fileName: 'invite.ics' });
    expect(chooseTextParts({ ...structure, parts: [named] })).toEqual([]);
    expect(attachmentsOf({ ...structure, parts: [plain, invite] })).toEqual([invite]);
  });

  test('a body that has a name is still the body', () => {
    const named = aPart({ fileName: 'message.txt' });
    expect(chooseTextParts({ ...structure, parts: [named] })).toEqual([named]);
  });
});
