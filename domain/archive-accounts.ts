import { domainOf, type Domain, type EmailAddress } from './address.ts';
import { listed, skip, type Skip } from './decision.ts';
import { isInternal, type OwnIdentity } from './identity.ts';
import { isSharedDomain } from './shared-domain.ts';

/*
 * Which account a message belongs to by the rules of archive addresses (R62-R66), however it came in. A parent account
 * and its child that both hold a contact are two accounts like any others (R66).
 */

/** How far back R65 looks for engagements of the sender's colleagues. */
export const ARCHIVE_RECENT_DAYS = 7;

/** What these rules ask of the workspace. */
export interface ArchiveFacts {
  /** The accounts in question that carry `defaultForArchive`. */
  readonly defaultForArchive: ReadonlySet<string>;
  /** The accounts that have contacts at exactly this domain (R64). */
  readonly accountsAtDomain: ReadonlyMap<Domain, readonly string[]>;
  /** By account: who has sent what is logged there (R65). */
  readonly engagedSenders: ReadonlyMap<string, ReadonlySet<EmailAddress>>;
  /** By account: the domains of those who have sent what was logged there in the last `ARCHIVE_RECENT_DAYS`. */
  readonly recentSenderDomains: ReadonlyMap<string, ReadonlySet<Domain>>;
  /** Names of the accounts in question, for the evidence. */
  readonly accountNames: ReadonlyMap<string, string>;
}

/** A message, as far as its account is concerned. */
export interface ArchiveQuestion {
  /** The accounts of each contact in the message, most recently linked first; empty for a contact without any. */
  readonly accountsOfContacts: readonly (readonly string[])[];
  /** Everybody in the message from outside, contact or not. */
  readonly outsiders: readonly EmailAddress[];
  /** Who of us logs it: the sender, or those who received it. */
  readonly colleagues: readonly EmailAddress[];
}

/** R62: of the addresses in a message those of customers: neither our own nor on the domain of the user who archives it. */
export function externalAddresses(
  addresses: readonly EmailAddress[],
  sender: EmailAddress,
  own: OwnIdentity,
): readonly EmailAddress[] {
  const domain = domainOf(sender);
  // A user with a free-mail address is no colleague of everybody there (R31).
  const isColleague = (address: EmailAddress) =>
    address === sender || (domainOf(address) === domain && !isSharedDomain(domain));
  return addresses.filter((address) => !isInternal(address, own) && !isColleague(address));
}

/** The accounts of the message, at least one, or why there is none. */
export function archiveAccounts(
  question: ArchiveQuestion,
  facts: ArchiveFacts,
): Skip | readonly string[] {
  const byContact = question.accountsOfContacts.flatMap((accounts) => {
    const account = accountAmong(accounts, facts);
    return account === null ? [] : [account];
  });
  return byContact.length > 0 ? [...new Set(byContact)] : accountByDomain(question, facts);
}

/** R63: the one that carries `defaultForArchive`; if none or several do, the most recently linked of them all. */
export function accountAmong(
  accountIds: readonly string[],
  { defaultForArchive }: Pick<ArchiveFacts, 'defaultForArchive'>,
): string | null {
  const [byDefault, another] = accountIds.filter((id) => defaultForArchive.has(id));
  if (byDefault !== undefined && another === undefined) return byDefault;
  return accountIds[0] ?? null;
}

/** R64, R65. */
function accountByDomain(
  { outsiders, colleagues }: ArchiveQuestion,
  facts: ArchiveFacts,
): Skip | readonly string[] {
  const domains = new Set(outsiders.map(domainOf).filter((domain) => !isSharedDomain(domain)));
  const candidates = new Set(
    [...domains].flatMap((domain) => facts.accountsAtDomain.get(domain) ?? []),
  );
  if (candidates.size === 0) return skip('no_account', { people: listed(outsiders) });
  const chosen = narrowed([...candidates], colleagues, facts);
  if (chosen.length === 1) return chosen;
  return skip('ambiguous_account', {
    domains: listed([...domains].filter((domain) => facts.accountsAtDomain.has(domain))),
    accounts: listed(chosen.map((id) => facts.accountNames.get(id) ?? id)),
  });
}

/** R65: those where the sender has sent something; of several, or if there are none, those where colleagues lately have. */
function narrowed(
  candidates: readonly string[],
  colleagues: readonly EmailAddress[],
  { engagedSenders, recentSenderDomains }: ArchiveFacts,
): readonly string[] {
  const domains = colleagues.map(domainOf).filter((domain) => !isSharedDomain(domain));
  const bySender = candidates.filter((id) => hasAny(engagedSenders.get(id), colleagues));
  const left = bySender.length > 0 ? bySender : candidates;
  const lately = left.filter((id) => hasAny(recentSenderDomains.get(id), domains));
  return lately.length > 0 ? lately : left;
}

function hasAny<T>(set: ReadonlySet<T> | undefined, values: readonly T[]): boolean {
  return set !== undefined && values.some((value) => set.has(value));
}
