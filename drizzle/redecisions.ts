import { and, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import { effectivePolicy } from '../domain/presets.ts';
import type { RedecisionCause, RedecisionScope, RedecisionState } from '../domain/redecision.ts';
import type { Db } from './database.ts';
import { after, inOrder, pageOf, sortKey } from './pages.ts';
import type { Order, Page, PageRequest } from './pages.ts';
import { only } from './rows.ts';
import { mailboxes, redecisions, workspaces } from './schema/index.ts';

/** A second look at earlier messages, and how far it has come. Counts messages, one per mailbox that has it. */
export interface Redecision {
  readonly id: string;
  readonly cause: RedecisionCause;
  readonly state: RedecisionState;
  /** null before it has begun. */
  readonly total: number | null;
  readonly done: number;
  readonly logged: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** What is to be decided once more, and who brought it about; null when no user did. */
export interface RedecisionRequest {
  readonly workspaceId: string;
  readonly cause: RedecisionCause;
  readonly scope: RedecisionScope;
  readonly requestedBy: string | null;
}

const LATEST_FIRST: Order = {
  ...{ by: redecisions.createdAt, id: redecisions.id, kind: 'newest_first' },
};

const COLUMNS = {
  id: redecisions.id,
  cause: redecisions.cause,
  state: redecisions.state,
  total: redecisions.total,
  done: redecisions.done,
  logged: redecisions.logged,
  createdAt: redecisions.createdAt,
  finishedAt: redecisions.finishedAt,
  sort: sortKey(LATEST_FIRST),
};

/**
 * Asks for a second look at earlier messages (R4, R34), in the transaction of the change that is its cause; returns its id.
 * Nothing happens before `startRedecision` (api/redecisions.ts), which the shepherd makes up for.
 */
export async function requestRedecision(db: Db, request: RedecisionRequest): Promise<string> {
  const rows = await db.insert(redecisions).values(request).returning({ id: redecisions.id });
  return only(rows).id;
}

/** The same where the policy `retroMatch` of any connected mailbox asks for it; null where none does (R4). */
export async function requestRetroMatch(
  db: Db,
  request: RedecisionRequest,
): Promise<string | null> {
  const { addresses, domains } = request.scope;
  if (addresses.length + domains.length === 0) return null;
  const retroMatched = await retroMatchedMailboxes(db, request.workspaceId);
  return retroMatched.length === 0 ? null : requestRedecision(db, request);
}

/** The connected mailboxes under `retroMatch: on`. */
export async function retroMatchedMailboxes(
  db: Db,
  workspaceId: string,
): Promise<readonly string[]> {
  const { preset, policy } = workspaces;
  const rows = await db
    .select({ id: mailboxes.id, own: mailboxes.policy, preset, shared: policy })
    .from(mailboxes)
    .innerJoin(workspaces, eq(workspaces.id, mailboxes.workspaceId))
    .where(and(eq(mailboxes.workspaceId, workspaceId), isNull(mailboxes.disconnectedAt)));
  return rows.flatMap((row) =>
    effectivePolicy(row.preset, row.shared, row.own).retroMatch === 'on' ? [row.id] : [],
  );
}

export async function findRedecisions(
  db: Db,
  ids: readonly string[],
): Promise<readonly Redecision[]> {
  return db
    .select(COLUMNS)
    .from(redecisions)
    .where(inArray(redecisions.id, [...ids]));
}

export async function redecisionsPage(db: Db, page: PageRequest): Promise<Page<Redecision>> {
  const rows = await db
    .select(COLUMNS)
    .from(redecisions)
    .where(after(LATEST_FIRST, page.after))
    .orderBy(...inOrder(LATEST_FIRST))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit, (row) => row);
}

/** What a worker needs to know of one that is not finished. */
export interface OpenRedecision {
  readonly id: string;
  readonly workspaceId: string;
  readonly cause: RedecisionCause;
  readonly scope: RedecisionScope;
}

/** null when there is none, or it is finished. */
export async function findOpenRedecision(db: Db, id: string): Promise<OpenRedecision | null> {
  const { workspaceId, cause, scope } = redecisions;
  const [row] = await db
    .select({ id: redecisions.id, workspaceId, cause, scope })
    .from(redecisions)
    .where(and(eq(redecisions.id, id), isNull(redecisions.finishedAt)));
  return row ?? null;
}

/** Those that have not come to their end for longer than `ageMs`: their workflow may never have been started. */
export async function openRedecisions(
  db: Db,
  { ageMs, limit }: { readonly ageMs: number; readonly limit: number },
): Promise<readonly Pick<OpenRedecision, 'id' | 'workspaceId'>[]> {
  return db
    .select({ id: redecisions.id, workspaceId: redecisions.workspaceId })
    .from(redecisions)
    .where(
      and(
        isNull(redecisions.finishedAt),
        lt(redecisions.createdAt, sql`now() - ${ageMs} * interval '1 millisecond'`),
      ),
    )
    .orderBy(sql`random()`)
    .limit(limit);
}

/** From now on it runs; when it began stays when it begins once more. */
export async function beginRedecision(db: Db, id: string): Promise<void> {
  await db
    .update(redecisions)
    .set({ state: 'running', startedAt: sql`coalesce(${redecisions.startedAt}, now())` })
    .where(and(eq(redecisions.id, id), isNull(redecisions.finishedAt)));
}

/** How far it has come; what is finished stays so. */
export async function saveRedecision(
  db: Db,
  id: string,
  progress: {
    readonly state: RedecisionState;
    readonly total?: number;
    readonly done?: number;
    /** Logged since the last time. */
    readonly logged?: number;
  },
): Promise<void> {
  const { state, total, done, logged = 0 } = progress;
  const isOver = state === 'finished' || state === 'failed';
  await db
    .update(redecisions)
    .set({
      state,
      ...(total === undefined ? {} : { total }),
      ...(done === undefined ? {} : { done }),
      ...(isOver ? { finishedAt: sql`now()` } : {}),
      logged: sql`${redecisions.logged} + ${logged}`,
    })
    .where(and(eq(redecisions.id, id), isNull(redecisions.finishedAt)));
}
