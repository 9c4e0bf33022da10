import { withoutTag, type EmailAddress } from './address.ts';
import { autoReplyMark } from './auto-reply.ts';
import { blacklistedParticipant, type Blacklist } from './blacklist.ts';
import { bounceMark } from './bounce-mark.ts';
import { listed, skip, type Evidence, type Skip, type SkipReason } from './decision.ts';
import { shownValue } from './header-marks.ts';
import { isInternal, type OwnIdentity } from './identity.ts';
import { bulkMark, draftMark, feedbackReportMark, readReceiptMark, spamMark } from './markers.ts';
import type { BodyStructure, FolderUse, MessageHeaders } from './message.ts';
import { ownLoopMark } from './own-loop.ts';
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

/** What the rule looked at when it speaks, else null. */
type Rule = (message: SeenMessage, facts: ClassificationFacts) => Evidence | null;

/** The first rule that speaks decides; the order is that of SKIP_REASONS, which says why. */
const RULES: readonly (readonly [SkipReason, Rule])[] = [
  ['before_start', beforeStart],
  ['draft', draft],
  ['spam', spam],
  ['duplicate', duplicate],
  ['own_loop', ownLoop],
  ['engagement_deleted', engagementDeleted],
  ['unparsable', unparsable],
  ['too_large', tooLarge],
  ['only_own_addresses', onlyOwnAddresses],
  ['internal', internal],
  ['personal', personal],
  ['blacklisted', blacklisted],
  ['bulk', bulk],
  ['auto_reply', autoReply],
  ['bounce', bounce],
  ['read_receipt', readReceipt],
  ['feedback_report', feedbackReport],
];

/** The reasons that headers alone can give, in the order in which they are asked. */
export const CLASSIFIED_REASONS: readonly SkipReason[] = RULES.map(([reason]) => reason);

/** Decides on the headers alone; what nobody skips is a candidate for matching. */
export function classify(message: SeenMessage, facts: ClassificationFacts): Classification {
  for (const [reason, rule] of RULES) {
    const evidence = rule(message, facts);
    if (evidence !== null) return skip(reason, evidence);
  }
  return { kind: 'candidate' };
}

function beforeStart({ arrivedAt, startsAt }: SeenMessage): Evidence | null {
  if (startsAt === null || arrivedAt >= startsAt) return null;
  return { arrivedAt: arrivedAt.toISOString(), startsAt: startsAt.toISOString() };
}

/** R5. */
function draft(message: SeenMessage): Evidence | null {
  return marked(draftMark(message));
}

/** R6. */
function spam(message: SeenMessage): Evidence | null {
  return marked(spamMark(message));
}

/** R40: one mailbox logs a message once, however many folders show it. */
function duplicate({ earlier }: SeenMessage): Evidence | null {
  return earlier === 'logged_here' ? {} : null;
}

/** R9. */
function ownLoop({ headers }: SeenMessage, { own }: ClassificationFacts): Evidence | null {
  return marked(ownLoopMark(headers, own));
}

/** R23. */
function engagementDeleted({ earlier }: SeenMessage): Evidence | null {
  return earlier === 'deleted' ? {} : null;
}

/** R18. Delivery reports may come from nobody (`From: <>`), as their envelopes do (RFC 5321 section 4.5.5). */
function unparsable(message: SeenMessage): Evidence | null {
  const { from, fromRaw } = message.headers;
  return from === null && !isBounce(message) ? { from: shownValue(fromRaw) } : null;
}

/** R21 speaks of any participant: where not all of them are read, the answer is no. */
function tooLarge({ headers }: SeenMessage): Evidence | null {
  if (!headers.isCut) return null;
  const recipients = headers.participants.filter(({ role }) => role !== 'from');
  return { recipients: `${recipients.length} read` };
}

/** R10: only own addresses, and a contact would have matched one of them (or somebody wrote to themself). */
function onlyOwnAddresses(message: SeenMessage, facts: ClassificationFacts): Evidence | null {
  if (!isAllInternal(message, facts)) return null;
  const addresses = new Set(message.headers.participants.map(({ address }) => address));
  const contacts = new Set([...addresses].flatMap((address) => contactsAt(address, facts)));
  if (contacts.size === 0 && addresses.size > 1) return null;
  return {
    addresses: listed(addresses),
    ...(contacts.size === 0 ? {} : { wouldHaveMatched: listed(contacts) }),
  };
}

/** R14: those at the address, else those at the one without its tag. */
function contactsAt(
  address: EmailAddress,
  { contactNames }: ClassificationFacts,
): readonly string[] {
  const untagged = withoutTag(address);
  return contactNames.get(address) ?? (untagged && contactNames.get(untagged)) ?? [];
}

/** R12. */
function internal(message: SeenMessage, facts: ClassificationFacts): Evidence | null {
  if (!isAllInternal(message, facts)) return null;
  return { addresses: listed(message.headers.participants.map(({ address }) => address)) };
}

const PERSONAL = /^(?:personal|private)$/i;
const CONFIDENTIAL = /^company[ -]confidential$/i;

/** R13; the values of RFC 2156 section 5.3.4. */
function personal({ headers }: SeenMessage, { policy }: ClassificationFacts): Evidence | null {
  const sensitivity = headers.fields.get('sensitivity')?.[0]?.trim();
  if (sensitivity === undefined) return null;
  const isKeptOut =
    PERSONAL.test(sensitivity) ||
    (policy.companyConfidential === 'skip' && CONFIDENTIAL.test(sensitivity));
  return isKeptOut ? { mark: `Sensitivity: ${sensitivity}` } : null;
}

/** R21. */
function blacklisted({ headers }: SeenMessage, facts: ClassificationFacts): Evidence | null {
  const { blacklist, policy } = facts;
  const hit = blacklistedParticipant(headers.participants, blacklist, policy.blacklistMode);
  if (hit === null) return null;
  return { entry: hit.entry, address: hit.participant.address, role: hit.participant.role };
}

/** R9. */
function bulk(message: SeenMessage, { own, policy }: ClassificationFacts): Evidence | null {
  if (policy.bulkAndAuto === 'log') return null;
  const mark = bulkMark(message, own);
  return mark === null || isReport(message) ? null : { mark };
}

/** R9. */
function autoReply(message: SeenMessage, { policy }: ClassificationFacts): Evidence | null {
  if (policy.bulkAndAuto === 'log') return null;
  const mark = autoReplyMark(message);
  return mark === null || isReport(message) ? null : { mark };
}

/** R9. Not a matter of taste like bulk mail: the sender is a mail server. */
function bounce({ headers, structure }: SeenMessage): Evidence | null {
  return marked(bounceMark(headers, structure));
}

/** R9. */
function readReceipt(message: SeenMessage): Evidence | null {
  return marked(readReceiptMark(message));
}

/** R9. */
function feedbackReport(message: SeenMessage): Evidence | null {
  return marked(feedbackReportMark(message));
}

function marked(mark: string | null): Evidence | null {
  return mark === null ? null : { mark };
}

function isBounce({ headers, structure }: SeenMessage): boolean {
  return bounceMark(headers, structure) !== null;
}

/** Programs that report on our own mail call themselves bulk and automatic, lest somebody answers; what they are says more. */
function isReport(message: SeenMessage): boolean {
  return (
    isBounce(message) || readReceiptMark(message) !== null || feedbackReportMark(message) !== null
  );
}

/**
 * Whether all of it is between ourselves. A message in Sent whose recipients are not shown went to somebody; one that we
 * received without any came to us. What our own mail server reports (R9) is about somebody outside.
 */
function isAllInternal(message: SeenMessage, { own }: ClassificationFacts): boolean {
  const { headers, folderUse } = message;
  if (!headers.participants.every(({ address }) => isInternal(address, own))) return false;
  const hasRecipients = headers.participants.some(({ role }) => role !== 'from');
  if (!hasRecipients && folderUse === 'sent') return false;
  return !isBounce(message);
}
