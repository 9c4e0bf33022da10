import { parseAddress, type EmailAddress } from '../domain/address.ts';
import type { BouncedRecipient, BounceKind, BounceReport } from '../domain/bounce.ts';
import { splitFields, unfold } from './header-fields.ts';

const MAX_RECIPIENTS = 100;
const MAX_FIELD_LENGTH = 4096;
/** RFC 3463 section 2, not within an IP address or a version. */
const ENHANCED_CODE = /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)/g;

type Field = (name: string) => string;

/**
 * Reads the body of message/delivery-status (RFC 3464 section 2), or of message/global-delivery-status (RFC 6533):
 * groups of fields, the first about the message and each other one about a recipient. Servers also leave the first
 * one out, so a group is what it says it is.
 */
export function readDeliveryStatus(octets: Buffer): BounceReport {
  const recipients = new Map<EmailAddress, BouncedRecipient>();
  let originalMessageId: string | null = null;
  for (const field of groups(octets)) {
    const id = field('original-message-id') || field('x-original-message-id');
    originalMessageId ??= /<([^<>\s]{1,998})>/.exec(id)?.[1] ?? null;
    const address = addressIn(field);
    if (address === null || recipients.size >= MAX_RECIPIENTS) continue;
    if (!recipients.has(address)) recipients.set(address, { address, ...outcomeIn(field) });
  }
  return { recipients: [...recipients.values()], originalMessageId };
}

/** The most telling enhanced status code in a text: one with a detail before `5.0.0`, which says nothing. */
export function statusIn(text: string): string | null {
  const codes = [...text.matchAll(ENHANCED_CODE)].map(([, code = '']) => code);
  return codes.find((code) => !code.endsWith('.0.0')) ?? codes[0] ?? null;
}

function* groups(octets: Buffer): Generator<Field> {
  const blocks = octets.toString('latin1').split(/(?:\r?\n[ \t]*){2,}/, MAX_RECIPIENTS + 1);
  for (const block of blocks) {
    const { fields } = splitFields(Buffer.from(`${block}\r\n`, 'latin1'));
    yield (name) =>
      unfold(fields.find((field) => field.name === name)?.value ?? '').slice(0, MAX_FIELD_LENGTH);
  }
}

/** The address that we wrote to is known to us; the last server may have known another one. */
function addressIn(field: Field): EmailAddress | null {
  for (const name of ['original-recipient', 'final-recipient', 'x-actual-recipient']) {
    const address = readRecipient(field(name));
    if (address !== null) return address;
  }
  return null;
}

/** `rfc822; jill@example.com` (RFC 3464 section 2.3.1); also in angle brackets, with a comment, or without the type. */
function readRecipient(value: string): EmailAddress | null {
  const typed = /^\s*([a-z0-9-]{1,20})\s*;(.*)$/is.exec(value);
  const type = typed?.[1]?.toLowerCase() ?? 'rfc822';
  if (type !== 'rfc822' && type !== 'utf-8') return null;
  const raw = (typed?.[2] ?? value).trim();
  const bare = /<([^<>]*)>/.exec(raw)?.[1] ?? raw.replace(/\([^()]*\)/g, '');
  return parseAddress(type === 'utf-8' ? withoutEscapes(bare) : bare);
}

/** RFC 6533 section 3: `\x{E9}` where the way back is not safe for UTF-8. */
function withoutEscapes(text: string): string {
  return text.replace(/\\x\{([0-9a-f]{2,6})\}/gi, (all, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

function outcomeIn(field: Field): Pick<BouncedRecipient, 'kind' | 'status'> {
  const stated = statusIn(field('status'));
  const status =
    stated === null || stated.endsWith('.0.0')
      ? (statusIn(field('diagnostic-code')) ?? stated)
      : stated;
  return { kind: kindOf(field('action').trim().toLowerCase(), status), status };
}

/** Some put comments behind the action; OpenSMTPD writes `error`. Without one the class of the status decides. */
function kindOf(action: string, status: string | null): BounceKind {
  if (/^(?:fail|error)/.test(action)) return 'failed';
  if (/^delay/.test(action)) return 'delayed';
  if (/^(?:deliver|relay|expand)/.test(action)) return 'delivered';
  if (status?.startsWith('4') === true) return 'delayed';
  return status?.startsWith('2') === true ? 'delivered' : 'failed';
}
