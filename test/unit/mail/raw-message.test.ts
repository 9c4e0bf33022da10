import { describe, expect, test } from 'vitest';
import {
  contentOf,
  contentOfText,
  readRawMessage,
  type RawMessage,
} from '../../../mail/raw-message.ts';

const LINES = [
  ...['Received: from elsewhere', 'From: Jill <Jill@Customer.example>', 'To: ana@acme.example'],
  ...['Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=', 'Message-ID: <1@customer.example>'],
  ...['Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain', ''],
  ...['Hello', '', '--b', 'Content-Type: application/pdf; name=a.pdf', '', '%PDF', '--b--', ''],
];

function read(raw: string | Buffer): RawMessage {
  const message = readRawMessage(raw);
  if (typeof message === 'string') throw new Error(message);
  return message;
}

describe('the source of a message that somebody hands over', () => {
  test('R44 is read as a mail server would tell of it', async () => {
    const message = read(LINES.join('\r\n'));
    expect(message.headers).toMatchObject({
      ...{ internetMessageId: '1@customer.example', subject: 'Grüße' },
      from: { address: 'jill@customer.example', name: 'Jill' },
    });
    expect(message.structure.parts.map(({ part, mediaType }) => `${part} ${mediaType}`)).toEqual([
      ...['1 text/plain', '2 application/pdf'],
    ]);
    expect(message.attachments).toMatchObject([{ part: '2', fileName: 'a.pdf' }]);
    expect(await contentOf(message)).toMatchObject({ text: 'Hello', html: null });
  });

  test('R45 keeps of its header what is kept of any other, which is what rules look at', () => {
    const { headerBlock } = read(LINES.join('\r\n'));
    expect(headerBlock.toString()).toContain('From: Jill');
    expect(headerBlock.toString()).not.toContain('Received');
  });

  test.each([
    ['lone line feeds', LINES.join('\n')],
    ['a line of mbox', `From jill Thu Jan  1 00:00:00 2026\n${LINES.join('\n')}`],
    ['empty lines before', `\r\n\n${LINES.join('\r\n')}`],
    ['a byte order mark', `\ufeff${LINES.join('\r\n')}`],
  ])('R40 is the same message with %s', (_what, raw) => {
    const [one, other] = [read(raw), read(LINES.join('\r\n'))];
    expect(one).toEqual(other);
  });

  test.each([
    ['', 'empty'],
    ['\r\n\n', 'empty'],
    ['Hello Jill,\nplease note: this is no message.\n', 'no_header'],
    ['x'.repeat(11), 'too_large'],
  ] as const)('%j is none: %s', (raw, problem) => {
    expect(readRawMessage(raw, { maxOctets: raw.startsWith('x') ? 10 : 1000 })).toBe(problem);
  });

  test('octets that are no UTF-8 stay what they are', async () => {
    const raw = Buffer.from(
      'From: a@b.example\nContent-Type: text/plain; charset=koi8-r\n\n\xf0\xd2',
      'latin1',
    );
    expect(await contentOf(read(raw))).toMatchObject({ text: 'Пр' });
  });
});

test('R42 a plain text loses its quotations like any message', async () => {
  const content = await contentOfText(
    'Yes, Thursday.\n\nOn Mon, Jan 5, 2026, Jill wrote:\n> When? é\n',
  );
  expect(content).toMatchObject({ replyText: 'Yes, Thursday.', html: null });
  expect(content.text).toContain('> When? é');
});
