import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { aBounce, aMessage } from '../../../local/demo/build.ts';
import { aPdf, aPng, aSpreadsheet } from '../../../local/demo/files.ts';

function parsed(raw: Buffer): Promise<ParsedMail> {
  return simpleParser(raw, { skipTextToHtml: true });
}

function headOf(raw: Buffer): string {
  return raw.toString('latin1').split('\r\n\r\n')[0] ?? '';
}

describe('the message builder', () => {
  test('a message without any wish is complete and valid', async () => {
    const mail = await parsed(aMessage());
    expect(mail.from?.value[0]?.address).toBe('jill@customer.example');
    expect(mail.messageId).toMatch(/^<[\w-]+@customer\.example>$/);
    expect(mail.date).toBeInstanceOf(Date);
    expect(mail.subject).toBeUndefined();
    expect(mail.text ?? '').toBe('');
  });

  test('every field comes back as it was given', async () => {
    const date = new Date('2026-03-04T05:06:07Z');
    const mail = await parsed(
      aMessage({
        from: 'Marsh, Jill <jill@customer.example>',
        to: ['Ana Sommer <ana@northwind-coffee.example>', 'ben@northwind-coffee.example'],
        cc: { name: 'Quote " and \\ backslash', address: 'q@customer.example' },
        bcc: 'hidden@customer.example',
        replyTo: 'replies@customer.example',
        subject: 'Plain subject',
        date,
        messageId: 'one@customer.example',
        inReplyTo: '<zero@customer.example>',
        references: ['minus-one@customer.example', '<zero@customer.example>'],
        headers: { 'X-Colour': 'blue' },
        text: 'Hello\n\nBye\n',
      }),
    );
    expect(mail.from?.value).toEqual([{ name: 'Marsh, Jill', address: 'jill@customer.example' }]);
    expect([mail.to].flat().map((list) => list?.value)).toEqual([
      [
        { name: 'Ana Sommer', address: 'ana@northwind-coffee.example' },
        { name: '', address: 'ben@northwind-coffee.example' },
      ],
    ]);
    expect([mail.cc].flat()[0]?.value[0]?.name).toBe('Quote " and \\ backslash');
    expect([mail.bcc].flat()[0]?.text).toBe('hidden@customer.example');
    expect(mail.replyTo?.text).toBe('replies@customer.example');
    expect(mail.subject).toBe('Plain subject');
    expect(mail.date).toEqual(date);
    expect(mail.messageId).toBe('<one@customer.example>');
    expect(mail.inReplyTo).toBe('<zero@customer.example>');
    expect(mail.references).toEqual(['<minus-one@customer.example>', '<zero@customer.example>']);
    expect(mail.headers.get('x-colour')).toBe('blue');
    expect(mail.text).toBe('Hello\n\nBye\n');
  });

  test('Message-ID is left out on request and a field can be replaced as raw text', () => {
    const raw = aMessage({ messageId: null, headers: { From: 'a@b.example\r\n .c.example' } });
    expect(headOf(raw)).not.toContain('Message-ID');
    expect(headOf(raw)).toMatch(/^From: a@b\.example\r\n \.c\.example$/m);
    expect(headOf(raw).match(/^From:/gm)).toHaveLength(1);
  });

  test('a line break in a value is refused unless it is a fold', () => {
    expect(() => aMessage({ subject: 'a\r\nBcc: x@y.example' })).toThrow(/line break/);
    expect(() => aMessage({ headers: { 'X-A': 'a\nBcc: x@y.example' } })).toThrow(/line break/);
  });

  test('line ends are CRLF, header lines are folded and nothing is longer than 998', () => {
    const raw = aMessage({
      subject: 'word '.repeat(300).trim(),
      references: Array.from({ length: 60 }, (_, n) => `reference-${n}@customer.example`),
      text: `${'x'.repeat(3000)}\nsecond line\n`,
    }).toString('latin1');
    expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
  });

  test('a subject without a single space still fits into lines', async () => {
    const subject = 'ab'.repeat(700);
    expect((await parsed(aMessage({ subject }))).subject).toBe(subject);
  });
});

describe('charsets', () => {
  const cases = [
    ['utf-8', 'Grüße 🙂 日本語 и всё'],
    ['ISO-8859-1', 'Blåbær og fløte, «takk»'],
    ['windows-1252', 'Prix : 12 € – déjà vu'],
    ['windows-1251', 'Счёт за поставку № 7'],
    ['KOI8-R', 'Здравствуйте, Анна'],
    ['ISO-2022-JP', '深煎りブレンド No. 4 のサンプル'],
    ['Shift_JIS', '深煎りブレンド No. 4 のサンプル'],
    ['EUC-JP', '深煎りブレンド No. 4 のサンプル'],
    ['EUC-KR', '원두 주문 확인'],
    ['GB18030', '关于十月份的订单'],
    ['Big5', '十月份的訂單與發票'],
  ] as const;

  test.each(cases)('%s: subject, name, text and file name come back', async (charset, words) => {
    const subject = `${words} `.repeat(6).trim();
    const raw = aMessage({
      from: { name: words, address: 'someone@customer.example' },
      subject,
      text: `${words}\n`.repeat(40),
      html: `<p>${words}</p>`,
      charset,
      attachments: [aPng(`${words.slice(0, 12)}.png`, [1, 2, 3])],
    });
    expect(raw.toString('latin1')).toMatch(/^[\r\n\x1b\x20-\x7e]*$/);
    const mail = await parsed(raw);
    expect(mail.subject).toBe(subject);
    expect(mail.from?.value[0]?.name).toBe(words);
    expect(mail.text).toBe(`${words}\n`.repeat(40));
    expect(mail.html).toBe(`<p>${words}</p>`);
    expect(mail.attachments[0]?.filename).toBe(`${words.slice(0, 12)}.png`);
  });

  test('the bytes are in the charset, not in UTF-8', () => {
    const raw = aMessage({ text: 'Счёт', charset: 'windows-1251', encoding: '8bit' });
    expect(raw.subarray(-4)).toEqual(Buffer.from([0xd1, 0xf7, 0xb8, 0xf2]));
  });

  test('a character that the charset lacks is an error, not a question mark', () => {
    expect(() => aMessage({ text: 'я', charset: 'ISO-8859-1' })).toThrow(/has no character/);
    expect(() => aMessage({ text: '🙂', charset: 'Big5' })).toThrow(/has no character/);
  });

  test('an IDN domain travels as an A-label', async () => {
    const mail = await parsed(aMessage({ from: 'klara@kaffeehaus-müller.example' }));
    expect(mail.from?.value[0]?.address).toContain('kaffeehaus');
    expect(headOf(aMessage({ from: 'klara@kaffeehaus-müller.example' }))).toContain(
      'From: klara@xn--kaffeehaus-mller-uzb.example',
    );
  });
});

describe('bodies', () => {
  test.each(['quoted-printable', 'base64', '8bit'] as const)(
    '%s keeps the text',
    async (encoding) => {
      const text = 'a = b \ntrailing tab\t\n.\nFrom here\nGrüße, '.concat('ä'.repeat(200), '\n');
      expect((await parsed(aMessage({ text, encoding }))).text).toBe(text);
    },
  );

  test('text and HTML are alternatives, an image belongs to the HTML, a file to the whole', async () => {
    const raw = aMessage({
      text: 'See the picture',
      html: '<img src="cid:logo@northwind">',
      attachments: [
        aPng('logo.png', [200, 0, 0], 'logo@northwind'),
        aPdf('prices.pdf', ['12 (twelve)']),
        aSpreadsheet('order.xlsx', [['Café & bar', 7]]),
      ],
    });
    const order = [...raw.toString('latin1').matchAll(/^Content-Type: ([\w/.+-]+)/gm)];
    expect(order.map(([, type]) => type)).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'multipart/related',
      'text/html',
      'image/png',
      'application/pdf',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ]);
    const { attachments } = await parsed(raw);
    expect(attachments.map(({ filename, related }) => [filename, related === true])).toEqual([
      ['logo.png', true],
      ['prices.pdf', false],
      ['order.xlsx', false],
    ]);
    expect(attachments.map(({ content }) => content.subarray(0, 4).toString('latin1'))).toEqual([
      '\x89PNG',
      '%PDF',
      'PK\x03\x04',
    ]);
  });

  test('a long file name goes on in RFC 2231 segments', async () => {
    const name = `${'Verkostung für die Rösterei '.repeat(5)}.pdf`;
    const raw = aMessage({ attachments: [aPdf(name, [])] });
    expect(raw.toString('latin1')).toContain('filename*2*=');
    expect((await parsed(raw)).attachments[0]?.filename).toBe(name);
  });

  test('format=flowed is said and kept', () => {
    const raw = aMessage({ text: 'one \ntwo\n', isFlowed: true }).toString('latin1');
    expect(raw).toContain('text/plain; charset=utf-8; format=flowed');
    expect(raw).toContain('one \r\ntwo\r\n');
  });

  test('a bounce is a delivery report that carries the headers of the original', async () => {
    const raw = aBounce({
      from: 'MAILER-DAEMON@mx.customer.example',
      to: 'ana@northwind-coffee.example',
      recipient: 'gone@customer.example',
      status: '5.1.1',
      diagnostic: '550 5.1.1 user unknown',
      original: aMessage({ messageId: 'lost@northwind-coffee.example' }),
    });
    const mail = await parsed(raw);
    const type = mail.headers.get('content-type');
    expect(type).toMatchObject({
      value: 'multipart/report',
      params: { 'report-type': 'delivery-status' },
    });
    expect(raw.toString('latin1')).toContain('Final-Recipient: rfc822; gone@customer.example\r\n');
    expect(raw.toString('latin1')).toContain('Message-ID: <lost@northwind-coffee.example>\r\n');
    expect(mail.headers.get('return-path')).toBeDefined();
  });
});
