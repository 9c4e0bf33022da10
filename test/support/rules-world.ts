import type { Domain } from '../../domain/address.ts';
import type { KnownContact, Match } from '../../domain/matching.ts';
import { DEFAULT_POLICY, type Policy } from '../../domain/policy.ts';
import { isSharedDomain } from '../../domain/shared-domain.ts';
import type { RuleFacts } from '../../domain/verdict.ts';
import { address } from './message.ts';

/*
 * A workspace to try rules in: Acme (acme.example, and Ana, who also writes from ana@freelance.example and has a mailbox
 * desk@shared.example) does business with the people below.
 */
const CONTACTS: readonly (KnownContact & { readonly addresses: readonly string[] })[] = [
  aContact('jill', ['customer'], ['jill@customer.example', 'jill@home.example']),
  aContact('bot', ['customer'], ['jill+bot@customer.example']),
  aContact('june', ['partner'], ['office@partner.example']),
  aContact('jack', ['other'], ['office@partner.example', 'jack@partner.example']),
  { ...aContact('kim', ['b', 'a'], ['kim@several.example']), defaultAccountId: null },
  { ...aContact('lou', ['b', 'a'], ['lou@several.example']), defaultAccountId: 'a' },
  aContact('nobody', [], ['solo@gmail.com']),
  aContact('ana', ['customer'], ['ana@freelance.example']),
];
const ACCOUNTS = { 'customer.example': 'customer', 'amazon.com': 'amazon', 'gmail.com': 'wrong' };

/** In what a workspace differs from the one above. */
export interface Differs {
  readonly policy?: Partial<Policy>;
  readonly blacklist?: readonly string[];
  readonly dismissed?: readonly string[];
}

function aContact(id: string, accountIds: readonly string[], addresses: readonly string[]) {
  return { id, accountIds, defaultAccountId: accountIds[0] ?? null, addresses };
}

/** What the rules are told of that workspace. */
export function factsOf({ policy = {}, blacklist = [], dismissed = [] }: Differs): RuleFacts {
  const inForce = { ...DEFAULT_POLICY, ...policy };
  const contactsByAddress = Map.groupBy(
    CONTACTS.flatMap((contact) => contact.addresses.map((raw) => ({ key: address(raw), contact }))),
    ({ key }) => key,
  );
  return {
    own: {
      addresses: new Set(['ana@freelance.example', 'desk@shared.example'].map(address)),
      internalDomains: new Set(['acme.example' as Domain]),
    },
    blacklist: { values: new Set(blacklist) },
    dismissed: new Set(dismissed.map(address)),
    contactNames: new Map(
      [...contactsByAddress].map(([key, list]) => [key, list.map(({ contact }) => contact.id)]),
    ),
    contactsByAddress: new Map(
      [...contactsByAddress].map(([key, list]) => [key, list.map(({ contact }) => contact)]),
    ),
    accountByDomain: new Map(
      Object.entries(ACCOUNTS).map(([domain, id]) => [domain as Domain, id] as const),
    ),
    ...{ isSharedDomain, policy: inForce },
    unknownCorrespondents: inForce.unknownCorrespondents,
  };
}

/** `incoming: jill on customer, new new@amazon.com`, or the reason. Lists are sets, hence sorted. */
export function inWords(verdict: Match): string {
  if (verdict.kind === 'skip') return verdict.reason.toUpperCase();
  const { direction, contactIds, accountIds, newContacts } = verdict;
  const list = (values: readonly string[]) => values.toSorted().join(', ');
  const where = [
    ...(contactIds.length > 0 ? [list(contactIds)] : []),
    ...(accountIds.length > 0 ? [`on ${list(accountIds)}`] : []),
  ].join(' ');
  const made = newContacts.map(({ address: made }) => `new ${made}`);
  return `${direction}: ${[...(where === '' ? [] : [where]), ...(made.length > 0 ? [list(made)] : [])].join(', ')}`;
}
