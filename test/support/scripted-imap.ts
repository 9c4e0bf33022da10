import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { MailServer } from '../../mail/session.ts';

/**
 * What the server does with a command: the lines it sends (`TAG` becomes the command's tag), or nothing for ever.
 * The line `CLOSE` drops the connection.
 */
export type Answer = readonly string[] | 'silence';

export interface ScriptedImap extends AsyncDisposable {
  readonly server: MailServer;
  /** The commands received, with their arguments, passwords included. */
  readonly commands: readonly string[];
  /** Octets the client has sent and received, over all connections. */
  readonly octets: { sent: number; received: number };
  countOf(name: string): number;
}

const MAILBOX = [
  '* 3 EXISTS',
  '* FLAGS (\\Seen \\Draft)',
  '* OK [UIDVALIDITY 7] ok',
  '* OK [UIDNEXT 4] ok',
  'TAG OK [READ-ONLY] done',
];
/** A small server that likes everything: three messages, UIDs 1 to 3. */
const FRIENDLY: Readonly<Record<string, Answer>> = {
  CAPABILITY: ['* CAPABILITY IMAP4rev1', 'TAG OK done'],
  NAMESPACE: ['* NAMESPACE (("" "/")) NIL NIL', 'TAG OK done'],
  LIST: ['* LIST () "/" "INBOX"', 'TAG OK done'],
  EXAMINE: MAILBOX,
  STATUS: ['* STATUS INBOX (MESSAGES 3 UIDNEXT 4 UIDVALIDITY 7)', 'TAG OK done'],
  'UID SEARCH': ['* SEARCH 3', 'TAG OK done'],
  LOGOUT: ['* BYE bye', 'TAG OK done', 'CLOSE'],
};

/** An IMAP server that answers chosen commands as a test wants, and the others as a friendly server does. */
export async function startScriptedImap(
  answers: Readonly<Record<string, Answer>> = {},
  greeting: readonly string[] = ['* OK hello'],
): Promise<ScriptedImap> {
  const heard: Heard = { commands: [], octets: { sent: 0, received: 0 } };
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => {
    sockets.add(socket);
    serve(socket, { ...FRIENDLY, ...answers }, heard);
    say(socket, greeting, heard);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  return {
    ...heard,
    server: { host: '127.0.0.1', port, security: 'none', username: 'ana', password: 'secret' },
    countOf: (name) => heard.commands.filter((command) => commandName(command) === name).length,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

interface Heard {
  readonly commands: string[];
  readonly octets: { sent: number; received: number };
}

function serve(socket: Socket, script: Readonly<Record<string, Answer>>, heard: Heard): void {
  // Nagle's algorithm would make each answer of several lines wait 40 ms.
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  let pending = '';
  socket.on('data', (chunk: Buffer) => {
    heard.octets.sent += chunk.length;
    const lines = `${pending}${chunk.toString('latin1')}`.split('\r\n');
    pending = lines.pop() ?? '';
    for (const line of lines) {
      const [, tag = '', command = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
      heard.commands.push(command);
      const answer = script[commandName(command)] ?? ['TAG OK done'];
      if (answer !== 'silence') say(socket, answer, heard, tag);
    }
  });
}

function say(socket: Socket, lines: readonly string[], { octets }: Heard, tag = '*'): void {
  for (const line of lines) {
    const text = `${line.replaceAll('TAG', tag)}\r\n`;
    if (line === 'CLOSE') socket.end();
    else socket.write(text, 'latin1');
    octets.received += line === 'CLOSE' ? 0 : text.length;
  }
}

/** `UID FETCH 1:3 (…)` -> `UID FETCH`. */
function commandName(command: string): string {
  return /^(?:UID )?\S+/i.exec(command)?.[0].toUpperCase() ?? '';
}
