import type { Domain, EmailAddress } from './address.ts';
import { SKIP_REASONS, type SkipReason } from './decision.ts';
import type { FolderUse, MessageHeaders, Participant } from './message.ts';

/** What makes earlier messages worth a second look (R4). */
export const REDECISION_CAUSES = [
  'contact',
  'account_domain',
  'blacklist',
  'accepted',
  'message',
] as const;
export type RedecisionCause = (typeof REDECISION_CAUSES)[number];

/** `waiting` for a worker, or for a mailbox that cannot be read now; `failed` when that took too long. */
export const REDECISION_STATES = ['waiting', 'running', 'finished', 'failed'] as const;
export type RedecisionState = (typeof REDECISION_STATES)[number];

/** Which messages a change can concern: those with one of these participants, or these sightings. */
export interface RedecisionScope {
  readonly addresses: readonly EmailAddress[];
  /** Exactly these domains, or with `subdomains` those below them too (the blacklist). */
  readonly domains: readonly Domain[];
  readonly subdomains: boolean;
  readonly sightingIds: readonly string[];
}

const UNKNOWN: readonly SkipReason[] = [
  ...(['unknown_sender', 'unknown_recipients', 'ambiguous_account', 'no_account'] as const),
];

/** The skips that a cause can change: no others are looked at again. A person who asks for one message means any. */
export const CHANGEABLE: Readonly<Record<RedecisionCause, readonly SkipReason[]>> = {
  contact: UNKNOWN,
  account_domain: UNKNOWN,
  accepted: UNKNOWN,
  blacklist: ['blacklisted'],
  message: SKIP_REASONS,
};

/** Messages with one of these addresses, tagged or not (R14), or with anybody at one of these domains. */
export function scopeOf(
  addresses: readonly EmailAddress[],
  domains: readonly Domain[] = [],
  { subdomains = false }: { readonly subdomains?: boolean } = {},
): RedecisionScope {
  return { addresses, domains, subdomains, sightingIds: [] };
}

/** What of `after` was not there before: only that can change a decision. */
export function added<T>(before: readonly T[], after: readonly T[]): readonly T[] {
  return after.filter((value) => !before.includes(value));
}

/** What is known of one copy of a message beside its stored headers, which may be those of another copy. */
export interface Copy {
  readonly folderUse: FolderUse;
  /** Why this copy was skipped. */
  readonly reason: SkipReason;
  /** Whether the workspace has seen other copies, and one of them in a folder of sent mail. */
  readonly hasOthers: boolean;
  readonly wasSent: boolean;
  /** Those in Bcc, whichever copy named them. */
  readonly bcc: readonly Participant[];
}

/**
 * The headers by which one copy is decided again, from those that are stored once per message. Only a copy in Sent names
 * those in Bcc. Marks (spam, lists, machines) that this copy's own headers did not show then are not taken from another
 * copy now: the reason says which rules have been asked of it.
 */
export function headersOfCopy(stored: MessageHeaders, copy: Copy): MessageHeaders {
  if (!copy.hasOthers) return stored;
  const shown = stored.participants.filter(({ role }) => role !== 'bcc');
  const participants = !copy.wasSent
    ? stored.participants
    : copy.folderUse === 'sent'
      ? [...shown, ...copy.bcc]
      : shown;
  const isPastMarks = SKIP_REASONS.indexOf(copy.reason) > SKIP_REASONS.indexOf('feedback_report');
  return { ...stored, participants, ...(isPastMarks ? { fields: new Map() } : {}) };
}
