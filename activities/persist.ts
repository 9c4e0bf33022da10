import { cancellationSignal } from '@temporalio/activity';
import { skip, type Skip } from '../domain/decision.ts';
import { occurredAt } from '../domain/engagement.ts';
import { isInternal } from '../domain/identity.ts';
import type { MessageHeaders } from '../domain/message.ts';
import { nextPollMs } from '../domain/polling.ts';
import type { Db } from '../drizzle/database.ts';
import { ownIdentity } from '../drizzle/facts.ts';
import { fileMessages, type Filing } from '../drizzle/filing.ts';
import { matchedSightings, type MatchedSighting } from '../drizzle/ledger.ts';
import {
  commitBatch,
  committedCheckpoint,
  enterStage,
  lockFence,
  type ConnectedMailbox,
} from '../drizzle/loop.ts';
import { threadMessages } from '../drizzle/threads.ts';
import {
  earlierVerdicts,
  markInternal,
  saveDecisions,
  verdictCounts,
  type Decided,
} from '../drizzle/verdicts.ts';
import type { PersistRequest, PersistResult } from './contract.ts';
import { connectedMailbox, type Dependencies } from './dependencies.ts';
import { downloadContents, type Download } from './download.ts';
import { addressesOf, withHeaders } from './headers.ts';

/**
 * Ends a batch: downloads the text parts of what will be logged, then commits engagements, links, decisions and the
 * checkpoint in one transaction behind the fence. May run any number of times (R41).
 */
export async function persist(deps: Dependencies, request: PersistRequest): Promise<PersistResult> {
  const mailbox = await connectedMailbox(deps, request.mailboxId);
  await enterStage(deps.db, mailbox.id, 'persist');
  const sightings = withHeaders(await matchedSightings(deps.db, request.batchId));
  const toDownload = sightings.filter(
    ({ outcome, engagementId }) => outcome.kind === 'log' && engagementId === null,
  );
  const downloads =
    toDownload.length === 0
      ? new Map<string, Download>()
      : await deps.sessions.use(
          mailbox,
          cancellationSignal(),
          (session) => downloadContents(session, toDownload),
          () => !request.isLast,
        );
  const checkpoint = await deps.db.transaction((db) =>
    commit(db, mailbox, request, sightings, downloads),
  );
  if (request.isLast) await deps.sessions.close(mailbox.id);
  return { checkpoint, ...(await verdictCounts(deps.db, request.batchId)) };
}

type Sighting = MatchedSighting & { readonly headers: MessageHeaders };

async function commit(
  db: Db,
  mailbox: ConnectedMailbox,
  request: PersistRequest,
  sightings: readonly Sighting[],
  downloads: ReadonlyMap<string, Download>,
) {
  const fence = await lockFence(db, request);
  if (fence === 'committed') return committedCheckpoint(db, mailbox.id);

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
  await threadMessages(
    db,
    mailbox.workspaceId,
    filings.map(({ messageId }) => messageId),
  );
  const earlier = await earlierVerdicts(db, mailbox.id, messageIds);
  await saveDecisions(db, decide(sightings, { downloads, filed, earlier }));
  const nextVisitAt = new Date(Date.now() + nextPollMs(request.pollEveryMs, request.jitter));
  return commitBatch(db, { ...request, nextVisitAt });
}

/** Each message once, however many folders of this batch show it. */
function filingsOf(
  sightings: readonly Sighting[],
  downloads: ReadonlyMap<string, Download>,
): readonly Filing[] {
  const filings = new Map<string, Filing>();
  for (const { messageId, outcome, headers, arrivedAt, engagementId } of sightings) {
    if (outcome.kind !== 'log' || filings.has(messageId)) continue;
    const download = downloads.get(messageId);
    if (engagementId === null && download?.kind !== 'read') continue;
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
  if (outcome.kind === 'skip') return skipped(id, outcome);
  const engagement = filed.get(messageId);
  if (engagement === undefined) {
    if (downloads.get(messageId)?.kind === 'gone') return skipped(id, skip('removed_on_server'));
    const problem = 'the server lists the message and does not hand out its text';
    return { id, verdict: 'failed', reason: null, evidence: { problem }, engagementId: null };
  }
  const { engagementId, isDeleted } = engagement;
  if (isDeleted) return { ...skipped(id, skip('engagement_deleted')), engagementId };
  if (loggedHere.has(messageId) || earlier.get(messageId) === 'logged_here') {
    return { ...skipped(id, skip('duplicate')), engagementId };
  }
  const made = outcome.newContacts.map(({ address }) => address).join(', ');
  const evidence = { direction: outcome.direction, ...(made === '' ? {} : { madeContacts: made }) };
  return { id, verdict: 'logged', reason: null, evidence, engagementId };
}

function skipped(id: string, { reason, evidence }: Skip): Decided {
  return { id, verdict: 'skipped', reason, evidence, engagementId: null };
}
