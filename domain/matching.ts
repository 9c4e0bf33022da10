import { domainOf, withoutTag, type Domain, type EmailAddress } from './address.ts';
import { archiveAccounts, type ArchiveFacts } from './archive-accounts.ts';
import { blacklistEntryFor, type Blacklist } from './blacklist.ts';
import { listed, skip, type Evidence, type Skip } from './decision.ts';
import { directionOf, isInternal, type Direction, type OwnIdentity } from './identity.ts';
import type { MessageHeaders, Participant } from './message.ts';
import type { UnknownCorrespondents } from './policy.ts';

/** A contact as matching needs it. `accountIds`: most recently linked first. */
export interface KnownContact {
  readonly id: string;
  readonly defaultAccountId: string | null;
  readonly accountIds: readonly string[];
}

export interface MatchFacts {
  readonly own: OwnIdentity;
  readonly blacklist: Blacklist;
  /** Addresses that a user dismissed on the review list: no policy makes a contact of them (R33, R34). */
  readonly dismissed: ReadonlySet<EmailAddress>;
  /** Contacts by every address they carry, primary and alternate alike (R15); several may share one (R16). */
  readonly contactsByAddress: ReadonlyMap<EmailAddress, readonly KnownContact[]>;
  /** The account that owns exactly this domain (R30). */
  readonly accountByDomain: ReadonlyMap<Domain, string>;
  /** Free-mail and public-suffix domains: they belong to nobody and never match (R31). */
  readonly isSharedDomain: (domain: Domain) => boolean;
  readonly unknownCorrespondents: UnknownCorrespondents;
  /** Only where the policy asks for R63-R66 instead of the default accounts (R17). */
  readonly archive?: ArchiveFacts;
}

/** A contact that is to be made when the message is committed. */
export interface NewContact {
  readonly address: EmailAddress;
  /** The display name of a person at a known company; empty where only the address may be filled in (R32). */
  readonly name: string;
  readonly accountId: string | null;
}

export interface MatchedMessage {
  readonly kind: 'log';
  readonly direction: Direction;
  readonly contactIds: readonly string[];
  readonly accountIds: readonly string[];
  readonly newContacts: readonly NewContact[];
}

export type Match = Skip | MatchedMessage;

/** The same from headers; without one sender there is nobody to match (R18). */
export function matchHeaders(
  { from, fromRaw, participants }: Pick<MessageHeaders, 'from' | 'fromRaw' | 'participants'>,
  facts: MatchFacts,
): Match {
  if (from === null) return skip('unparsable', { from: fromRaw });
  return match(from, participants, facts);
}

/** Whose timeline a message belongs on. `participants` begins with the one sender. */
export function match(
  from: Participant,
  participants: readonly Participant[],
  facts: MatchFacts,
): Match {
  const direction = directionOf(from, facts.own);
  const outsiders = participants.filter(({ address }) => !isInternal(address, facts.own));
  const known = outsiders.flatMap(({ address }) => contactsFor(address, facts));
  const newContacts = unique(
    outsiders.flatMap((participant) => newContactFor(participant, direction, facts)),
    ({ address }) => address,
  );
  const made = new Set(newContacts.map(({ address }) => address));
  const isMatched = (address: EmailAddress) =>
    contactsFor(address, facts).length > 0 || made.has(personAt(address));

  if (direction === 'incoming' && !isMatched(from.address)) {
    return skip('unknown_sender', { sender: from.address, ...dismissedOf([from], facts) });
  }
  if (direction === 'outgoing' && !outsiders.some(({ address }) => isMatched(address))) {
    return skip('unknown_recipients', {
      recipients: listed(outsiders.map(({ address }) => address)),
      ...dismissedOf(outsiders, facts),
    });
  }
  const contacts = unique(known, ({ id }) => id);
  const accountIds = accountsOf({ from, participants, contacts, newContacts }, facts);
  if ('kind' in accountIds) return accountIds;
  return {
    kind: 'log',
    direction,
    contactIds: contacts.map(({ id }) => id),
    accountIds,
    newContacts,
  };
}

interface Linked {
  readonly from: Participant;
  readonly participants: readonly Participant[];
  readonly contacts: readonly KnownContact[];
  readonly newContacts: readonly NewContact[];
}

/** R17, R30: each contact's own account; by the rules of archive addresses (R63-R66) where the policy says so. */
function accountsOf(
  { from, participants, contacts, newContacts }: Linked,
  { own, archive }: MatchFacts,
): Skip | readonly string[] {
  if (archive === undefined) {
    const all = [...contacts.map(accountOf), ...newContacts.map(({ accountId }) => accountId)];
    return [...new Set(all.filter((id) => id !== null))];
  }
  const addresses = participants.map(({ address }) => address);
  const question = {
    accountsOfContacts: [
      ...contacts.map(({ accountIds }) => accountIds),
      ...newContacts.map(({ accountId }) => (accountId === null ? [] : [accountId])),
    ],
    outsiders: addresses.filter((address) => !isInternal(address, own)),
    colleagues: isInternal(from.address, own)
      ? [from.address]
      : addresses.filter((address) => isInternal(address, own)),
  };
  return archiveAccounts(question, archive);
}

/** R14: the exact address first; the one without its tag only when nobody has the exact one. */
function contactsFor(address: EmailAddress, facts: MatchFacts): readonly KnownContact[] {
  const exact = facts.contactsByAddress.get(address);
  if (exact !== undefined && exact.length > 0) return exact;
  const untagged = withoutTag(address);
  return (untagged === null ? undefined : facts.contactsByAddress.get(untagged)) ?? [];
}

/** R17: the default account, else the most recently linked one. */
export function accountOf(
  contact: Pick<KnownContact, 'defaultAccountId' | 'accountIds'>,
): string | null {
  return contact.defaultAccountId ?? contact.accountIds[0] ?? null;
}

/** R30-R32: the contact that policy makes of an unknown participant; none for a known, blacklisted (R31) or dismissed one. */
function newContactFor(
  { address: written, name, role }: Participant,
  direction: Direction,
  facts: MatchFacts,
): readonly NewContact[] {
  if (contactsFor(written, facts).length > 0) return [];
  const address = personAt(written);
  if (blacklistEntryFor(address, facts.blacklist) !== null) return [];
  if (facts.dismissed.has(address)) return [];
  const accountId = accountByDomain(address, facts);
  const isCorrespondent = direction === 'outgoing' || role === 'from';
  switch (facts.unknownCorrespondents) {
    case 'never':
      return [];
    case 'known_domain':
      return accountId === null ? [] : [{ address, name, accountId }];
    case 'always':
      return isCorrespondent ? [{ address, name: '', accountId }] : [];
    case 'sent_only':
      return direction === 'outgoing' ? [{ address, name: '', accountId }] : [];
  }
}

/** Of these addresses, the people of whom policy might make contacts: only of them it matters who was dismissed. */
export function couldBecomeContacts(
  addresses: readonly EmailAddress[],
  facts: Pick<MatchFacts, 'contactsByAddress' | 'accountByDomain' | 'unknownCorrespondents'>,
): readonly EmailAddress[] {
  const { contactsByAddress, accountByDomain, unknownCorrespondents } = facts;
  if (unknownCorrespondents === 'never') return [];
  const people = new Set(addresses.map(personAt));
  return [...people].filter(
    (address) =>
      !contactsByAddress.has(address) &&
      (unknownCorrespondents !== 'known_domain' || accountByDomain.has(domainOf(address))),
  );
}

/** Evidence for "why is this person no contact yet?", asked of those whom nobody knows. */
function dismissedOf(unknown: readonly Participant[], { dismissed }: MatchFacts): Evidence {
  const people = new Set(unknown.map(({ address }) => personAt(address)));
  const found = [...people].filter((address) => dismissed.has(address));
  return found.length === 0 ? {} : { dismissed: found.join(', ') };
}

/** The address of the person behind a tagged one, so that mail without the tag finds the same contact (R14). */
function personAt(address: EmailAddress): EmailAddress {
  return withoutTag(address) ?? address;
}

function accountByDomain(address: EmailAddress, facts: MatchFacts): string | null {
  const domain = domainOf(address);
  return facts.isSharedDomain(domain) ? null : (facts.accountByDomain.get(domain) ?? null);
}

function unique<T>(values: readonly T[], key: (value: T) => string): readonly T[] {
  return [...new Map(values.map((value) => [key(value), value])).values()];
}
