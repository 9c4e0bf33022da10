import { isWithin, parseDomain, type Domain } from './address.ts';
import type { BodyStructure, FolderUse, MessageHeaders } from './message.ts';

/**
 * What headers, flags and folders say of a message. Each function returns the mark it found, in words that serve as
 * evidence, or null. Marks are what the message says of itself: they can keep mail out, never let it in.
 */
interface Marked {
  readonly headers: MessageHeaders;
  readonly flags: readonly string[];
  readonly folderUse: FolderUse;
}

/** R5: RFC 9051 `\Draft`, RFC 6154 `\Drafts`, and what Thunderbird leaves in unsent messages. */
export function draftMark({ headers, flags, folderUse }: Marked): string | null {
  if (hasFlag(flags, '\\draft')) return 'flag \\Draft';
  if (folderUse === 'drafts') return 'folder for drafts';
  return headers.fields.has('x-mozilla-draft-info') ? 'X-Mozilla-Draft-Info' : null;
}

/** Exchange rates spam confidence from -1 to 9; 5 and above goes to Junk (Microsoft: "Spam confidence level"). */
const JUNK_SCL = 5;

/** R6: RFC 6154 `\Junk`, the keywords of RFC 9051 section 2.3.2, SpamAssassin's and Exchange's headers. */
export function spamMark({ headers, flags, folderUse }: Marked): string | null {
  if (folderUse === 'junk') return 'folder for spam';
  // A person or their mail program has said so, whatever the filter wrote into the headers before.
  if (hasFlag(flags, '$notjunk')) return null;
  if (hasFlag(flags, '$junk')) return 'keyword $Junk';
  if (/^yes\b/i.test(field(headers, 'x-spam-flag'))) return 'X-Spam-Flag';
  if (/^yes\b/i.test(field(headers, 'x-spam-status'))) return 'X-Spam-Status';
  const scl = Number.parseInt(field(headers, 'x-ms-exchange-organization-scl'), 10);
  return scl >= JUNK_SCL ? `X-MS-Exchange-Organization-SCL: ${scl}` : null;
}

/** R9: RFC 2919 List-Id, RFC 2369 List-Unsubscribe and the old Precedence, unless the list is one of our own. */
export function bulkMark(
  headers: MessageHeaders,
  internalDomains: ReadonlySet<Domain>,
): string | null {
  if (isOwnList(headers, internalDomains)) return null;
  if (headers.fields.has('list-id')) return 'List-Id';
  if (headers.fields.has('list-unsubscribe')) return 'List-Unsubscribe';
  const precedence = field(headers, 'precedence');
  return /^(?:bulk|list|junk)$/i.test(precedence) ? `Precedence: ${precedence}` : null;
}

/** R9: RFC 3834 Auto-Submitted other than `no`, and what older responders set. */
export function autoReplyMark(headers: MessageHeaders): string | null {
  if (isDeliveryReport(headers)) return null;
  const submitted = field(headers, 'auto-submitted');
  if (submitted !== '' && !/^no\b/i.test(submitted)) return `Auto-Submitted: ${submitted}`;
  for (const name of ['x-autoreply', 'x-autorespond']) {
    if (headers.fields.has(name) && !/^no\b/i.test(field(headers, name))) return name;
  }
  return /^auto_reply$/i.test(field(headers, 'precedence')) ? 'Precedence: auto_reply' : null;
}

/** R9: RFC 3464 delivery status reports, or a null return path from a mail system. */
export function bounceMark(headers: MessageHeaders, structure: BodyStructure): string | null {
  const isReport =
    structure.mediaType === 'multipart/report' &&
    structure.parameters['report-type']?.toLowerCase() === 'delivery-status';
  if (isReport || isDeliveryReport(headers)) return 'multipart/report; report-type=delivery-status';
  if (headers.fields.has('x-failed-recipients')) return 'X-Failed-Recipients';
  const isNullPath = field(headers, 'return-path') === '<>';
  const sender = headers.from?.address ?? '';
  return isNullPath && /^(?:mailer-daemon|postmaster)@/.test(sender)
    ? `${sender}, Return-Path: <>`
    : null;
}

function isDeliveryReport(headers: MessageHeaders): boolean {
  return /^multipart\/report\b.*\breport-type="?delivery-status/i.test(
    field(headers, 'content-type'),
  );
}

/** Whether the List-Id (`Text <name.example.com>`) stands on one of our domains. */
function isOwnList(headers: MessageHeaders, internalDomains: ReadonlySet<Domain>): boolean {
  const listId = /<([^<>]+)>/.exec(field(headers, 'list-id'))?.[1] ?? '';
  const listDomain = parseDomain(listId);
  if (listDomain === null) return false;
  return [...internalDomains].some((domain) => isWithin(listDomain, domain));
}

function hasFlag(flags: readonly string[], wanted: string): boolean {
  return flags.some((flag) => flag.toLowerCase() === wanted);
}

function field(headers: MessageHeaders, name: string): string {
  return headers.fields.get(name)?.[0]?.trim() ?? '';
}
