import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { isOneOf, only } from './rows.ts';
import { mailboxLeases } from './schema/index.ts';
import type { LEASE_PURPOSES } from './schema/mailboxes.ts';

/** NOTIFY channel; the payload is the id of a mailbox whose connection somebody else needs. */
export const LEASE_WANTED = 'mailroom_lease_wanted';
/** How long to stay away when nobody knows when a visit will end. */
const BUSY_RETRY_MS = 5_000;

export type LeasePurpose = (typeof LEASE_PURPOSES)[number];

export interface LeaseRequest {
  readonly mailboxId: string;
  readonly workspaceId: string;
  readonly host: string;
  /** Names one connection or its keeper: a worker's own task queue, or one download of the API. */
  readonly holder: string;
  readonly purpose: LeasePurpose;
  readonly ttlMs: number;
  readonly limits: HostLimits;
}

/** Over all mailboxes on one host, all workspaces and all processes (domain/provider.ts). */
export interface HostLimits {
  readonly connectionsPerHost: number;
  readonly connectsPerSecond: number;
  readonly watchedPerHost: number;
}

/** `busy` says what is in the way and when to ask again: for `pace` exactly, otherwise as far as anybody can know. */
export type LeaseAnswer =
  | { readonly kind: 'granted' }
  | {
      readonly kind: 'busy';
      readonly what: 'mailbox' | 'host' | 'pace';
      readonly retryAfterMs: number;
    };

/**
 * Asks for the one connection of a mailbox. Whoever holds it already only says what it is for now; everybody else gets
 * it when nobody does, the host has room, and its next connection is due.
 */
export async function acquireLease(db: Db, request: LeaseRequest): Promise<LeaseAnswer> {
  return db.transaction(async (transaction) => {
    const lock = `mailroom_host:${request.host}`;
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
    const answer = decide(await hostState(transaction, request), request);
    if (answer.kind === 'busy') return answer;
    return takeLease(transaction, request, answer.isOurs);
  });
}

/** Keeps these leases of one holder alive; returns the mailboxes whose lease it still has. */
export async function renewLeases(
  db: Db,
  holder: string,
  mailboxIds: readonly string[],
  ttlMs: number,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .update(mailboxLeases)
    .set({ expiresAt: inMs(ttlMs) })
    .where(
      and(
        eq(mailboxLeases.holder, holder),
        isOneOf(sql`${mailboxLeases.mailboxId}::text`, mailboxIds),
      ),
    )
    .returning({ mailboxId: mailboxLeases.mailboxId });
  return new Set(rows.map(({ mailboxId }) => mailboxId));
}

/** The same for one mailbox, whose connection may now be for something else; false when the lease is lost. */
export async function renewLease(
  db: Db,
  mailboxId: string,
  holder: string,
  { ttlMs, purpose }: { readonly ttlMs: number; readonly purpose: LeasePurpose },
): Promise<boolean> {
  const rows = await db
    .update(mailboxLeases)
    .set({ expiresAt: inMs(ttlMs), purpose })
    .where(and(eq(mailboxLeases.mailboxId, mailboxId), eq(mailboxLeases.holder, holder)))
    .returning({ mailboxId: mailboxLeases.mailboxId });
  return rows.length > 0;
}

/** Lets go; a lease that another holder has meanwhile stays as it is. */
export async function releaseLease(db: Db, mailboxId: string, holder: string): Promise<void> {
  await db
    .delete(mailboxLeases)
    .where(and(eq(mailboxLeases.mailboxId, mailboxId), eq(mailboxLeases.holder, holder)));
}

/** Asks whoever only watches this mailbox to let go of its connection at once. */
export async function requestLease(db: Db, mailboxId: string): Promise<void> {
  await db.execute(sql`select pg_notify(${LEASE_WANTED}, ${mailboxId})`);
}

interface HostState {
  /** Whose the mailbox is, and for how long yet; null when nobody holds it. */
  readonly holder: string | null;
  readonly heldForMs: number;
  /** Connections to the host without this mailbox's own, and those of them that only watch. */
  readonly connections: number;
  readonly watched: number;
  readonly paceMs: number;
}

/** Expired leases count for nothing. The clock is PostgreSQL's, read after the wait for the lock. */
async function hostState(db: Db, { mailboxId, host }: LeaseRequest): Promise<HostState> {
  const rows = await db.execute<Readonly<Record<keyof HostState, string | number | null>>>(sql`
    select own.holder,
           coalesce(${ms(sql`own.expires_at - statement_timestamp()`)}, 0) as "heldForMs",
           coalesce(${ms(sql`pace.next_connect_at - statement_timestamp()`)}, 0) as "paceMs",
           used.connections, used.watched
    from (select count(*) as connections, count(*) filter (where purpose = 'watch') as watched
          from mailbox_leases
          where host = ${host} and mailbox_id <> ${mailboxId}::uuid and expires_at > statement_timestamp()) used
    left join mailbox_leases own on own.mailbox_id = ${mailboxId}::uuid and own.expires_at > statement_timestamp()
    left join host_paces pace on pace.host = ${host}`);
  const { holder, heldForMs, connections, watched, paceMs } = only(rows);
  return {
    holder: typeof holder === 'string' ? holder : null,
    heldForMs: Number(heldForMs),
    connections: Number(connections),
    watched: Number(watched),
    paceMs: Number(paceMs),
  };
}

function decide(
  state: HostState,
  { holder, purpose, limits }: LeaseRequest,
): { readonly kind: 'free'; readonly isOurs: boolean } | Extract<LeaseAnswer, { kind: 'busy' }> {
  const busy = (what: 'mailbox' | 'host' | 'pace', retryAfterMs: number) =>
    ({ kind: 'busy', what, retryAfterMs }) as const;
  const isOurs = state.holder === holder;
  if (state.holder !== null && !isOurs) {
    return busy('mailbox', Math.min(Math.ceil(state.heldForMs), BUSY_RETRY_MS));
  }
  const isTooWatched = purpose === 'watch' && state.watched >= limits.watchedPerHost;
  if (isTooWatched) return busy('host', BUSY_RETRY_MS);
  // What is ours stands already: no new connection is made.
  if (isOurs) return { kind: 'free', isOurs };
  if (state.connections >= limits.connectionsPerHost) return busy('host', BUSY_RETRY_MS);
  if (state.paceMs > 0) return busy('pace', Math.ceil(state.paceMs));
  return { kind: 'free', isOurs };
}

async function takeLease(
  db: Db,
  { mailboxId, workspaceId, host, holder, purpose, ttlMs, limits }: LeaseRequest,
  isOurs: boolean,
): Promise<LeaseAnswer> {
  // The mailbox's row decides: after a change of its settings, another holder may have it under another host.
  const taken = await db
    .insert(mailboxLeases)
    .values({ mailboxId, workspaceId, host, holder, purpose, expiresAt: inMs(ttlMs) })
    .onConflictDoUpdate({
      target: mailboxLeases.mailboxId,
      set: { host, holder, purpose, expiresAt: inMs(ttlMs) },
      setWhere: sql`${mailboxLeases.holder} = ${holder} or ${mailboxLeases.expiresAt} <= statement_timestamp()`,
    })
    .returning({ mailboxId: mailboxLeases.mailboxId });
  if (taken.length === 0) return { kind: 'busy', what: 'mailbox', retryAfterMs: BUSY_RETRY_MS };
  if (!isOurs) {
    const spacing = sql`${1_000 / limits.connectsPerSecond} * interval '1 millisecond'`;
    await db.execute(sql`
      insert into host_paces as pace (host, next_connect_at) values (${host}, statement_timestamp() + ${spacing})
      on conflict (host) do update set next_connect_at = excluded.next_connect_at`);
  }
  return { kind: 'granted' };
}

function inMs(ms: number) {
  return sql`statement_timestamp() + ${ms} * interval '1 millisecond'`;
}

function ms(interval: ReturnType<typeof sql>) {
  return sql`extract(epoch from ${interval}) * 1000`;
}
