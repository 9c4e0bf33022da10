import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { budgetOf, overBudget } from '../domain/budget.ts';
import type { Lane } from '../domain/mailbox.ts';
import { limitsAt, providerById } from '../domain/providers.ts';
import type { Db } from '../drizzle/database.ts';
import {
  acquireLease,
  releaseLease,
  renewLeases,
  requestLease,
  type LeaseAnswer,
  type LeasePurpose,
} from '../drizzle/leases.ts';
import type { ConnectedMailbox } from '../drizzle/loop.ts';
import { countUsage, usageOf, type Used } from '../drizzle/usage.ts';
import { describeError } from '../log.ts';
import { Deferred } from './deferral.ts';
import { Lines } from './lines.ts';

/** A worker that dies leaves its mailboxes closed to the others for this long. */
const LEASE_MS = 20_000;
/** A visit waits this long for its turn; longer waits belong to the workflow, where they are seen. */
const PATIENCE_MS = 5_000;
/** How often to ask again for what somebody else holds. */
const ASK_AGAIN_MS = 150;
/** A visit that found no room comes back after this long at least, spread over the same time again. */
const COME_BACK_MS = 10_000;

/** What a connection has to be allowed by and to tell, so that providers never have a reason to complain (R1). */
export interface Permits {
  /** Before a connection is made: budget, lease, and the login counted. Throws Deferred. */
  login(mailbox: ConnectedMailbox, lane: Lane, signal: AbortSignal): Promise<void>;
  /** Before a connection that stands is used again; false when it is not ours any more. Throws Deferred. */
  again(mailbox: ConnectedMailbox, lane: Lane): Promise<boolean>;
  /** Whether the connection may stay open to wait for news. */
  watch(mailbox: ConnectedMailbox): Promise<boolean>;
  /** Octets that went over the connection. */
  count(mailbox: ConnectedMailbox, used: Used): Promise<void>;
  /** After the connection was closed. Never throws. */
  leave(mailboxId: string): Promise<void>;
  /** Calls back with a mailbox whose connection must be closed at once, because somebody else may have one now. */
  whenLost(lost: (mailboxId: string) => void): void;
}

export interface PermitOptions {
  /** Names this process over all processes. */
  readonly holder: string;
  readonly logger: Logger;
  /** Is told of all octets and logins. */
  readonly used?: (used: Used) => void;
  readonly leaseMs?: number;
  readonly patienceMs?: number;
}

/** The permits of one process, kept in PostgreSQL with those of all others. Leases are renewed while they are held. */
export class StoredPermits implements Permits, AsyncDisposable {
  readonly #db: Db;
  readonly #options: PermitOptions;
  readonly #leaseMs: number;
  readonly #held = new Map<string, { readonly purpose: LeasePurpose }>();
  readonly #hosts = new Lines();
  readonly #heartbeat: NodeJS.Timeout;
  #renewedAt = performance.now();
  #isRenewing = false;
  #lost: (mailboxId: string) => void = () => undefined;

  constructor(db: Db, options: PermitOptions) {
    this.#db = db;
    this.#options = options;
    this.#leaseMs = options.leaseMs ?? LEASE_MS;
    this.#heartbeat = setInterval(() => void this.#renew(), this.#leaseMs / 3);
    this.#heartbeat.unref();
  }

  whenLost(lost: (mailboxId: string) => void): void {
    this.#lost = lost;
  }

  async login(mailbox: ConnectedMailbox, lane: Lane, signal: AbortSignal): Promise<void> {
    await this.#checkBudget(mailbox, lane, true);
    await this.#waitForLease(mailbox, lane, signal);
    // Counted before it is tried: a crash must not forget it.
    await this.count(mailbox, { logins: 1 }).catch(async (error: unknown) => {
      await this.leave(mailbox.id);
      throw error;
    });
  }

  async again(mailbox: ConnectedMailbox, lane: Lane): Promise<boolean> {
    await this.#checkBudget(mailbox, lane, false);
    const purpose = this.#held.get(mailbox.id)?.purpose;
    if (purpose !== 'watch') return purpose !== undefined;
    return (await this.#acquire(mailbox, 'visit')).kind === 'granted';
  }

  async watch(mailbox: ConnectedMailbox): Promise<boolean> {
    return (await this.#acquire(mailbox, 'watch')).kind === 'granted';
  }

  async count({ id: mailboxId, workspaceId }: ConnectedMailbox, used: Used): Promise<void> {
    this.#options.used?.(used);
    await countUsage(this.#db, { mailboxId, workspaceId }, used);
  }

  async leave(mailboxId: string): Promise<void> {
    this.#held.delete(mailboxId);
    try {
      await releaseLease(this.#db, mailboxId, this.#options.holder);
    } catch (error) {
      // It ends by itself.
      this.#options.logger.warn({ mailboxId, error: describeError(error) }, 'lease not released');
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#heartbeat);
    await Promise.all([...this.#held.keys()].map((mailboxId) => this.leave(mailboxId)));
  }

  async #checkBudget(mailbox: ConnectedMailbox, lane: Lane, needsLogin: boolean): Promise<void> {
    const { id, provider, policy, server } = mailbox;
    const usage = (await usageOf(this.#db, [id])).get(id);
    if (usage === undefined) return;
    const budget = budgetOf(providerById(provider), server.protocol ?? 'imap', policy);
    const deferral = overBudget(budget, usage, { lane, needsLogin });
    if (deferral !== null) throw new Deferred(deferral);
  }

  /** Whoever only watches the mailbox elsewhere, or keeps it between two uses, lets go when asked. */
  async #waitForLease(mailbox: ConnectedMailbox, lane: Lane, signal: AbortSignal): Promise<void> {
    const until = performance.now() + (this.#options.patienceMs ?? PATIENCE_MS);
    let hasAsked = false;
    for (;;) {
      const answer = await this.#acquireAtPace(mailbox, until, signal);
      if (answer.kind === 'granted') return;
      if (answer.what === 'mailbox' && !hasAsked) {
        await requestLease(this.#db, mailbox.id);
        hasAsked = true;
      }
      const waitMs = ASK_AGAIN_MS * (0.5 + Math.random());
      if (answer.what === 'pace' || performance.now() + waitMs > until) {
        const awayMs = Math.max(answer.retryAfterMs, COME_BACK_MS * (1 + Math.random()));
        throw new Deferred({ lane, reason: 'host_busy', until: Math.round(Date.now() + awayMs) });
      }
      await delay(waitMs, undefined, { signal });
    }
  }

  /** In a line per host: many who wait for the next turn would take it from each other, and most turns would pass unused. */
  async #acquireAtPace(
    mailbox: ConnectedMailbox,
    until: number,
    signal: AbortSignal,
  ): Promise<LeaseAnswer> {
    return this.#hosts.inTurn(mailbox.server.host, signal, async () => {
      for (;;) {
        const answer = await this.#acquire(mailbox, 'visit');
        if (answer.kind === 'granted' || answer.what !== 'pace') return answer;
        if (performance.now() + answer.retryAfterMs > until) return answer;
        await delay(answer.retryAfterMs, undefined, { signal });
      }
    });
  }

  async #acquire(mailbox: ConnectedMailbox, purpose: LeasePurpose): Promise<LeaseAnswer> {
    const { id: mailboxId, workspaceId, server, provider } = mailbox;
    const answer = await acquireLease(this.#db, {
      ...{ mailboxId, workspaceId, purpose, holder: this.#options.holder, ttlMs: this.#leaseMs },
      host: server.host.toLowerCase(),
      limits: limitsAt(server.host, provider),
    });
    if (answer.kind === 'granted') this.#held.set(mailboxId, { purpose });
    return answer;
  }

  /** All at once. Without PostgreSQL nothing can be renewed, and what has run out may be somebody else's by now. */
  async #renew(): Promise<void> {
    if (this.#isRenewing) return;
    this.#isRenewing = true;
    const before = new Map(this.#held);
    const startedAt = performance.now();
    try {
      const ids = [...before.keys()];
      const { holder } = this.#options;
      const ours =
        ids.length === 0
          ? new Set<string>()
          : await renewLeases(this.#db, holder, ids, this.#leaseMs);
      this.#renewedAt = startedAt;
      this.#giveUp(before, (mailboxId) => !ours.has(mailboxId));
    } catch (error) {
      this.#options.logger.warn({ error: describeError(error) }, 'leases not renewed');
      if (performance.now() - this.#renewedAt > this.#leaseMs) this.#giveUp(before, () => true);
    } finally {
      this.#isRenewing = false;
    }
  }

  #giveUp(before: ReadonlyMap<string, object>, isLost: (mailboxId: string) => boolean): void {
    for (const [mailboxId, lease] of before) {
      // What was let go and taken again meanwhile is another lease.
      if (isLost(mailboxId) && this.#held.get(mailboxId) === lease) this.#lost(mailboxId);
    }
  }
}
