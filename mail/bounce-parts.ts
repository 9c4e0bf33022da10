import { isUtf8 } from 'node:buffer';
import { DELIVERY_STATUS_TYPES, RETURNED_MESSAGE_TYPES } from '../domain/bounce-mark.ts';
import type { BodyPart, BodyStructure } from '../domain/message.ts';
import type { FetchedPart } from './session.ts';

/** What is read of each part of a delivery report: of the original message its header matters, and no more. */
export const MAX_REPORT_PART_OCTETS = 64 * 1024;

/** A part that is read of a delivery report and shown of no other message. */
export function isReportPart({ mediaType }: Pick<BodyPart, 'mediaType'>): boolean {
  return DELIVERY_STATUS_TYPES.has(mediaType) || RETURNED_MESSAGE_TYPES.has(mediaType);
}

/** The parts that a delivery report is read from: its status, the message it is about, and what it says to people. */
export function chooseReportParts({ parts }: BodyStructure): readonly BodyPart[] {
  const ofType = (type: string) => parts.find(({ mediaType }) => mediaType === type);
  const chosen = [
    parts.find(({ mediaType }) => DELIVERY_STATUS_TYPES.has(mediaType)),
    parts.find(({ mediaType }) => RETURNED_MESSAGE_TYPES.has(mediaType)),
    ofType('text/plain') ?? ofType('text/html'),
  ];
  return chosen.filter((part) => part !== undefined);
}

export interface ReportParts {
  readonly status: FetchedPart | undefined;
  readonly original: FetchedPart | undefined;
  readonly text: FetchedPart | undefined;
}

/** The same parts as they came. */
export function reportPartsIn(parts: readonly FetchedPart[]): ReportParts {
  const ofType = (type: string) => parts.find(({ part }) => part.mediaType === type);
  return {
    status: parts.find(({ part }) => DELIVERY_STATUS_TYPES.has(part.mediaType)),
    original: parts.find(({ part }) => RETURNED_MESSAGE_TYPES.has(part.mediaType)),
    text: ofType('text/plain') ?? ofType('text/html'),
  };
}

/** The octets of a part without its transfer encoding; what is not encoded properly is read as far as it goes. */
export function decodedOctets({ part, octets }: FetchedPart): Buffer {
  const cut = octets.subarray(0, MAX_REPORT_PART_OCTETS);
  if (part.encoding === 'base64') return Buffer.from(cut.toString('latin1'), 'base64');
  if (part.encoding !== 'quoted-printable') return cut;
  const text = cut
    .toString('latin1')
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9a-f]{2})/gi, (_all, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return Buffer.from(text, 'latin1');
}

/** A text in which addresses and codes are looked for: those are US-ASCII in nearly every charset. */
export function decodedText(fetched: FetchedPart): string {
  const octets = decodedOctets(fetched);
  const text = octets.toString(isUtf8(octets) ? 'utf8' : 'latin1');
  if (fetched.part.mediaType !== 'text/html') return text;
  // What stands in angle brackets and holds an address is no tag.
  const lines = text.replace(/<[^<>@]{0,500}>/g, '\n');
  return lines
    .replace(/&lt;/gi, '<')
    .replace(/&gt;/gi, '>')
    .replace(/&nbsp;/gi, ' ');
}
