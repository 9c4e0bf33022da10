import { cancellationSignal, Context } from '@temporalio/activity';
import type { Checkpoint } from '../domain/checkpoint.ts';
import { nextPollMs } from '../domain/polling.ts';
import type { Db } from '../drizzle/database.ts';
import { recordUnreadable, stageBatch } from '../drizzle/intake.ts';
import {
  claimFetch,
  commitEmptyVisit,
  lockForFetch,
  type ConnectedMailbox,
} from '../drizzle/loop.ts';
import type { MailSession } from '../mail/session.ts';
import type { FetchRequest, FetchResult } from './contract.ts';
import { chooseFolders } from './folders.ts';
import { readFolder, type FolderReading } from './read-folder.ts';
import { connectedMailbox, type Dependencies } from './dependencies.ts';

const MINUTE_MS = 60_000;

/**
 * Reads what arrived since the checkpoint, oldest first, at most one batch: headers, flags, size and structure, never
 * bodies. Writes it down as ledger rows and returns their batch id. Nothing new: one STATUS per folder, no rows.
 */
export async function fetchNew(deps: Dependencies, request: FetchRequest): Promise<FetchResult> {
  const mailbox = await connectedMailbox(deps, request.mailboxId);
  const batchId = `${mailbox.id}:${request.seq}:${request.nonce}`;
  const token = `${batchId}:${Context.current().info.attempt}`;
  await claimFetch(deps.db, mailbox, token);
  return deps.sessions.use(
    mailbox,
    cancellationSignal(),
    async (session) => {
      const visit = await readVisit(deps.db, session, mailbox, request);
      const pollEveryMs = pollInterval(mailbox, session);
      return deps.db.transaction((db) =>
        stageVisit(db, mailbox, { batchId, token, request, visit, pollEveryMs }),
      );
    },
    ({ batchId: staged, more }) => staged !== null || more,
  );
}

/** Everything one batch found, over all folders. */
interface Visit {
  readonly readings: readonly FolderReading[];
  readonly checkpoint: Checkpoint;
  readonly more: boolean;
}

async function readVisit(
  db: Db,
  session: MailSession,
  mailbox: ConnectedMailbox,
  request: FetchRequest,
): Promise<Visit> {
  const chosen = chooseFolders(await session.listFolders(), mailbox.policy.folders);
  const readings: FolderReading[] = [];
  let checkpoint = request.checkpoint;
  let room = request.batchSize;
  let more = false;
  for (const folder of chosen) {
    const since = checkpoint[folder.path] ?? null;
    const reading = await readFolder({ db, session, mailbox }, folder, since, room);
    if (reading === null) continue;
    readings.push(reading);
    if (reading.checkpoint !== null) {
      checkpoint = { ...checkpoint, [folder.path]: reading.checkpoint };
    }
    room -= reading.rows.length;
    more ||= reading.more;
  }
  return { readings, checkpoint, more };
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
    await stageBatch(db, mailbox, { id: batchId, seq: request.seq, next: checkpoint, rows });
    return { batchId, count: rows.length, more, checkpoint, pollEveryMs };
  }
  const nextVisitAt = new Date(Date.now() + nextPollMs(pollEveryMs, request.jitter));
  await commitEmptyVisit(db, mailbox.id, { checkpoint, nextVisitAt });
  return { batchId: null, count: 0, more, checkpoint, pollEveryMs };
}
