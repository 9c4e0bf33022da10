import type { MailboxEventKind } from '../domain/mailbox-event.ts';
import { GONE } from '../drizzle/folders.ts';
import type { MailboxEvent } from '../drizzle/mailbox-health.ts';
import { mailboxErrorCode, mailboxErrorWords } from './resolvers/MailboxError.ts';

type Details = MailboxEvent['details'];

/** What happened, for people; numbers and times come from the details, where there are any. */
const TEXTS: Readonly<Record<MailboxEventKind, (details: Details) => string>> = {
  uid_validity_changed: () =>
    'The server numbers the messages of this folder anew. The folder is read again; nothing is logged twice.',
  uid_validity_flapping: () =>
    'The server numbered this folder anew three times within a day. It is read by date until that stops.',
  numbers_reused: () =>
    'The server gave numbers of messages away a second time. The folder is read again; nothing is logged twice.',
  folder_emptied: (details) => `This folder held ${messages(details)} and holds none now.`,
  folder_parked: ({ reason }) =>
    `This folder cannot be read and is left alone for a while; all others are read. ${folderTrouble(String(reason))}`,
  folder_back: () => 'This folder can be read again.',
  checkpoint_lost: () =>
    'The place where reading had stopped was lost, and found again from what is recorded.',
  workflow_lost: () => 'Nobody watched this mailbox any more; the watch was started anew.',
  messages_missing: (details) =>
    `The server has ${messages(details)} that had not been recorded. They are fetched.`,
  quarantined: (details) =>
    `The server has ${messages(details)} that could not be read, even alone. They are set aside; all others are read.`,
  deferred: (details) => `${putOff(details)}${until(details)}`,
  failing: (details) => `Visits fail.${why(details)}`,
  recovered: () => 'Visits succeed again. Nothing was missed.',
  import_finished: () => 'The history has been read to its end.',
  import_stopped: () => 'Somebody stopped reading the history. What was filed of it stays.',
  alert: () =>
    'The provider has something to say to the owner of this mailbox. Log in to its web mail to read it.',
};

/** One or two sentences. The server's own words never stand in it: they may name people. */
export function eventText({ kind, details }: Pick<MailboxEvent, 'kind' | 'details'>): string {
  return TEXTS[kind](details);
}

/** Why a folder is left alone: `gone`, a kind of failure, or a response code (RFC 5530). */
export function folderTrouble(reason: string): string {
  if (reason === GONE || /^(?:NONEXISTENT|TRYCREATE)$/.test(reason)) {
    return 'The server does not have it any more.';
  }
  if (/^(?:NOPERM|AUTHORIZATIONFAILED)$/.test(reason)) return 'The account may not read it.';
  const isUnknown = mailboxErrorCode(reason) === 'internal';
  return isUnknown ? 'The server refuses to open it.' : mailboxErrorWords(reason).message;
}

function messages({ messages: count }: Details): string {
  if (typeof count !== 'number') return 'messages';
  return count === 1 ? '1 message' : `${count} messages`;
}

/** The cause by its kind of failure. */
function why({ code }: Details): string {
  return typeof code === 'string' ? ` ${mailboxErrorWords(code).message}` : '';
}

function putOff({ lane, reason }: Details): string {
  const what = lane === 'backfill' ? 'Reading the history' : 'The next visit';
  if (reason === 'logins_spent') return `${what} is put off: an hour has no more logins.`;
  if (reason === 'host_busy') {
    return `${what} is put off: the mail server is busy with other mailboxes.`;
  }
  return `${what} is put off: its share of the day's allowance is used up.`;
}

/** `until` is epoch ms, or a moment as text. */
function until({ until: value }: Details): string {
  if (value === undefined) return '';
  const moment = new Date(value);
  if (Number.isNaN(moment.getTime())) return '';
  return ` It goes on at ${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC.`;
}
