import { hasBackfill, type Checkpoint } from './checkpoint.ts';
import { dayOf, minuteOf } from './explained-times.ts';
import type { Deferral, MailboxState } from './mailbox.ts';
import type { FolderUse } from './message.ts';
import type { FolderPolicy } from './policy.ts';

/** What can keep a message out of sight of a mailbox, the likeliest first. Codes keep their meaning for good. */
export const MISSING_CAUSES = [
  'disconnected',
  'needs_reconnection',
  'paused',
  'backing_off',
  'deferred',
  'not_yet_visited',
  'being_decided',
  'set_aside',
  'folder_unreadable',
  'before_history',
  'history_unread',
  'known_gap',
  'folder_not_read',
  'not_in_mailbox',
] as const;
export type MissingCauseCode = (typeof MISSING_CAUSES)[number];

export interface MissingCause {
  readonly code: MissingCauseCode;
  readonly explanation: string;
  readonly advice: string | null;
}

/** A mailbox as it is now, as far as it explains what nobody finds. */
export interface MailboxSight {
  readonly address: string;
  readonly state: MailboxState;
  readonly disconnectedAt: Date | null;
  readonly lastSuccessAt: Date | null;
  readonly nextVisitAt: Date | null;
  readonly deferred: Deferral | null;
  readonly protocol: 'imap' | 'pop3';
  readonly policy: FolderPolicy;
  readonly checkpoint: Checkpoint;
  readonly folders: readonly FolderSight[];
  /** Messages that were fetched and have no decision yet, and those that were set aside. */
  readonly undecided: number;
  readonly failed: number;
}

export interface FolderSight {
  readonly path: string;
  readonly use: FolderUse;
  /** Mail of the history that is older is left alone. */
  readonly startsAt: Date | null;
  readonly parkedUntil: Date | null;
  readonly missing: number | null;
}

/** The causes that are possible; with `arrivedAt` those that cannot be then are left out. Never empty. */
export function missingCauses(
  mailbox: MailboxSight,
  arrivedAt: Date | null,
  now: Date,
): readonly MissingCause[] {
  const found = RULES.flatMap((rule) => rule(mailbox, arrivedAt, now) ?? []);
  return [...found, ...whereElse(mailbox)];
}

type Rule = (mailbox: MailboxSight, arrivedAt: Date | null, now: Date) => MissingCause | null;

/** In the order of MISSING_CAUSES. */
const RULES: readonly Rule[] = [
  notVisited,
  deferred,
  notYetVisited,
  beingDecided,
  setAside,
  folderUnreadable,
  beforeHistory,
  historyUnread,
  knownGap,
];

/** Whether the message came when the mailbox was still visited. */
function cameBefore(arrivedAt: Date | null, lastSuccessAt: Date | null): boolean {
  return arrivedAt !== null && lastSuccessAt !== null && arrivedAt < lastSuccessAt;
}

function notVisited(mailbox: MailboxSight, arrivedAt: Date | null): MissingCause | null {
  const { address, state, disconnectedAt, lastSuccessAt } = mailbox;
  const last =
    lastSuccessAt === null
      ? 'It was never read.'
      : `It was last read on ${minuteOf(lastSuccessAt)}.`;
  if (state === 'disconnected' || disconnectedAt !== null) {
    const since = disconnectedAt === null ? '' : ` on ${dayOf(disconnectedAt)}`;
    return {
      code: 'disconnected',
      explanation: `${address} was disconnected${since}; nothing that came later is seen. ${last}`,
      advice: 'Connect the mailbox again, with a history that reaches back far enough.',
    };
  }
  if (cameBefore(arrivedAt, lastSuccessAt)) return null;
  switch (state) {
    case 'needs_reconnection':
      return {
        code: 'needs_reconnection',
        explanation: `The provider refuses our login to ${address}. ${last}`,
        advice: 'Reconnect the mailbox; what came meanwhile is read then.',
      };
    case 'paused':
      return {
        code: 'paused',
        explanation: `${address} is paused. ${last}`,
        advice: 'Resume the mailbox; what came meanwhile is read then.',
      };
    case 'backing_off':
      return {
        code: 'backing_off',
        explanation: `The last visits to ${address} failed. ${last}`,
        advice: 'Nothing to do: it is tried again by itself, and misses nothing.',
      };
    case 'connecting':
    case 'importing':
    case 'watching':
      return null;
  }
}

function deferred(mailbox: MailboxSight, _arrivedAt: Date | null, now: Date): MissingCause | null {
  const put = mailbox.deferred;
  if (put === null || put.until <= now.getTime()) return null;
  const what = put.lane === 'backfill' ? 'Reading older mail' : 'The next visit';
  return {
    code: 'deferred',
    explanation: `${what} of ${mailbox.address} is put off until ${minuteOf(new Date(put.until))}, to stay within the limits of the provider.`,
    advice: 'Nothing to do: it goes on by itself, and misses nothing.',
  };
}

function notYetVisited(mailbox: MailboxSight, arrivedAt: Date | null): MissingCause | null {
  const { address, state, disconnectedAt, lastSuccessAt, nextVisitAt } = mailbox;
  const isVisited = state === 'watching' || state === 'importing' || state === 'connecting';
  if (!isVisited || disconnectedAt !== null || cameBefore(arrivedAt, lastSuccessAt)) return null;
  const last =
    lastSuccessAt === null
      ? `${address} has not been read yet.`
      : `${address} was last read on ${minuteOf(lastSuccessAt)}; what came later is not seen yet.`;
  const next = nextVisitAt === null ? '' : ` The next visit is due on ${minuteOf(nextVisitAt)}.`;
  return {
    code: 'not_yet_visited',
    explanation: `${last}${next}`,
    advice: 'Wait for the next visit, or ask for one now (syncMailboxNow).',
  };
}

function beingDecided({ undecided }: MailboxSight): MissingCause | null {
  if (undecided === 0) return null;
  return {
    code: 'being_decided',
    explanation: `${messages(undecided)} fetched and being decided at this moment.`,
    advice: 'Look again in a minute.',
  };
}

function setAside({ failed }: MailboxSight): MissingCause | null {
  if (failed === 0) return null;
  return {
    code: 'set_aside',
    explanation: `${messages(failed)} set aside because the mail server or the message itself made trouble; of some not even the sender is known.`,
    advice: 'Look at the decisions with the verdict FAILED, and try them again or discard them.',
  };
}

function folderUnreadable(mailbox: MailboxSight, _: Date | null, now: Date): MissingCause | null {
  const parked = mailbox.folders.filter(({ parkedUntil }) => (parkedUntil ?? now) > now);
  if (parked.length === 0) return null;
  return {
    code: 'folder_unreadable',
    explanation: `${paths(parked)} cannot be read at present: gone, or closed to us.`,
    advice: 'Nothing to do if that is meant so; each is read again when it is back.',
  };
}

function beforeHistory(mailbox: MailboxSight, arrivedAt: Date | null): MissingCause | null {
  const starts = mailbox.folders.flatMap(({ startsAt }) => startsAt ?? []);
  const [first] = starts.toSorted((a, b) => a.getTime() - b.getTime());
  if (first === undefined || (arrivedAt !== null && arrivedAt >= first)) return null;
  return {
    code: 'before_history',
    explanation: `${mailbox.address} is filed from ${dayOf(first)} on; older mail is left alone.`,
    advice: 'To have older mail filed, choose a longer history in the settings of the mailbox.',
  };
}

function historyUnread(mailbox: MailboxSight): MissingCause | null {
  if (mailbox.state !== 'importing' && !hasBackfill(mailbox.checkpoint)) return null;
  return {
    code: 'history_unread',
    explanation: `The older mail of ${mailbox.address} is still being read, newest first.`,
    advice: 'Wait until the import is finished.',
  };
}

function knownGap({ folders }: MailboxSight): MissingCause | null {
  const missing = folders.filter((folder) => (folder.missing ?? 0) > 0);
  const count = missing.reduce((sum, folder) => sum + (folder.missing ?? 0), 0);
  if (count === 0) return null;
  return {
    code: 'known_gap',
    explanation: `The last comparison with the mail server found ${count} in ${paths(missing)} that we do not have.`,
    advice: 'Nothing to do: they are fetched with the next visit.',
  };
}

/** Where a message can be that no visit ever meets. */
function whereElse(mailbox: MailboxSight): readonly MissingCause[] {
  const { address, policy, protocol } = mailbox;
  return [
    {
      code: 'folder_not_read',
      explanation: `Only ${readFolders(mailbox)} read of ${address}. Spam, trash and drafts are left alone in any case.`,
      advice: adviceOnFolders(policy, protocol),
    },
    {
      code: 'not_in_mailbox',
      explanation: `It may never have reached ${address}, or was deleted there before a visit.`,
      advice: `Look for it in the mail program of ${address}, in all folders. It can also be put on a timeline by hand (logNote).`,
    },
  ];
}

function readFolders({ policy, protocol, folders }: MailboxSight): string {
  if (protocol === 'pop3') return 'the inbox is';
  switch (policy.mode) {
    case 'inbox':
      return 'the inbox is';
    case 'inbox_and_sent': {
      const sent = folders.filter(({ use }) => use === 'sent');
      return sent.length === 0 ? 'the inbox and sent mail are' : `the inbox and ${paths(sent)} are`;
    }
    case 'all':
      return 'folders of ordinary mail are';
    case 'selected':
      return `${policy.paths.join(', ')} ${policy.paths.length === 1 ? 'is' : 'are'}`;
  }
}

function adviceOnFolders({ mode }: FolderPolicy, protocol: 'imap' | 'pop3'): string {
  if (protocol === 'pop3') {
    return 'POP3 shows nothing but the inbox. Move the message there, or connect the mailbox by IMAP.';
  }
  return mode === 'all'
    ? 'If it was taken for spam, move it to the inbox; it is then looked at.'
    : 'Move the message to a folder that is read, or have more folders read in the settings of the mailbox.';
}

function messages(count: number): string {
  return count === 1 ? '1 message is' : `${count} messages are`;
}

const MAX_PATHS = 5;

function paths(folders: readonly FolderSight[]): string {
  const rest = folders.length - MAX_PATHS;
  const named = folders.slice(0, MAX_PATHS).map(({ path }) => path);
  return named.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
