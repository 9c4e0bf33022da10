import { describe, expect, test } from 'vitest';
import type { Domain } from '../../../domain/address.ts';
import {
  classify,
  CLASSIFIED_REASONS,
  type ClassificationFacts,
} from '../../../domain/classification.ts';
import { REASON_TEXTS, SKIP_REASONS, type SkipReason } from '../../../domain/decision.ts';
import type { BodyStructure } from '../../../domain/message.ts';
import { DEFAULT_POLICY } from '../../../domain/policy.ts';
import { address, aMessage, PLAIN_TEXT } from '../../support/message.ts';

const facts: ClassificationFacts = {
  own: {
    addresses: new Set([address('ana@acme.example'), address('ana.private@mail.example')]),
    internalDomains: new Set(['acme.example' as Domain]),
  },
  blacklist: { values: new Set() },
  contactNames: new Map(),
  policy: DEFAULT_POLICY,
};
const blacklisted = (...values: string[]): ClassificationFacts => ({
  ...facts,
  blacklist: { values: new Set(values) },
});
const reasonOf = (...args: Parameters<typeof classify>) => {
  const verdict = classify(...args);
  return verdict.kind === 'skip' ? verdict.reason : verdict.kind;
};

const report = (type: string): BodyStructure => ({
  ...PLAIN_TEXT,
  ...{ mediaType: 'multipart/report', parameters: { 'report-type': type } },
});

test('a message of a customer to a colleague is a candidate', () => {
  expect(reasonOf(aMessage(), facts)).toBe('candidate');
});

describe('R5 drafts are never logged', () => {
  test.each([
    ['the flag', aMessage({ flags: ['\\Seen', '\\Draft'] })],
    ['the flag in any case', aMessage({ flags: ['\\DRAFT'] })],
    ['the folder', aMessage({ folderUse: 'drafts' })],
    ["Thunderbird's header", aMessage({ fields: { 'X-Mozilla-Draft-Info': 'internal/draft' } })],
    ['a draft without a sender', aMessage({ from: null, flags: ['\\Draft'] })],
  ])('by %s', (_, message) => {
    expect(reasonOf(message, facts)).toBe('draft');
  });
});

describe('R6 spam is never logged', () => {
  test.each([
    ['the folder', aMessage({ folderUse: 'junk' })],
    ['$Junk', aMessage({ flags: ['$Junk'] })],
    ['X-Spam-Flag', aMessage({ fields: { 'X-Spam-Flag': 'YES' } })],
    ['X-Spam-Status', aMessage({ fields: { 'X-Spam-Status': 'Yes, score=9.1' } })],
    ["Exchange's SCL", aMessage({ fields: { 'X-MS-Exchange-Organization-SCL': '5' } })],
  ])('by %s', (_, message) => {
    expect(reasonOf(message, facts)).toBe('spam');
  });

  test.each([
    ['$NotJunk beats $Junk', aMessage({ flags: ['$Junk', '$NotJunk'] })],
    [
      '$NotJunk beats a header',
      aMessage({ flags: ['$NotJunk'], fields: { 'X-Spam-Flag': 'YES' } }),
    ],
    ['a negative flag', aMessage({ fields: { 'X-Spam-Flag': 'NO' } })],
    ['a low SCL', aMessage({ fields: { 'X-MS-Exchange-Organization-SCL': '-1' } })],
  ])('but not by %s', (_, message) => {
    expect(reasonOf(message, facts)).toBe('candidate');
  });
});

describe('R10 the self test', () => {
  const carried = new Map([[address('ana.private@mail.example'), ['Ana herself']]]);
  const selfTest = aMessage({ from: 'ana@acme.example', to: ['Ana.Private@mail.example'] });

  test('mail between own addresses stays out even when a contact carries one, and says which', () => {
    expect(classify(selfTest, { ...facts, contactNames: carried })).toEqual({
      kind: 'skip',
      reason: 'only_own_addresses',
      evidence: {
        addresses: 'ana@acme.example, ana.private@mail.example',
        wouldHaveMatched: 'Ana herself',
      },
    });
  });

  test('writing to oneself is the same', () => {
    const toMyself = aMessage({ from: 'ana@acme.example', to: ['ana@acme.example'] });
    expect(reasonOf(toMyself, facts)).toBe('only_own_addresses');
  });

  test('R45 of a hundred addresses the evidence names the first twenty', () => {
    const to = Array.from({ length: 99 }, (_, index) => `person-${index}@acme.example`);
    const verdict = classify(aMessage({ from: 'ana@acme.example', to }), facts);
    expect(verdict).toMatchObject({
      reason: 'internal',
      evidence: {
        addresses: expect.stringMatching(/person-18@acme\.example and 80 more$/) as string,
      },
    });
  });

  test('one recipient from outside ends it', () => {
    const withCustomer = aMessage({
      ...{ from: 'ana@acme.example', to: ['ana.private@mail.example'] },
      cc: ['jill@customer.example'],
    });
    expect(reasonOf(withCustomer, { ...facts, contactNames: carried })).toBe('candidate');
  });
});

describe('R11, R12 internal mail', () => {
  test.each([
    ['by internal domain', ['ben@acme.example']],
    ['by alias of a user', ['ana.private@mail.example']],
    ['with a plus tag', ['ana.private+list@mail.example']],
  ])('sender and all recipients are own addresses: %s', (_, to) => {
    expect(reasonOf(aMessage({ from: 'cleo@acme.example', to }), facts)).toBe('internal');
  });

  test('a subdomain of an internal domain is not internal unless listed', () => {
    const message = aMessage({ from: 'ben@acme.example', to: ['x@shop.acme.example'] });
    expect(reasonOf(message, facts)).toBe('candidate');
  });

  test('received with nobody visible it came to us; in Sent it went to somebody', () => {
    const intent = { from: 'ben@acme.example', to: [] };
    expect(reasonOf(aMessage({ ...intent, folderUse: 'inbox' }), facts)).toBe('only_own_addresses');
    expect(reasonOf(aMessage({ ...intent, folderUse: 'sent' }), facts)).toBe('candidate');
  });
});

describe('R13 personal mail', () => {
  test.each(['Personal', 'private', ' Private '])('Sensitivity: %s stays out', (value) => {
    expect(reasonOf(aMessage({ fields: { Sensitivity: value } }), facts)).toBe('personal');
  });
});

test('R18 a From that is not exactly one address is decided as that, and quoted', () => {
  expect(classify(aMessage({ from: null }), facts)).toMatchObject({
    reason: 'unparsable',
    evidence: { from: 'somebody' },
  });
});

describe('R20, R21 the blacklist', () => {
  test.each([
    ['the sender', {}, 'jill@customer.example'],
    ['the domain of the sender', {}, 'customer.example'],
    ['a parent of the domain', { from: 'x@mail.eu.customer.example' }, 'customer.example'],
    ['any recipient', { to: ['ana@acme.example', 'spy@other.example'] }, 'spy@other.example'],
    ['somebody in Cc', { cc: ['spy@other.example'] }, 'other.example'],
    ['somebody in Bcc', { bcc: ['spy@other.example'] }, 'other.example'],
    ['an address behind a tag', { from: 'jill+x@customer.example' }, 'jill@customer.example'],
  ])('%s', (_, intent, entry) => {
    const verdict = classify(aMessage(intent), blacklisted(entry));
    expect(verdict).toMatchObject({ reason: 'blacklisted', evidence: { entry } });
  });

  test('a domain that only ends alike is not covered', () => {
    const message = aMessage({ from: 'x@notcustomer.example' });
    expect(reasonOf(message, blacklisted('customer.example'))).toBe('candidate');
  });

  test('under SENDER_ONLY a blacklisted recipient does not matter', () => {
    const mode = { ...DEFAULT_POLICY, blacklistMode: 'sender_only' } as const;
    const entries = { ...blacklisted('other.example'), policy: mode };
    expect(reasonOf(aMessage({ cc: ['spy@other.example'] }), entries)).toBe('candidate');
    expect(reasonOf(aMessage({ from: 'spy@other.example' }), entries)).toBe('blacklisted');
  });
});

test('R21 where not all recipients are read, nobody can say that none is blacklisted', () => {
  expect(reasonOf(aMessage({ isCut: true }), facts)).toBe('too_large');
});

describe('R9 newsletters, automatic mail and bounces', () => {
  test.each([
    ['bulk', { 'List-Id': 'News <news.shop.example>' }],
    ['bulk', { 'List-Unsubscribe': '<mailto:u@shop.example>' }],
    ['bulk', { Precedence: 'bulk' }],
    ['auto_reply', { 'Auto-Submitted': 'auto-replied' }],
    ['auto_reply', { 'X-Autoreply': 'yes' }],
    ['auto_reply', { 'X-Autorespond': 'Away' }],
    ['auto_reply', { Precedence: 'auto_reply' }],
    ['bounce', { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=x' }],
    ['bounce', { 'X-Failed-Recipients': 'x@y.example' }],
    ['candidate', { 'Auto-Submitted': 'no' }],
    ['candidate', { 'List-Id': 'Support <support.acme.example>', Precedence: 'list' }],
  ])('%s by %j', (reason, fields) => {
    expect(reasonOf(aMessage({ fields }), facts)).toBe(reason);
  });

  test('a bounce that is marked as automatic is still a bounce', () => {
    const fields = {
      'Content-Type': 'multipart/report; report-type="delivery-status"',
      'Auto-Submitted': 'auto-replied',
    };
    expect(reasonOf(aMessage({ fields }), facts)).toBe('bounce');
  });

  test('trap 15: a bounce is known by its structure where the header was not sent along', () => {
    expect(reasonOf(aMessage({ structure: report('Delivery-Status') }), facts)).toBe('bounce');
    expect(reasonOf(aMessage({ structure: report('other') }), facts)).toBe('candidate');
  });

  test.each([
    ['bounce', 'MAILER-DAEMON@mx.example', '<>'],
    ['bounce', 'postmaster@mx.example', '<>'],
    ['candidate', 'postmaster@mx.example', '<postmaster@mx.example>'],
    ['candidate', 'jill@customer.example', '<>'],
  ])('%s from %s with Return-Path: %s', (reason, from, path) => {
    expect(reasonOf(aMessage({ from, fields: { 'Return-Path': path } }), facts)).toBe(reason);
  });

  test('under bulkAndAuto: LOG bulk and automatic mail is matched like any other, a bounce is not', () => {
    const policy = { ...DEFAULT_POLICY, bulkAndAuto: 'log' } as const;
    const fields = { 'List-Id': '<news.shop.example>', 'Auto-Submitted': 'auto-generated' };
    expect(reasonOf(aMessage({ fields }), { ...facts, policy })).toBe('candidate');
    const bounced = { ...fields, 'X-Failed-Recipients': 'x@y.example' };
    expect(reasonOf(aMessage({ fields: bounced }), { ...facts, policy })).toBe('bounce');
  });
});

describe('what came before', () => {
  test('R3 mail that is older than the start of the history', () => {
    const startsAt = new Date('2026-11-03T00:00:00Z');
    expect(reasonOf(aMessage({ startsAt }), facts)).toBe('before_start');
    expect(reasonOf(aMessage({ startsAt, arrivedAt: startsAt }), facts)).toBe('candidate');
  });
  test('R40 the same message again in one mailbox', () => {
    expect(reasonOf(aMessage({ earlier: 'logged_here' }), facts)).toBe('duplicate');
  });
  test('R23 a deleted engagement never comes back', () => {
    expect(reasonOf(aMessage({ earlier: 'deleted' }), facts)).toBe('engagement_deleted');
  });
});

const OWN = 'ana.private@mail.example';
/** One mark per rule, in the order of architecture.md; two of them make a message that two rules speak about. */
const MARKS: readonly (readonly [SkipReason, Parameters<typeof aMessage>[0]])[] = [
  ['before_start', { startsAt: new Date('2026-11-03T00:00:00Z') }],
  ['draft', { flags: ['\\Draft'] }],
  ['spam', { folderUse: 'junk' }],
  ['duplicate', { earlier: 'logged_here' }],
  ['own_loop', { fields: { 'X-Mailroom-Id': '7' } }],
  ['engagement_deleted', { earlier: 'deleted' }],
  ['unparsable', { from: null }],
  ['too_large', { isCut: true }],
  ['only_own_addresses', { from: OWN, to: [OWN] }],
  ['internal', { from: 'ben@acme.example', to: ['cleo@acme.example'] }],
  ['personal', { fields: { Sensitivity: 'Private' } }],
  ['blacklisted', { cc: [OWN] }],
  ['bulk', { fields: { 'List-Id': '<news.shop.example>' } }],
  ['auto_reply', { fields: { 'Auto-Submitted': 'auto-replied' } }],
  ['bounce', { fields: { 'X-Failed-Recipients': 'x@y.example' } }],
  ['read_receipt', { structure: report('disposition-notification') }],
  ['feedback_report', { structure: report('feedback-report') }],
];
/** Programs that report call themselves bulk and automatic, and may be our own mail server, or nobody. */
const SAY_MORE: Readonly<Partial<Record<SkipReason, readonly SkipReason[]>>> = {
  bounce: ['unparsable', 'only_own_addresses', 'internal', 'bulk', 'auto_reply'],
  read_receipt: ['bulk', 'auto_reply', 'bounce'],
  feedback_report: ['bulk', 'auto_reply', 'bounce'],
};

describe('the first rule that speaks decides', () => {
  const pairs = MARKS.flatMap((first, index) =>
    MARKS.slice(index + 1).map((second) => [first[0], second[0], first[1], second[1]] as const),
  );
  test.each(pairs)('%s and %s', (before, after, first, second) => {
    const fields = { ...second?.fields, ...first?.fields };
    const message = aMessage({ ...second, ...first, fields });
    const saysMore = SAY_MORE[after]?.includes(before) === true;
    const entries = blacklisted(before === 'blacklisted' || after === 'blacklisted' ? OWN : 'x');
    expect(reasonOf(message, entries)).toBe(saysMore ? after : before);
  });

  test('the rules are asked in the order of SKIP_REASONS, and each is tried above', () => {
    expect(SKIP_REASONS.slice(0, CLASSIFIED_REASONS.length)).toEqual(CLASSIFIED_REASONS);
    expect(MARKS.map(([reason]) => reason)).toEqual(CLASSIFIED_REASONS);
  });
});

test('R45 every reason has words and a remedy', () => {
  for (const reason of SKIP_REASONS) {
    const { explanation, advice } = REASON_TEXTS[reason];
    expect([reason, /^[A-Z].*\.$/.test(explanation), /^[A-Z].*\.$/.test(advice)]).toEqual([
      reason,
      true,
      true,
    ]);
  }
});
