import { parseAddress, type EmailAddress } from '../domain/address.ts';
import type { BouncedRecipient, BounceReport } from '../domain/bounce.ts';
import { statusIn } from './bounce-status.ts';

const MAX_LINES = 2000;
const MAX_LINE_LENGTH = 1000;
const MAX_RECIPIENTS = 100;
/** The reason stands beside the address or in the lines below it. */
const REASON_LINES = 8;

/** All repetitions are bounded, here and below: a look at a line costs the same whatever stands there. */
const ADDRESS = String.raw`[a-z0-9!#$%&'*+/=?^_\x60{|}~.-]{1,64}@[a-z0-9.-]{1,253}`;

/** How the message that came back is announced. The addresses in it are not those that failed. */
const COPY_BEGINS: readonly RegExp[] = [
  /\b(?:is|are|included is) a copy of|^a (?:copy|summary) of the (?:original|undelivered)|^here is a copy/i,
  /\b(?:original|unsent|returned|undelivered) (?:message|mail)\b.{0,40}\b(?:follows?|below|details|attached|headers|as received)\b/i,
  /^\W{0,80}(?:original|unsent|returned|undelivered) (?:message|mail)\b\W{0,80}$/i,
  /^\W{0,80}(?:start of returned|message (?:text|headers?) follows?|the header and|below the next line|header of the source)/i,
  /^(?:your message reads|the first \d{1,4} lines)/i,
  /^>?(?:received|return-path|delivered-to|x-[a-z-]{1,40}): /i,
];

/** What stands before an address that failed, in sentences and lists of servers. */
const LABELS = [
  ...['rcpt to:', 'smtp[:=]', String.raw`recipient(?:\(s\))?:`, 'error-for:'],
  ...['undeliverable address:', 'undeliverable +to', 'unable to deliver to', 'not delivered to'],
  ...['delivery failed[^:]{0,80}:', 'delivery userid[^:]{0,80}:', 'unknown user[^:]{0,80}:'],
  ...['user mailbox[^:]{0,80}:', 'mailbox is full:', 'your message to'],
  ...['addressed to(?: email address :)?', String.raw`message was addressed,`],
];

/** Where an address that failed stands, most telling first; each is asked of the whole text before the next one. */
const PLACES: readonly RegExp[] = [
  // qmail (cr.yp.to/proto/qsbmf.txt), Postfix, Yahoo.
  new RegExp(String.raw`^\s{0,9}<(${ADDRESS})>(?: \(expanded from[^)]{0,200}\))?:`, 'i'),
  new RegExp(String.raw`(?:${LABELS.join('|')})\s{0,9}["'<\[]{0,3}(${ADDRESS})`, 'i'),
  // A line of its own, as in lists of sendmail and Exim.
  new RegExp(
    String.raw`^[\s>*"'<(\[-]{0,12}(?:expanded from: )?<?(${ADDRESS})[>"')\],;:.]{0,3}$`,
    'i',
  ),
  // Exchange 5.5.
  new RegExp(String.raw`(${ADDRESS}) on (?:mon|tue|wed|thu|fri|sat|sun),`, 'i'),
  new RegExp(String.raw`<(${ADDRESS})>`, 'i'),
  new RegExp(String.raw`(?<![a-z0-9.@_-])(${ADDRESS})`, 'i'),
];

const NOBODY = /^(?:postmaster|mailer-daemon|abuse|help|helpdesk|support)@/;
const STILL_TRYING =
  /not yet been delivered|has (?:not been delivered yet|been delayed|been postponed)|will (?:be retried|continue to)|attempts will continue|still being retried|no action is required on your part|just a warning/i;

/**
 * Finds who was not reached in what a mail server says to people: the formats from before RFC 3464, which differ from
 * server to server and version to version. `others` are the people of the report itself. Only text before the message
 * that came back is looked at; the work is bounded whatever stands there.
 */
export function readBounceText(text: string, others: ReadonlySet<EmailAddress>): BounceReport {
  const lines = text.split('\n', MAX_LINES).map((line) => line.slice(0, MAX_LINE_LENGTH).trimEnd());
  const begin = lines.findIndex((line) => COPY_BEGINS.some((start) => start.test(line)));
  const said = begin === -1 ? lines : lines.slice(0, begin);
  const kind = said.some((line) => STILL_TRYING.test(line)) ? 'delayed' : 'failed';
  const found = placesOf(said, others);
  const recipients = [...found].map(([address, at]): BouncedRecipient => ({
    address,
    kind,
    status: statusNear(said, at, found),
  }));
  return { recipients, originalMessageId: messageIdIn(begin === -1 ? lines : lines.slice(begin)) };
}

/** The line of each address that failed. */
function placesOf(
  lines: readonly string[],
  others: ReadonlySet<EmailAddress>,
): ReadonlyMap<EmailAddress, number> {
  for (const place of PLACES) {
    const found = new Map<EmailAddress, number>();
    for (const [at, line] of lines.entries()) {
      if (!line.includes('@') || found.size >= MAX_RECIPIENTS) continue;
      const address = parseAddress((place.exec(line)?.[1] ?? '').replace(/\.$/, ''));
      if (address === null || others.has(address) || NOBODY.test(address)) continue;
      if (!found.has(address)) found.set(address, at);
    }
    if (found.size > 0) return found;
  }
  return new Map();
}

function statusNear(
  lines: readonly string[],
  at: number,
  found: ReadonlyMap<EmailAddress, number>,
): string | null {
  const next = Math.min(...[...found.values()].filter((line) => line > at), at + REASON_LINES);
  const status = statusIn(lines.slice(at, next).join(' '));
  return status?.startsWith('2') === true ? null : status;
}

function messageIdIn(lines: readonly string[]): string | null {
  for (const line of lines) {
    const id = /^[> \t]{0,9}message-id:\s{0,9}<([^<>\s]{1,998})>/i.exec(line)?.[1];
    if (id !== undefined) return id;
  }
  return null;
}
