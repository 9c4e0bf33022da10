import type { FailureDetail } from './error-details.ts';
import { toMailError } from './error-mapping.ts';
import { MailError } from './errors.ts';
import { isLoopback } from './host-guard.ts';
import { isLater, parseReply, refusal, type Pop3Reply } from './pop3-errors.ts';
import { ArrivedOctets, DotUnstuffer, type OctetSink } from './pop3-octets.ts';
import { Pop3Socket, type Pop3Options } from './pop3-socket.ts';
import type { MailServer } from './session.ts';

/** RFC 2449 section 4 says 512; challenges of AUTH are longer. */
const MAX_LINE_OCTETS = 16 * 1024;
const QUIT_MS = 2000;
const SILENCE_MS = 60_000;

/**
 * One connection to a POP3 server, up to and including TLS. Whatever goes wrong in the middle of an answer ends it:
 * afterwards nobody knows where the next answer begins.
 */
export class Pop3Connection {
  readonly #server: MailServer;
  readonly #options: Pop3Options;
  readonly #socket: Pop3Socket;
  readonly #arrived = new ArrivedOctets();
  readonly #abort = (): void => void this.close();
  #attempted = 'connect to the mail server';
  #commandsInFlight = 0;
  #closing: Promise<void> | null = null;

  constructor(server: MailServer, options: Pop3Options) {
    if (server.security === 'none' && !isLoopback(options.address)) {
      throw new MailError('tls_failed', 'A password does not cross a network in clear text.');
    }
    if (options.signal?.aborted === true) throw aborted(this.#attempted);
    this.#server = server;
    this.#options = options;
    this.#socket = new Pop3Socket(options.address, server.port);
    options.signal?.addEventListener('abort', this.#abort, { once: true });
  }

  get isOpen(): boolean {
    return this.#socket.isOpen && this.#closing === null;
  }

  get octets(): { readonly received: number; readonly sent: number } {
    return { ...this.#socket.octets };
  }

  /** Connects, secures the connection as the server's settings say, and hears the greeting. */
  async connect(): Promise<void> {
    const { security } = this.#server;
    await this.run('connect to the mail server', async () => {
      await this.#guard(() => this.#socket.connected(this.#options.timeouts?.connectMs ?? 20_000));
      if (security === 'tls') await this.#secure();
      await this.#guard(() => this.#greet());
      if (security === 'starttls') await this.#startTls();
    });
  }

  /** Runs commands; whatever goes wrong comes out as one MailError. `attempted` completes "Could not …". */
  async run<T>(attempted: string, commands: () => Promise<T>): Promise<T> {
    if (!this.isOpen) throw this.#failure({ code: 'NoConnection' });
    this.#attempted = attempted;
    this.#commandsInFlight += 1;
    try {
      return await commands();
    } finally {
      this.#commandsInFlight -= 1;
    }
  }

  /** Sends commands, one a line. The caller reads as many answers. */
  send(...lines: readonly string[]): void {
    this.#socket.write(lines.map((line) => `${line}\r\n`).join(''));
  }

  /** The next line as it is: the challenges of AUTH begin with `+ `. */
  async line(): Promise<string> {
    return this.#guard(() => this.#line('ETIMEOUT'));
  }

  /** The next status line. */
  async reply(): Promise<Pop3Reply> {
    return this.#guard(async () => replyIn(await this.#line('ETIMEOUT')));
  }

  /** Sends one command and reads its status line. */
  async ask(command: string): Promise<Pop3Reply> {
    this.send(command);
    return this.reply();
  }

  /** The same, where a refusal is a failure. */
  async demand(command: string): Promise<Pop3Reply> {
    const reply = await this.ask(command);
    if (!reply.isOk) throw refusal(reply, this.#attempted);
    return reply;
  }

  /**
   * The lines after a status line, dots undone, to their end. More than `maxOctets` throws `message_too_large` and ends
   * the connection: the rest may be without end.
   */
  async body(sink: OctetSink, maxOctets: number): Promise<void> {
    await this.#guard(async () => {
      let octets = 0;
      const unstuffer = new DotUnstuffer((piece) => {
        octets += piece.length;
        if (octets > maxOctets) throw tooLarge(this.#attempted);
        sink(piece);
      });
      let rest = unstuffer.push(this.#arrived.takeAll());
      while (rest === null) rest = unstuffer.push(await this.#read('ETIMEOUT'));
      if (rest.length > 0) this.#arrived.push(rest);
    });
  }

  /** QUIT if the server still listens; never throws and never hangs. A command in flight is broken off. */
  async close(): Promise<void> {
    this.#closing ??= this.#leave();
    await this.#closing;
  }

  async #leave(): Promise<void> {
    this.#options.signal?.removeEventListener('abort', this.#abort);
    const isAborted = this.#options.signal?.aborted === true;
    if (this.#socket.isOpen && this.#commandsInFlight === 0 && !isAborted) {
      this.send('QUIT');
      // Nothing was marked for deletion; the answer says that the mailbox is unlocked.
      await this.#socket.read(QUIT_MS, 'ETIMEOUT').catch(() => undefined);
    }
    this.#socket.destroy();
  }

  async #greet(): Promise<void> {
    const greeting = replyIn(await this.#line('GREETING_TIMEOUT'));
    if (!greeting.isOk) throw refusal(greeting, this.#attempted);
  }

  /** RFC 2595 section 4. Not offered, refused or tampered with: never on in clear text. */
  async #startTls(): Promise<void> {
    const reply = await this.ask('STLS');
    if (isLater(reply)) throw refusal(reply, this.#attempted);
    if (!reply.isOk) {
      throw insecure('The mail server does not offer a secure connection.', 'starttls_missing');
    }
    // What came in clear text must not be taken for an answer under TLS (CVE-2011-0411).
    if (this.#arrived.length > 0 || this.#socket.readNow() !== null) {
      throw insecure('Somebody put words into the connection before it was secure.');
    }
    await this.#secure();
  }

  async #secure(): Promise<void> {
    const { tlsCa, timeouts } = this.#options;
    const limitMs = timeouts?.connectMs ?? 20_000;
    await this.#guard(() => this.#socket.upgrade(this.#server, tlsCa, limitMs));
  }

  async #line(code: 'GREETING_TIMEOUT' | 'ETIMEOUT'): Promise<string> {
    for (;;) {
      const line = this.#arrived.takeLine(MAX_LINE_OCTETS);
      if (line !== null) return line;
      this.#arrived.push(await this.#read(code));
    }
  }

  async #read(code: 'GREETING_TIMEOUT' | 'ETIMEOUT'): Promise<Buffer> {
    const { greetingMs = 15_000, silenceMs = SILENCE_MS } = this.#options.timeouts ?? {};
    return this.#socket.read(code === 'ETIMEOUT' ? silenceMs : greetingMs, code);
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const failure = this.#failure(error);
      this.#socket.destroy();
      throw failure;
    }
  }

  #failure(error: unknown): MailError {
    const isStopped = this.#options.signal?.aborted === true || this.#closing !== null;
    return isStopped ? aborted(this.#attempted) : toMailError(error, this.#attempted);
  }
}

function replyIn(line: string): Pop3Reply {
  const reply = parseReply(line);
  if (reply !== null) return reply;
  const message = 'The mail server does not speak POP3.';
  throw new MailError('protocol_violation', message, { detail: 'other_protocol' });
}

function aborted(attempted: string): MailError {
  const message = `Stopped while trying to ${attempted}.`;
  return new MailError('connection_lost', message, { responseCode: 'ABORTED' });
}

function tooLarge(attempted: string): MailError {
  const message = `Could not ${attempted}.`;
  return new MailError('message_too_large', message, { responseCode: 'ResponseTooLarge' });
}

function insecure(message: string, detail?: FailureDetail): MailError {
  const known = detail === undefined ? {} : { detail };
  return new MailError('tls_failed', message, { responseCode: 'STLS', ...known });
}
