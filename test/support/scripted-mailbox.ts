import type { Exchange, Lines, Script } from './scripted-answers.ts';
import { fetchRow, parseItems } from './scripted-fetch.ts';

/** A message as the server makes it up when it is asked for; text in latin1, without line ends at its end. */
export interface ScriptedMessage {
  readonly headers: readonly string[];
  readonly text: string;
  readonly flags?: readonly string[];
  readonly arrivedAt?: Date;
}

export interface ScriptedFolder {
  /** The highest UID that was ever given. */
  lastUid: number;
  uidValidity: number;
  highestModseq: number;
  /** A special use, e.g. `\\Sent`. */
  readonly use?: string;
  /** UIDs up to `lastUid` that do not exist. */
  readonly gone: Set<number>;
}

export interface ScriptedMailboxOptions {
  /** Messages per folder. */
  readonly folders?: Readonly<Record<string, { readonly count: number; readonly use?: string }>>;
  /** Beside IMAP4rev1, e.g. `ESEARCH`, `CONDSTORE`, `SPECIAL-USE`. */
  readonly capabilities?: readonly string[];
  readonly message?: (uid: number, path: string) => ScriptedMessage;
}

type Range = readonly [first: number, last: number];

/** A mailbox of any size: no message exists before it is asked for. Its `script` goes into startScriptedImap. */
export class ScriptedMailbox {
  readonly folders = new Map<string, ScriptedFolder>();
  readonly #capabilities: readonly string[];
  readonly #message: (uid: number, path: string) => ScriptedMessage;
  readonly #selected = new Map<number, string>();

  constructor(options: ScriptedMailboxOptions = {}) {
    const { folders = { INBOX: { count: 3 } }, capabilities = [], message = fromJill } = options;
    for (const [path, { count, use }] of Object.entries(folders)) {
      const counters = { lastUid: count, uidValidity: 7, highestModseq: count + 1 };
      this.folders.set(path, {
        ...counters,
        ...(use === undefined ? {} : { use }),
        gone: new Set(),
      });
    }
    this.#capabilities = capabilities;
    this.#message = message;
  }

  /** The folder, to let mail arrive (`lastUid`), vanish (`gone`) or be renumbered (`uidValidity`). */
  folder(path = 'INBOX'): ScriptedFolder {
    const folder = this.folders.get(path);
    if (folder === undefined) throw new Error(`no folder ${path}`);
    return folder;
  }

  get script(): Script {
    return {
      CAPABILITY: [`* CAPABILITY ${['IMAP4rev1', ...this.#capabilities].join(' ')}`, 'TAG OK done'],
      LIST: (exchange) => [...this.#list(exchange), 'TAG OK done'],
      STATUS: (exchange) =>
        this.#in(pathIn(exchange), (folder, path) => this.#status(path, folder)),
      EXAMINE: (exchange) => {
        this.#selected.set(exchange.connection, pathIn(exchange));
        return this.#in(pathIn(exchange), (folder) => this.#examine(folder));
      },
      'UID SEARCH': (exchange) =>
        this.#inSelected(exchange, (folder, path) => this.#search(exchange, folder, path)),
      'UID FETCH': (exchange) =>
        this.#inSelected(exchange, (folder, path) => this.#fetch(exchange, folder, path)),
    };
  }

  #in(path: string, answer: (folder: ScriptedFolder, path: string) => readonly string[]): Lines {
    const folder = this.folders.get(path);
    if (folder === undefined) return ['TAG NO [NONEXISTENT] no such folder'];
    return [...answer(folder, path), 'TAG OK done'];
  }

  #inSelected(
    { connection }: Exchange,
    answer: (folder: ScriptedFolder, path: string) => readonly string[],
  ): Lines {
    return this.#in(this.#selected.get(connection) ?? '', answer);
  }

  /** An empty pattern asks for the separator (RFC 9051 section 6.3.9). */
  #list({ command }: Exchange): readonly string[] {
    const pattern = / "?([^" ]*)"?$/.exec(command)?.[1] ?? '*';
    if (pattern === '') return ['* LIST (\\Noselect) "/" ""'];
    return [...this.folders].filter(([path]) => pattern === '*' || pattern === path).map(listed);
  }

  #status(path: string, folder: ScriptedFolder): readonly string[] {
    const modseq = this.#offers('CONDSTORE') ? ` HIGHESTMODSEQ ${folder.highestModseq}` : '';
    const counters = `MESSAGES ${countOf(folder)} UIDNEXT ${folder.lastUid + 1} UIDVALIDITY ${folder.uidValidity}`;
    return [`* STATUS "${path}" (${counters}${modseq})`];
  }

  #examine(folder: ScriptedFolder): readonly string[] {
    return [
      `* ${countOf(folder)} EXISTS`,
      `* OK [UIDVALIDITY ${folder.uidValidity}] ok`,
      `* OK [UIDNEXT ${folder.lastUid + 1}] ok`,
      ...(this.#offers('CONDSTORE') ? [`* OK [HIGHESTMODSEQ ${folder.highestModseq}] ok`] : []),
    ];
  }

  #search({ tag, command }: Exchange, folder: ScriptedFolder, path: string): readonly string[] {
    const set = /\bUID ([\d:*,]+)/.exec(command.slice('UID SEARCH'.length))?.[1];
    const since = /\bSINCE (\S+)/.exec(command)?.[1];
    const from = since === undefined ? 0 : Date.parse(`${since} UTC`);
    const found = existing(folder, parseSet(set ?? '1:*', folder)).flatMap((range) =>
      from === 0 ? [range] : this.#arrivedSince(range, path, from),
    );
    if (!command.includes('RETURN ('))
      return [`* SEARCH ${found.flatMap(uidsOf).join(' ')}`.trim()];
    const count = found.reduce((sum, [first, last]) => sum + last - first + 1, 0);
    const all = found.map(([first, last]) => (first === last ? `${first}` : `${first}:${last}`));
    return [
      `* ESEARCH (TAG "${tag}") UID COUNT ${count}${count === 0 ? '' : ` ALL ${all.join()}`}`,
    ];
  }

  #arrivedSince(range: Range, path: string, from: number): readonly Range[] {
    const hasArrived = (uid: number) =>
      (this.#message(uid, path).arrivedAt ?? new Date()).getTime() >= from;
    return uidsOf(range)
      .filter(hasArrived)
      .map((uid) => [uid, uid] as const);
  }

  #fetch({ command }: Exchange, folder: ScriptedFolder, path: string): readonly string[] {
    const [, set = '', items = ''] = /^UID FETCH (\S+) ([^]*)$/i.exec(command) ?? [];
    const wanted = parseItems(items);
    const uids = existing(folder, parseSet(set, folder)).flatMap(uidsOf);
    return uids.map((uid) => fetchRow(uid, this.#message(uid, path), wanted));
  }

  #offers(capability: string): boolean {
    return this.#capabilities.includes(capability);
  }
}

function countOf({ lastUid, gone }: ScriptedFolder): number {
  return lastUid - gone.size;
}

function listed([path, { use }]: readonly [string, ScriptedFolder]): string {
  return `* LIST (${use ?? ''}) "/" "${path}"`;
}

function pathIn({ command }: Exchange): string {
  const [, quoted, atom] = /^\S+ (?:"([^"]*)"|(\S+))/.exec(command) ?? [];
  return quoted ?? atom ?? '';
}

/** `*` is the highest UID there is, also where the range then runs backwards (RFC 9051 section 9, seq-range). */
function parseSet(set: string, { lastUid }: ScriptedFolder): readonly Range[] {
  return set.split(',').map((part) => {
    const ends = part.split(':').map((end) => (end === '*' ? lastUid : Number(end)));
    return [Math.min(...ends), Math.max(...ends)];
  });
}

/** What is left of the ranges when the UIDs that do not exist are taken out. */
function existing({ lastUid, gone }: ScriptedFolder, ranges: readonly Range[]): readonly Range[] {
  const holes = [...gone].toSorted((a, b) => a - b);
  return ranges.flatMap(([first, last]) => {
    const pieces: Range[] = [];
    let start = Math.max(first, 1);
    for (const hole of holes.filter((uid) => uid >= first && uid <= last)) {
      if (hole > start) pieces.push([start, hole - 1]);
      start = hole + 1;
    }
    if (start <= Math.min(last, lastUid)) pieces.push([start, Math.min(last, lastUid)]);
    return pieces;
  });
}

function uidsOf([first, last]: Range): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** An ordinary message of a customer, another one for each UID. */
function fromJill(uid: number, path: string): ScriptedMessage {
  return {
    headers: [
      'From: Jill <jill@customer.example>',
      'To: ana@acme.example',
      `Subject: Message ${uid}`,
      `Message-ID: <${uid}.${path}@customer.example>`,
      'Date: Mon, 02 Jan 2023 10:00:00 +0000',
    ],
    text: `Hello Ana, this is number ${uid}.`,
  };
}
