import { describe, expect, test } from 'vitest';
import { htmlToShow, shownContentIds } from '../../../domain/message-html.ts';

const PICTURES: Readonly<Record<string, string>> = {
  'logo@x': '/attachments/e/2',
  'a&b@x': '/a?b&"',
};
const show = (html: string, hasRemoteImages = false) =>
  htmlToShow(html, { hasRemoteImages, pictureUrl: (id) => PICTURES[id] ?? null });

describe('R42 pictures in HTML', () => {
  test.each([
    ['<p>a</p>', '<p>a</p>'],
    ['<img src="cid:logo@x" alt="b" />', '<img src="/attachments/e/2" alt="b" />'],
    ['<img src="cid:logo%40x" />', '<img src="/attachments/e/2" />'],
    ['<img src="CID:a&amp;b@x" />', '<img src="/a?b&amp;&quot;" />'],
    ['<img src="cid:unknown@x" alt="b" />', '<img alt="b" />'],
    ['<img src="cid:%ZZ" />', '<img />'],
    // What no rule of ours lets through is not shown either.
    ['<img src="https://x.example/a" />', '<img />'],
    ['<img data-src="https://x.example/a" alt="b" />', '<img alt="b" />'],
  ])('%s is shown as %s', (stored, shown) => {
    expect(show(stored)).toBe(shown);
  });

  test('remote ones are fetched only when asked for, and learn of nobody who reads', () => {
    expect(show('<img data-src="https://x.example/a?b&amp;c" alt="b" />', true)).toBe(
      '<img src="https://x.example/a?b&amp;c" referrerpolicy="no-referrer" loading="lazy" alt="b" />',
    );
  });

  test('the pictures that are shown are known by their Content-IDs', () => {
    const html =
      '<img src="cid:a&amp;b@x" /><a href="cid:c"></a><img data-src="https://x/cid:d" />';
    expect([...shownContentIds(html)]).toEqual(['a&b@x']);
    expect([...shownContentIds(null)]).toEqual([]);
  });
});
