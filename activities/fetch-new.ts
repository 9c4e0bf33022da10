import { cancellationSignal, Context } from '@temporalio/activity';
import { hasBackfill } from '../domain/checkpoint.ts';
import { nextPollMs } from '../domain/polling.ts';
import type { Db } from '../drizzle/database.ts';
import { recordEvent } from '../drizzle/events.ts';
import { recordUnreadable, reopen } from '../drizzle/gaps.ts';
import { stageBatch } from '../drizzle/intake.ts';
import {
  claimFetch,
  commitNothing,
  enterStage,
  lockForFetch,
  setImported,
  type ConnectedMailbox,
} from '../drizzle/loop.ts';
import { MailError } from '../mail/errors.ts';
import type { MailSession } from '../mail/session.ts';
import type { FetchRequest, FetchResult } from './contract.ts';
import { connectedMailbox, type Dependencies } from './dependencies.ts';
import { eachAlone } from './each-alone.ts';
import { readHistory, readVisit, type Visit } from './read-visit.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * Reads what arrived since the checkpoint, oldest first, or the history behind it, newest first: at most one batch of
 * headers, flags, size and structure, never bodies. Writes it down as ledger rows and returns their batch id. Nothing
 * new: one STATUS per folder, no rows.
 */
export async function fetchNew(deps: Dependencies, request: FetchRequest): Promise<FetchResult> {
  const mailbox = await connectedMailbox(deps, request.mailboxId);
  const batchId = `${mailbox.id}:${request.seq}:${request.nonce}`;
  const { attempt } = Context.current().info;
  const token = `${batchId}:${attempt}`;
  const lane = request.lane ?? 'live';
  await claimFetch(deps.db, mailbox, token);
  // While a batch is being decided, its stage is what is shown.
  if (request.isAhead !== true) await enterStage(deps.db, mailbox.id, 'fetch_new');
  return deps.sessions.use(
    mailbox,
    cancellationSignal(),
    async (session) => {
      if (lane === 'live' && request.isAhead !== true) {
        deps.metrics.visitBegan(mailbox.id, mailbox.nextVisitAt);
      }
      const reader = { db: deps.db, session, mailbox, isCareful: attempt > 1 };
      const read = lane === 'live' ? readVisit : readHistory;
      const visit = await orAlert(deps, mailbox, read(reader, request));
      const pollEveryMs = pollInterval(mailbox, session);
      const result = await deps.db.transaction((db) =>
        stageVisit(db, mailbox, { batchId, token, request, visit, pollEveryMs }),
      );
      // What could be read is filed first; a mailbox that is in trouble says so when there is nothing else to do.
      if (result.batchId === null && visit.trouble !== null) throw visit.trouble;
      if (lane === 'live' && result.batchId === null) deps.metrics.visitEnded('succeeded');
      return { ...result, worker: deps.workerQueue, mayOverlap: true };
    },
    ({ batchId: staged, more, checkpoint, isReconcileDue }) =>
      staged !== null || more || isReconcileDue === true || hasBackfill(checkpoint),
    { lane },
  );
}

/** Gmail says `OK Success [THROTTLED]` and goes on (MailKit#1396): then we come half as often. */
function pollInterval({ policy }: ConnectedMailbox, session: MailSession): number {
  return policy.pollEveryMinutes * MINUTE_MS * (session.isThrottled() ? 2 : 1);
}

/** What the provider wants a human to know stands among the mailbox's events, whatever becomes of the visit. */
async function orAlert(
  { db }: Dependencies,
  { id: mailboxId, workspaceId }: ConnectedMailbox,
  reading: Promise<Visit>,
): Promise<Visit> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof MailError && error.isAlert) {
      const code = error.detail ?? error.responseCode ?? error.kind;
      await recordEvent(db, { mailboxId, workspaceId }, 'alert', { code });
    }
    throw error;
  }
}

async function stageVisit(
  db: Db,
  mailbox: ConnectedMailbox,
  fetch: {
    batchId: string;
    token: string;
    request: FetchRequest;
    visit: Visit;
    pollEveryMs: number;
  },
): Promise<FetchResult> {
  const { batchId, request, visit, pollEveryMs } = fetch;
  const { checkpoint, more, retries } = visit;
  const { lane = 'live', isAhead = false } = request;
  await lockForFetch(db, mailbox.id, { token: fetch.token, isAhead });
  await tellOfUnwanted(db, mailbox, request);
  const portions = [retries, ...visit.readings];
  const rows = portions.flatMap((portion) => portion.rows);
  const unreadable = portions.flatMap((portion) => portion.unreadable);
  await setAside(db, mailbox, unreadable);
  for (const [key, again] of Map.groupBy(retries.rows, ({ folderId }) => folderId)) {
    const [first] = again;
    const uids = again.map(({ uid }) => uid);
    await reopen(db, key, first?.uidValidity ?? '', uids);
  }
  const isReconcileDue = isComparisonDue(mailbox, request) && !more && !hasBackfill(checkpoint);
  const result = { more, checkpoint, pollEveryMs, isReconcileDue };
  // The batch before this one is not committed yet: even nothing has to wait its turn.
  if (rows.length > 0 || more || isAhead) {
    const batch = { id: batchId, seq: request.seq, next: checkpoint, rows };
    return { ...result, batchId, count: await stageStorable(db, mailbox, batch) };
  }
  const nextVisitAt = new Date(Date.now() + nextPollMs(pollEveryMs, request.jitter));
  await commitNothing(db, mailbox, { lane, checkpoint, nextVisitAt });
  return { ...result, batchId: null, count: 0 };
}

/** Once a day, and after a reconnection (R53): what the server has against what was recorded. */
function isComparisonDue({ reconciledAt }: ConnectedMailbox, request: FetchRequest): boolean {
  const isOld = reconciledAt === null || Date.now() - reconciledAt.getTime() > DAY_MS;
  return isOld || request.isReconnected === true;
}

async function tellOfUnwanted(
  db: Db,
  { id: mailboxId, workspaceId, seed }: ConnectedMailbox,
  { isImportUnwanted }: FetchRequest,
): Promise<void> {
  if (isImportUnwanted !== true || !hasBackfill(seed.checkpoint)) return;
  await recordEvent(db, { mailboxId, workspaceId }, 'import_stopped');
  await setImported(db, mailboxId, true);
}

async function setAside(
  db: Db,
  mailbox: ConnectedMailbox,
  unreadable: Parameters<typeof recordUnreadable>[2],
): Promise<void> {
  const { id: mailboxId, workspaceId } = mailbox;
  const messages = await recordUnreadable(db, mailbox, unreadable);
  if (messages > 0) await recordEvent(db, { mailboxId, workspaceId }, 'quarantined', { messages });
}

/** One message that PostgreSQL refuses must not hold up the others: it is recorded, and they go on. */
async function stageStorable(
  db: Db,
  mailbox: ConnectedMailbox,
  batch: Parameters<typeof stageBatch>[2],
): Promise<number> {
  const stage = (rows: typeof batch.rows) =>
    db.transaction((inner) => stageBatch(inner, mailbox, { ...batch, rows }));
  const refused = await eachAlone(batch.rows, stage);
  await setAside(
    db,
    mailbox,
    refused.map(({ folderId, uidValidity, uid }) => ({
      ...{ folderId, uidValidity, uid, problem: 'the message holds data that cannot be stored' },
    })),
  );
  const stored = batch.rows.filter((row) => !refused.includes(row));
  // The batch knows how many messages it has: `persist` counts them.
  if (refused.length > 0) await stage(stored);
  return stored.length;
}
