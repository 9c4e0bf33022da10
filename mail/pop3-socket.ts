import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { toMailError } from './error-mapping.ts';
import type { ImapOptions } from './imap-connection.ts';
import type { MailServer } from './session.ts';

/** The same options as for IMAP: the address to connect to, an abort signal, the authority to trust, timeouts. */
export interface Pop3Options extends ImapOptions {
  /** How long the session counts as open. */
  readonly lockMs?: number;
}

/** Codes that imapflow has too; error-rules.ts says what they mean. */
type TimeoutCode = 'CONNECT_TIMEOUT' | 'UPGRADE_TIMEOUT' | 'GREETING_TIMEOUT' | 'ETIMEOUT';

/**
 * Octets to and from a mail server, in clear text or under TLS, each wait with its own limit. Nothing is read before
 * somebody asks, so a server cannot fill our memory. What goes wrong is thrown as `{ code }`, for `toMailError`.
 */
export class Pop3Socket {
  readonly octets = { received: 0, sent: 0 };
  #socket: Socket | TLSSocket;
  #fault: Error | null = null;
  #isOver = false;
  #wake: () => void = () => undefined;

  /** Begins to connect; `connected` waits for it. */
  constructor(address: string, port: number) {
    this.#socket = this.#listenTo(connect({ host: address, port, noDelay: true }));
  }

  get isOpen(): boolean {
    return !this.#isOver && this.#fault === null;
  }

  async connected(limitMs: number): Promise<void> {
    while (this.#socket.connecting) await this.#wait(limitMs, 'CONNECT_TIMEOUT');
    this.#assertOpen();
  }

  /** TLS on the connection that stands; the certificate is checked against the server's name in any case. */
  async upgrade({ host }: MailServer, tlsCa: string | undefined, limitMs: number): Promise<void> {
    const clear = this.#socket;
    clear.removeAllListeners('readable').removeAllListeners('end').removeAllListeners('close');
    const name = host.replace(/^\[(.*)\]$/, '$1');
    const secure = connectTls({
      ...{ socket: clear, host: name, minVersion: 'TLSv1.2' },
      // RFC 6066 section 3: no IP addresses in SNI.
      ...(isIP(name) === 0 ? { servername: name } : {}),
      ...(tlsCa === undefined ? {} : { ca: tlsCa }),
    });
    this.#socket = this.#listenTo(secure);
    try {
      while (!secure.authorized) await this.#wait(limitMs, 'UPGRADE_TIMEOUT');
      this.#assertOpen();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      throw toMailError({ code, tlsFailed: true }, 'secure the connection to the mail server');
    }
  }

  /** The next piece, as soon as there is one. */
  async read(limitMs: number, code: 'GREETING_TIMEOUT' | 'ETIMEOUT'): Promise<Buffer> {
    for (;;) {
      const piece = this.readNow();
      if (piece !== null) return piece;
      this.#assertOpen();
      await this.#wait(limitMs, code);
    }
  }

  /** What has arrived already. */
  readNow(): Buffer | null {
    const piece: unknown = this.#socket.read();
    if (!Buffer.isBuffer(piece)) return null;
    this.octets.received += piece.length;
    return piece;
  }

  write(text: string): void {
    const octets = Buffer.from(text, 'utf8');
    this.octets.sent += octets.length;
    this.#socket.write(octets);
  }

  /** Ends it at once; whoever waits is told. */
  destroy(): void {
    this.#isOver = true;
    this.#socket.destroy();
    this.#wake();
  }

  #listenTo<S extends Socket>(socket: S): S {
    const over = (): void => {
      this.#isOver = true;
      this.#wake();
    };
    socket.on('error', (error) => {
      this.#fault ??= error;
      this.#wake();
    });
    for (const event of ['connect', 'secureConnect']) socket.on(event, () => this.#wake());
    socket.on('readable', () => {
      // Nothing to read is the end: it shows only when somebody tries to, and perhaps nobody would.
      if (socket.readableLength === 0) socket.read();
      this.#wake();
    });
    return socket.on('end', over).on('close', over);
  }

  #assertOpen(): void {
    if (this.#fault !== null) throw this.#fault;
    if (this.#isOver) throw Object.assign(new Error('closed'), { code: 'ECONNRESET' });
  }

  /** Until something happens, whatever it is. */
  async #wait(limitMs: number, code: TimeoutCode): Promise<void> {
    this.#assertOpen();
    let timer: NodeJS.Timeout | undefined;
    const isLate = await new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(true), limitMs);
      this.#wake = () => resolve(false);
    });
    clearTimeout(timer);
    if (isLate) throw Object.assign(new Error('timeout'), { code });
  }
}
