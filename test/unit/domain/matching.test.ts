import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDomain, type Domain } from '../../../domain/address.ts';
import { match, type KnownContact, type Match, type MatchFacts } from '../../../domain/matching.ts';
import { isSharedDomain } from '../../../domain/shared-domain.ts';
import { address, theHeaders, type MessageIntent } from '../../support/message.ts';

const domain = (raw: string): Domain => {
  const parsed = parseDomain(raw);
  if (parsed === null) throw new Error(raw);
  return parsed;
};
const contact = (id: string, intent: Partial<KnownContact> = {}): KnownContact => ({
  ...{ id, defaultAccountId: null, accountIds: [] },
  ...intent,
});

interface World {
  readonly contacts?: Readonly<Record<string, readonly KnownContact[]>>;
  readonly accounts?: Readonly<Record<string, string>>;
  readonly blacklist?: readonly string[];
  readonly unknown?: MatchFacts['unknownCorrespondents'];
}

function factsOf({ contacts = {}, accounts = {}, blacklist = [], unknown }: World): MatchFacts {
  return {
    own: { addresses: new Set(), internalDomains: new Set([domain('acme.example')]) },
    blacklist: { values: new Set(blacklist) },
    contactsByAddress: new Map(
      Object.entries(contacts).map(([raw, list]) => [address(raw), list] as const),
    ),
    accountByDomain: new Map(
      Object.entries(accounts).map(([raw, id]) => [domain(raw), id] as const),
    ),
    isSharedDomain,
    dismissed: new Set(),
    unknownCorrespondents: unknown ?? 'known_domain',
  };
}

function matched(intent: MessageIntent, world: World): Match {
  const { from, participants } = theHeaders(intent);
  if (from === null) throw new Error('a matched message has a sender');
  return match(from, participants, factsOf(world));
}

const jill = { 'jill@customer.example': [contact('jill')] };

describe('R14-R16 whose address it is', () => {
  test('R14 an address with a tag matches the one without when nobody has the exact one', () => {
    const result = matched({ from: 'Jill+CRM@Customer.example' }, { contacts: jill });
    expect(result).toMatchObject({ kind: 'log', contactIds: ['jill'] });
  });

  test('R14 the exact address wins over the one without a tag', () => {
    const contacts = { ...jill, 'jill+crm@customer.example': [contact('bot')] };
    const result = matched({ from: 'jill+crm@customer.example' }, { contacts });
    expect(result).toMatchObject({ contactIds: ['bot'] });
  });

  test('R15 an alternate address matches like the primary one', () => {
    const contacts = { ...jill, 'jill@home.example': [contact('jill')] };
    const result = matched(
      { from: 'jill@home.example', cc: ['jill@customer.example'] },
      { contacts },
    );
    expect(result).toMatchObject({ contactIds: ['jill'] });
  });

  test('R16 several contacts with one address are all linked, on all their accounts', () => {
    const contacts = {
      'shared@customer.example': [
        contact('jill', { defaultAccountId: 'customer' }),
        contact('jack', { defaultAccountId: 'other' }),
      ],
    };
    const result = matched({ from: 'shared@customer.example' }, { contacts });
    expect(result).toMatchObject({
      contactIds: ['jill', 'jack'],
      accountIds: ['customer', 'other'],
    });
  });

  test('everybody from outside is linked, whatever the role', () => {
    const contacts = { ...jill, 'joe@partner.example': [contact('joe')] };
    const result = matched({ cc: ['joe@partner.example'] }, { contacts });
    expect(result).toMatchObject({ contactIds: ['jill', 'joe'] });
  });
});

describe('R17 the account of a contact with several', () => {
  const withAccounts = (intent: Partial<KnownContact>) => ({
    contacts: { 'jill@customer.example': [contact('jill', intent)] },
  });
  test.each([
    [{ defaultAccountId: 'b', accountIds: ['c', 'b', 'a'] }, ['b']],
    [{ defaultAccountId: null, accountIds: ['c', 'b', 'a'] }, ['c']],
    [{ defaultAccountId: null, accountIds: [] }, []],
  ])('%j goes to %j', (intent, accountIds) => {
    expect(matched({}, withAccounts(intent))).toMatchObject({ accountIds });
  });
});

describe('R24 unknown people', () => {
  test('an unknown sender keeps the message out even when a recipient is known', () => {
    const intent = { from: 'stranger@else.example', cc: ['jill@customer.example'] };
    expect(matched(intent, { contacts: jill })).toEqual({
      kind: 'skip',
      reason: 'unknown_sender',
      evidence: { sender: 'stranger@else.example' },
    });
  });

  test('when we write, one known recipient is enough', () => {
    const intent = { from: 'ana@acme.example', to: ['x@else.example', 'jill@customer.example'] };
    expect(matched(intent, { contacts: jill })).toMatchObject({
      kind: 'log',
      direction: 'outgoing',
      contactIds: ['jill'],
    });
  });

  test('when we write, only unknown recipients keep the message out', () => {
    const intent = { from: 'ana@acme.example', to: ['x@else.example'], cc: ['ben@acme.example'] };
    expect(matched(intent, { contacts: jill })).toMatchObject({ reason: 'unknown_recipients' });
  });

  test('own users count as known recipients', () => {
    const intent = { to: ['stranger@else.example', 'ben@acme.example'] };
    expect(matched(intent, { contacts: jill })).toMatchObject({
      kind: 'log',
      contactIds: ['jill'],
    });
  });
});

describe('R30 KNOWN_DOMAIN makes a contact at the account that owns exactly the domain', () => {
  const accounts = { 'amazon.com': 'amazon' };
  test('the exact domain', () => {
    expect(matched({ from: 'new@amazon.com' }, { accounts })).toMatchObject({
      kind: 'log',
      accountIds: ['amazon'],
      newContacts: [{ address: 'new@amazon.com', accountId: 'amazon' }],
    });
  });

  test('R14 a tagged address makes a contact with the address behind it, so that later mail finds it', () => {
    expect(matched({ from: 'new+crm@amazon.com' }, { accounts })).toMatchObject({
      ...{ kind: 'log', newContacts: [{ address: 'new@amazon.com' }] },
    });
  });

  test.each(['new@amazon.ca', 'new@mail.amazon.com', 'new@xamazon.com'])('not %s', (from) => {
    expect(matched({ from }, { accounts })).toMatchObject({ reason: 'unknown_sender' });
  });

  test('a subdomain that is listed', () => {
    const listed = { ...accounts, 'mail.amazon.com': 'amazon' };
    expect(matched({ from: 'new@mail.amazon.com' }, { accounts: listed })).toMatchObject({
      kind: 'log',
    });
  });

  test('nobody who is known is made again', () => {
    const world = { contacts: jill, accounts: { 'customer.example': 'customer' } };
    const result = matched({ cc: ['new@customer.example'] }, world);
    expect(result).toMatchObject({
      contactIds: ['jill'],
      newContacts: [{ address: 'new@customer.example' }],
    });
  });

  test('the same person twice in one message makes one contact', () => {
    const intent = { from: 'new@amazon.com', cc: ['NEW@amazon.com', 'b@amazon.com'] };
    const result = matched(intent, { accounts });
    expect(result).toMatchObject({
      newContacts: [{ address: 'new@amazon.com' }, { address: 'b@amazon.com' }],
    });
  });
});

describe('R31 who never makes a contact', () => {
  test.each(['gmail.com', 'hey.com', 'fastmail.com', 'co.uk', 'github.io'])(
    'the domain %s belongs to nobody',
    (shared) => {
      const accounts = { [shared]: 'wrong' };
      expect(matched({ from: `new@${shared}` }, { accounts })).toMatchObject({
        reason: 'unknown_sender',
      });
      expect(matched({ from: `new@${shared}` }, { accounts, unknown: 'always' })).toMatchObject({
        accountIds: [],
      });
    },
  );

  test('a blacklisted address, under every policy', () => {
    const accounts = { 'customer.example': 'customer' };
    for (const unknown of ['known_domain', 'always', 'sent_only'] as const) {
      const world = { accounts, unknown, blacklist: ['customer.example'], contacts: {} };
      const intent = { from: 'ana@acme.example', to: ['new@customer.example'] };
      expect(matched(intent, world)).toMatchObject({ reason: 'unknown_recipients' });
    }
  });
});

describe('R32 the other policies', () => {
  test('ALWAYS makes a contact with only the address', () => {
    expect(matched({ from: 'new@else.example' }, { unknown: 'always' })).toMatchObject({
      kind: 'log',
      newContacts: [{ address: 'new@else.example', name: '', accountId: null }],
    });
  });
  test('ALWAYS makes no contact of those who are merely copied on incoming mail', () => {
    const intent = { from: 'new@else.example', cc: ['copied@third.example'] };
    expect(matched(intent, { unknown: 'always' })).toMatchObject({
      newContacts: [{ address: 'new@else.example' }],
    });
  });
  test('NEVER makes nothing, even at a known domain', () => {
    const world = { unknown: 'never', accounts: { 'customer.example': 'customer' } } as const;
    expect(matched({}, world)).toMatchObject({ reason: 'unknown_sender' });
  });
  test('SENT_ONLY makes contacts only of people we wrote to', () => {
    const sent = { from: 'ana@acme.example', to: ['new@else.example'] };
    expect(matched(sent, { unknown: 'sent_only' })).toMatchObject({ kind: 'log' });
    expect(matched({ from: 'new@else.example' }, { unknown: 'sent_only' })).toMatchObject({
      reason: 'unknown_sender',
    });
  });
});

test.each([
  ['known_domain', 'New Person'],
  ['always', ''],
  ['sent_only', ''],
] as const)('R32 under %s a new contact is called %j', (unknown, name) => {
  const from = { role: 'from', address: address('ana@acme.example'), name: 'Ana' } as const;
  const to = { role: 'to', address: address('new@amazon.com'), name: 'New Person' } as const;
  const facts = factsOf({ unknown, accounts: { 'amazon.com': 'amazon' } });
  expect(match(from, [from, to], facts)).toMatchObject({
    newContacts: [{ address: 'new@amazon.com', name, accountId: 'amazon' }],
  });
});

test('the order of recipients does not change who is linked', () => {
  const contacts = {
    ...jill,
    'a@p.example': [contact('a', { defaultAccountId: 'p' })],
    'b@q.example': [contact('b', { accountIds: ['q'] })],
  };
  const to = ['a@p.example', 'b@q.example', 'ben@acme.example', 'x@unknown.example'];
  const sets = (result: Match) =>
    result.kind === 'skip' ? result : [result.contactIds.toSorted(), result.accountIds.toSorted()];
  const expected = sets(matched({ to }, { contacts }));
  fc.assert(
    fc.property(fc.shuffledSubarray(to, { minLength: to.length }), (shuffled) => {
      expect(sets(matched({ to: shuffled }, { contacts }))).toEqual(expected);
    }),
  );
});
