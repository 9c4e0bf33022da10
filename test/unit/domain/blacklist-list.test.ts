import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  blacklistHazard,
  readBlacklistEntry,
  readBlacklistText,
} from '../../../domain/blacklist-list.ts';
import type { OwnIdentity } from '../../../domain/identity.ts';
import { parseDomain, type Domain } from '../../../domain/address.ts';
import { address } from '../../support/message.ts';

const valueOf = (raw: string) => readBlacklistEntry(raw)?.value ?? null;
const values = (text: string) => readBlacklistText(text).map(({ value }) => value?.value ?? null);

test.each([
  ['Jill@Example.com', 'jill@example.com'],
  ['Example.COM', 'example.com'],
  ['"Doe, Jill" <jill@example.com>', 'jill@example.com'],
  ['<jill@example.com>', 'jill@example.com'],
  ['mailto:jill@example.com', 'jill@example.com'],
  ["'jill@example.com'", 'jill@example.com'],
  ['@example.com', 'example.com'],
  ['*@example.com', 'example.com'],
  ['*.example.com', 'example.com'],
  ['.example.com', 'example.com'],
  ['example.com.', 'example.com'],
  ['Bücher.example', 'xn--bcher-kva.example'],
  ['jill@bücher.example', 'jill@xn--bcher-kva.example'],
])('R20 %s is read as %s', (raw, value) => {
  expect(valueOf(raw)).toBe(value);
});

test.each(['', 'com', 'jill@', 'a b', '192.0.2.1', 'jill@a@b.example', '*', 'x@*.example'])(
  'R20 %j is neither an address nor a domain of at least two labels',
  (raw) => {
    expect(valueOf(raw)).toBeNull();
  },
);

describe('R20 a pasted list', () => {
  test('has entries in lines, between commas, semicolons, tabs and spaces', () => {
    expect(
      values('a@x.example, b.example;c@x.example\td.example e.example\r\n\nf.example'),
    ).toEqual(['a@x.example', 'b.example', 'c@x.example', 'd.example', 'e.example', 'f.example']);
  });
  test('has comments from # on, but not within an address', () => {
    const text = '# competitors\nrival.example # since May\na#1@x.example';
    expect(values(text)).toEqual(['rival.example', 'a#1@x.example']);
  });
  test('has names with commas, quoted or not', () => {
    const text = '"Doe, Jill" <jill@x.example>, Doe, Jack <jack@x.example>; Joe <joe@x.example>';
    expect(values(text)).toEqual(['jill@x.example', 'jack@x.example', 'joe@x.example']);
  });
  test('names what is wrong by its line, and loses nothing else', () => {
    const read = readBlacklistText('ok.example\nnot an entry\r\njill@, fine.example');
    expect(read.map(({ line, text, value }) => [line, text, value?.value])).toEqual([
      [1, 'ok.example', 'ok.example'],
      [2, 'not an entry', undefined],
      [3, 'jill@', undefined],
      [3, 'fine.example', 'fine.example'],
    ]);
  });
  test('never hangs, and reads any list of good entries back', () => {
    const entry = fc.constantFrom('a@x.example', 'b.example', 'N <c@x.example>', '*.d.example');
    const between = fc.constantFrom(', ', ';', '\n', '\t', ' ,', '\r\n# note\r\n');
    const list = fc.array(fc.tuple(entry, between), { minLength: 1 });
    fc.assert(
      fc.property(list, (items) => {
        const text = items.map((item) => item.join('')).join('');
        expect(values(text)).toEqual(items.map(([item]) => valueOf(item)));
      }),
    );
    for (const mark of ['"', '<', ' ', ',', '"a', '"a,']) readBlacklistText(mark.repeat(100_001));
  });
});

describe('what speaks against an entry', () => {
  const domain = (raw: string): Domain => {
    const parsed = parseDomain(raw);
    if (parsed === null) throw new Error(raw);
    return parsed;
  };
  const own: OwnIdentity = {
    addresses: new Set([address('ana@gmail.com')]),
    internalDomains: new Set([domain('mail.acme.example')]),
  };
  test.each([
    ['ana@gmail.com', 'own'],
    ['ana+crm@gmail.com', 'own'],
    ['anybody@mail.acme.example', 'own'],
    ['mail.acme.example', 'own'],
    ['acme.example', 'own'],
    ['gmail.com', 'own'],
    ['web.de', 'shared'],
    ['co.uk', 'shared'],
    ['jill@gmail.com', null],
    ['customers.mail.acme.example', null],
    ['rival.example', null],
  ] as const)('%s: %s', (raw, hazard) => {
    const entry = readBlacklistEntry(raw);
    expect(entry === null ? undefined : blacklistHazard(entry, own)).toBe(hazard);
  });
});
