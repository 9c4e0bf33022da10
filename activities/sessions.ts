import type { ConnectedMailbox } from '../drizzle/loop.ts';
import type { MailSession } from '../mail/session.ts';

/** A session that a pass forgot (its workflow was stopped) is closed after this long. */
const FORGOTTEN_AFTER_MS = 20_000;

export type OpenSession = (mailbox: ConnectedMailbox, signal: AbortSignal) => Promise<MailSession>;

/**
 * One connection per mailbox, kept from the first `fetchNew` of a visit to its last `persist`: providers count logins
 * and connections, so a visit of twenty batches logs in once. Between visits nothing stays open.
 */
export class MailSessions implements AsyncDisposable {
  readonly #open: OpenSession;
  readonly #kept = new Map<
    string,
    { session: MailSession; version: number; timer: NodeJS.Timeout }
  >();

  constructor(open: OpenSession) {
    this.#open = open;
  }

  /**
   * Runs `work` with the mailbox's connection. `keep` says afterwards whether the visit goes on. A failure or a
   * cancellation closes the connection: its state is not known any more.
   */
  async use<T>(
    mailbox: ConnectedMailbox,
    signal: AbortSignal,
    work: (session: MailSession) => Promise<T>,
    keep: (result: T) => boolean,
  ): Promise<T> {
    const session = this.#take(mailbox) ?? (await this.#open(mailbox, signal));
    const abort = () => void session[Symbol.asyncDispose]();
    signal.addEventListener('abort', abort, { once: true });
    try {
      const result = await work(session);
      if (keep(result)) this.#keep(mailbox, session);
      else await session[Symbol.asyncDispose]();
      return result;
    } catch (error) {
      await session[Symbol.asyncDispose]();
      throw error;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /** Closes what the visit left open. */
  async close(mailboxId: string): Promise<void> {
    const kept = this.#forget(mailboxId);
    await kept?.session[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#kept.keys()].map((mailboxId) => this.close(mailboxId)));
  }

  /** The kept session, unless it was opened with older credentials. */
  #take(mailbox: ConnectedMailbox): MailSession | null {
    const kept = this.#forget(mailbox.id);
    if (kept === undefined) return null;
    if (kept.version === mailbox.credentialVersion && kept.session.isOpen) return kept.session;
    void kept.session[Symbol.asyncDispose]();
    return null;
  }

  #keep(mailbox: ConnectedMailbox, session: MailSession): void {
    const timer = setTimeout(() => void this.close(mailbox.id), FORGOTTEN_AFTER_MS);
    const earlier = this.#forget(mailbox.id);
    void earlier?.session[Symbol.asyncDispose]();
    this.#kept.set(mailbox.id, { session, version: mailbox.credentialVersion, timer });
  }

  #forget(mailboxId: string) {
    const kept = this.#kept.get(mailboxId);
    this.#kept.delete(mailboxId);
    clearTimeout(kept?.timer);
    return kept;
  }
}
