import { createHash } from 'node:crypto';
import type { Direction } from '../../domain/identity.ts';
import { storableText } from '../../drizzle/rows.ts';
import { userError } from '../errors.ts';
import type { LogNoteInput, UpdateEngagementInput } from '../schema.generated.ts';
import { checkIds, checkText, ok, type Checked, type Path } from './fields.ts';
import { isTimeZone } from './time-zone.ts';

/** Of a note and of the source of a message, in octets of UTF-8. */
export const MAX_TEXT_OCTETS = 1024 * 1024;
const MAX_SUBJECT = 500;
const MAX_KEY = 200;

/** A note as it was handed in, checked. */
export interface NoteInput {
  readonly contactIds: readonly string[];
  readonly accountIds: readonly string[];
  readonly text: string;
  readonly subject: string | null;
  readonly direction: Direction | null;
  readonly occurredAt: Date | null;
  readonly timeZone: string;
  /** The same for repeats of one request by one user; null when the client does not say what repeats what. */
  readonly once: string | null;
}

export function checkNote(input: LogNoteInput, userId: string): Checked<NoteInput> {
  const contacts = checkIds('Contact', input.contactIds ?? [], ['input', 'contactIds']);
  const accounts = checkIds('Account', input.accountIds ?? [], ['input', 'accountIds']);
  const text = checkNoteText(input.text);
  const subject = checkSubject(input.subject);
  const key = checkText(input.idempotencyKey ?? '', { min: 0, max: MAX_KEY }, [
    ...['input', 'idempotencyKey'],
  ]);
  const timeZone = input.timeZone ?? 'UTC';
  const userErrors = [contacts, accounts, text, subject, key].flatMap((one) => one.userErrors);
  if ((input.contactIds ?? []).length + (input.accountIds ?? []).length === 0) {
    const message = 'Say on whose timeline it goes: give at least one contact or account.';
    userErrors.push(userError('required', message, ['input', 'contactIds']));
  }
  if (!isTimeZone(timeZone)) {
    const message = 'This is not the IANA name of a time zone, like Europe/Berlin.';
    userErrors.push(userError('not_found', message, ['input', 'timeZone']));
  }
  return {
    value: {
      ...{ contactIds: contacts.value, accountIds: accounts.value, text: text.value, timeZone },
      ...{ subject: subject.value, direction: input.direction ?? null },
      ...{ occurredAt: input.occurredAt ?? null, once: onceOf(key.value, userId) },
    },
    userErrors,
  };
}

export interface NoteChangeInput {
  readonly text: string | null;
  readonly subject: string | null;
  readonly occurredAt: Date | null;
}

export function checkNoteChange(input: UpdateEngagementInput): Checked<NoteChangeInput> {
  const text = input.text == null ? ok(null) : checkNoteText(input.text);
  const subject = checkSubject(input.subject);
  const occurredAt = input.occurredAt ?? null;
  return {
    value: { text: text.value, subject: subject.value, occurredAt },
    userErrors: [...text.userErrors, ...subject.userErrors],
  };
}

function checkNoteText(raw: string): Checked<string> {
  const path: Path = ['input', 'text'];
  if (Buffer.byteLength(raw) > MAX_TEXT_OCTETS) {
    const message = 'This is larger than 1 MiB. Paste the message without its attachments.';
    return { value: '', userErrors: [userError('too_long', message, path)] };
  }
  const value = storableText(raw);
  if (value.trim() !== '') return ok(value);
  return { value, userErrors: [userError('required', 'This must not be empty.', path)] };
}

function checkSubject(raw: string | null | undefined): Checked<string | null> {
  if (raw == null) return ok(null);
  return checkText(storableText(raw), { min: 0, max: MAX_SUBJECT }, ['input', 'subject']);
}

/** Hashed, because people put anything into keys; each user has keys of their own. */
function onceOf(key: string, userId: string): string | null {
  if (key === '') return null;
  return createHash('sha256')
    .update(JSON.stringify([userId, key]))
    .digest('hex');
}
