import { createServer, type AddressInfo, type Socket } from 'node:net';
import { TLSSocket, type TlsOptions } from 'node:tls';
import { setImmediate as turn } from 'node:timers/promises';
import type { MailServer } from '../../mail/session.ts';

/**
 * What the server does with a command: the octets it sends, one string or Buffer per packet, or nothing for ever.
 * `CLOSE` drops the connection, `TLS` begins the handshake, after `DEAF` nothing is heard any more. Strings are Latin-1.
 */
export type Pop3Answer = readonly (string | Buffer)[] | 'silence' | ((argument: string) => Packets);
type Packets = readonly (string | Buffer)[];
export type Pop3Script = Readonly<Record<string, Pop3Answer>>;

export interface ScriptedPop3 extends AsyncDisposable {
  readonly server: MailServer;
  /** The lines received, passwords included. */
  readonly commands: readonly string[];
  /** Connections that were made. */
  readonly connections: () => number;
  countOf(name: string): number;
}

interface ScriptedPop3Options {
  readonly greeting?: Pop3Answer;
  readonly tls?: TlsOptions;
  /** How many lines came together. */
  readonly onLines?: (count: number) => void;
}

/** A small server that likes everything: one message of nine octets of text. */
const MESSAGE = 'From: jill@customer.example\r\nSubject: Hi\r\n\r\nHello.\r\n';
const FRIENDLY: Pop3Script = {
  CAPA: ['+OK\r\nUSER\r\nUIDL\r\nRESP-CODES\r\n.\r\n'],
  UIDL: (n) => [n === '' ? '+OK\r\n1 first\r\n.\r\n' : '+OK 1 first\r\n'],
  LIST: (n) => [n === '' ? `+OK\r\n1 ${MESSAGE.length}\r\n.\r\n` : `+OK 1 ${MESSAGE.length}\r\n`],
  TOP: [`+OK\r\n${MESSAGE.slice(0, MESSAGE.indexOf('\r\n\r\n'))}\r\n\r\n.\r\n`],
  RETR: [`+OK\r\n${MESSAGE}.\r\n`],
  QUIT: ['+OK bye\r\n', 'CLOSE'],
};

/** A POP3 server that answers chosen commands as a test wants, packet by packet, and others as a friendly one does. */
export async function startScriptedPop3(
  answers: Pop3Script = {},
  options: ScriptedPop3Options = {},
): Promise<ScriptedPop3> {
  const commands: string[] = [];
  const sockets: Socket[] = [];
  const script = { ...FRIENDLY, ...answers };
  const listener = createServer((socket) => {
    sockets.push(socket);
    socket.setNoDelay(true).on('error', () => undefined);
    const serve = (stream: Socket): void => {
      listen(stream, options.onLines, async (line) => {
        commands.push(line);
        const [, name = '', argument = ''] = /^(\S*) ?(.*)$/.exec(line) ?? [];
        const answer = script[name] ?? script[name.toUpperCase()] ?? ['+OK\r\n'];
        await say(stream, answer, argument, () => serve(secured(stream, options.tls ?? {})));
      });
    };
    serve(socket);
    void say(socket, options.greeting ?? ['+OK hello\r\n'], '');
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  return {
    server: {
      ...{ protocol: 'pop3', host: '127.0.0.1', port, security: 'none' },
      ...{ username: 'ana', password: 'secret' },
    },
    commands,
    connections: () => sockets.length,
    countOf: (name) => commands.filter((line) => line.toUpperCase().split(' ')[0] === name).length,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

/** Lines one after the other: the next one is heard when the answer to this one has been sent. */
function listen(
  stream: Socket,
  onLines: ScriptedPop3Options['onLines'],
  onLine: (line: string) => Promise<void>,
): void {
  let pending = '';
  let queue = Promise.resolve();
  stream.on('data', (chunk: Buffer) => {
    const lines = `${pending}${chunk.toString('utf8')}`.split('\r\n');
    pending = lines.pop() ?? '';
    onLines?.(lines.length);
    for (const line of lines) queue = queue.then(() => onLine(line));
  });
}

async function say(
  stream: Socket,
  answer: Pop3Answer,
  argument: string,
  startTls: () => void = () => undefined,
): Promise<void> {
  if (answer === 'silence') return;
  const packets = typeof answer === 'function' ? answer(argument) : answer;
  for (const packet of packets) {
    if (packet === 'CLOSE') stream.end();
    else if (packet === 'TLS') startTls();
    else if (packet === 'DEAF') stream.removeAllListeners('data').resume();
    else {
      stream.write(typeof packet === 'string' ? Buffer.from(packet, 'latin1') : packet);
      // Each in a packet of its own.
      if (packets.length > 1) await turn();
    }
  }
}

function secured(socket: Socket, tls: TlsOptions): TLSSocket {
  socket.removeAllListeners('data');
  const secure = new TLSSocket(socket, { isServer: true, ...tls });
  secure.on('error', () => undefined);
  return secure;
}
