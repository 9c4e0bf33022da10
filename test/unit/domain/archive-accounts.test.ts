import { describe, expect, test } from 'vitest';
import { domainOf, type Domain } from '../../../domain/address.ts';
import {
  accountAmong,
  archiveAccounts,
  externalAddresses,
  type ArchiveFacts,
  type ArchiveQuestion,
} from '../../../domain/archive-accounts.ts';
import { matchHeaders, type KnownContact, type MatchFacts } from '../../../domain/matching.ts';
import { isSharedDomain } from '../../../domain/shared-domain.ts';
import { address, theHeaders, type MessageIntent } from '../../support/message.ts';

interface World {
  /** Accounts that carry `defaultForArchive`. */
  readonly defaults?: readonly string[];
  /** Accounts that have contacts at a domain. */
  readonly atDomain?: Readonly<Record<string, readonly string[]>>;
  /** By account: who has sent what is logged there, long ago. */
  readonly sentBy?: Readonly<Record<string, readonly string[]>>;
  /** The same within the last seven days. */
  readonly latelyBy?: Readonly<Record<string, readonly string[]>>;
}

function factsOf({
  defaults = [],
  atDomain = {},
  sentBy = {},
  latelyBy = {},
}: World): ArchiveFacts {
  const accounts = new Set([...Object.keys(sentBy), ...Object.keys(latelyBy)]);
  const sendersOf = (id: string) => [...(sentBy[id] ?? []), ...(latelyBy[id] ?? [])].map(address);
  return {
    defaultForArchive: new Set(defaults),
    accountsAtDomain: new Map(
      Object.entries(atDomain).map(([domain, ids]) => [domain as Domain, ids] as const),
    ),
    engagedSenders: new Map([...accounts].map((id) => [id, new Set(sendersOf(id))])),
    recentSenderDomains: new Map(
      Object.entries(latelyBy).map(
        ([id, senders]) => [id, new Set(senders.map(address).map(domainOf))] as const,
      ),
    ),
    accountNames: new Map([['uk', 'Acme UK']]),
  };
}

function accountsOf(question: Partial<ArchiveQuestion>, world: World = {}) {
  const asked = {
    accountsOfContacts: [],
    outsiders: [address('jill@customer.example')],
    colleagues: [address('ana@acme.example')],
    ...question,
  };
  return archiveAccounts(asked, factsOf(world));
}

const own = {
  addresses: new Set([address('ana@gmail.com'), address('cleo@other.example')]),
  internalDomains: new Set(['acme.example' as Domain]),
};

describe('R62 who in a message is a customer', () => {
  const people = ['jill@customer.example', 'ben@acme.example', 'dan@other.example'].map(address);
  test('neither own addresses nor people on the domain of the sender', () => {
    expect(externalAddresses(people, address('cleo@other.example'), own)).toEqual([
      'jill@customer.example',
    ]);
    expect(externalAddresses(people, address('ana@acme.example'), own)).toEqual([
      ...['jill@customer.example', 'dan@other.example'],
    ]);
  });

  test('R31 a user who writes from a free-mail address is no colleague of everybody there', () => {
    const customers = ['jill@gmail.com', 'ana@gmail.com'].map(address);
    expect(externalAddresses(customers, address('ana@gmail.com'), own)).toEqual(['jill@gmail.com']);
  });
});

describe('R63 the account of the contact', () => {
  test.each([
    ['one account', ['a'], [], 'a'],
    ['of several the default for archiving', ['c', 'b', 'a'], ['b'], 'b'],
    ['none is the default: the most recently linked', ['c', 'b', 'a'], [], 'c'],
    ['several are: the most recently linked of all', ['c', 'b', 'a'], ['a', 'b'], 'c'],
    ['a default that does not hold the contact', ['c', 'b'], ['x'], 'c'],
    ['no account', [], ['x'], null],
  ] as const)('%s', (_, accounts, defaults, expected) => {
    expect(accountAmong(accounts, factsOf({ defaults }))).toBe(expected);
  });

  test('several contacts: the account of each', () => {
    expect(accountsOf({ accountsOfContacts: [['a'], ['b', 'a'], [], ['a']] })).toEqual(['a', 'b']);
  });

  test('R66 a parent account and its child that both hold the contact are several', () => {
    const accountsOfContacts = [['child', 'parent']];
    expect(accountsOf({ accountsOfContacts })).toEqual(['child']);
    expect(accountsOf({ accountsOfContacts }, { defaults: ['parent'] })).toEqual(['parent']);
  });
});

describe('R64 no account by contact', () => {
  const one = { atDomain: { 'customer.example': ['a'] } };
  test('the one account with contacts of the same domain', () => {
    expect(accountsOf({}, one)).toEqual(['a']);
    expect(accountsOf({ accountsOfContacts: [[]] }, one)).toEqual(['a']);
  });

  test('the account of a contact wins over the domain', () => {
    expect(accountsOf({ accountsOfContacts: [[], ['b']] }, one)).toEqual(['b']);
  });

  test('none: NO_ACCOUNT, and the evidence says for whom', () => {
    expect(accountsOf({})).toEqual({
      ...{ kind: 'skip', reason: 'no_account', evidence: { people: 'jill@customer.example' } },
    });
  });

  test('R31 contacts at a free-mail domain say nothing of anybody else there', () => {
    const outsiders = [address('jill@gmail.com')];
    const world = { atDomain: { 'gmail.com': ['a'] } };
    expect(accountsOf({ outsiders }, world)).toMatchObject({ reason: 'no_account' });
  });
});

describe('R65 several accounts by domain', () => {
  const atDomain = { 'customer.example': ['a', 'uk'] };
  test('the one with an engagement by this sender, however old', () => {
    expect(accountsOf({}, { atDomain, sentBy: { uk: ['ana@acme.example'] } })).toEqual(['uk']);
  });

  test('else the one with an engagement of the last seven days by anybody of the domain of the sender', () => {
    const latelyBy = { uk: ['ben@acme.example'], a: ['jill@customer.example'] };
    expect(accountsOf({}, { atDomain, latelyBy })).toEqual(['uk']);
  });

  test('an engagement by the sender wins over newer ones by colleagues', () => {
    const world = { sentBy: { a: ['ana@acme.example'] }, latelyBy: { uk: ['ben@acme.example'] } };
    expect(accountsOf({}, { atDomain, ...world })).toEqual(['a']);
  });

  test('of several with engagements by the sender the one of the last seven days', () => {
    const world = {
      sentBy: { a: ['ana@acme.example'], uk: ['ana@acme.example'] },
      latelyBy: { uk: ['ben@acme.example'] },
    };
    expect(accountsOf({}, { atDomain, ...world })).toEqual(['uk']);
  });

  test.each([
    ['nobody has written', {}],
    ['a colleague long ago', { sentBy: { a: ['ben@acme.example'] } }],
    ['colleagues to both', { latelyBy: { a: ['ben@acme.example'], uk: ['ben@acme.example'] } }],
    ['somebody else', { latelyBy: { a: ['x@else.example'] } }],
  ])('else AMBIGUOUS_ACCOUNT, and the evidence names them: %s', (_, world) => {
    expect(accountsOf({}, { atDomain, ...world })).toEqual({
      ...{ kind: 'skip', reason: 'ambiguous_account' },
      evidence: { domains: 'customer.example', accounts: 'a, Acme UK' },
    });
  });

  test('R31 a sender at a free-mail domain has no colleagues there', () => {
    const world = { atDomain, latelyBy: { uk: ['customer@gmail.com'] } };
    expect(accountsOf({ colleagues: [address('ana@gmail.com')] }, world)).toMatchObject({
      reason: 'ambiguous_account',
    });
  });
});

describe('R63-R66 as a policy for mailboxes (severalAccounts: ARCHIVE_RULES)', () => {
  const jill: KnownContact = { id: 'jill', defaultAccountId: 'a', accountIds: ['c', 'b', 'a'] };
  const joe: KnownContact = { id: 'joe', defaultAccountId: null, accountIds: [] };
  function matched(intent: MessageIntent, world: World | null) {
    const facts: MatchFacts = {
      own,
      ...{ blacklist: { values: new Set() }, dismissed: new Set() },
      contactsByAddress: new Map([
        [address('jill@customer.example'), [jill]],
        [address('joe@partner.example'), [joe]],
      ]),
      accountByDomain: new Map([['third.example' as Domain, 'third']]),
      ...{ isSharedDomain, unknownCorrespondents: 'known_domain' },
      ...(world === null ? {} : { archive: factsOf(world) }),
    };
    return matchHeaders(theHeaders(intent), facts);
  }

  test('the default of the contact (R17) does not count, the one for archiving does', () => {
    expect(matched({}, null)).toMatchObject({ accountIds: ['a'] });
    expect(matched({}, {})).toMatchObject({ accountIds: ['c'] });
    expect(matched({}, { defaults: ['b'] })).toMatchObject({ accountIds: ['b'] });
  });

  test('a contact without an account is logged without one by default, and here by its domain', () => {
    const from = 'joe@partner.example';
    expect(matched({ from }, null)).toMatchObject({ contactIds: ['joe'], accountIds: [] });
    expect(matched({ from }, {})).toMatchObject({ reason: 'no_account' });
    const world = { atDomain: { 'partner.example': ['p'] } };
    expect(matched({ from }, world)).toMatchObject({ contactIds: ['joe'], accountIds: ['p'] });
  });

  test('R65 of received mail the sender is whoever of us it was sent to', () => {
    const world = {
      atDomain: { 'partner.example': ['p', 'q'] },
      sentBy: { q: ['ben@acme.example'] },
    };
    const received = { from: 'joe@partner.example', to: ['ben@acme.example'] };
    const sent = { from: 'ben@acme.example', to: ['joe@partner.example'] };
    const byAna = {
      ...{ from: 'ana@acme.example', to: ['joe@partner.example'], cc: ['ben@acme.example'] },
    };
    expect(matched(received, world)).toMatchObject({ accountIds: ['q'] });
    expect(matched(sent, world)).toMatchObject({ accountIds: ['q'] });
    expect(matched(byAna, world)).toMatchObject({ reason: 'ambiguous_account' });
  });

  test('R30 a contact that is made at the domain of an account belongs to that account', () => {
    expect(matched({ from: 'new@third.example' }, {})).toMatchObject({ accountIds: ['third'] });
  });
});
