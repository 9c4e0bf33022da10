import type { BlacklistValue } from '../../domain/blacklist.ts';
import {
  blacklistHazard,
  readBlacklistEntry,
  readBlacklistText,
} from '../../domain/blacklist-list.ts';
import type { OwnIdentity } from '../../domain/identity.ts';
import { userError, type UserError } from '../errors.ts';
import { checkText, type Checked, type Path } from './fields.ts';

export const MAX_LISTED_ENTRIES = 10_000;
const MAX_NOTE = 500;
const MAX_SHOWN_TEXT = 100;

export interface LineError {
  readonly line: number;
  readonly text: string;
  readonly message: string;
}

/** What may be added of a pasted list, and what is wrong with the rest of it. */
export interface CheckedList {
  /** How many entries there are, right or wrong. */
  readonly entries: number;
  /** How many of them may be added; fewer values when some stand there twice. */
  readonly valid: number;
  /** Each once. */
  readonly values: readonly BlacklistValue[];
  readonly errors: readonly LineError[];
}

/** R20: one address or domain. */
export function checkBlacklistValue(raw: string, path: Path): Checked<BlacklistValue | null> {
  const value = readBlacklistEntry(raw);
  return { value, userErrors: value === null ? [notAnEntry(raw, path)] : [] };
}

/** Entries that would keep out the workspace itself are refused, and those that keep out strangers by the thousand unless confirmed. */
export function guard(
  entry: BlacklistValue,
  own: OwnIdentity,
  allowShared: boolean,
): UserError | null {
  const hazard = blacklistHazard(entry, own);
  const path = ['input', 'value'];
  if (hazard === 'own') {
    const message =
      entry.kind === 'address'
        ? `${entry.value} is an address of your own workspace. Blacklist the addresses of the people outside instead.`
        : `${entry.value} covers addresses of your own workspace, so all mail would be kept out. Blacklist single addresses instead.`;
    return userError('own_address', message, path);
  }
  if (hazard !== 'shared' || allowShared) return null;
  const message = `Many unrelated people have addresses at ${entry.value}; all of them would be kept out. Blacklist single addresses instead, or confirm that you mean the whole domain.`;
  return userError('shared_domain', message, path);
}

/** The whole of a pasted list, every entry looked at. */
export function checkBlacklistText(
  text: string,
  own: OwnIdentity,
  allowShared: boolean,
): CheckedList {
  const listed = readBlacklistText(text);
  const values = new Map<string, BlacklistValue>();
  const errors: LineError[] = [];
  for (const { line, text: raw, value } of listed) {
    const wrong = value === null ? notAnEntry(raw, []) : guard(value, own, allowShared);
    if (value !== null && wrong === null) values.set(value.value, value);
    if (wrong !== null) {
      errors.push({ line, text: raw.slice(0, MAX_SHOWN_TEXT), message: wrong.message });
    }
  }
  const entries = listed.length;
  return { entries, valid: entries - errors.length, values: [...values.values()], errors };
}

/** null when there is nothing but space. */
export function checkNote(raw: string | null | undefined): Checked<string | null> {
  const note = checkText(raw ?? '', { min: 0, max: MAX_NOTE }, ['input', 'note']);
  return { value: note.value || null, userErrors: note.userErrors };
}

function notAnEntry(raw: string, path: Path): UserError {
  const [code, words] = raw.includes('@')
    ? (['invalid_address', 'one plain e-mail address, like jill@example.com'] as const)
    : (['invalid_domain', 'a domain name, like example.com'] as const);
  return userError(code, `This is not ${words}.`, path);
}
