import type { EmailAddress } from './address.ts';
import { blacklistedParticipant, type Blacklist } from './blacklist.ts';
import { skip, type Skip } from './decision.ts';
import { isInternal, type OwnIdentity } from './identity.ts';
import { bounceMark, bulkMark, draftMark, autoReplyMark, spamMark } from './markers.ts';
import type { BodyStructure, FolderUse, MessageHeaders } from './message.ts';
import type { Policy } from './policy.ts';

/** One sighting of a message, with what is known of it before anybody is matched. */
export interface SeenMessage {
  readonly headers: MessageHeaders;
  readonly structure: BodyStructure;
  readonly flags: readonly string[];
  readonly folderUse: FolderUse;
  readonly arrivedAt: Date;
  /** Mail of the first import that is older than this is left alone; null when nothing is (R3). */
  readonly startsAt: Date | null;
  /** What became of the same message before: logged from this mailbox, or logged and then deleted by a user. */
  readonly earlier: 'logged_here' | 'deleted' | null;
}

export interface ClassificationFacts {
  readonly own: OwnIdentity;
  readonly blacklist: Blacklist;
  /** Names of the contacts that carry an address; asked only to explain the self test (R10). */
  readonly contactNames: ReadonlyMap<EmailAddress, readonly string[]>;
  readonly policy: Policy;
}

export type Classification = Skip | { readonly kind: 'candidate' };

type Rule = (message: SeenMessage, facts: ClassificationFacts) => Skip | null;

/** In the order of SKIP_REASONS and of docs/architecture.md: the first rule that speaks decides. */
const RULES: readonly Rule[] = [
  beforeStart,
  draft,
  spam,
  duplicate,
  engagementDeleted,
  unparsable,
  tooLarge,
  onlyOwnAddresses,
  internal,
  personal,
  blacklisted,
  bulk,
  autoReply,
  bounce,
];

/** Decides on the headers alone; what nobody skips is a candidate for matching. */
export function classify(message: SeenMessage, facts: ClassificationFacts): Classification {
  for (const rule of RULES) {
    const verdict = rule(message, facts);
    if (verdict !== null) return verdict;
  }
  return { kind: 'candidate' };
}

function beforeStart({ arrivedAt, startsAt }: SeenMessage): Skip | null {
  if (startsAt === null || arrivedAt >= startsAt) return null;
  return skip('before_start', {
    arrivedAt: arrivedAt.toISOString(),
    startsAt: startsAt.toISOString(),
  });
}

/** R5. */
function draft(message: SeenMessage): Skip | null {
  const mark = draftMark(message);
  return mark === null ? null : skip('draft', { mark });
}

/** R6. */
function spam(message: SeenMessage): Skip | null {
  const mark = spamMark(message);
  return mark === null ? null : skip('spam', { mark });
}

/** R40: one mailbox logs a message once, however many folders show it. */
function duplicate({ earlier }: SeenMessage): Skip | null {
  return earlier === 'logged_here' ? skip('duplicate') : null;
}

/** R23. */
function engagementDeleted({ earlier }: SeenMessage): Skip | null {
  return earlier === 'deleted' ? skip('engagement_deleted') : null;
}

/** R18. */
function unparsable({ headers }: SeenMessage): Skip | null {
  return headers.from === null ? skip('unparsable', { from: headers.fromRaw }) : null;
}

/** R21 speaks of any participant: where not all of them are read, the answer is no. */
function tooLarge({ headers }: SeenMessage): Skip | null {
  return headers.isCut
    ? skip('too_large', { recipients: `${headers.participants.length - 1} read` })
    : null;
}

/** R10: only own addresses, and a contact would have matched one of them (or somebody wrote to themself). */
function onlyOwnAddresses(message: SeenMessage, facts: ClassificationFacts): Skip | null {
  if (!isAllInternal(message, facts)) return null;
  const addresses = new Set(message.headers.participants.map(({ address }) => address));
  const matches = [...addresses].filter((address) => facts.contactNames.has(address));
  if (matches.length === 0 && addresses.size > 1) return null;
  const contact = matches.flatMap((address) => facts.contactNames.get(address) ?? []).join(', ');
  return skip('only_own_addresses', {
    addresses: [...addresses].join(', '),
    ...(contact === '' ? {} : { wouldHaveMatched: contact }),
  });
}

/** R12. */
function internal(message: SeenMessage, facts: ClassificationFacts): Skip | null {
  if (!isAllInternal(message, facts)) return null;
  return skip('internal', {
    addresses: message.headers.participants.map(({ address }) => address).join(', '),
  });
}

/** R13; `Company-Confidential` becomes a workspace setting with the rest of the policies. */
function personal({ headers }: SeenMessage): Skip | null {
  const sensitivity = headers.fields.get('sensitivity')?.[0]?.trim() ?? '';
  return /^(?:personal|private)$/i.test(sensitivity) ? skip('personal', { sensitivity }) : null;
}

/** R21. */
function blacklisted({ headers }: SeenMessage, facts: ClassificationFacts): Skip | null {
  const hit = blacklistedParticipant(
    headers.participants,
    facts.blacklist,
    facts.policy.blacklistMode,
  );
  if (hit === null) return null;
  return skip('blacklisted', {
    entry: hit.entry,
    address: hit.participant.address,
    role: hit.participant.role,
  });
}

/** R9. A list on one of our own domains is how a shared address is often delivered, so it is no newsletter. */
function bulk(message: SeenMessage, facts: ClassificationFacts): Skip | null {
  if (facts.policy.bulkAndAuto === 'log') return null;
  const mark = bulkMark(message.headers, facts.own.internalDomains);
  return mark === null ? null : skip('bulk', { mark });
}

/** R9. */
function autoReply(message: SeenMessage, facts: ClassificationFacts): Skip | null {
  if (facts.policy.bulkAndAuto === 'log') return null;
  const mark = autoReplyMark(message.headers);
  return mark === null ? null : skip('auto_reply', { mark });
}

/** R9. Not a matter of taste like bulk mail: the sender is a mail server. */
function bounce(message: SeenMessage): Skip | null {
  const mark = bounceMark(message.headers, message.structure);
  return mark === null ? null : skip('bounce', { mark });
}

/** A message in Sent whose recipients are not shown went to somebody; one that we received without any came to us. */
function isAllInternal({ headers, folderUse }: SeenMessage, { own }: ClassificationFacts): boolean {
  const hasRecipients = headers.participants.some(({ role }) => role !== 'from');
  if (!hasRecipients && folderUse === 'sent') return false;
  return headers.participants.every(({ address }) => isInternal(address, own));
}
