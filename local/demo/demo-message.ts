export type DemoMailbox = 'ana' | 'ben';
export type DemoFolder = 'INBOX' | 'Sent' | 'Drafts' | 'Junk';

/** One message in one folder of one mailbox, and what has to be decided about it there. */
export interface DemoMessage {
  readonly mailbox: DemoMailbox;
  readonly folder: DemoFolder;
  /** A complete RFC 5322 message with CRLF. */
  readonly raw: Buffer;
  readonly flags?: readonly string[];
  readonly arrivedAt: Date;
  readonly expect: Expectation;
}

export interface Expectation {
  /** `NOT_READ`: it lies in a folder that is not visited, so nothing is decided about it. */
  readonly verdict: 'LOGGED' | 'SKIPPED' | 'NOT_READ';
  /** A `SkipReason` of spec.md section 2; for `NOT_READ` what it would be if the folder were visited. */
  readonly reason?: string;
  /** The rules of spec.md that it shows. */
  readonly rule: string;
  readonly note: string;
}

export type Place = `${DemoMailbox}/${DemoFolder}`;

interface Delivery {
  readonly raw: Buffer;
  readonly at: Date;
  readonly flags?: readonly string[];
  readonly expect: Expectation;
}

/** The same message in each of the places. */
export function seenIn(places: readonly Place[], delivery: Delivery): readonly DemoMessage[] {
  const { raw, at, flags, expect } = delivery;
  return places.map((place) => ({
    mailbox: place.startsWith('ana/') ? 'ana' : 'ben',
    folder: place.slice('ana/'.length) as DemoFolder,
    raw,
    ...(flags && { flags }),
    arrivedAt: at,
    expect,
  }));
}

export function logged(rule: string, note: string): Expectation {
  return { verdict: 'LOGGED', rule, note };
}

export function skipped(reason: string, rule: string, note: string): Expectation {
  return { verdict: 'SKIPPED', reason, rule, note };
}

/** A working day in the recent past, at a time of day (UTC): the demo always looks like last month. */
export function daysAgo(days: number, time: string): Date {
  const day = new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  return new Date(`${day}T${time}:00Z`);
}

/** What a mail program puts under a reply. */
export function quoted(text: string, author: string, at: Date): string {
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd()));
  const day = at.toUTCString().slice(0, 16);
  const time = at.toISOString().slice(11, 16);
  return `On ${day} at ${time}, ${author} wrote:\n${lines.join('\n')}\n`;
}
