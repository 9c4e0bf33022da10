import { expect, test } from 'vitest';
import { parseDomain } from '../../../domain/address.ts';
import { couldBecomeContacts, match, type MatchFacts } from '../../../domain/matching.ts';
import { UNKNOWN_CORRESPONDENTS } from '../../../domain/policy.ts';
import { address } from '../../support/message.ts';

const JILL = { role: 'from', address: address('jill+crm@customer.example'), name: 'Jill' } as const;
const ANA = { role: 'to', address: address('ana@acme.example'), name: '' } as const;
const domain = parseDomain('customer.example') ?? expect.fail();

function facts(over: Partial<MatchFacts>): MatchFacts {
  return {
    own: { addresses: new Set([ANA.address]), internalDomains: new Set() },
    blacklist: { values: new Set() },
    dismissed: new Set([address('jill@customer.example')]),
    contactsByAddress: new Map(),
    accountByDomain: new Map([[domain, 'customer']]),
    isSharedDomain: () => false,
    unknownCorrespondents: 'always',
    ...over,
  };
}

test.each(UNKNOWN_CORRESPONDENTS)(
  'R33, R34 whom a user dismissed is made no contact under %s, tagged or not, and the decision says so',
  (unknownCorrespondents) => {
    const over = { unknownCorrespondents };
    expect(match(JILL, [JILL, ANA], facts(over))).toEqual({
      ...{ kind: 'skip', reason: 'unknown_sender' },
      evidence: { sender: JILL.address, dismissed: 'jill@customer.example' },
    });
    const sent = match(
      { ...ANA, role: 'from' },
      [
        { ...ANA, role: 'from' },
        { ...JILL, role: 'to' },
      ],
      facts(over),
    );
    expect(sent).toMatchObject({
      reason: 'unknown_recipients',
      evidence: { dismissed: 'jill@customer.example' },
    });
  },
);

test('R34 a dismissed person whom somebody makes a contact after all is one', () => {
  const contacts = [{ id: 'jill', defaultAccountId: null, accountIds: [] }];
  const contactsByAddress = new Map([[address('jill@customer.example'), contacts]]);
  expect(match(JILL, [JILL, ANA], facts({ contactsByAddress }))).toMatchObject({
    contactIds: ['jill'],
  });
});

test('only those are asked about who could be made contacts', () => {
  const [jill, joe] = [address('jill+a@customer.example'), address('joe@else.example')];
  const asked = (unknownCorrespondents: MatchFacts['unknownCorrespondents']) =>
    couldBecomeContacts([jill, joe], facts({ unknownCorrespondents }));
  expect(asked('never')).toEqual([]);
  expect(asked('known_domain')).toEqual(['jill@customer.example']);
  expect(asked('always')).toEqual(['jill@customer.example', 'joe@else.example']);
});
