/**
 * A process of its own: an IMAP server with as many mailboxes as anybody logs in to, all of them quick. It listens on
 * every loopback address, so that 127.0.0.2 and 127.0.0.3 are two hosts to whoever counts connections per host.
 *
 * Each mailbox has 1,000 old messages and gets a new one with every hundredth visit. Argument: none. It prints
 * `listening PORT`, then a line `ISO-TIME USER` for every login.
 */
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { aMessage } from '../local/demo/build.ts';

const OLD_MESSAGES = 1_000;
const VISITS_PER_MESSAGE = 100;
const UIDVALIDITY = 7;

/** Visits so far, by user: what is in a mailbox follows from it. */
const visits = new Map<string, number>();

interface Client {
  readonly socket: Socket;
  user: string;
  /** The folder that is open: the inbox, or one that is empty. */
  isInbox: boolean;
}

const server = createServer((socket) => {
  // Nagle's algorithm would make each answer wait 40 ms.
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  const client: Client = { socket, user: '', isInbox: false };
  let pending = '';
  socket.on('data', (chunk: Buffer) => {
    const lines = `${pending}${chunk.toString('latin1')}`.split('\r\n');
    pending = lines.pop() ?? '';
    for (const line of lines) answer(client, line);
  });
  socket.write('* OK [CAPABILITY IMAP4rev1 ID NAMESPACE SPECIAL-USE] ready\r\n');
});
server.listen(0, '0.0.0.0', () => {
  console.log(`listening ${(server.address() as AddressInfo).port}`);
});

function answer(client: Client, line: string): void {
  const [, tag = '*', command = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
  const name = /^(?:UID )?\S+/i.exec(command)?.[0].toUpperCase() ?? '';
  const rows = ANSWERS[name]?.(client, command) ?? [];
  client.socket.write([...rows, `${tag} OK done`].map((row) => `${row}\r\n`).join(''), 'latin1');
  if (name === 'LOGOUT') client.socket.end();
}

const ANSWERS: Readonly<Record<string, (client: Client, command: string) => readonly string[]>> = {
  LOGIN: (client, command) => enter(client, /^LOGIN "?([^" ]+)/i.exec(command)?.[1] ?? ''),
  CAPABILITY: () => ['* CAPABILITY IMAP4rev1 ID NAMESPACE SPECIAL-USE'],
  NAMESPACE: () => ['* NAMESPACE (("" "/")) NIL NIL'],
  ID: () => ['* ID NIL'],
  LIST: () => [
    '* LIST (\\HasNoChildren) "/" "INBOX"',
    '* LIST (\\HasNoChildren \\Sent) "/" "Sent"',
  ],
  LOGOUT: () => ['* BYE bye'],
  STATUS: (client, command) => {
    const path = /^STATUS "?([^" ]+)/i.exec(command)?.[1] ?? '';
    const messages = path === 'INBOX' ? messagesOf(client.user) : 0;
    return [
      `* STATUS ${path} (MESSAGES ${messages} UIDNEXT ${messages + 1} UIDVALIDITY ${UIDVALIDITY} RECENT 0 UNSEEN 0)`,
    ];
  },
  EXAMINE: (client, command) => {
    client.isInbox = /INBOX/i.test(command);
    const messages = client.isInbox ? messagesOf(client.user) : 0;
    return [
      `* ${messages} EXISTS`,
      '* FLAGS (\\Seen \\Draft)',
      `* OK [UIDVALIDITY ${UIDVALIDITY}] ok`,
      `* OK [UIDNEXT ${messages + 1}] ok`,
    ];
  },
  'UID SEARCH': (client, command) => {
    const last = client.isInbox ? messagesOf(client.user) : 0;
    const [, from, to] = /UID (\d+):(\d+|\*)/i.exec(command) ?? [];
    // By date: the old ones are older than any date that is asked for.
    const isByDate = /SINCE/i.test(command);
    const first = isByDate ? OLD_MESSAGES + 1 : Number(from ?? 1);
    const end = to === undefined || to === '*' ? last : Math.min(last, Number(to));
    const uids = Array.from({ length: Math.max(0, end - first + 1) }, (_, index) => first + index);
    return [`* SEARCH${uids.map((uid) => ` ${uid}`).join('')}`];
  },
  'UID FETCH': (client, command) => {
    const last = client.isInbox ? messagesOf(client.user) : 0;
    const [, set = ''] = /^UID FETCH (\S+)/i.exec(command) ?? [];
    return uidsOf(set, last).map((uid) => fetched(client.user, uid, command));
  },
};

function enter(client: Client, user: string): readonly string[] {
  client.user = user;
  visits.set(user, (visits.get(user) ?? 0) + 1);
  console.log(`${new Date().toISOString()} ${user}`);
  return [];
}

/** Numbers and UIDs are the same. Mailboxes get their mail at different visits. */
function messagesOf(user: string): number {
  const index = Number(/\d+/.exec(user)?.[0] ?? 0);
  const visit = visits.get(user) ?? 0;
  return OLD_MESSAGES + Math.floor((visit + (index % VISITS_PER_MESSAGE)) / VISITS_PER_MESSAGE);
}

function uidsOf(set: string, last: number): readonly number[] {
  return set.split(',').flatMap((range) => {
    const [from = '0', to = from] = range.split(':');
    const end = to === '*' ? last : Math.min(last, Number(to));
    const length = Math.max(0, end - Number(from) + 1);
    return Array.from({ length }, (_, index) => Number(from) + index);
  });
}

/** One row with what was asked for of it, and nothing else. */
function fetched(user: string, uid: number, command: string): string {
  const raw = message(user, uid);
  const end = raw.indexOf('\r\n\r\n') + 4;
  const body = raw.subarray(end);
  const literal = (octets: Buffer) => `{${octets.length}}\r\n${octets.toString('latin1')}`;
  const has = (item: string) => command.toUpperCase().includes(item);
  const [fields] = /HEADER\.FIELDS \([^)]*\)/i.exec(command) ?? [];
  const [, part] = /BODY\.PEEK\[([\d.]+(?:TEXT)?)\]/i.exec(command) ?? [];
  const items = [
    `UID ${uid}`,
    ...(has('FLAGS') ? ['FLAGS ()'] : []),
    ...(has('INTERNALDATE') ? ['INTERNALDATE "22-Nov-2026 10:00:00 +0000"'] : []),
    ...(has('RFC822.SIZE') ? [`RFC822.SIZE ${raw.length}`] : []),
    ...(has('BODYSTRUCTURE')
      ? [
          `BODYSTRUCTURE ("TEXT" "PLAIN" ("CHARSET" "utf-8") NIL NIL "7BIT" ${body.length} 5 NIL NIL NIL NIL)`,
        ]
      : []),
    ...(fields === undefined ? [] : [`BODY[${fields}] ${literal(raw.subarray(0, end))}`]),
    ...(part === undefined ? [] : [`BODY[${part}]${has(']<0.') ? '<0>' : ''} ${literal(body)}`]),
  ];
  return `* ${uid} FETCH (${items.join(' ')})`;
}

function message(user: string, uid: number): Buffer {
  return aMessage({
    ...{ from: 'person-1@company-00.example', to: `${user}@northwind-coffee.example` },
    ...{ subject: `Question ${uid}`, messageId: `${user}.${uid}@company-00.example` },
    date: new Date(Date.UTC(2026, 10, 22, 10, 0, 0)),
    text: 'Hello,\n\nwhen does the next pallet leave?\n\nBest regards\n',
  });
}
