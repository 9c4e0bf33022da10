import { parseAddress } from '../domain/address.ts';
import type { BouncedRecipient, BounceReport } from '../domain/bounce.ts';
import { isDeliveryReport } from '../domain/bounce-mark.ts';
import type { MessageHeaders } from '../domain/message.ts';
import { decodedOctets, decodedText, reportPartsIn, type ReportParts } from './bounce-parts.ts';
import { readDeliveryStatus } from './bounce-status.ts';
import { readBounceText } from './bounce-text.ts';
import { parseHeaderBlock } from './headers.ts';
import { HeaderKeeper } from './pop3-headers.ts';
import { MimeReader } from './pop3-mime.ts';
import type { FetchedPart } from './session.ts';

/** VERP: `bounces+jill=customer.example@we.example`, the recipient in the address that the report was sent to. */
const VERP = /[+-]([^+=@]{1,64})=([a-z0-9.-]{1,253})@/;
/** Deep enough for a server that puts a report into another one to add a line below. */
const MAX_DEPTH = 1;
const MAX_RECIPIENTS = 100;

/**
 * Reads a delivery report (R9): who was not reached, why, and the message that it is about. RFC 3464 and 6533 first,
 * then Exim's X-Failed-Recipients, the text, and the address it was sent to. For messages that `bounceMark` knows as
 * reports; null when nothing is said that could be used. Total, and bounded by the sizes of the parts.
 */
export function readBounce(
  headers: MessageHeaders,
  fetched: readonly FetchedPart[],
  depth = 0,
): BounceReport | null {
  const parts = reportPartsIn(fetched);
  const inner = readInner(parts, depth);
  if (inner !== null) return inner;
  const status = parts.status && readDeliveryStatus(decodedOctets(parts.status));
  const text =
    parts.text &&
    readBounceText(
      decodedText(parts.text),
      new Set(headers.participants.map(({ address }) => address)),
    );
  const recipients =
    [
      status?.recipients ?? [],
      failedRecipients(headers, text),
      text?.recipients ?? [],
      verpRecipient(headers),
    ].find((found) => found.length > 0) ?? [];
  const originalMessageId =
    originalIdIn(parts) ??
    status?.originalMessageId ??
    text?.originalMessageId ??
    // Gmail and Exchange answer the message that they return.
    headers.inReplyTo[0] ??
    headers.references.at(-1) ??
    null;
  return recipients.length === 0 && originalMessageId === null
    ? null
    : { recipients, originalMessageId };
}

/** A report that is itself the message in another one. */
function readInner({ status, original }: ReportParts, depth: number): BounceReport | null {
  if (status !== undefined || original === undefined || depth >= MAX_DEPTH) return null;
  const octets = decodedOctets(original);
  const headers = parseHeaderBlock(headerOf(octets));
  if (!isDeliveryReport(headers)) return null;
  const reader = new MimeReader();
  reader.push(octets);
  return readBounce(headers, reader.end().report, depth + 1);
}

/** Exim names them in a header, and why in the text. */
function failedRecipients(
  headers: MessageHeaders,
  text: BounceReport | undefined,
): readonly BouncedRecipient[] {
  const named = headers.fields.get('x-failed-recipients')?.join(',') ?? '';
  const addresses = named.split(',', MAX_RECIPIENTS).flatMap((one) => parseAddress(one) ?? []);
  const reasons = new Map(text?.recipients.map((one) => [one.address, one]));
  return [...new Set(addresses)].map(
    (address) => reasons.get(address) ?? { address, kind: 'failed', status: null },
  );
}

function verpRecipient({ participants }: MessageHeaders): readonly BouncedRecipient[] {
  for (const { role, address } of participants) {
    const [, local, domain] = (role === 'from' ? null : VERP.exec(address)) ?? [];
    const recipient = parseAddress(`${local ?? ''}@${domain ?? ''}`);
    if (recipient !== null) return [{ address: recipient, kind: 'failed', status: null }];
  }
  return [];
}

function originalIdIn({ original }: ReportParts): string | null {
  if (original === undefined) return null;
  return parseHeaderBlock(headerOf(decodedOctets(original))).internetMessageId;
}

function headerOf(octets: Buffer): Buffer {
  const keeper = new HeaderKeeper();
  keeper.sink(octets);
  return keeper.block;
}
