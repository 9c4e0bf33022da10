import { fieldOf, inWords, reportTypeOf } from './header-marks.ts';
import type { BodyStructure, MessageHeaders } from './message.ts';

/** Parts that say who was not reached: RFC 3464 section 2.1, and for addresses beyond ASCII RFC 6533. */
export const DELIVERY_STATUS_TYPES: ReadonlySet<string> = new Set([
  'message/delivery-status',
  'message/global-delivery-status',
]);

/** Parts that hold the message that came back, or its header: RFC 3462 section 2, RFC 6533, and what some write instead. */
export const RETURNED_MESSAGE_TYPES: ReadonlySet<string> = new Set([
  'message/rfc822',
  'message/rfc822-headers',
  'message/global',
  'message/global-headers',
  'text/rfc822-headers',
]);

/** Nobody writes from these; they are what mail servers call themselves. */
const DAEMON = /^(?:mailer-?daemon|mail-?daemon|mdaemon|mail\.delivery\.(?:sub)?system)@/;
/** A From without an address, which only servers write: the null return path of RFC 5321 section 4.5.5, put there too. */
const NO_ADDRESS = /<\s*>\s*$/;
/** These may be people who look after mail, so it takes a second sign. */
const MAIL_SYSTEM =
  /mailer.?daemon|postmaster|smtp|mail[ ._-]?(?:delivery|system|administrator)|delivery (?:sub)?system|system administrator/i;

/** How subjects of delivery reports begin. A reply to one, or one that is passed on, begins with `Re:` or `Fwd:`. */
const SUBJECT = new RegExp(
  String.raw`^(?:\[postmaster\] )?(?:` +
    [
      String.raw`undeliver(?:able|ed)\b`,
      String.raw`returned mail\b`,
      String.raw`failure (?:notice|delivery)\b`,
      String.raw`failed mail\b`,
      String.raw`non-?deliver(?:y|able)\b`,
      String.raw`(?:permanent |e-?mail |mail |message |messages? )?delivery (?:status )?(?:notification|report|failure|failed|problem|error|warning|delayed)\b`,
      String.raw`(?:e-?mail|mail|(?:your )?message)\b.{0,80}\b(?:not (?:be |yet been )?delivered|failed|returned|rejected|delayed)\b`,
      String.raw`mail (?:system )?error\b`,
      String.raw`processing error\b`,
      String.raw`automatically rejected mail\b`,
      String.raw`(?:delayed|rejected|bounced) mail\b`,
      String.raw`warning: .{0,80}\b(?:message|mail|user unknown)\b`,
      String.raw`unzustellbar\b`,
      String.raw`non remis\b`,
      String.raw`onbestelbaar\b`,
    ].join('|') +
    ')',
  'i',
);

/**
 * R9: what says that a message is a delivery report, or null. RFC 3464 reports first, then what servers wrote before
 * there was one, and some still do: who they say they are, together with what only they do.
 */
export function bounceMark(headers: MessageHeaders, structure: BodyStructure): string | null {
  const reportType = reportTypeOf(headers, structure);
  if (reportType === 'delivery-status') return 'multipart/report; report-type=delivery-status';
  // RFC 5965, RFC 8098: reports about something else.
  if (reportType !== null) return null;
  if (headers.fields.has('x-failed-recipients')) return 'X-Failed-Recipients';
  const sender = headers.from?.address ?? headers.fromRaw;
  const hasStatus = structure.parts.some(({ mediaType }) => DELIVERY_STATUS_TYPES.has(mediaType));
  if (hasStatus && structure.mediaType === 'multipart/report') return 'message/delivery-status';
  if (DAEMON.test(sender)) return `sender ${sender}`;
  return heuristicMark(headers, structure, sender);
}

/** Whether the headers alone say that this is a delivery report by RFC 3464. */
export function isDeliveryReport(headers: MessageHeaders): boolean {
  return reportTypeOf(headers, null) === 'delivery-status';
}

function heuristicMark(
  headers: MessageHeaders,
  structure: BodyStructure,
  sender: string,
): string | null {
  const hasSubject = SUBJECT.test(headers.subject);
  const hasOriginal = structure.parts.some(({ mediaType }) =>
    RETURNED_MESSAGE_TYPES.has(mediaType),
  );
  const isAutomatic = /^auto/i.test(fieldOf(headers, 'auto-submitted'));
  const signs = [
    ...(hasSubject ? [inWords('Subject', headers.subject)] : []),
    ...(isNullPath(fieldOf(headers, 'return-path')) ? ['Return-Path: <>'] : []),
    ...(isAutomatic && hasOriginal ? ['Auto-Submitted, with the original message'] : []),
  ];
  if (signs.length > 0 && MAIL_SYSTEM.test(headers.fromRaw)) return `sender ${sender}, ${signs[0]}`;
  if (!hasSubject) return null;
  const isSure = signs.length > 1 || hasOriginal || isAutomatic || NO_ADDRESS.test(headers.fromRaw);
  return isSure ? signs.join(', ') : null;
}

/** Sendmail writes `<MAILER-DAEMON>` where the return path is null. */
function isNullPath(returnPath: string): boolean {
  return /^<(?:mailer-daemon(?:@[^>]*)?)?>$/i.test(returnPath);
}
