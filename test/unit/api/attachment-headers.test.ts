import express from 'express';
import { expect, test } from 'vitest';
import { safeFileName, setAttachmentHeaders } from '../../../api/attachment-headers.ts';

/** What a browser would be told of such a file. */
function headersOf(name: string, mediaType: string) {
  const headers = new Map<string, string>();
  const response = Object.create(express.response, {
    app: { value: express() },
    setHeader: { value: (key: string, value: string) => headers.set(key.toLowerCase(), value) },
    getHeader: { value: (key: string) => headers.get(key.toLowerCase()) },
  }) as express.Response;
  setAttachmentHeaders(response, { name, mediaType });
  return Object.fromEntries(headers);
}

test.each([
  ['report.pdf', 'report.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\ana\\offer.doc', 'offer.doc'],
  ['invoice\u202efdp.exe', 'invoicefdp.exe'],
  ['a\r\nSet-Cookie: x=1.txt', 'aSet-Cookie: x=1.txt'],
  ['zero\u200bwidth.txt', 'zerowidth.txt'],
  ['\ud800half.txt', '\ufffdhalf.txt'],
  ['', 'attachment'],
  ['..', 'attachment'],
  ['folder/', 'attachment'],
  [' padded.txt ', 'padded.txt'],
])('R42 the file name %j is offered as %j', (raw, shown) => {
  expect(safeFileName(raw)).toBe(shown);
});

test('R42 a long name keeps its ending', () => {
  const name = safeFileName(`${'x'.repeat(400)}.pdf`);
  expect([name.length, name.slice(-5)]).toEqual([200, 'x.pdf']);
});

test('R42 a file is to be saved, never shown, guessed at or kept', () => {
  expect(headersOf('offer.pdf', 'application/pdf')).toMatchObject({
    'content-disposition': 'attachment; filename=offer.pdf',
    'content-type': 'application/pdf',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'private, no-store',
  });
});

test.each([
  'text/html',
  'image/svg+xml',
  'application/xhtml+xml',
  'text/javascript',
  'message/rfc822',
])('R42 a file of type %s is octets to a browser, whatever its name says', (mediaType) => {
  expect(headersOf('page.html', mediaType)['content-type']).toBe('application/octet-stream');
});

test('R42 a name beyond ASCII is sent in both forms (RFC 8187)', () => {
  const value = String(headersOf('Größe €.pdf', 'application/pdf')['content-disposition']);
  expect(value).toContain("filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%E2%82%AC.pdf");
  expect(value).toMatch(/^attachment; filename="[\x20-\x7e\xa0-\xff]+"/);
});
