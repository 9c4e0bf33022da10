import { isIP } from 'node:net';
import { ImapFlow } from 'imapflow';
import { saysSlowDown, toMailError, type Subject } from './error-mapping.ts';
import { MailError } from './errors.ts';
import { isLoopback } from './host-guard.ts';
import type { MailServer } from './session.ts';

export interface ImapOptions {
  /** The IP address to connect to, checked by the host guard; the name stays for SNI and the certificate. */
  readonly address: string;
  /** Ends the session at once, also in the middle of a command. */
  readonly signal?: AbortSignal;
  /** Trusts only this certificate authority (PEM) instead of the system's. */
  readonly tlsCa?: string;
  readonly timeouts?: {
    readonly connectMs?: number;
    readonly greetingMs?: number;
    /** Longest silence of a server that owes an answer. */
    readonly silenceMs?: number;
  };
}

/** What imapflow tells its logger, and what of it matters here. */
type LogEntry = Readonly<Record<string, unknown>>;

/** Who we say we are (RFC 2971). What is left out here, imapflow would fill in with its own. */
const CLIENT_INFO = {
  name: 'Mailroom',
  version: '0.1.0',
  vendor: 'Mailroom',
  'support-url': false,
} as const;
const MEGABYTE = 1024 * 1024;
/** imapflow's defaults allow 1 GB; a message of the size that providers accept still fits. */
const LIMITS = {
  maxLiteralSize: 40 * MEGABYTE,
  maxResponseSize: 48 * MEGABYTE,
  maxLineLength: 8 * MEGABYTE,
} as const;
const LOGOUT_MS = 2000;
/** RFC 2177 allows 29 minutes; networks and some providers forget a silent connection after ten. */
const IDLE_MS = 9 * 60_000;
/** What a command in flight is rejected with when the real reason came as an event before. */
const CONSEQUENCES: ReadonlySet<unknown> = new Set([
  ...['NoConnection', 'EConnectionClosed', 'StateLogout', 'NoMailboxSelected'],
]);

/** One ImapFlow and what it tells beside its answers: throttles, refusals, the reason why it went away. */
export class ImapConnection {
  readonly client: ImapFlow;
  readonly #signal: AbortSignal | undefined;
  readonly #abort = (): void => this.client.close();
  #fault: unknown = null;
  #refusal: unknown = null;
  /** What the server said beside its answer to the command, e.g. `BYE [LIMIT] …`. */
  #told = '';
  #throttleMs: number | null = null;
  #isThrottled = false;
  /** By its greeting; null before. */
  #speaksImap: boolean | null = null;
  #commandsInFlight = 0;
  #closing: Promise<void> | null = null;

  constructor(server: MailServer, options: ImapOptions) {
    this.client = createClient(server, options, (entry) => this.#watch(entry));
    this.#signal = options.signal;
    // Without a listener an error event ends the process.
    this.client.on('error', (error: Error) => (this.#fault = error));
  }

  async connect(): Promise<void> {
    this.#signal?.addEventListener('abort', this.#abort, { once: true });
    if (this.#signal?.aborted === true) this.client.close();
    try {
      await this.run('log in to the mail server', () => this.client.connect());
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Runs a command; whatever goes wrong comes out as one MailError. `attempted` completes "Could not …". */
  async run<T>(
    attempted: string,
    command: () => Promise<T>,
    subject: Subject = 'account',
  ): Promise<T> {
    this.#refusal = null;
    // A BYE that came between two commands is why the second one fails.
    if (!this.#told.startsWith('BYE')) this.#told = '';
    this.#commandsInFlight += 1;
    try {
      return await command();
    } catch (error) {
      throw this.#failure(error, attempted, subject);
    } finally {
      this.#commandsInFlight -= 1;
    }
  }

  /** The error for a command whose NO imapflow swallows (STATUS, SEARCH): the refusal stands in its log only. */
  refused(attempted: string): MailError {
    const gone = this.client.usable ? null : { code: 'NoConnection' };
    return this.#failure(this.#refusal ?? gone, attempted, 'folder');
  }

  isThrottled(): boolean {
    return this.#isThrottled;
  }

  isOpen(): boolean {
    return this.client.usable && this.#closing === null;
  }

  /** Says goodbye if the server still listens; never throws and never hangs. A command in flight is broken off. */
  async close(): Promise<void> {
    this.#closing ??= this.#leave();
    await this.#closing;
  }

  async #leave(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#abort);
    if (this.client.usable && this.#commandsInFlight === 0) {
      const timer = setTimeout(this.#abort, LOGOUT_MS);
      await this.client.logout().catch(() => undefined);
      clearTimeout(timer);
    }
    this.client.close();
  }

  #failure(error: unknown, attempted: string, subject: Subject): MailError {
    if (this.#signal?.aborted === true || this.#closing !== null) {
      return new MailError('connection_lost', `Stopped while trying to ${attempted}.`, {
        responseCode: 'ABORTED',
      });
    }
    if (this.#speaksImap === false) {
      const message = 'The mail server does not speak IMAP.';
      return new MailError('protocol_violation', message, { detail: 'other_protocol' });
    }
    if (this.#throttleMs !== null) {
      return toMailError({ code: 'ETHROTTLE', throttleReset: this.#throttleMs }, attempted);
    }
    const isConsequence = CONSEQUENCES.has((error as { code?: unknown } | null)?.code);
    const reason = isConsequence ? (this.#fault ?? error) : error;
    return toMailError(reason, attempted, subject, this.#told);
  }

  #watch(entry: LogEntry): void {
    const message: unknown = entry['msg'];
    if (message === 'Throttling detected') {
      this.#throttleMs = Number(entry['throttleDelay']);
      // imapflow would sleep up to 17 minutes inside the call. Not at once: its wait can be broken off only after
      // it has begun, which is after this event.
      setImmediate(() => this.client.close());
    } else if (entry['src'] === 's' && typeof message === 'string') {
      this.#hear(message);
    }
    const error = entry['err'] as { responseStatus?: unknown } | undefined;
    if (error?.responseStatus !== undefined) this.#refusal = error;
  }

  #hear(line: string): void {
    // POP3, SMTP and HTTP begin otherwise; imapflow would wait for a greeting of IMAP until its time is up.
    this.#speaksImap ??= line.startsWith('* ');
    if (!this.#speaksImap) setImmediate(() => this.client.close());
    const told = /^\* ((?:BYE|NO|BAD|OK \[ALERT\]) .{0,1000})/i.exec(line)?.[1];
    if (told !== undefined) this.#told = told;
    // Gmail throttles with a good answer (MailKit#1396).
    const isGmail = /^\S+ OK .*\[THROTTLED\]\s*$/.test(line);
    if (isGmail || (told !== undefined && saysSlowDown(told))) this.#isThrottled = true;
  }
}

function createClient(
  server: MailServer,
  options: ImapOptions,
  watch: (entry: LogEntry) => void,
): ImapFlow {
  const { address, timeouts } = options;
  return new ImapFlow({
    host: address,
    port: server.port,
    ...encryption(server, options),
    // With a token: SASL OAUTHBEARER (RFC 7628) where it is offered, else XOAUTH2; never a password beside it.
    auth:
      server.accessToken === undefined
        ? { user: server.username, pass: server.password }
        : { user: server.username, accessToken: server.accessToken },
    clientInfo: CLIENT_INFO,
    // A visit is short; IDLE after each pause would cost two round trips.
    disableAutoIdle: true,
    maxIdleTime: IDLE_MS,
    // Throttles and swallowed refusals are told nowhere else. Not `trace`: each row of a FETCH would be put into words
    // for it, a quarter of what reading headers costs.
    logger: { debug: watch, info: watch, warn: watch, error: watch, fatal: watch },
    connectionTimeout: timeouts?.connectMs ?? 20_000,
    greetingTimeout: timeouts?.greetingMs ?? 15_000,
    socketTimeout: timeouts?.silenceMs ?? 60_000,
    ...LIMITS,
  });
}

/** There is no way to skip the check of a certificate, on purpose. */
function encryption({ host, security }: MailServer, { address, tlsCa }: ImapOptions) {
  if (security === 'none' && !isLoopback(address)) {
    throw new MailError('tls_failed', 'A password does not cross a network in clear text.');
  }
  return {
    secure: security === 'tls',
    // Left out, imapflow would go on in clear text when STARTTLS is not offered.
    ...(security === 'tls' ? {} : { doSTARTTLS: security === 'starttls' }),
    // RFC 6066 section 3: no IP addresses in SNI.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    tls: { minVersion: 'TLSv1.2', ...(tlsCa === undefined ? {} : { ca: tlsCa }) },
  } as const;
}
