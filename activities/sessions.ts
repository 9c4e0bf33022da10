import type { Lane } from '../domain/mailbox.ts';
import { providerById } from '../domain/providers.ts';
import type { ConnectedMailbox } from '../drizzle/loop.ts';
import type { FolderSnapshot, FolderWatch, MailSession } from '../mail/session.ts';
import { Deferred } from './deferral.ts';
import { Lines, type Place } from './lines.ts';
import type { Permits } from './permits.ts';

/** A session that a visit forgot (its workflow was stopped, or waits) is at its end after this long. */
const FORGOTTEN_AFTER_MS = 20_000;
/** What a provider ends after a while is ended by us before, between two visits and not within one. */
const SHARE_OF_LIFE = 0.9;
const MINUTE_MS = 60_000;

export type OpenSession = (mailbox: ConnectedMailbox, signal: AbortSignal) => Promise<MailSession>;

/** Who is told what happens in mailboxes that are watched between visits (activities/watcher.ts). */
export interface Push {
  watched(mailboxId: string, inbox: FolderSnapshot): void;
  news(mailboxId: string): void;
}

/**
 * The one connection of a mailbox in this process. It lives from the first activity of a visit to its last: providers
 * count logins. In use it belongs to one activity; kept, it waits for the next; watching, it waits for news until the
 * next visit takes it.
 */
interface Held {
  /** As the last activity knew it. */
  mailbox: ConnectedMailbox;
  readonly session: MailSession;
  readonly endsAt: number;
  state: 'used' | 'kept' | 'watching';
  /** Somebody else needs the mailbox: it is not kept after this use. */
  isWanted: boolean;
  counted: { received: number; sent: number };
  watch: FolderWatch | null;
  timer: NodeJS.Timeout | undefined;
  ending: Promise<void> | null;
}

/** The connections of one process, one per mailbox at most; `permits` sees to the same over all processes. */
export class MailSessions implements AsyncDisposable {
  readonly #open: OpenSession;
  readonly #permits: Permits;
  readonly #held = new Map<string, Held>();
  readonly #lines = new Lines();
  #push: Push | null = null;

  constructor(open: OpenSession, permits: Permits) {
    this.#open = open;
    this.#permits = permits;
    permits.whenLost((mailboxId) => void this.close(mailboxId));
  }

  /** From now on, connections of mailboxes that ask for push stay open between visits. */
  startPush(push: Push): void {
    this.#push = push;
  }

  /**
   * Runs `work` with the mailbox's connection; uses of one mailbox follow each other in the order of the calls. `keep`
   * says afterwards whether the visit goes on. A failure or a cancellation closes the connection: its state is not
   * known any more. Throws Deferred when a budget is spent or the host has no room.
   */
  async use<T>(
    mailbox: ConnectedMailbox,
    signal: AbortSignal,
    work: (session: MailSession) => Promise<T>,
    keep: (result: T) => boolean,
    { lane = 'live', place }: { readonly lane?: Lane; readonly place?: Place | undefined } = {},
  ): Promise<T> {
    const turn = async () => {
      const held = await this.#take(mailbox, lane, signal);
      const abort = () => void this.#end(held);
      signal.addEventListener('abort', abort, { once: true });
      try {
        const result = await work(held.session);
        await this.#count(held);
        if (keep(result)) await this.#keep(held);
        else await this.#rest(held);
        return result;
      } catch (error) {
        await this.#end(held);
        throw error;
      } finally {
        signal.removeEventListener('abort', abort);
      }
    };
    return this.#lines.inTurn(mailbox.id, signal, turn, place);
  }

  /** A place in the mailbox's line for a use that is about to come; to be left when it does not. */
  book(mailboxId: string): Place {
    return this.#lines.book(mailboxId);
  }

  /** Ends the visit: what it left open is closed, or waits for news. */
  async rest(mailboxId: string): Promise<void> {
    await this.#lines.inTurn(mailboxId, null, async () => {
      const held = this.#held.get(mailboxId);
      if (held?.state === 'kept') await this.#rest(held);
    });
  }

  /** Closes the connection, whatever it does. */
  async close(mailboxId: string): Promise<void> {
    const held = this.#held.get(mailboxId);
    if (held !== undefined) await this.#end(held);
  }

  /** Somebody else needs the mailbox: its connection is closed as soon as no activity uses it. */
  async letGo(mailboxId: string): Promise<void> {
    const held = this.#held.get(mailboxId);
    if (held?.state === 'used') held.isWanted = true;
    else await this.close(mailboxId);
  }

  /** The mailboxes whose connections wait for news. */
  watching(): readonly string[] {
    return [...this.#held].filter(([, { state }]) => state === 'watching').map(([id]) => id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#held.values()].map((held) => this.#end(held)));
  }

  /** The connection that stands, unless it was opened with older credentials; else a new one. */
  async #take(mailbox: ConnectedMailbox, lane: Lane, signal: AbortSignal): Promise<Held> {
    const held = this.#held.get(mailbox.id);
    if (held !== undefined) {
      clearTimeout(held.timer);
      held.watch?.stop();
      held.state = 'used';
      try {
        if (isUsable(held, mailbox) && (await this.#permits.again(mailbox, lane))) {
          held.mailbox = mailbox;
          return held;
        }
      } catch (error) {
        // The budget of this lane is spent; waiting for news costs next to nothing.
        if (error instanceof Deferred) await this.#rest(held);
        else await this.#end(held);
        throw error;
      }
      await this.#end(held);
    }
    await this.#permits.login(mailbox, lane, signal);
    try {
      return this.#hold(mailbox, await this.#open(mailbox, signal));
    } catch (error) {
      await this.#permits.leave(mailbox.id);
      throw error;
    }
  }

  #hold(mailbox: ConnectedMailbox, session: MailSession): Held {
    const { sessionMinutes = Infinity } = providerById(mailbox.provider).quirks;
    // Providers end what a token opened; a password's session has no such end.
    const lifeMinutes = mailbox.auth === 'password' ? Infinity : sessionMinutes;
    const held: Held = {
      ...{ mailbox, session, state: 'used', isWanted: false, watch: null, timer: undefined },
      ...{ ending: null, counted: { received: 0, sent: 0 } },
      endsAt: performance.now() + lifeMinutes * MINUTE_MS * SHARE_OF_LIFE,
    };
    this.#held.set(mailbox.id, held);
    return held;
  }

  async #keep(held: Held): Promise<void> {
    if (held.isWanted || held.ending !== null) return this.#end(held);
    held.state = 'kept';
    held.timer = setTimeout(() => void this.rest(held.mailbox.id), FORGOTTEN_AFTER_MS);
  }

  async #rest(held: Held): Promise<void> {
    clearTimeout(held.timer);
    // What goes wrong here costs nothing but the push: visits by the clock go on.
    const isWatching = await this.#watch(held).catch(() => false);
    if (!isWatching) await this.#end(held);
  }

  async #watch(held: Held): Promise<boolean> {
    const { mailbox, session } = held;
    const push = this.#push;
    const lifeMs = held.endsAt - performance.now();
    if (push === null || !mailbox.policy.push || session.watch === undefined) return false;
    if (held.isWanted || !session.isOpen || lifeMs < MINUTE_MS) return false;
    if (!(await this.#permits.watch(mailbox))) return false;
    held.watch = await session.watch('INBOX', {
      news: () => push.news(mailbox.id),
      gone: () => void this.#end(held),
    });
    await this.#count(held);
    if (held.watch === null || isLetGo(held)) return false;
    held.state = 'watching';
    if (lifeMs < Infinity) held.timer = setTimeout(() => void this.#end(held), lifeMs);
    push.watched(mailbox.id, held.watch.snapshot);
    return true;
  }

  /** Once; the lease goes only after the connection. */
  #end(held: Held): Promise<void> {
    held.ending ??= this.#leave(held);
    return held.ending;
  }

  async #leave(held: Held): Promise<void> {
    const { id } = held.mailbox;
    clearTimeout(held.timer);
    held.watch?.stop();
    await held.session[Symbol.asyncDispose]();
    // A database that is down must not keep the connection from being let go.
    await this.#count(held).catch(() => undefined);
    await this.#permits.leave(id);
    if (this.#held.get(id) === held) this.#held.delete(id);
  }

  async #count(held: Held): Promise<void> {
    const { received, sent } = held.session.octets();
    const { counted } = held;
    const used = { received: received - counted.received, sent: sent - counted.sent };
    if (used.received + used.sent === 0) return;
    held.counted = { received, sent };
    await this.#permits.count(held.mailbox, used);
  }
}

function isUsable({ session, ending, mailbox }: Held, { credentialVersion }: ConnectedMailbox) {
  return ending === null && session.isOpen && mailbox.credentialVersion === credentialVersion;
}

/** Read anew: both may have changed during an await. */
function isLetGo({ isWanted, ending }: Held): boolean {
  return isWanted || ending !== null;
}
