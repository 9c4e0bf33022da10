import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import type { DovecotPorts } from './dovecot-config.ts';
import { makeCertificate, ownFolder, writeUsers } from './dovecot-files.ts';
import type { MailUser } from './dovecot-files.ts';
import { listen, socketFolder } from './dovecot-process.ts';
import type { Listening } from './dovecot-process.ts';
import { Maildir, fitsFileName } from './maildir.ts';
import type { ManagedProcess, Surroundings } from './processes.ts';
import { makeFolderFor, unprivilegedUser } from './unprivileged.ts';
import type { User } from './unprivileged.ts';

export type { MailUser } from './dovecot-files.ts';

export interface DovecotOptions extends Surroundings {
  readonly dir: string;
  readonly users: readonly MailUser[];
  readonly ports?: DovecotPorts;
  /** 10 when left out, as Dovecot has it; one login more is answered `NO [LIMIT]`. */
  readonly maxConnectionsPerUser?: number;
  /** More settings in Dovecot's syntax; later ones win. */
  readonly extraConfig?: string;
  /** SIGTERM when left out: a second of goodbyes. */
  readonly stopSignal?: NodeJS.Signals;
  /** Called after the server has stopped: tests remove its folder. */
  readonly onStopped?: () => void;
}

export interface DeliveryOptions {
  /** System flags such as `\Seen`, and keywords such as `$Junk`. */
  readonly flags?: readonly string[];
  readonly internalDate?: Date;
}

interface DovecotParts {
  readonly dir: string;
  readonly socketDir: string;
  readonly listening: Listening;
  readonly accounts: Accounts;
  readonly onStopped: (() => void) | undefined;
}

/** A private mail server, everything of it in one folder; gone when disposed, mail excepted. */
export async function startDovecot(options: DovecotOptions): Promise<Dovecot> {
  const owner = unprivilegedUser();
  const dir = makeFolderFor(owner, options.dir);
  const socketDir = ownFolder(socketFolder(dir), owner, 0o755);
  makeCertificate(dir, owner);
  for (const part of ['home', 'state']) ownFolder(join(dir, part), owner);
  const accounts = new Accounts(dir, owner);
  for (const { user, password } of options.users) accounts.setPassword(user, password);
  const listening = await listen({ ...options, dir, socketDir });
  return new Dovecot({ dir, socketDir, listening, accounts, onStopped: options.onStopped });
}

export class Dovecot implements AsyncDisposable {
  readonly dir: string;
  /** Clear text and STARTTLS. */
  readonly imapPort: number;
  readonly imapsPort: number;
  readonly pop3Port: number;
  /** PEM, self-signed for localhost: clients that check certificates must be told to trust it. */
  readonly certificateFile: string;
  readonly process: ManagedProcess;
  readonly #socketDir: string;
  readonly #accounts: Accounts;
  readonly #onStopped: (() => void) | undefined;

  constructor({ dir, socketDir, listening, accounts, onStopped }: DovecotParts) {
    this.dir = dir;
    this.imapPort = listening.ports.imap;
    this.imapsPort = listening.ports.imaps;
    this.pop3Port = listening.ports.pop3;
    this.certificateFile = join(dir, 'certificate.pem');
    this.process = listening.process;
    this.#socketDir = socketDir;
    this.#accounts = accounts;
    this.#onStopped = onStopped;
  }

  /**
   * Counts for every login after it has returned; a user who is not there yet is added. Dovecot looks
   * at the users file at most once in a clock second, hence the wait.
   */
  async setPassword(user: string, password: string): Promise<void> {
    this.#accounts.setPassword(user, password);
    await sleep(1_000 - (Date.now() % 1_000) + 20);
  }

  /** The Maildir of the INBOX; other folders are below it, by name. */
  mailDir(user: string): string {
    return this.#accounts.maildir(user).root;
  }

  /** Puts a message into a folder, which is made when missing. */
  async deliver(
    user: string,
    folder: string,
    rawMessage: string | Buffer,
    { flags = [], internalDate }: DeliveryOptions = {},
  ): Promise<void> {
    if (fitsFileName(flags)) {
      this.#accounts.maildir(user).deliver(folder, { raw: rawMessage, flags, internalDate });
    } else {
      await this.#append(user, folder, rawMessage, {
        flags,
        ...(internalDate && { internalDate }),
      });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.process.stop();
    rmSync(this.#socketDir, { recursive: true, force: true });
    this.#onStopped?.();
  }

  async #append(
    user: string,
    folder: string,
    raw: string | Buffer,
    { flags, internalDate }: DeliveryOptions,
  ): Promise<void> {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: this.imapPort,
      secure: false,
      doSTARTTLS: false,
      auth: { user, pass: this.#accounts.password(user) },
      logger: false,
    });
    client.on('error', () => undefined);
    await client.connect();
    await client.mailboxCreate(folder).catch(() => undefined);
    await client.append(folder, raw, [...(flags ?? [])], internalDate);
    await client.logout();
  }
}

/** Who may log in, and where their mail is. */
class Accounts {
  readonly #dir: string;
  readonly #owner: User | undefined;
  readonly #passwords = new Map<string, string>();
  readonly #maildirs = new Map<string, Maildir>();

  constructor(dir: string, owner: User | undefined) {
    this.#dir = dir;
    this.#owner = owner;
  }

  setPassword(user: string, password: string): void {
    if (!this.#maildirs.has(user)) {
      const home = ownFolder(join(this.#dir, 'home', user), this.#owner);
      this.#maildirs.set(user, new Maildir(join(home, 'Maildir'), this.#owner));
    }
    this.#passwords.set(user, password);
    writeUsers(join(this.#dir, 'users'), this.#passwords, this.#owner);
  }

  password(user: string): string {
    const password = this.#passwords.get(user);
    if (password === undefined) throw new Error(`no such mail user: ${user}`);
    return password;
  }

  maildir(user: string): Maildir {
    const maildir = this.#maildirs.get(user);
    if (!maildir) throw new Error(`no such mail user: ${user}`);
    return maildir;
  }
}
