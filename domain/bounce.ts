import type { EmailAddress } from './address.ts';

/** RFC 3464 section 2.3.3: gave up, still trying, and what a sender need not act on (`delivered`, `relayed`, `expanded`). */
export const BOUNCE_KINDS = ['failed', 'delayed', 'delivered'] as const;
export type BounceKind = (typeof BOUNCE_KINDS)[number];

/** What a delivery report says of one recipient. */
export interface BouncedRecipient {
  /** As the sender wrote it where the report says so, else as the last server knew it. */
  readonly address: EmailAddress;
  readonly kind: BounceKind;
  /** RFC 3463, e.g. `5.1.1`; null when the report names none. */
  readonly status: string | null;
}

export interface BounceReport {
  /** Each address once. */
  readonly recipients: readonly BouncedRecipient[];
  /** The Message-ID of the message that it is about, without angle brackets. */
  readonly originalMessageId: string | null;
}

/** RFC 3463 section 3: no such mailbox or domain (1.x), disabled (2.1), and no server for the domain (4.4). */
const DEAD_ADDRESS = /^5\.(?:1\.\d{1,3}|2\.1|4\.4)$/;

/**
 * Whether a report says that the address itself is dead. A full mailbox, a refused attachment or a suspicion of spam
 * says nothing of the address, and who is still being tried may yet be reached.
 */
export function saysAddressIsDead({
  kind,
  status,
}: Pick<BouncedRecipient, 'kind' | 'status'>): boolean {
  return kind === 'failed' && status !== null && DEAD_ADDRESS.test(status);
}

/** Meanings of RFC 3463 and the IANA registry of enhanced status codes, by subject and detail, for a salesperson. */
const STATUS_TEXTS: Readonly<Record<string, string>> = {
  '1.1': 'there is no such mailbox at this domain',
  '1.2': 'there is no such domain',
  '1.3': 'the address is not written correctly',
  '1.6': 'the mailbox has moved and left no new address',
  '1.10': 'the domain accepts no mail at all',
  '2.1': 'the mailbox is closed',
  '2.2': 'the mailbox is full',
  '2.3': 'the message is larger than the mailbox allows',
  '3.4': 'the message is larger than the server allows',
  '4.1': 'the server of the recipient did not answer',
  '4.4': 'the domain has no mail server',
  '4.7': 'the server of the recipient could not be reached in time',
  '7.1': 'the server of the recipient refused the message',
};

/** What the number after the class is about (RFC 3463 section 3), where the detail says nothing we know. */
const SUBJECT_TEXTS: Readonly<Record<string, string>> = {
  '1': 'something is wrong with the address',
  '2': 'something is wrong with the mailbox',
  '3': 'the server of the recipient has a problem',
  '4': 'the server of the recipient could not be reached',
  '6': 'the content could not be passed on',
  '7': 'the server of the recipient refused the message',
};

const BEGINNINGS: Readonly<Record<BounceKind, string>> = {
  failed: 'The message was not delivered',
  delayed: 'The message has not been delivered yet and is still being tried',
  delivered: 'The message was delivered or passed on',
};

/** What a report says of one recipient in plain English (R9, R45). */
export function bounceExplanation({
  kind,
  status,
}: Pick<BouncedRecipient, 'kind' | 'status'>): string {
  const [, subject = '', detail = ''] = status?.split('.') ?? [];
  const cause = STATUS_TEXTS[`${subject}.${detail}`] ?? SUBJECT_TEXTS[subject];
  const hasCause = kind !== 'delivered' && cause !== undefined;
  return hasCause ? `${BEGINNINGS[kind]}: ${cause}.` : `${BEGINNINGS[kind]}.`;
}
