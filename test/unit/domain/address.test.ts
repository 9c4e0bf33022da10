import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  domainAndParents,
  isWithin,
  parseAddress,
  parseDomain,
  withoutTag,
} from '../../../domain/address.ts';
import { address } from '../../support/message.ts';

describe('R14 addresses compare case-insensitively and IDN-normalised', () => {
  test.each([
    ['Jill@Customer.Example', 'jill@customer.example'],
    ['  jill@customer.example. ', 'jill@customer.example'],
    ['info@BÜCHER.example', 'info@xn--bcher-kva.example'],
    ['info@xn--bcher-kva.example', 'info@xn--bcher-kva.example'],
    ['jos\u0065\u0301@example.org', 'josé@example.org'],
    ["o'brien+x_1@mail.example", "o'brien+x_1@mail.example"],
  ])('%s is %s', (raw, normalised) => {
    expect(parseAddress(raw)).toBe(normalised);
  });

  test('normalising twice changes nothing', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (raw) => {
        const once = parseAddress(raw);
        fc.pre(once !== null);
        expect(parseAddress(once)).toBe(once);
      }),
    );
  });

  test('case never matters', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (raw) => {
        expect(parseAddress(raw.toUpperCase())).toBe(parseAddress(raw.toLowerCase()));
      }),
    );
  });
});

describe('R18 only what is exactly one plain address is an address', () => {
  test.each([
    '',
    'jill',
    '@example.org',
    'jill@',
    'jill@@example.org',
    'a@b@example.org',
    'jill@good.example\r\n .evil.example',
    'jill@good.example .evil.example',
    '"a@evil.example x"@good.example',
    'jill@[192.0.2.1]',
    'jill@192.0.2.1',
    'jill@-bad.example',
    '.jill@example.org',
    'jill..x@example.org',
    'jill@exa_mple.org',
    'jill@example.org)',
    'jill@example.org/path',
    'jill\0@example.org',
    `${'x'.repeat(65)}@example.org`,
    `x@${'a.'.repeat(130)}example`,
  ])('%j is none', (raw) => {
    expect(parseAddress(raw)).toBeNull();
  });
});

test('R14 a plus tag is what stands between + and @', () => {
  expect(withoutTag(address('jill+crm+x@example.org'))).toBe('jill@example.org');
  expect(withoutTag(address('jill@example.org'))).toBeNull();
  expect(withoutTag(address('+jill@example.org'))).toBeNull();
});

test('R20 a domain covers itself and its subdomains, not a domain that only ends alike', () => {
  const parent = parseDomain('example.org');
  const inside = parseDomain('mail.example.org');
  const alike = parseDomain('notexample.org');
  if (parent === null || inside === null || alike === null) throw new Error('not domains');
  expect([isWithin(parent, parent), isWithin(inside, parent), isWithin(alike, parent)]).toEqual([
    true,
    true,
    false,
  ]);
  expect(domainAndParents(inside)).toEqual(['mail.example.org', 'example.org']);
});
