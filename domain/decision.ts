/**
 * Why a message was not logged. The order is the order in which the rules are asked, and the first rule that speaks
 * decides: what is no mail yet, or not ours to look at; what was decided before; what nobody can read; what stays among
 * ourselves or is private (R10-R13); what an admin keeps out (R21); what no person wrote (R9); whom nobody knows (R24);
 * whose account it is (R63-R66). Each code keeps its meaning for good: they are stored and shown.
 */
export const SKIP_REASONS = [
  'before_start',
  'draft',
  'spam',
  'duplicate',
  'own_loop',
  'engagement_deleted',
  'unparsable',
  'too_large',
  'only_own_addresses',
  'internal',
  'personal',
  'blacklisted',
  'bulk',
  'auto_reply',
  'bounce',
  'read_receipt',
  'feedback_report',
  'unknown_sender',
  'unknown_recipients',
  'ambiguous_account',
  'no_account',
  'sender_not_a_user',
  'sender_not_verified',
  'empty',
  'removed_on_server',
  'discarded',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** What a rule looked at when it decided: names and values for people, e.g. `{ entry: 'example.com' }` (R45). */
export type Evidence = Readonly<Record<string, string>>;

export interface Skip {
  readonly kind: 'skip';
  readonly reason: SkipReason;
  readonly evidence: Evidence;
}

export function skip(reason: SkipReason, evidence: Evidence = {}): Skip {
  return { kind: 'skip', reason, evidence };
}

const MAX_LISTED = 20;

/** Names or addresses as evidence, for people to read; of hundreds the first ones say enough. */
export function listed(values: Iterable<string>): string {
  const all = [...values];
  const rest = all.length - MAX_LISTED;
  return all.slice(0, MAX_LISTED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

interface ReasonText {
  /** The rule in words, for the person who misses the message. */
  readonly explanation: string;
  /** What to do to get such mail logged. */
  readonly advice: string;
}

const NOTHING_TO_DO = 'Nothing to do: such mail is left in the mailbox on purpose.';
const MACHINES_BY_POLICY =
  'An admin can choose to file newsletters and automatic mail like any other.';
const EARLIER_MAIL = 'earlier mail only where retro-match is on.';

/** The words of each verdict (R45). Plain English, for a salesperson. */
export const REASON_TEXTS: Readonly<Record<SkipReason, ReasonText>> = {
  before_start: {
    explanation: 'The message arrived before the date from which this mailbox is filed.',
    advice: 'Choose a longer history for the mailbox; the earlier mail is then read.',
  },
  draft: {
    explanation: 'The message is a draft: it has not been sent.',
    advice: 'Send it; the sent copy is filed.',
  },
  spam: {
    explanation:
      'The mail provider, or somebody who reads the mailbox, marked the message as spam.',
    advice:
      'Mark it as not spam in the mail program and move it to the inbox; it is looked at again there. If the evidence names a header, ask whoever runs the spam filter to let the sender pass.',
  },
  duplicate: {
    explanation: 'The same message has already been logged from this mailbox.',
    advice: 'Nothing to do: the engagement is there once.',
  },
  own_loop: {
    explanation:
      'The message was written by Mailroom itself, or by another program that sends from one of your own addresses.',
    advice: NOTHING_TO_DO,
  },
  engagement_deleted: {
    explanation:
      'Somebody deleted this message from the timeline; a deleted engagement stays deleted.',
    advice:
      "Nothing to do: this protects what users decided. It can be pasted into the contact's history by hand.",
  },
  unparsable: {
    explanation:
      'The From line does not name exactly one valid address, so nobody can say who sent the message.',
    advice: 'Ask the sender to correct the From line of their mail program and to send it again.',
  },
  too_large: {
    explanation:
      'The message has more recipients or header text than is read, so they cannot all be checked.',
    advice: 'Write to fewer people at once; mail to thousands is rarely a conversation.',
  },
  only_own_addresses: {
    explanation:
      'The message went between addresses of your own workspace only; where the evidence says so, a contact carries one of them.',
    advice:
      "To try Mailroom out, write from an address outside your company. If the address is a customer's, take it off the users, the mailboxes or the internal domains.",
  },
  internal: {
    explanation: 'The sender and all recipients belong to your own company.',
    advice:
      "Nothing to do if that is right. If one of the addresses is a customer's, take it off the users, the mailboxes or the internal domains.",
  },
  personal: {
    explanation: 'The sender marked the message as personal, private or confidential.',
    advice:
      'Ask the sender to send it without that mark. Whether company-confidential mail is filed is for an admin to choose.',
  },
  blacklisted: {
    explanation: 'The sender or a recipient is on the blacklist.',
    advice: `An admin can remove the entry from the blacklist. Mail that arrives after that is filed, ${EARLIER_MAIL}`,
  },
  bulk: {
    explanation: 'The message is a newsletter or other mail sent to a list.',
    advice: `Ask the sender to write to you directly rather than through a list. ${MACHINES_BY_POLICY}`,
  },
  auto_reply: {
    explanation: 'The message was sent by a machine, for example an out-of-office reply.',
    advice: `Nothing to do if that is right. ${MACHINES_BY_POLICY}`,
  },
  bounce: {
    explanation:
      'The message is the report of a mail server that an earlier message was not delivered, or not yet.',
    advice: 'Check the address that the report names, and correct it on the contact.',
  },
  read_receipt: {
    explanation: 'The message only says that an earlier message was opened or deleted.',
    advice: NOTHING_TO_DO,
  },
  feedback_report: {
    explanation: 'The message is a report of a mail provider about complaints, not from a person.',
    advice: NOTHING_TO_DO,
  },
  unknown_sender: {
    explanation:
      'No contact has the address of the sender, and the rules of this mailbox do not make one of it.',
    advice: `Add the address to a contact, accept it in the list of unknown correspondents, or list exactly its domain on an account. Later mail is then filed, ${EARLIER_MAIL}`,
  },
  unknown_recipients: {
    explanation:
      'No contact has any of the addresses written to, and the rules of this mailbox do not make one of them.',
    advice: `Add one of the addresses to a contact, or list exactly its domain on an account. Later mail is then filed, ${EARLIER_MAIL}`,
  },
  ambiguous_account: {
    explanation:
      'None of the people in the message belongs to an account, several accounts have contacts at their domain, and nothing says which one is meant.',
    advice:
      'Link the contact to one of the accounts that the evidence names, then have the message decided again.',
  },
  no_account: {
    explanation:
      'None of the people in the message belongs to an account, and no account has contacts at their domain.',
    advice: 'Create the account, or link the contact to one, then have the message decided again.',
  },
  sender_not_a_user: {
    explanation:
      'The sender is not a user of the workspace, so the archive address does not accept it.',
    advice: 'Write from an address that belongs to a user.',
  },
  sender_not_verified: {
    explanation: 'It could not be proved that the message really comes from its sender.',
    advice: 'Write from a connected mailbox, or have the domain sign its mail (DKIM, DMARC).',
  },
  empty: { explanation: 'The message has no content.', advice: 'Send it again with a text.' },
  removed_on_server: {
    explanation: 'The message was removed from the mailbox before it could be read.',
    advice: 'Move it back into the folder; it is then looked at again.',
  },
  discarded: {
    explanation: 'The message could not be read, and a person decided to leave it out.',
    advice: 'Nothing to do: the message is still in the mailbox.',
  },
};
