import { describe, expect, test } from 'vitest';
import { parseHeaderBlock } from '../../../mail/headers.ts';

function read(...lines: readonly string[]) {
  return parseHeaderBlock(Buffer.from([...lines, '', ''].join('\r\n')));
}

function senderOf(value: string | Buffer) {
  const block = Buffer.concat([Buffer.from('From: '), Buffer.from(value), Buffer.from('\r\n\r\n')]);
  return parseHeaderBlock(block).from;
}

describe('who sent a message', () => {
  test.each([
    ['jill@customer.example', 'jill@customer.example', ''],
    ['Jill Doe <jill@customer.example>', 'jill@customer.example', 'Jill Doe'],
    ['"Doe, Jill" <Jill@Customer.Example.>', 'jill@customer.example', 'Doe, Jill'],
    ['Doe, Jill <jill@customer.example>', 'jill@customer.example', 'Doe, Jill'],
    ['jill@customer.example (Jill Doe)', 'jill@customer.example', 'Jill Doe'],
    ['<jill@customer.example>', 'jill@customer.example', ''],
    ['"jill"@customer.example', 'jill@customer.example', ''],
    [
      '=?utf-8?q?J=C3=BCrgen?=\r\n =?utf-8?q?_K=C3=B6hn?= <j@customer.example>',
      'j@customer.example',
      'Jürgen Köhn',
    ],
    ['=?iso-2022-jp?b?GyRCJDMkcxsoQg==?= <j@customer.example>', 'j@customer.example', 'こん'],
    ['jörg@köhn.example', 'jörg@xn--khn-sna.example', ''],
  ])('R14 %s', (value, address, name) => {
    expect(senderOf(value)).toEqual({ role: 'from', address, name });
  });

  test.each([
    ['a folded domain (CVE-2026-125755)', 'victim@good.example\r\n .evil.example'],
    ['a folded domain in brackets', '<victim@good.example\r\n .evil.example>'],
    ['a quoted local part with an address in it', '"victim@good.example x"@evil.example'],
    ['a quoted local part with an @', '"victim@good.example"@evil.example'],
    ['two addresses in brackets', '<victim@good.example> <me@evil.example>'],
    ['two addresses', 'victim@good.example, me@evil.example'],
    ['two addresses by semicolon', 'victim@good.example;me@evil.example'],
    ['an address with a comma before the brackets', 'victim@good.example, x <me@evil.example>'],
    ['a group', 'Team: victim@good.example;'],
    ['an address inside free text', 'from victim@good.example today'],
    ['an address only in encoded words', '=?utf-8?q?victim=40good.example?='],
    ['a bracket that never ends', '<victim@good.example'],
    ['a bracket too many', 'victim@good.example>'],
    ['a comment that never ends', 'victim@good.example (x'],
    ['a quote that never ends', '"x <victim@good.example>'],
    ['a control character', 'victim@good.example\x01.evil.example'],
    ['a NUL', 'victim@good.example\0.evil.example'],
    ['an address literal', 'victim@[192.0.2.1]'],
    ['two at signs', 'victim@good.example@evil.example'],
    ['blanks around the at sign', 'victim @ good.example'],
    ['nothing', ''],
  ])('trap 9: R18 nobody is named by %s', (_name, value) => {
    expect(senderOf(value)).toBeNull();
  });

  test.each([
    ['a name that is an address', 'victim@good.example <me@evil.example>'],
    ['a quoted name that is an address', '"victim@good.example" <me@evil.example>'],
    [
      'an encoded name with an address and a comma',
      '=?utf-8?q?victim=40good=2Eexample=2C?= <me@evil.example>',
    ],
    ['nested comments', 'x (a (b) <victim@good.example>) <me@evil.example>'],
    ['a comment with an escaped bracket', '(\\) <victim@good.example>) <me@evil.example>'],
    ['an address in a comment behind', 'me@evil.example (victim@good.example)'],
  ])('R18 %s does not hide the sender', (_name, value) => {
    expect(senderOf(value)?.address).toBe('me@evil.example');
  });

  test('R18 two From fields name nobody, and people can still read both', () => {
    const headers = read('From: victim@good.example', 'From: me@evil.example');
    expect(headers.from).toBeNull();
    expect(headers.fromRaw).toBe('victim@good.example, me@evil.example');
    expect(headers.participants).toEqual([]);
  });

  test('a name in an unannounced code page is read as Windows wrote it, and UTF-8 as UTF-8', () => {
    expect(senderOf(Buffer.from('Jos\xe9 <j@a.example>', 'latin1'))?.name).toBe('José');
    expect(senderOf('José <j@a.example>')?.name).toBe('José');
  });

  test('a name cannot turn the line around or break it', () => {
    expect(senderOf('=?utf-8?q?a=0D=0Ab=E2=80=AEc?= <j@a.example>')?.name).toBe('a bc');
  });
});

describe('who else stands on it', () => {
  test('R42 participants come in order, each once per role, groups taken apart', () => {
    const headers = read(
      'To: B <b@x.example>, Team: c@x.example, "D, d" <D@x.example>;, b@X.example',
      'Cc: not an address, b@x.example',
      'From: a@x.example',
      'Bcc: e@x.example',
    );
    expect(headers.participants.map(({ role, address }) => `${role} ${address}`)).toEqual([
      'from a@x.example',
      'to b@x.example',
      'to c@x.example',
      'to d@x.example',
      'cc b@x.example',
      'bcc e@x.example',
    ]);
  });

  test('undisclosed recipients are nobody', () => {
    expect(read('To: undisclosed-recipients:;').participants).toEqual([]);
  });
});

describe('what it is about', () => {
  test('subject, date and ids', () => {
    const headers = read(
      'Subject: =?UTF-8?B?w4TDpA==?=\r\n =?iso-8859-1?q?_=DC?= and\r\n\tmore',
      'Date: Mon, 2 Jan 2023 10:00:00 +0100 (CET)',
      'Message-ID:\r\n <id-1@x.example>',
      'In-Reply-To: <id-0@x.example> (Jill, yesterday)',
      'References: <root@x.example>\r\n <id-0@x.example> <root@x.example>',
    );
    expect(headers.subject).toBe('Ää Ü and more');
    expect(headers.sentAt).toEqual(new Date('2023-01-02T09:00:00Z'));
    expect(headers.internetMessageId).toBe('id-1@x.example');
    expect(headers.inReplyTo).toEqual(['id-0@x.example']);
    expect(headers.references).toEqual(['root@x.example', 'id-0@x.example']);
  });

  test.each([
    ['2 Jan 23 10:00 GMT', '2023-01-02T10:00:00Z'],
    ['Mon, 02 Jan 2023 10:00:00 EST', '2023-01-02T15:00:00Z'],
    ['Mon, 02 Jan 2023 10:00:00 XYZ', '2023-01-02T10:00:00Z'],
    ['hello 5', null],
    ['99 Foo 2023 10:00:00 +0000', null],
    ['2 Jan 49 10:00 GMT', '2049-01-02T10:00:00Z'],
    ['2 Jan 50 10:00 GMT', '1950-01-02T10:00:00Z'],
    ['Fri, 31 Dec 9999 23:59:59 -0100', null],
    ['Fri, 01 Jan 9999 00:00:00 +0000', null],
    ['Thu, 31 Dec 9998 23:59:59 +0000', '9998-12-31T23:59:59Z'],
    ['Mon, 01 Jan 1900 00:00:00 +0000', '1900-01-01T00:00:00Z'],
    ['Mon, 01 Jan 1900 00:00:00 +0100', null],
    ['Fri, 31 Dec 1899 10:00:00 +0000', null],
    ['Fri, 31 Dec 0099 10:00:00 +0000', null],
    ['', null],
  ])('date %j', (value, expected) => {
    expect(read(`Date: ${value}`).sentAt).toEqual(expected === null ? null : new Date(expected));
  });

  test('a message without headers is a message', () => {
    expect(parseHeaderBlock(Buffer.alloc(0))).toMatchObject({
      ...{ internetMessageId: null, subject: '', sentAt: null, from: null, fromRaw: '' },
      ...{ participants: [], inReplyTo: [], references: [] },
    });
  });

  test('of 5,000 references the root and the nearest are kept', () => {
    const ids = Array.from({ length: 5000 }, (_, index) => `<r${index}@x.example>`);
    const { references } = read(`References: ${ids.join('\r\n ')}`);
    expect(references).toHaveLength(100);
    expect(references[0]).toBe('r0@x.example');
    expect(references.at(-1)).not.toBe('r99@x.example');
  });

  test('fields are kept by lower-case name, unfolded, all of them', () => {
    const { fields } = read(
      'X-Loop: a\r\n b',
      'x-loop:c',
      'no field at all',
      'LIST-ID: <l.x.example>',
    );
    expect(fields.get('x-loop')).toEqual(['a b', 'c']);
    expect(fields.get('list-id')).toEqual(['<l.x.example>']);
    expect(fields.size).toBe(2);
  });
});

test('no octets whatever make it throw or take long', { timeout: 20_000 }, () => {
  const bombs = [
    '<',
    '(',
    '"',
    'a@b,',
    ',',
    '=?utf-8?q?a',
    '=?x?b?==?=',
    '\\"',
    ':',
    ';',
    ' \r\n ',
    '\0',
    '@',
  ];
  const startedAt = performance.now();
  for (const bomb of bombs) {
    const value = bomb.repeat(100_000 / bomb.length);
    for (const name of ['From', 'To', 'Subject', 'References', 'Date', 'Message-ID']) {
      parseHeaderBlock(Buffer.from(`${name}: ${value}\r\n\r\n`, 'latin1'));
    }
  }
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  for (let seed = 0; seed < 300; seed += 1) {
    const octets = Buffer.from(
      Array.from({ length: 200 }, (_, i) => (i * i * (seed + 7) + i * seed) % 256),
    );
    expect(
      parseHeaderBlock(Buffer.concat([Buffer.from('From: '), octets])).participants.length,
    ).toBeLessThan(2);
  }
});
