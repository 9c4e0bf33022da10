import { createServer, type AddressInfo } from 'node:net';
import type { ConnectionSecurity, MailServer } from '../../mail/session.ts';
import type { Certificate } from './certificates.ts';
import { FRIENDLY, type Script } from './scripted-answers.ts';
import { ScriptedConnection } from './scripted-connection.ts';

export { held, inTurn, type Answer, type Exchange, type Script } from './scripted-answers.ts';

export interface ScriptedImap extends AsyncDisposable {
  readonly server: MailServer;
  /** The commands received, with their arguments, passwords included. */
  readonly commands: readonly string[];
  /** Octets the client has sent and received, over all connections, TLS included. */
  readonly octets: { readonly sent: number; readonly received: number };
  /** Connections accepted so far. */
  readonly connections: number;
  /** Attempts to log in, by LOGIN or AUTHENTICATE. */
  readonly logins: number;
  /** Connections in IDLE at this moment. */
  readonly idling: number;
  countOf(name: string): number;
  /** Sends untagged lines, e.g. `* 4 EXISTS`, to whoever is in IDLE. */
  push(...lines: readonly string[]): Promise<void>;
  /** Drops all connections, as a server that restarts. */
  dropAll(): void;
}

export interface ScriptedOptions {
  readonly greeting?: readonly string[];
  /** What `starttls` and `tls` are spoken with. */
  readonly certificate?: Certificate;
  /** What clients are told to use; `tls` begins with the connection. */
  readonly security?: ConnectionSecurity;
  /** Cuts what is sent into packets of this size, to split lines and literals anywhere. */
  readonly packetOctets?: number;
}

/** An IMAP server that answers chosen commands as a test wants, and the others as a friendly server does. */
export async function startScriptedImap(
  answers: Script = {},
  options: ScriptedOptions | readonly string[] = {},
): Promise<ScriptedImap> {
  const chosen: ScriptedOptions = 'length' in options ? { greeting: options } : options;
  const { greeting = ['* OK hello'], certificate = null, security = 'none' } = chosen;
  const commands: string[] = [];
  const times = new Map<string, number>();
  const stage = {
    ...{ times, script: { ...FRIENDLY, ...answers }, greeting, certificate, commands },
    ...{ isTls: security === 'tls', packetOctets: chosen.packetOctets ?? null },
  };
  const connections: ScriptedConnection[] = [];
  const listener = createServer((socket) => {
    const connection = new ScriptedConnection(socket, connections.length + 1, stage);
    connections.push(connection);
    void connection.serve();
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  const countOf = (name: string): number => times.get(name) ?? 0;
  return {
    commands,
    countOf,
    server: { host: '127.0.0.1', port, security, username: 'ana', password: 'secret' },
    get octets() {
      const each = connections.map((connection) => connection.octets());
      const total = (key: 'sent' | 'received') => each.reduce((sum, some) => sum + some[key], 0);
      return { sent: total('sent'), received: total('received') };
    },
    get connections() {
      return connections.length;
    },
    get logins() {
      return countOf('LOGIN') + countOf('AUTHENTICATE');
    },
    get idling() {
      return connections.filter(({ isIdling }) => isIdling).length;
    },
    async push(...lines) {
      for (const connection of connections)
        if (connection.isIdling) await connection.send(lines, '*');
    },
    dropAll() {
      for (const connection of connections) connection.destroy();
    },
    async [Symbol.asyncDispose]() {
      for (const connection of connections) connection.destroy();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}
