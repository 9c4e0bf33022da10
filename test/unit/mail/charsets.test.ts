import { describe, expect, test } from 'vitest';
import type { BodyPart } from '../../../domain/message.ts';
import { decodePart } from '../../../mail/content-part.ts';
import { parseHeaderBlock } from '../../../mail/headers.ts';

/** Octets as a program in that charset writes them. */
const WRITTEN = {
  cp850: '636166820d0a', // café
  cp437: 'e1822e', // ßé.
  utf16: 'fffe480069002000e9002000ac20', // BOM, little endian: Hi é €
  utf16be: '004800e9', // Hé
  utf16le: '4800e900',
  utf8: '4772c3bcc39f65', // Grüße
  iso2022jp: '1b2442242224241b2842', // あい
  shiftjis: '82a082a2',
  eucjp: 'a4a2a4a4',
  euckr: 'b0a1b3aa', // 가나
  gb18030: 'c4e3bac38130b130', // 你好 and a character of four octets
  gb2312: 'c4e3bac3',
  big5: 'a741a66e', // 你好
  koi8r: 'f0f2e9', // ПРИ
  koi8u: 'f0a4', // Пє
  cp1250: 'bd6c9d', // ˝lť
  cp1251: 'cff0e8', // При
  cp1252: '80939420e9', // €“” é
  cp1253: 'e1e2', // αβ
  cp1254: 'fefd', // şı
  cp1255: 'f9ec', // של
  cp1256: 'c7c8', // اب
  cp1257: 'e0e8', // ąč
  cp1258: 'f0', // đ
  iso2: 'b1e6', // ąć
  iso15: 'a4', // €
  latin1: '636166e9',
} as const;

function decoded(hex: string, charset: string | null, part: Partial<BodyPart> = {}): string {
  const octets = Buffer.from(hex, 'hex');
  return decodePart({
    octets,
    part: {
      ...{ part: '1', mediaType: 'text/plain', charset, encoding: '8bit', size: octets.length },
      ...{ disposition: null, fileName: null, contentId: null },
      ...part,
    },
  });
}

describe('R70 every charset that mail is written in', () => {
  test.each([
    ['cp850', WRITTEN.cp850, 'café'],
    ['ibm437', WRITTEN.cp437, 'ßé.'],
    ['utf-16', WRITTEN.utf16, 'Hi é €'],
    ['utf-16be', WRITTEN.utf16be, 'Hé'],
    ['utf-16le', WRITTEN.utf16le, 'Hé'],
    ['utf8', WRITTEN.utf8, 'Grüße'],
    ['utf8mb4', WRITTEN.utf8, 'Grüße'],
    ['utf8mb3', WRITTEN.utf8, 'Grüße'],
    ['UTF-8', WRITTEN.utf8, 'Grüße'],
    ['iso-2022-jp', WRITTEN.iso2022jp, 'あい'],
    ['shift_jis', WRITTEN.shiftjis, 'あい'],
    ['cp932', WRITTEN.shiftjis, 'あい'],
    ['euc-jp', WRITTEN.eucjp, 'あい'],
    ['euc-kr', WRITTEN.euckr, '가나'],
    ['ks_c_5601-1987', WRITTEN.euckr, '가나'],
    ['gb18030', WRITTEN.gb18030, '你好ʇ'],
    ['gb2312', WRITTEN.gb2312, '你好'],
    ['gbk', WRITTEN.gb2312, '你好'],
    ['big5', WRITTEN.big5, '你好'],
    ['koi8-r', WRITTEN.koi8r, 'ПРИ'],
    ['koi8-u', WRITTEN.koi8u, 'Пє'],
    ['windows-1250', WRITTEN.cp1250, '˝lť'],
    ['windows-1251', WRITTEN.cp1251, 'При'],
    ['cp1251', WRITTEN.cp1251, 'При'],
    ['windows-1252', WRITTEN.cp1252, '€“” é'],
    ['win-1252', WRITTEN.cp1252, '€“” é'],
    ['windows-1253', WRITTEN.cp1253, 'αβ'],
    ['windows-1254', WRITTEN.cp1254, 'şı'],
    ['windows-1255', WRITTEN.cp1255, 'של'],
    ['windows-1256', WRITTEN.cp1256, 'اب'],
    ['windows-1257', WRITTEN.cp1257, 'ąč'],
    ['windows-1258', WRITTEN.cp1258, 'đ'],
    ['iso-8859-2', WRITTEN.iso2, 'ąć'],
    ['iso-8859-15', WRITTEN.iso15, '€'],
  ])('%s', (charset, hex, text) => {
    expect(decoded(hex, charset)).toBe(text);
  });
});

describe('R70 what is said of a text and is not so', () => {
  test.each([
    ['nothing, and it is UTF-8', null, WRITTEN.utf8, 'Grüße'],
    ['nothing, and it is Latin-1', null, WRITTEN.latin1, 'café'],
    ['nothing, with a byte order mark', null, WRITTEN.utf16, 'Hi é €'],
    ['US-ASCII, and it is Latin-1', 'us-ascii', WRITTEN.latin1, 'café'],
    ['Latin-1, and it is UTF-8', 'iso-8859-1', WRITTEN.utf8, 'Grüße'],
    ['Latin-1, with the quotes of Windows', 'iso-8859-1', WRITTEN.cp1252, '€“” é'],
    ['UTF-8, and it is Latin-1', 'utf-8', WRITTEN.latin1, 'café'],
    ['Chinese, and it is UTF-8', 'gb2312', Buffer.from('Grüße, 你').toString('hex'), 'Grüße, 你'],
    ['a charset that nobody knows, and it is UTF-8', 'x-mine', WRITTEN.utf8, 'Grüße'],
    ['a charset that nobody knows, and it is Latin-1', 'x-mine', WRITTEN.latin1, 'café'],
    ['UTF-8 that was cut within a character', 'utf-8', `${WRITTEN.utf8}c3`, 'Grüße\ufffd'],
    ['a mark before the text', 'utf-8', `efbbbf${WRITTEN.utf8}`, 'Grüße'],
  ])('%s', (_name, charset, hex, text) => {
    expect(decoded(hex, charset)).toBe(text);
  });

  test('a page without a charset in its header names it itself', () => {
    const page = Buffer.from('<meta charset="koi8-r"><p>\xf0\xf2\xe9</p>', 'latin1');
    expect(decoded(page.toString('hex'), null, { mediaType: 'text/html' })).toContain('ПРИ');
  });

  test('UTF-7 is not decoded: it is how markup is smuggled past filters', () => {
    const hex = Buffer.from('+ADw-script+AD4-').toString('hex');
    expect(decoded(hex, 'utf-7')).toBe('+ADw-script+AD4-');
    expect(decoded(hex, 'unicode-1-1-utf-7')).toBe('+ADw-script+AD4-');
  });
});

describe('R70 headers', () => {
  const subjectOf = (octets: string) =>
    parseHeaderBlock(Buffer.from(`Subject: ${octets}\r\n\r\n`, 'latin1')).subject;

  test.each([
    ['Latin-1 as it is', 'Gr\xfc\xdfe', 'Grüße'],
    ['UTF-8 as it is', 'Gr\xc3\xbc\xc3\x9fe', 'Grüße'],
    ['Latin-1 within an encoded word', '=?iso-8859-1?Q?Gr\xfc\xdfe_an?= alle', 'Grüße an alle'],
    ['Cyrillic within an encoded word', '=?koi8-r?q?\xf0\xf2\xe9?=', 'ПРИ'],
    ['UTF-8 within an encoded word', '=?utf-8?Q?Gr\xc3\xbc=C3=9Fe?=', 'Grüße'],
    ['Japanese', '=?iso-2022-jp?B?GyRCJCIkJBsoQg==?=', 'あい'],
    ['Chinese', '=?gb18030?B?xOO6ww==?=', '你好'],
  ])('%s', (_name, octets, text) => {
    expect(subjectOf(octets)).toBe(text);
  });
});

describe('transfer encodings that were done badly', () => {
  const encoded = (text: string, encoding: string) =>
    decoded(Buffer.from(text).toString('hex'), 'utf-8', { encoding });

  test.each([
    ['lower-case digits', 'Gr=c3=bc=c3=9fe', 'Grüße'],
    ['an equals sign that means nothing', 'a=b 1=2', 'a=b 1=2'],
    ['blanks at line ends', 'a  \r\nb= \r\nc', 'a\nbc'],
    ['a soft break at the end', 'a=', 'a'],
  ])('quoted-printable with %s', (_name, text, expected) => {
    expect(encoded(text, 'quoted-printable')).toBe(expected);
  });

  test.each([
    ['the footer of a mailing list', 'R3LDvMOfZQ==\r\n____\r\nList info: https://x', 'Grüße'],
    ['a footer of one word', 'R3LDvMOfZQ==\r\nFooter', 'Grüße'],
    ['words behind its end', 'R3LDvMOfZQ== ignored', 'Grüße'],
    [
      'two texts one after the other',
      'R3LDvMOfZQ==\r\nIGFuZCBhIHNlY29uZCBvbmU=',
      'Grüße and a second one',
    ],
    ['blanks instead of line ends', 'R3LD vMOf ZQ==', 'Grüße'],
    ['no padding', 'R3LDvMOfZQ', 'Grüße'],
  ])('base64 with %s', (_name, text, expected) => {
    expect(encoded(text, 'base64')).toBe(expected);
  });

  test('two megabytes of blanks, or of equals signs, take no time', () => {
    const startedAt = performance.now();
    encoded(`${' '.repeat(2_000_000)}x`, 'quoted-printable');
    encoded('='.repeat(2_000_000), 'quoted-printable');
    encoded('='.repeat(2_000_000), 'base64');
    encoded('a\n'.repeat(700_000), 'base64');
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

describe('format=flowed (RFC 3676)', () => {
  const flowed = (text: string, flow: 'flowed' | 'delsp' = 'flowed') =>
    decoded(Buffer.from(text).toString('hex'), 'utf-8', { flow });

  test.each([
    ['lines are joined', 'a long \r\nline\r\nb', 'a long line\nb'],
    ['the signature is not', 'Bye \r\n-- \r\nJill', 'Bye \n-- \nJill'],
    ['quotations are joined among themselves', '> a \r\n> b\r\n>> c \r\n> d', '> a b\n>> c \n> d'],
    ['stuffed blanks go', '  two\r\n From x\r\n >no quote', ' two\nFrom x\n>no quote'],
  ])('%s', (_name, text, expected) => {
    expect(flowed(text)).toBe(expected);
  });

  test('with DelSp the blanks are no part of the text', () => {
    expect(flowed('こん \r\nにちは', 'delsp')).toBe('こんにちは');
  });

  test('the text itself says nothing of it', () => {
    expect(decoded(Buffer.from('a \r\nb').toString('hex'), 'utf-8')).toBe('a \nb');
  });
});
