import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Certificate } from './certificates.ts';
import { commandName, linesOf, type Exchange, type Script } from './scripted-answers.ts';

/** What all connections of a scripted server have in common. */
export interface Stage {
  readonly script: Script;
  readonly greeting: readonly string[];
  readonly certificate: Certificate | null;
  /** Whether TLS begins with the connection. */
  readonly isTls: boolean;
  /** The largest packet the server sends; null: each line in one. */
  readonly packetOctets: number | null;
  readonly commands: string[];
  /** How often each command has come. */
  readonly times: Map<string, number>;
}

/** One client at a scripted server: takes its commands one after the other and answers them by the script. */
export class ScriptedConnection {
  readonly #stage: Stage;
  readonly #number: number;
  readonly #input = new Input();
  readonly #raw: Socket;
  #socket: Socket;
  /** Whether the client waits in IDLE. */
  isIdling = false;

  constructor(raw: Socket, number: number, stage: Stage) {
    this.#stage = stage;
    this.#number = number;
    this.#raw = raw;
    this.#socket = raw;
    // Nagle's algorithm would make each answer of several lines wait 40 ms.
    raw.setNoDelay(true);
    raw.on('error', () => undefined);
    this.#listen(raw);
  }

  /** Octets that have crossed the wire, TLS included, as the client sees it. */
  octets(): { readonly sent: number; readonly received: number } {
    return { sent: this.#raw.bytesRead, received: this.#raw.bytesWritten };
  }

  async serve(): Promise<void> {
    if (this.#stage.isTls) this.#startTls();
    await this.send(this.#stage.greeting, '*');
    for (let line = await this.#command(); line !== null; line = await this.#command()) {
      const [, tag = '', command = ''] = /^(\S+) ([^]*)$/.exec(line) ?? [];
      this.#stage.commands.push(command);
      const name = commandName(command);
      const times = (this.#stage.times.get(name) ?? 0) + 1;
      this.#stage.times.set(name, times);
      const exchange: Exchange = { tag, command, name, connection: this.#number, times };
      const lines = await linesOf(this.#stage.script[name] ?? ['TAG OK done'], exchange);
      this.isIdling = name === 'IDLE';
      if (lines !== 'silence') await this.send(lines, tag);
      this.isIdling = false;
    }
  }

  async send(lines: readonly string[], tag: string): Promise<void> {
    for (const line of lines) {
      if (line === 'CLOSE') this.#socket.end();
      else if (line === 'TLS') this.#startTls();
      else await this.#write(`${line.replaceAll(/^TAG /gm, `${tag} `)}\r\n`);
      if (line.startsWith('+')) await this.#input.line();
    }
  }

  destroy(): void {
    this.#socket.destroy();
    this.#raw.destroy();
  }

  async #write(text: string): Promise<void> {
    const step = this.#stage.packetOctets ?? text.length;
    for (let start = 0; start < text.length; start += step) {
      if (!this.#socket.writable) return;
      this.#socket.write(text.slice(start, start + step), 'latin1');
      if (this.#stage.packetOctets !== null) await nextTurn();
    }
  }

  /** A line, with the literals in it (RFC 9051 section 4.3, also non-synchronising). */
  async #command(): Promise<string | null> {
    const line = await this.#input.line();
    const [, octets, isWaiting] = /\{(\d+)(\+?)\}$/.exec(line ?? '') ?? [];
    if (line === null || octets === undefined) return line;
    if (isWaiting === '') await this.#write('+ go on\r\n');
    const literal = await this.#input.octets(Number(octets));
    const rest = await this.#command();
    return `${line}\r\n${literal ?? ''}${rest ?? ''}`;
  }

  #startTls(): void {
    const { certificate } = this.#stage;
    if (certificate === null) throw new Error('The scripted server has no certificate.');
    this.#raw.removeAllListeners('data');
    const { key, cert } = certificate;
    const secure = new TLSSocket(this.#raw, { isServer: true, key, cert });
    secure.on('error', () => undefined);
    this.#socket = secure;
    this.#listen(secure);
  }

  #listen(socket: Socket): void {
    socket.on('data', (chunk: Buffer) => this.#input.add(chunk));
    socket.on('close', () => this.#input.end());
  }
}

/** What has arrived, taken line by line or by number of octets; null when the client is gone. */
class Input {
  #pending = '';
  #isOver = false;
  #wake: () => void = () => undefined;

  add(chunk: Buffer): void {
    this.#pending += chunk.toString('latin1');
    this.#wake();
  }

  end(): void {
    this.#isOver = true;
    this.#wake();
  }

  async line(): Promise<string | null> {
    const found = await this.#until(() => this.#pending.includes('\r\n'));
    return found ? this.#take(this.#pending.indexOf('\r\n'), 2) : null;
  }

  async octets(count: number): Promise<string | null> {
    const found = await this.#until(() => this.#pending.length >= count);
    return found ? this.#take(count, 0) : null;
  }

  async #until(isThere: () => boolean): Promise<boolean> {
    while (!isThere()) {
      if (this.#isOver) return false;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return true;
  }

  #take(length: number, separator: number): string {
    const taken = this.#pending.slice(0, length);
    this.#pending = this.#pending.slice(length + separator);
    return taken;
  }
}
