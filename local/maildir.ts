import { chownSync, existsSync, mkdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { User } from './unprivileged.ts';

/** Flags that a Maildir file name can tell (dovecot.org, "Maildir"), in the order it wants. */
const LETTERS = new Map([
  ['\\Draft', 'D'],
  ['\\Flagged', 'F'],
  ['\\Answered', 'R'],
  ['\\Seen', 'S'],
  ['\\Deleted', 'T'],
]);

export interface DeliveredMessage {
  readonly raw: string | Buffer;
  readonly flags: readonly string[];
  readonly internalDate?: Date | undefined;
}

/** Keywords such as $Junk live in an index that belongs to the server. */
export function fitsFileName(flags: readonly string[]): boolean {
  return flags.every((flag) => LETTERS.has(flag));
}

/** A Maildir with `LAYOUT=fs`, written to as a delivery agent does: into tmp/, then renamed. */
export class Maildir {
  readonly root: string;
  readonly #owner: User | undefined;
  #lastMicros = 0;

  constructor(root: string, owner: User | undefined) {
    this.root = root;
    this.#owner = owner;
  }

  deliver(folder: string, message: DeliveredMessage): void {
    const path = this.#folder(folder);
    const name = this.#uniqueName();
    const draft = join(path, 'tmp', name);
    writeFileSync(draft, message.raw, { mode: 0o600 });
    if (this.#owner) chownSync(draft, this.#owner.uid, this.#owner.gid);
    if (message.internalDate) utimesSync(draft, message.internalDate, message.internalDate);
    const letters = message.flags.map((flag) => LETTERS.get(flag) ?? '').toSorted();
    const place = letters.length > 0 ? ['cur', `${name}:2,${letters.join('')}`] : ['new', name];
    renameSync(draft, join(path, ...place));
  }

  #folder(name: string): string {
    const path = name.toUpperCase() === 'INBOX' ? this.root : join(this.root, name);
    for (const part of ['cur', 'new', 'tmp']) this.#makeFolder(join(path, part));
    return path;
  }

  #makeFolder(path: string): void {
    if (existsSync(path)) return;
    const first = mkdirSync(path, { recursive: true, mode: 0o700 });
    if (!first || !this.#owner) return;
    chownSync(first, this.#owner.uid, this.#owner.gid);
    let current = first;
    for (const part of relative(first, path).split(sep).filter(Boolean)) {
      current = join(current, part);
      chownSync(current, this.#owner.uid, this.#owner.gid);
    }
  }

  /** The server numbers new files by the time in their names, so each is later than the one before. */
  #uniqueName(): string {
    this.#lastMicros = Math.max(this.#lastMicros + 1, Date.now() * 1_000);
    const seconds = Math.floor(this.#lastMicros / 1_000_000);
    const micros = String(this.#lastMicros % 1_000_000).padStart(6, '0');
    return `${seconds}.M${micros}P${process.pid}.mailroom`;
  }
}
