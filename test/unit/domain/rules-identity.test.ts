import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  domainAndParents,
  domainOf,
  isWithin,
  parseAddress,
  parseDomain,
  withoutTag,
} from '../../../domain/address.ts';
import { blacklistEntryFor, blacklistKeys } from '../../../domain/blacklist.ts';
import { isInternal } from '../../../domain/identity.ts';
import { isSharedDomain } from '../../../domain/shared-domain.ts';
import { parseHeaderBlock } from '../../../mail/headers.ts';
import { address } from '../../support/message.ts';

/** Letters of many scripts, some in several parts, and what stands between them. */
const letters = fc.constantFrom(
  ...['a', 'Z', '7', 'é', 'e\u0301', 'Ü', 'ß', 'Σ', 'ς', 'Ж', 'İ', 'ह', 'ि', '你', 'ก', '\u0e31'],
  ...['+', "'", '-', '_'],
);
const localPart = fc.oneof(
  fc.emailAddress().map((raw) => raw.slice(0, raw.indexOf('@'))),
  fc.array(letters, { minLength: 1, maxLength: 12 }).map((parts) => parts.join('')),
);
const anyDomain = fc.oneof(fc.domain(), fc.constantFrom('Bücher.example', 'faß.de', '例え.jp'));
const anyAddress = fc.tuple(localPart, anyDomain).map((parts) => parts.join('@'));

describe('R14 an address has one form', () => {
  test('normalising twice changes nothing', () => {
    fc.assert(
      fc.property(anyAddress, (raw) => {
        const once = parseAddress(raw);
        fc.pre(once !== null);
        expect(parseAddress(once)).toBe(once);
        expect(parseDomain(domainOf(once))).toBe(domainOf(once));
      }),
    );
  });

  test('neither case, nor composition, nor blanks around, nor a trailing dot, nor needless quotes matter', () => {
    fc.assert(
      fc.property(anyAddress, (raw) => {
        const normal = parseAddress(raw);
        fc.pre(normal !== null);
        const [local = '', domain = ''] = raw.split('@');
        const forms = [
          raw.normalize('NFD'),
          ` ${raw}. `,
          `"${local}"@${domain}`,
          raw.toLowerCase(),
        ];
        // ß becomes SS, which is another mailbox.
        if (raw.toUpperCase().length === raw.length) forms.push(raw.toUpperCase());
        expect(forms.map(parseAddress)).toEqual(forms.map(() => normal));
      }),
    );
  });

  test.each([
    [
      'a name in Hindi at an Indian domain',
      'हिन्दी@उदाहरण.भारत',
      'हिन्दी@xn--p1b6ci4b4b3a.xn--h2brj9c',
    ],
    ['IDN written in Unicode', 'info@BÜCHER.example', 'info@xn--bcher-kva.example'],
    [
      'IDN written in A-labels of any case',
      'info@XN--Bcher-KVA.example',
      'info@xn--bcher-kva.example',
    ],
    ['sharp s is a letter of its own in a domain', 'a@faß.de', 'a@xn--fa-hia.de'],
    ['the full stop of Japanese', 'a@example。jp。', 'a@example.jp'],
    ['quotes that change nothing', '"Jill.Doe"@customer.example', 'jill.doe@customer.example'],
  ])('%s', (_, raw, normal) => {
    expect(parseAddress(raw)).toBe(normal);
  });

  test.each([
    '"a b"@customer.example',
    '"a\\"b"@customer.example',
    '"a@evil.example"@customer.example',
    '""@customer.example',
    '=?utf-8?q?victim?=@customer.example',
    '\u0301a@customer.example',
  ])('%j is refused: programs differ about what it is', (raw) => {
    expect(parseAddress(raw)).toBeNull();
  });
});

describe('R18 who the sender is: the spoofs of facts-mail.md section 5', () => {
  const senderOf = (...lines: string[]) => {
    const { from } = parseHeaderBlock(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`));
    return from === null ? null : from.address;
  };
  test.each([
    ['a folded domain (CVE-2026-125755)', 'From: victim@good.com\r\n .evil.com', null],
    ['a quoted local part that holds an address', 'From: "a@evil.com x"@good.com', null],
    ['an address in nested comments', 'From: x (a (b) <x@evil.com>) <y@good.com>', 'y@good.com'],
    ['two From fields', 'From: victim@good.com\r\nFrom: me@evil.com', null],
    ['two addresses', 'From: victim@good.com, me@evil.com', null],
    ['a group', 'From: Board: victim@good.com;', null],
    ['a name that is an address', 'From: "victim@good.com" <me@evil.com>', 'me@evil.com'],
    [
      'an encoded name that is one',
      'From: =?utf-8?q?victim=40good.com?= <me@evil.com>',
      'me@evil.com',
    ],
    [
      'an encoded name that ends the address early',
      'From: =?utf-8?q?victim=40good.com=3E_=3C?= <me@evil.com>',
      'me@evil.com',
    ],
    ['nothing but an encoded word', 'From: =?utf-8?b?dmljdGltQGdvb2QuY29t?=', null],
    ['an encoded word as local part', 'From: =?utf-8?q?victim?=@good.com', null],
    [
      'Sender and Reply-To',
      'Sender: victim@good.com\r\nReply-To: victim@good.com\r\nFrom: me@evil.com',
      'me@evil.com',
    ],
  ])('%s', (_, block, expected) => {
    expect(senderOf(block)).toBe(expected);
  });

  test('R18 in To, groups are taken apart and addresses in names are names', () => {
    const block =
      'From: a@b.example\r\nTo: Friends: =?utf-8?q?x=40y=2Eexample?= <c@d.example>, e@f.example;, undisclosed-recipients:;\r\n\r\n';
    const { participants } = parseHeaderBlock(Buffer.from(block));
    expect(participants).toEqual([
      { role: 'from', address: 'a@b.example', name: '' },
      { role: 'to', address: 'c@d.example', name: 'x@y.example' },
      { role: 'to', address: 'e@f.example', name: '' },
    ]);
  });
});

describe('R11 what counts as own', () => {
  const own = {
    addresses: new Set(['ana@freelance.example', 'desk+eu@shared.example'].map(address)),
    internalDomains: new Set([domainOf(address('x@acme.example'))]),
  };
  test.each([
    ['anybody@acme.example', true],
    ['anybody@ACME.example.', true],
    ['anybody@mail.acme.example', false],
    ['anybody@notacme.example', false],
    ['Ana@freelance.example', true],
    ['ana+jobs@freelance.example', true],
    ['ben@freelance.example', false],
    ['desk+eu@shared.example', true],
    ['desk@shared.example', false],
    ['desk+us@shared.example', false],
  ])('%s: %s', (raw, expected) => {
    expect(isInternal(address(raw), own)).toBe(expected);
  });
});

describe('R20 a domain covers its subdomains', () => {
  const label = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);
  const domains = fc.array(label, { minLength: 2, maxLength: 5 }).map((labels) => labels.join('.'));
  const parsed = (raw: string) => domainOf(address(`x@${raw}`));

  test('a domain is within another exactly when that is among its parents or itself', () => {
    fc.assert(
      fc.property(domains, domains, fc.boolean(), (one, other, isJoined) => {
        const child = parsed(isJoined ? `${one}.${other}` : one);
        const parent = parsed(other);
        expect(isWithin(child, parent)).toBe(domainAndParents(child).includes(parent));
        if (isJoined) expect(isWithin(child, parent)).toBe(true);
        expect(isWithin(parsed(`x${other}`), parent)).toBe(false);
      }),
    );
  });

  test('an address is covered by itself, itself without tag, its domain and the parents of that, and by nothing else', () => {
    fc.assert(
      fc.property(domains, fc.option(label), domains, (raw, tag, other) => {
        const written = address(`jill${tag === null ? '' : `+${tag}`}@${raw}`);
        const keys = blacklistKeys(written);
        const untagged = withoutTag(written) ?? written;
        expect(new Set(keys)).toEqual(
          new Set([written, untagged, ...domainAndParents(domainOf(written))]),
        );
        for (const key of keys) {
          expect(blacklistEntryFor(written, { values: new Set([key]) })).toBe(key);
        }
        const strange = parsed(other);
        const isCovered =
          blacklistEntryFor(written, { values: new Set<string>([strange]) }) !== null;
        expect(isCovered).toBe(isWithin(domainOf(written), strange));
      }),
    );
  });

  test('the most specific entry is named', () => {
    const values = new Set(['customer.example', 'eu.customer.example', 'jill@eu.customer.example']);
    const entry = (raw: string) => blacklistEntryFor(address(raw), { values });
    expect(entry('jill+x@eu.customer.example')).toBe('jill@eu.customer.example');
    expect(entry('joe@mail.eu.customer.example')).toBe('eu.customer.example');
    expect(entry('joe@customer.example')).toBe('customer.example');
  });
});

test.each([
  ...[
    'gmail.com',
    'googlemail.com',
    'outlook.com',
    'gmx.de',
    'hey.com',
    'fastmail.com',
    'zohomail.com',
  ],
  ...['co.uk', 'com', 'github.io', 'xn--p1ai'],
])('R31 %s belongs to nobody', (raw) => {
  expect(isSharedDomain(domainOf(address(`x@${raw}`)))).toBe(true);
});

test.each(['amazon.com', 'acme.co.uk', 'acme.github.io', 'mail.gmail-partners.example'])(
  'R31 %s belongs to somebody',
  (raw) => {
    expect(isSharedDomain(domainOf(address(`x@${raw}`)))).toBe(false);
  },
);
