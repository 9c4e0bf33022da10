import type { Logger } from 'pino';
import { budgetOf, overBudget } from '../domain/budget.ts';
import type { ProviderLimits } from '../domain/provider.ts';
import { limitsAt, providerById } from '../domain/providers.ts';
import type { Database } from '../drizzle/database.ts';
import { LEASE_WANTED } from '../drizzle/leases.ts';
import {
  findUnwatched,
  inboxDecidedUpTo,
  stillWatchable,
  watchedByHost,
  type Unwatched,
} from '../drizzle/watches.ts';
import type { FolderSnapshot } from '../mail/session.ts';
import { describeError } from '../log.ts';
import type { MailSessions, Push } from './sessions.ts';

/** News of one mailbox within this time wake it once. */
const COALESCE_MS = 2_000;
/** How often watches are looked after; a little random, so that several workers do not do it together. */
const SWEEP_MS = 25_000;
/** How long to leave a mailbox alone after it was visited for the sake of its watch; doubled while watches do not last. */
const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 60 * 60_000;
/** A watch that was needed again only after this long had lasted. */
const LASTING_MS = 15 * 60_000;
/** Watches that may be begun on one host per sweep, in seconds of its pace: the rest is for visits. */
const PACE_SHARE_S = 5;
const UNWATCHED_AT_ONCE = 200;

export interface WatcherOptions {
  readonly database: Database;
  readonly sessions: MailSessions;
  readonly logger: Logger;
  /** Wakes the workflow of a mailbox, which then visits it with this worker's connection. */
  readonly nudge: (mailboxId: string) => Promise<void>;
  readonly sweepMs?: number;
  readonly coalesceMs?: number;
}

/**
 * Push (R1): mailboxes that ask for it are watched between visits over the connection that the last visit left, and news
 * wake their workflow. It only makes visits come earlier: what it misses, the next visit by the clock finds.
 */
export class Watcher implements Push, AsyncDisposable {
  readonly #options: WatcherOptions;
  /** Mailboxes that were woken just now, and whether there are more news since. */
  readonly #woken = new Map<string, { hasMore: boolean; readonly timer: NodeJS.Timeout }>();
  /** UIDNEXT of the inbox for which a mailbox was woken last: an inbox that is not read must not wake it again and again. */
  readonly #wokenFor = new Map<string, number>();
  readonly #retries = new Map<string, Retry>();
  #sweep: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(options: WatcherOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { database, sessions } = this.#options;
    sessions.startPush(this);
    await database.listen(LEASE_WANTED, (mailboxId) => void sessions.letGo(mailboxId));
    await this.#sweepAndPlan();
  }

  /** The first news go on at once. */
  news(mailboxId: string): void {
    const woken = this.#woken.get(mailboxId);
    if (woken !== undefined) {
      woken.hasMore = true;
      return;
    }
    const timer = setTimeout(() => {
      const hasMore = this.#woken.get(mailboxId)?.hasMore === true;
      this.#woken.delete(mailboxId);
      if (hasMore) this.news(mailboxId);
    }, this.#options.coalesceMs ?? COALESCE_MS);
    this.#woken.set(mailboxId, { hasMore: false, timer });
    this.#nudge(mailboxId);
  }

  /** What arrived between the visit and its watch is no news to the server: the checkpoint tells. */
  watched(mailboxId: string, inbox: FolderSnapshot): void {
    this.#missed(mailboxId, inbox).catch((error: unknown) => {
      this.#options.logger.warn({ mailboxId, error: describeError(error) }, 'watch not checked');
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#sweep);
    for (const { timer } of this.#woken.values()) clearTimeout(timer);
    return Promise.resolve();
  }

  /** Lets go what may not be watched any more, and has visited what ought to be watched and is not. */
  async sweep(): Promise<void> {
    const { database, sessions } = this.#options;
    const watching = sessions.watching();
    const may = await stillWatchable(database.db, watching);
    await Promise.all(watching.filter((id) => !may.has(id)).map((id) => sessions.letGo(id)));
    const unwatched = await findUnwatched(database.db, UNWATCHED_AT_ONCE);
    const due = unwatched.filter((mailbox) => this.#isDue(mailbox));
    if (due.length === 0) return;
    for (const { id } of withinCapacity(due, await watchedByHost(database.db))) {
      this.#postpone(id);
      this.#nudge(id);
    }
  }

  async #missed(mailboxId: string, { uidNext, uidValidity }: FolderSnapshot): Promise<void> {
    const { db } = this.#options.database;
    const decidedUpTo = await inboxDecidedUpTo(db, mailboxId, uidValidity);
    if (decidedUpTo === null || decidedUpTo >= uidNext - 1) return;
    if (this.#wokenFor.get(mailboxId) === uidNext) return;
    this.#wokenFor.set(mailboxId, uidNext);
    this.news(mailboxId);
  }

  #isDue({ id, provider, policy, usage }: Unwatched): boolean {
    if ((this.#retries.get(id)?.notBefore ?? 0) > performance.now()) return false;
    const budget = budgetOf(providerById(provider), 'imap', policy);
    return overBudget(budget, usage, { lane: 'live', needsLogin: true }) === null;
  }

  #postpone(mailboxId: string): void {
    const before = this.#retries.get(mailboxId);
    this.#retries.set(mailboxId, nextRetry(before, performance.now()));
  }

  #nudge(mailboxId: string): void {
    this.#options.nudge(mailboxId).catch((error: unknown) => {
      this.#options.logger.warn({ mailboxId, error: describeError(error) }, 'nudge not delivered');
    });
  }

  #plan(inMs: number): void {
    this.#sweep = setTimeout(() => void this.#sweepAndPlan(), inMs);
    this.#sweep.unref();
  }

  async #sweepAndPlan(): Promise<void> {
    try {
      await this.sweep();
    } catch (error) {
      this.#options.logger.warn({ error: describeError(error) }, 'watches not looked after');
    }
    const { sweepMs = SWEEP_MS } = this.#options;
    if (!this.#isOver) this.#plan(sweepMs * (0.8 + 0.4 * Math.random()));
  }
}

interface Retry {
  readonly waitMs: number;
  readonly notBefore: number;
}

/** When a mailbox that is visited now (ms) for the sake of its watch may be visited for it again. */
export function nextRetry(before: Retry | undefined, now: number): Retry {
  const isSoon = before !== undefined && now < before.notBefore + LASTING_MS;
  const waitMs = isSoon ? Math.min(before.waitMs * 2, LONGEST_RETRY_MS) : FIRST_RETRY_MS;
  return { waitMs, notBefore: now + waitMs };
}

/** As many of these as their hosts have room for, and no more per host than its pace allows in a few seconds. */
export function withinCapacity<T extends Pick<Unwatched, 'host' | 'provider'>>(
  unwatched: readonly T[],
  watched: ReadonlyMap<string, number>,
): readonly T[] {
  const begun = new Map<string, number>();
  return unwatched.filter(({ host, provider }) => {
    const limits = limitsAt(host, provider);
    const already = begun.get(host) ?? 0;
    if (already >= roomFor(limits, watched.get(host) ?? 0)) return false;
    begun.set(host, already + 1);
    return true;
  });
}

function roomFor({ watchedPerHost, connectsPerSecond }: ProviderLimits, watched: number): number {
  return Math.min(watchedPerHost - watched, Math.ceil(connectsPerSecond * PACE_SHARE_S));
}
