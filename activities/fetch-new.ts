import { cancellationSignal, Context } from '@temporalio/activity';
import { nextPollMs } from '../domain/polling.ts';
import type { Db } from '../drizzle/database.ts';
import { recordUnreadable, stageBatch } from '../drizzle/intake.ts';
import { eachAlone } from './each-alone.ts';
import {
  claimFetch,
  commitEmptyVisit,
  lockForFetch,
  type ConnectedMailbox,
} from '../drizzle/loop.ts';
import type { MailSession } from '../mail/session.ts';
import type { FetchRequest, FetchResult } from './contract.ts';
import { readVisit, type Visit } from './read-visit.ts';
import { connectedMailbox, type Dependencies } from './dependencies.ts';

const MINUTE_MS = 60_000;

/**
 * Reads what arrived since the checkpoint, oldest first, at most one batch: headers, flags, size and structure, never
 * bodies. Writes it down as ledger rows and returns their batch id. Nothing new: one STATUS per folder, no rows.
 */
export async function fetchNew(deps: Dependencies, request: FetchRequest): Promise<FetchResult> {
  const mailbox = await connectedMailbox(deps, request.mailboxId);
  const batchId = `${mailbox.id}:${request.seq}:${request.nonce}`;
  const { attempt } = Context.current().info;
  const token = `${batchId}:${attempt}`;
  await claimFetch(deps.db, mailbox, token);
  return deps.sessions.use(
    mailbox,
    cancellationSignal(),
    async (session) => {
      const isCareful = attempt > 1;
      const visit = await readVisit({ db: deps.db, session, mailbox, isCareful }, request);
      const pollEveryMs = pollInterval(mailbox, session);
      const result = await deps.db.transaction((db) =>
        stageVisit(db, mailbox, { batchId, token, request, visit, pollEveryMs }),
      );
      // What could be read is filed first; a folder that could not is told when there is nothing else to do.
      if (result.batchId === null && visit.trouble !== null) throw visit.trouble;
      return result;
    },
    ({ batchId: staged, more }) => staged !== null || more,
  );
}

/** Gmail says `OK Success [THROTTLED]` and goes on (MailKit#1396): then we come half as often. */
function pollInterval({ policy }: ConnectedMailbox, session: MailSession): number {
  return policy.pollEveryMinutes * MINUTE_MS * (session.isThrottled() ? 2 : 1);
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
  const { checkpoint, more } = visit;
  const rows = visit.readings.flatMap((reading) => reading.rows);
  const unreadable = visit.readings.flatMap((reading) => reading.unreadable);
  await lockForFetch(db, mailbox.id, fetch.token);
  await recordUnreadable(db, mailbox, unreadable);
  if (rows.length > 0 || more) {
    const batch = { id: batchId, seq: request.seq, next: checkpoint, rows };
    const count = await stageStorable(db, mailbox, batch);
    return { batchId, count, more, checkpoint, pollEveryMs };
  }
  const nextVisitAt = new Date(Date.now() + nextPollMs(pollEveryMs, request.jitter));
  await commitEmptyVisit(db, mailbox.id, { checkpoint, nextVisitAt });
  return { batchId: null, count: 0, more, checkpoint, pollEveryMs };
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
  await recordUnreadable(
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
