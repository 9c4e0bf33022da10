import { domainOf, withoutTag, type Domain, type EmailAddress } from './address.ts';
import type { Participant } from './message.ts';

/** Everything that counts as the workspace's own (R11): users' addresses and aliases, mailboxes, internal domains. */
export interface OwnIdentity {
  readonly addresses: ReadonlySet<EmailAddress>;
  readonly internalDomains: ReadonlySet<Domain>;
}

/** Whether the address belongs to the workspace. Internal domains are exact: a subdomain counts when it is listed. */
export function isInternal(address: EmailAddress, own: OwnIdentity): boolean {
  const untagged = withoutTag(address);
  return (
    own.addresses.has(address) ||
    (untagged !== null && own.addresses.has(untagged)) ||
    own.internalDomains.has(domainOf(address))
  );
}

export type Direction = 'incoming' | 'outgoing';

/** Outgoing when the sender is one of us, wherever the message was found (R7). */
export function directionOf(from: Participant, own: OwnIdentity): Direction {
  return isInternal(from.address, own) ? 'outgoing' : 'incoming';
}
