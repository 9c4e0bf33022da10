import {
  domainAndParents,
  domainOf,
  withoutTag,
  type Domain,
  type EmailAddress,
} from './address.ts';
import type { BlacklistMode } from './policy.ts';
import type { Participant } from './message.ts';

/** An address or a domain whose mail is never logged (R20). A domain covers its subdomains. */
export type BlacklistValue =
  | { readonly kind: 'address'; readonly value: EmailAddress }
  | { readonly kind: 'domain'; readonly value: Domain };

/** The entries of a workspace that could apply, by value; one lookup per address, whatever their number. */
export interface Blacklist {
  readonly values: ReadonlySet<string>;
}

/** Every value that would keep `address` out: itself, itself without a tag, its domain and the parents of that. */
export function blacklistKeys(address: EmailAddress): readonly string[] {
  const untagged = withoutTag(address);
  return [
    address,
    ...(untagged === null ? [] : [untagged]),
    ...domainAndParents(domainOf(address)),
  ];
}

/** The entry that keeps this address out, most specific first, or null. */
export function blacklistEntryFor(address: EmailAddress, blacklist: Blacklist): string | null {
  if (blacklist.values.size === 0) return null;
  return blacklistKeys(address).find((key) => blacklist.values.has(key)) ?? null;
}

/** R21: the first participant on the blacklist with the entry that covers it; the sender only under `sender_only`. */
export function blacklistedParticipant(
  participants: readonly Participant[],
  blacklist: Blacklist,
  mode: BlacklistMode,
): { readonly participant: Participant; readonly entry: string } | null {
  for (const participant of participants) {
    if (mode === 'sender_only' && participant.role !== 'from') continue;
    const entry = blacklistEntryFor(participant.address, blacklist);
    if (entry !== null) return { participant, entry };
  }
  return null;
}
