import { parseAddress } from './address.ts';
import { fieldOf, inWords } from './header-marks.ts';
import { isInternal, type OwnIdentity } from './identity.ts';
import type { MessageHeaders } from './message.ts';

/**
 * How Mailroom marks the mail that it writes by itself: notices and notifications. What users send through Mailroom is
 * customer mail and carries none of these: it would be kept out here, and by the Mailroom of whoever receives it.
 */
export const OWN_MAIL_HEADER = 'X-Mailroom-Id';
/** First part of the Message-ID of such mail: `<mailroom.notice.UUID@host>`. */
export const OWN_MESSAGE_ID_PREFIX = 'mailroom.notice.';
/** Holds the address that such mail is sent from, as programs that answer mail have done since procmail. */
export const LOOP_HEADER = 'X-Loop';

/**
 * What shows that Mailroom, or another program at one of our own addresses, has written this message. X-Loop counts for
 * our own mail only: forwarding rules add it to mail of customers that passes through.
 */
export function ownLoopMark(headers: MessageHeaders, own: OwnIdentity): string | null {
  if (headers.fields.has('x-mailroom-id')) {
    return inWords(OWN_MAIL_HEADER, fieldOf(headers, 'x-mailroom-id'));
  }
  const { internetMessageId } = headers;
  if (internetMessageId?.startsWith(OWN_MESSAGE_ID_PREFIX) === true) {
    return inWords('Message-ID', internetMessageId);
  }
  if (!headers.fields.has('x-loop')) return null;
  if (headers.from === null || !isInternal(headers.from.address, own)) return null;
  const loop = fieldOf(headers, 'x-loop');
  const address = parseAddress(loop);
  return address !== null && isInternal(address, own) ? inWords(LOOP_HEADER, loop) : null;
}
