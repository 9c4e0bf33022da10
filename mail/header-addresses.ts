import addressparser from 'nodemailer/lib/addressparser';
import { parseAddress } from '../domain/address.ts';
import type { Participant, ParticipantRole } from '../domain/message.ts';
import { addressEntries, isTooLong, onlyPlainEntry } from './header-entries.ts';
import { decodeText, type RawField } from './header-fields.ts';

const MAX_NAME_LENGTH = 200;

/**
 * The one sender of a message, or null (R18): more than one From field, more than one address, a group, or a form
 * that two programs could read as two different addresses. The address comes from nodemailer's parser (the others
 * read `victim@good.com CRLF .evil.com` as the victim, CVE-2026-125755) and must also pass our own shape check.
 */
export function parseSender(fields: readonly RawField[]): Participant | null {
  const [field, second] = fields;
  if (field === undefined || second !== undefined || field.isCut) return null;
  const plain = onlyPlainEntry(field.value);
  if (plain !== null) return toParticipant('from', plain.address, plain.name);
  if (!isOneMailbox(field.value) || isTooLong(field.value)) return null;
  const [entry, other] = addressparser(field.value);
  if (entry?.address === undefined || other !== undefined) return null;
  return toParticipant('from', entry.address, entry.name);
}

export interface Recipients {
  readonly participants: readonly Participant[];
  /** Whether there are more of them than the limit. */
  readonly isCut: boolean;
}

/** The addresses of To, Cc or Bcc, groups flattened, each once; what does not parse is left out. */
export function parseRecipients(
  role: ParticipantRole,
  fields: readonly RawField[],
  limit: number,
): Recipients {
  const found = new Map<string, Participant>();
  let isCut = false;
  for (const field of fields) {
    const list = addressEntries(field.value);
    isCut ||= list.isCut;
    // The last address of a field that was cut may be half of one.
    const entries = field.isCut || list.isCut ? list.entries.slice(0, -1) : list.entries;
    for (const entry of entries) {
      const address = parseAddress(entry.address);
      if (address === null || found.has(address)) continue;
      if (found.size >= limit) return { participants: [...found.values()], isCut: true };
      found.set(address, { role, address, name: nameOf(entry) });
    }
  }
  return { participants: [...found.values()], isCut };
}

function toParticipant(role: ParticipantRole, raw: string, name: string): Participant | null {
  const address = parseAddress(raw);
  return address === null ? null : { role, address, name: nameOf({ name }) };
}

function nameOf({ name }: { readonly name: string }): string {
  return decodeText(name, MAX_NAME_LENGTH);
}

/** Words that hold a comma but no other address (`Doe, Jane <j@x>`), or an address but no comma (`a@x <b@y>`). */
const ONE_MAILBOX = /^(?:(?:[^<>,;:]*|[^<>@;:]*)<[^<>,;\s]+>|[^<>,;:\s]+)$/;
/** Parsers leave these out and so join what stood on both sides of them. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * Whether the value has the shape of exactly one mailbox (RFC 5322 section 3.4): `name <address>` with one pair of
 * angle brackets at the end, or a bare address.
 */
function isOneMailbox(value: string): boolean {
  const shape = withoutQuotesAndComments(value);
  return shape !== null && !CONTROL.test(value) && ONE_MAILBOX.test(shape.trim());
}

/** Replaces each quoted string by `q` and each comment, which may nest, by a blank; null when one never ends. */
function withoutQuotesAndComments(value: string): string | null {
  let shape = '';
  let commentDepth = 0;
  let isQuoted = false;
  for (let index = 0; index < value.length; index += 1) {
    const char = value.charAt(index);
    if (char === '\\' && (isQuoted || commentDepth > 0)) {
      index += 1;
    } else if (isQuoted) {
      isQuoted = char !== '"';
    } else if (char === '(') {
      commentDepth += 1;
      shape += ' ';
    } else if (commentDepth > 0) {
      commentDepth -= char === ')' ? 1 : 0;
    } else {
      isQuoted = char === '"';
      shape += isQuoted ? 'q' : char;
    }
  }
  return isQuoted || commentDepth > 0 ? null : shape;
}
