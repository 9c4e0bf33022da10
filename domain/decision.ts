/**
 * Why a message was not logged. The order is the order in which the rules are asked; the first rule that speaks
 * decides. Each code keeps its meaning for good: they are stored and shown.
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

interface ReasonText {
  /** The rule in words, for the person who misses the message. */
  readonly explanation: string;
  /** What to do to get such mail logged. */
  readonly advice: string;
}

const NOTHING_TO_DO = 'Nothing to do: such mail is left in the mailbox on purpose.';

/** The words of each verdict (R45). Plain English, for a salesperson. */
export const REASON_TEXTS: Readonly<Record<SkipReason, ReasonText>> = {
  before_start: {
    explanation: 'The message arrived before the date from which this mailbox is filed.',
    advice: 'Connect the mailbox with a longer history to have older mail filed.',
  },
  draft: {
    explanation: 'The message is a draft: it has not been sent.',
    advice: 'Send it; the sent copy is filed.',
  },
  spam: {
    explanation: 'The mail provider marked the message as spam.',
    advice:
      'Mark it as not spam in the mail program and move it to the inbox; it is looked at again there.',
  },
  duplicate: {
    explanation: 'The same message has already been logged from this mailbox.',
    advice: 'Nothing to do: the engagement is there once.',
  },
  own_loop: {
    explanation: 'The message was produced by Mailroom itself.',
    advice: NOTHING_TO_DO,
  },
  engagement_deleted: {
    explanation:
      'Somebody deleted this message from the timeline; a deleted engagement stays deleted.',
    advice: 'Nothing to do: this protects what users decided.',
  },
  unparsable: {
    explanation:
      'The From line does not name exactly one valid address, so nobody can be told to be the sender.',
    advice: 'Ask the sender to correct the From line of the mail program.',
  },
  only_own_addresses: {
    explanation:
      'The message went between addresses of your own workspace only, even though a contact carries one of them.',
    advice:
      'To try Mailroom out, write from an address outside your company, or correct the contact.',
  },
  internal: {
    explanation: 'The sender and all recipients belong to your own company.',
    advice: NOTHING_TO_DO,
  },
  personal: {
    explanation: 'The sender marked the message as personal or private.',
    advice: NOTHING_TO_DO,
  },
  blacklisted: {
    explanation: 'The sender or a recipient is on the blacklist.',
    advice:
      'An admin can remove the entry from the blacklist; mail that arrives after that is filed.',
  },
  bulk: {
    explanation: 'The message is a newsletter or other mail sent to a list.',
    advice: 'Ask the sender to write to you directly rather than through a list.',
  },
  auto_reply: {
    explanation: 'The message was sent by a machine, for example an out-of-office reply.',
    advice: NOTHING_TO_DO,
  },
  bounce: {
    explanation: 'The message reports that an earlier message could not be delivered.',
    advice: 'Check the address it names.',
  },
  read_receipt: {
    explanation: 'The message only says that an earlier message was opened.',
    advice: NOTHING_TO_DO,
  },
  feedback_report: {
    explanation: 'The message is a report of a mail provider about complaints, not from a person.',
    advice: NOTHING_TO_DO,
  },
  unknown_sender: {
    explanation:
      'No contact has the address of the sender, and no account owns exactly its domain.',
    advice: 'Add the address to a contact, or the domain to an account; later mail is then filed.',
  },
  unknown_recipients: {
    explanation:
      'No contact has any of the addresses written to, and no account owns exactly their domains.',
    advice: 'Add the address to a contact, or the domain to an account; later mail is then filed.',
  },
  ambiguous_account: {
    explanation: 'Several accounts fit and nothing says which one is meant.',
    advice: 'Mark one of the accounts as the default for archiving.',
  },
  no_account: {
    explanation: 'No account fits the people in the message.',
    advice: 'Create the account, or link the contact to one.',
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
  too_large: {
    explanation:
      'The message has more recipients or header text than is read, so they cannot all be checked.',
    advice: 'Write to fewer people at once; mail to thousands is rarely a conversation.',
  },
  removed_on_server: {
    explanation: 'The message was removed from the mailbox before it could be read.',
    advice: 'Move it back into the folder; it is then looked at again.',
  },
  discarded: {
    explanation: 'The message could not be read, and a person decided to leave it out.',
    advice: 'Nothing to do: the message is still in the mailbox.',
  },
};
