import { createHash } from 'node:crypto';
import { fieldsOf } from './pop3-headers.ts';

/** What the messages of a mailbox are called here. */
export interface NumberedUidls {
  /** The number of each UIDL that was asked for: ascending in the order in which they were first seen, never reused. */
  readonly uids: ReadonlyMap<string, number>;
  /** Greater than any number that was ever given. */
  readonly uidNext: number;
  /** As UIDVALIDITY: another one when the server has given all messages new names, so that none can be recognised. */
  readonly uidValidity: string;
}

/** Remembers UIDLs over connections: POP3 itself has no numbers that last, and our ledger wants them. */
export interface UidlStore {
  /** Gives numbers to the new ones of `listed`, which is all that is there, and forgets those that are gone. */
  number(listed: readonly string[]): Promise<NumberedUidls>;
}

/** For a mailbox that is only tried out: numbers from 1, remembered by nobody. */
export const noUidls: UidlStore = {
  number: (listed) =>
    Promise.resolve({
      uids: new Map(listed.map((uidl, index) => [uidl, index + 1])),
      ...{ uidNext: listed.length + 1, uidValidity: '1' },
    }),
};

/** RFC 1939 section 7: 1 to 70 characters without blanks. Servers that take more are believed. */
const UIDL = /^[\x21-\x7e]{1,255}$/;
/** What servers change in a header when somebody has read the message. */
const CHANGING: ReadonlySet<string> = new Set([
  ...['status', 'x-status', 'x-uidl', 'x-uid', 'x-keywords', 'x-imap', 'x-imapbase'],
  ...['content-length', 'lines', 'x-mozilla-status', 'x-mozilla-status2'],
]);

/** The messages whose UIDL does not tell them apart: none, not a proper one, or the same as another's. */
export function unnamed(
  messages: readonly number[],
  uidls: ReadonlyMap<number, string> | null,
): readonly number[] {
  const counts = new Map<string, number>();
  for (const uidl of uidls?.values() ?? []) counts.set(uidl, (counts.get(uidl) ?? 0) + 1);
  return messages.filter((message) => {
    const uidl = uidls?.get(message) ?? '';
    return !UIDL.test(uidl) || counts.get(uidl) !== 1;
  });
}

/**
 * One name per message, in their order: its UIDL, else a hash of its header. No UIDL has a blank, so the two cannot be
 * taken for each other. Copies that are the same in everything are counted.
 */
export function namesOf(
  messages: readonly number[],
  uidls: ReadonlyMap<number, string> | null,
  headersOfUnnamed: ReadonlyMap<number, Buffer>,
): ReadonlyMap<number, string> {
  const needsHash = new Set(unnamed(messages, uidls));
  const copies = new Map<string, number>();
  const names = new Map<number, string>();
  for (const message of messages) {
    const block = headersOfUnnamed.get(message);
    const hashed = block === undefined ? undefined : `sha256 ${headerHash(block)}`;
    const name = needsHash.has(message) ? hashed : uidls?.get(message);
    // Its header could not be read: it gets its number when that is possible.
    if (name === undefined) continue;
    const copy = (copies.get(name) ?? 0) + 1;
    copies.set(name, copy);
    names.set(message, copy === 1 ? name : `${name} ${copy}`);
  }
  return names;
}

function headerHash(block: Buffer): string {
  const hash = createHash('sha256');
  for (const { name, lines } of fieldsOf(block)) {
    if (!CHANGING.has(name)) hash.update(lines, 'latin1');
  }
  return hash.digest('hex');
}
