import { isWithin, parseDomain } from './address.ts';
import { autoReplyMark } from './auto-reply.ts';
import {
  fieldOf,
  flagAmong,
  inWords,
  isCalendarMail,
  reportTypeOf,
  type Marked,
} from './header-marks.ts';
import { isInternal, type OwnIdentity } from './identity.ts';
import type { MessageHeaders } from './message.ts';

/*
 * What headers, flags and folders say of a message. Each function returns the mark it found, in words that serve as
 * evidence, or null. Marks are what the message says of itself: they can keep mail out, never let it in.
 */

/** Gmail's label for drafts comes as the flag (mail/imap-rows.ts). */
const DRAFT_FLAGS: ReadonlySet<string> = new Set(['\\draft']);

/** R5: RFC 9051 `\Draft`, RFC 6154 `\Drafts`, and what Thunderbird leaves in unsent messages. */
export function draftMark({ headers, flags, folderUse }: Marked): string | null {
  const flag = flagAmong(flags, DRAFT_FLAGS);
  if (flag !== null) return `flag ${flag}`;
  if (folderUse === 'drafts') return 'folder for drafts';
  return headers.fields.has('x-mozilla-draft-info') ? 'X-Mozilla-Draft-Info' : null;
}

/** RFC 9051 section 2.3.2; without the dollar as Thunderbird and Apple Mail write them; Gmail's labels. */
const SPAM_FLAGS: ReadonlySet<string> = new Set(['$junk', 'junk', '\\spam', '\\junk']);
const NOT_SPAM_FLAGS: ReadonlySet<string> = new Set(['$notjunk', 'notjunk', 'nonjunk']);
/** Exchange rates spam confidence from -1 to 9; 5 and above goes to Junk (Microsoft: "Spam confidence level"). */
const JUNK_SCL = 5;
/** What SpamAssassin and Rspamd write; all begin with `Yes` for spam. */
const SPAM_FIELDS = [
  ['x-spam-flag', 'X-Spam-Flag'],
  ['x-spam-status', 'X-Spam-Status'],
  ['x-spam', 'X-Spam'],
] as const;
/**
 * Verdicts of Exchange Online (Microsoft: "Anti-spam message headers"): found to be spam, marked as such by a rule of the
 * organisation, or from somebody whom an admin or the user has blocked.
 */
const FOREFRONT_SPAM = /\bSFV:(?:SPM|SKS|SKB|BLK)\b/i;

/** R6: RFC 6154 `\Junk`, keywords and labels, and the headers of filters. */
export function spamMark({ headers, flags, folderUse }: Marked): string | null {
  if (folderUse === 'junk') return 'folder for spam';
  // A person or their mail program has said so, whatever the filter wrote into the headers before.
  if (flagAmong(flags, NOT_SPAM_FLAGS) !== null) return null;
  const flag = flagAmong(flags, SPAM_FLAGS);
  return flag === null ? spamHeaderMark(headers) : `keyword ${flag}`;
}

function spamHeaderMark(headers: MessageHeaders): string | null {
  for (const [key, name] of SPAM_FIELDS) {
    if (!headers.fields.has(key)) continue;
    const value = fieldOf(headers, key);
    if (/^yes\b/i.test(value)) return inWords(name, value);
  }
  if (headers.fields.has('x-ms-exchange-organization-scl')) {
    const scl = Number.parseInt(fieldOf(headers, 'x-ms-exchange-organization-scl'), 10);
    if (scl >= JUNK_SCL) return `X-MS-Exchange-Organization-SCL: ${scl}`;
  }
  if (!headers.fields.has('x-forefront-antispam-report')) return null;
  const report = fieldOf(headers, 'x-forefront-antispam-report');
  const verdict = FOREFRONT_SPAM.exec(report)?.[0];
  // DIR:OUT is what the sender's own servers thought.
  if (verdict === undefined || /\bDIR:OUT\b/i.test(report)) return null;
  return inWords('X-Forefront-Antispam-Report', verdict);
}

/** RFC 2919 and RFC 2369. */
const LIST_FIELDS = [
  ['list-id', 'List-Id'],
  ['list-post', 'List-Post'],
] as const;
const SENT_FLAGS: ReadonlySet<string> = new Set(['\\sent']);

/**
 * R9: mail to a list. A list on one of our own domains is how a shared address is often delivered, so it is none. One of
 * us may use a program that adds List-Unsubscribe to each message: in Sent it went to one person (R7).
 */
export function bulkMark(message: Marked, own: OwnIdentity): string | null {
  const { headers } = message;
  if (isOwnList(headers, own)) return null;
  for (const [key, name] of LIST_FIELDS) {
    if (headers.fields.has(key)) return inWords(name, fieldOf(headers, key));
  }
  const isOurs = headers.from !== null && isInternal(headers.from.address, own);
  if (headers.fields.has('list-unsubscribe') && !(isOurs && isInSent(message))) {
    return inWords('List-Unsubscribe', fieldOf(headers, 'list-unsubscribe'));
  }
  if (isCalendarMail(message)) return null;
  const precedence = fieldOf(headers, 'precedence');
  if (/^(?:bulk|list|junk)$/i.test(precedence)) {
    // Responders write it too, lest another one answers.
    return autoReplyMark(message) === null ? inWords('Precedence', precedence) : null;
  }
  return isOurs ? null : newsletterHints(headers);
}

function isInSent({ folderUse, flags }: Marked): boolean {
  return folderUse === 'sent' || flagAmong(flags, SENT_FLAGS) !== null;
}

/** Exchange Online takes bulk mail with this many complaints for spam by default (Microsoft: "Bulk complaint level"). */
const BULK_BCL = 7;
const NEWSLETTER_SENDER =
  /^(?:e?-?news-?letters?|news|mailings?|marketing|promo(?:tion)?s?|offers?|campaigns?)@/;

/**
 * Two of three: the sender calls itself a newsletter, the mail belongs to a campaign that providers report on
 * (Feedback-ID), others have complained about the sender. `noreply@` is none of them: shops and ticket systems of
 * customers write so, often through services that set Feedback-ID.
 */
function newsletterHints(headers: MessageHeaders): string | null {
  const hints: string[] = [];
  const sender = headers.from?.address ?? '';
  if (NEWSLETTER_SENDER.test(sender)) hints.push(`sender ${sender}`);
  if (headers.fields.has('feedback-id')) {
    hints.push(inWords('Feedback-ID', fieldOf(headers, 'feedback-id')));
  }
  if (headers.fields.has('x-microsoft-antispam')) {
    const level = /\bBCL:(\d)/i.exec(fieldOf(headers, 'x-microsoft-antispam'))?.[1];
    if (Number(level ?? 0) >= BULK_BCL) hints.push(`X-Microsoft-Antispam: BCL:${level}`);
  }
  return hints.length >= 2 ? hints.join(', ') : null;
}

/** R9: RFC 8098, "your message was displayed". */
export function readReceiptMark(message: Marked): string | null {
  return reportMark(message, 'disposition-notification');
}

/** R9: RFC 5965, a complaint that a provider passes on. */
export function feedbackReportMark(message: Marked): string | null {
  return reportMark(message, 'feedback-report');
}

function reportMark(message: Marked, type: string): string | null {
  return reportTypeOf(message.headers, message.structure) === type
    ? `multipart/report; report-type=${type}`
    : null;
}

/** Whether the List-Id (`Text <name.example.com>`) stands on one of our domains. */
function isOwnList(headers: MessageHeaders, { internalDomains }: OwnIdentity): boolean {
  if (!headers.fields.has('list-id')) return false;
  const listId = /<([^<>]+)>/.exec(fieldOf(headers, 'list-id'))?.[1] ?? '';
  const listDomain = parseDomain(listId);
  if (listDomain === null) return false;
  return [...internalDomains].some((domain) => isWithin(listDomain, domain));
}
