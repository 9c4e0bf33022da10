import type { BounceReport } from '../domain/bounce.ts';
import { skip, type Skip } from '../domain/decision.ts';
import { occurredAt } from '../domain/engagement.ts';
import { isInternal } from '../domain/identity.ts';
import type { Match } from '../domain/matching.ts';
import { nextPollMs } from '../domain/polling.ts';
import { recordBounces, settleBounces } from '../drizzle/bounces.ts';
import type { Db } from '../drizzle/database.ts';
import { ownIdentity } from '../drizzle/facts.ts';
import { fileMessages, loggedMessages, type Filing } from '../drizzle/filing.ts';
import {
  commitBatch,
  committedCheckpoint,
  enterStage,
  lockFence,
  type ConnectedMailbox,
} from '../drizzle/loop.ts';
import { openIds, progressAt } from '../drizzle/progress.ts';
import { toBeRemoved } from '../drizzle/removals.ts';
import { recordUnknown } from '../drizzle/unknown.ts';
import {
  earlierVerdicts,
  markInternal,
  saveDecisions,
  verdictCounts,
  type Decided,
} from '../drizzle/verdicts.ts';
import { correspondenceIn, readReports, withReports } from './bounces.ts';
import type { PersistRequest, PersistResult } from './contract.ts';
import { connectedMailbox, type Dependencies } from './dependencies.ts';
import type { Download } from './download.ts';
import { downloadAll } from './download-each.ts';
import { addressesOf, forgetSightings, withSightings, type ReadSighting } from './headers.ts';
import type { Place } from './lines.ts';
import { removeLogged } from './remove-logged.ts';

/**
 * Ends a batch: downloads the text parts of what will be logged, then commits engagements, links, decisions and the
 * checkpoint in one transaction behind the fence. May run any number of times (R41).
 */
export async function persist(deps: Dependencies, request: PersistRequest): Promise<PersistResult> {
  // Before the fetch of the batch after the next, which takes the connection for longer.
  const place = deps.sessions.book(request.mailboxId);
  try {
    return await fileBatch(deps, request, place);
  } finally {
    place.leave();
  }
}

async function fileBatch(
  deps: Dependencies,
  request: PersistRequest,
  place: Place,
): Promise<PersistResult> {
  const mailbox = await connectedMailbox(deps, request.mailboxId);
  await enterStage(deps.db, mailbox.id, 'persist');
  const sightings = await matchedSightings(deps.db, mailbox, request.batchId);
  const toDownload = sightings.filter(
    ({ outcome, hasEngagement }) => outcome.kind === 'log' && !hasEngagement,
  );
  const { lane } = request;
  const downloads = await downloadAll(deps.sessions, mailbox, toDownload, { lane, place });
  const reports = await readReports(deps, mailbox, sightings, request.lane);
  const { checkpoint, decisions } = await deps.db.transaction((db) =>
    commit(db, mailbox, request, withReports(sightings, reports), downloads, reports),
  );
  forgetSightings(request.batchId);
  countBatch(deps, request, decisions, downloads);
  await removeLogged(deps, mailbox, request);
  // After the commit: whoever watches the mailbox from now on compares the server with the checkpoint.
  if (request.isLast && request.staysOpen !== true) await deps.sessions.rest(mailbox.id);
  return { checkpoint, ...(await verdictCounts(deps.db, request.batchId)) };
}

export type Sighting = ReadSighting & {
  readonly messageId: string;
  readonly outcome: Match;
  /** The message was logged before, from another mailbox or folder: its text is there. */
  readonly hasEngagement: boolean;
};

async function matchedSightings(
  db: Db,
  { workspaceId }: ConnectedMailbox,
  batchId: string,
): Promise<readonly Sighting[]> {
  const progress = await progressAt(db, batchId, 'matched');
  if (progress === null) return [];
  const open = await openIds(db, batchId);
  const found = progress.found.flatMap(({ id, messageId, outcome }) =>
    outcome === null || outcome.kind === 'candidate' || !open.has(id)
      ? []
      : [{ id, messageId, outcome }],
  );
  const toLog = found.filter(({ outcome }) => outcome.kind === 'log');
  const logged = await loggedMessages(
    db,
    workspaceId,
    toLog.map(({ messageId }) => messageId),
  );
  const sightings = await withSightings(db, batchId, { ...progress, found });
  return sightings.map((one) => ({ ...one, hasEngagement: logged.has(one.messageId) }));
}

async function commit(
  db: Db,
  mailbox: ConnectedMailbox,
  request: PersistRequest,
  sightings: readonly Sighting[],
  downloads: ReadonlyMap<string, Download>,
  reports: ReadonlyMap<string, BounceReport>,
) {
  const fence = await lockFence(db, request);
  if (fence === 'committed') {
    return { checkpoint: await committedCheckpoint(db, mailbox.id), decisions: [] };
  }

  const decisions = await fileAndDecide(db, mailbox, sightings, downloads);
  await saveDecisions(db, decisions);
  await recordBounces(db, mailbox.workspaceId, reports);
  await settleBounces(db, mailbox.workspaceId, correspondenceIn(sightings));
  await recordUnknown(db, mailbox.workspaceId, decisions);
  const nextVisitAt = new Date(Date.now() + nextPollMs(request.pollEveryMs, request.jitter));
  return { checkpoint: await commitBatch(db, { ...request, nextVisitAt }), decisions };
}

/** What was downloaded had no engagement before. */
function countBatch(
  { metrics }: Dependencies,
  { isLast, lane }: PersistRequest,
  decisions: readonly Decided[],
  downloads: ReadonlyMap<string, Download>,
): void {
  const made = decisions.filter(
    ({ verdict, messageId }) =>
      verdict === 'logged' && messageId !== null && downloads.has(messageId),
  );
  metrics.committed(decisions, made.length);
  if (isLast && lane !== 'backfill') metrics.visitEnded('succeeded');
}

/**
 * Files what is to be logged, and says what becomes of each sighting; the ledger is not written yet. A second look at
 * skipped messages (redecide-commit.ts) goes the same way, so that its result is the same.
 */
export async function fileAndDecide(
  db: Db,
  mailbox: ConnectedMailbox,
  sightings: readonly Sighting[],
  downloads: ReadonlyMap<string, Download>,
): Promise<readonly Decided[]> {
  const own = await ownIdentity(db, mailbox.workspaceId);
  const messageIds = sightings.map(({ messageId }) => messageId);
  const internal = addressesOf(sightings).filter((address) => isInternal(address, own));
  await markInternal(db, messageIds, internal);
  const filings = filingsOf(sightings, downloads);
  const filed = await fileMessages(
    db,
    { workspaceId: mailbox.workspaceId, mailboxId: mailbox.id },
    filings,
  );
  const earlier = await earlierVerdicts(db, mailbox, messageIds);
  const decided = decide(sightings, { downloads, filed, earlier });
  return toBeRemoved(decided, mailbox.policy.afterImport);
}

/** Each message once, however many folders of this batch show it. */
function filingsOf(
  sightings: readonly Sighting[],
  downloads: ReadonlyMap<string, Download>,
): readonly Filing[] {
  const filings = new Map<string, Filing>();
  for (const { messageId, outcome, headers, arrivedAt, hasEngagement } of sightings) {
    if (outcome.kind !== 'log' || filings.has(messageId)) continue;
    const download = downloads.get(messageId);
    if (!hasEngagement && download?.kind !== 'read') continue;
    filings.set(messageId, {
      messageId,
      match: outcome,
      subject: headers.subject,
      occurredAt: occurredAt(headers.sentAt, arrivedAt),
      content:
        download?.kind === 'read' ? download.content : { text: '', replyText: '', html: null },
      attachments: download?.kind === 'read' ? download.attachments : [],
    });
  }
  // In one order for everybody, so that mailboxes that see the same messages wait for each other instead of deadlocking.
  return [...filings.values()].toSorted((a, b) => (a.messageId < b.messageId ? -1 : 1));
}

interface Committed {
  readonly downloads: ReadonlyMap<string, Download>;
  readonly filed: ReadonlyMap<string, { engagementId: string; isDeleted: boolean }>;
  readonly earlier: ReadonlyMap<string, 'logged_here' | 'deleted'>;
}

function decide(sightings: readonly Sighting[], committed: Committed): readonly Decided[] {
  const loggedHere = new Set<string>();
  return sightings.map((sighting) => {
    const decision = decideOne(sighting, committed, loggedHere);
    if (decision.verdict === 'logged') loggedHere.add(sighting.messageId);
    return decision;
  });
}

/** What matching found, corrected by what has happened meanwhile: deleted by a user, logged from another folder. */
function decideOne(
  { id, messageId, outcome }: Sighting,
  { downloads, filed, earlier }: Committed,
  loggedHere: ReadonlySet<string>,
): Decided {
  if (outcome.kind === 'skip') return skipped({ id, messageId }, outcome);
  const engagement = filed.get(messageId);
  if (engagement === undefined) {
    if (downloads.get(messageId)?.kind === 'gone') {
      return skipped({ id, messageId }, skip('removed_on_server'));
    }
    const problem = 'the server lists the message and does not hand out its text';
    return {
      id,
      messageId,
      verdict: 'failed',
      reason: null,
      evidence: { problem },
      engagementId: null,
    };
  }
  const { engagementId, isDeleted } = engagement;
  if (isDeleted) return { ...skipped({ id, messageId }, skip('engagement_deleted')), engagementId };
  if (loggedHere.has(messageId) || earlier.get(messageId) === 'logged_here') {
    return { ...skipped({ id, messageId }, skip('duplicate')), engagementId };
  }
  const made = outcome.newContacts.map(({ address }) => address).join(', ');
  const evidence = { direction: outcome.direction, ...(made === '' ? {} : { madeContacts: made }) };
  return { id, messageId, verdict: 'logged', reason: null, evidence, engagementId };
}

function skipped(of: Pick<Sighting, 'id' | 'messageId'>, { reason, evidence }: Skip): Decided {
  return {
    id: of.id,
    messageId: of.messageId,
    verdict: 'skipped',
    reason,
    evidence,
    engagementId: null,
  };
}
