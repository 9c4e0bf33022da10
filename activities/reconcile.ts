import { cancellationSignal } from '@temporalio/activity';
import type { FolderCheckpoint } from '../domain/checkpoint.ts';
import { countUids, uidsOf, withinUids, withoutUids, type UidSet } from '../domain/uid-set.ts';
import { recordEvent } from '../drizzle/events.ts';
import { knownFolders, saveCoverage, type KnownFolder } from '../drizzle/folders.ts';
import { recordMissing } from '../drizzle/gaps.ts';
import { recordedUids } from '../drizzle/intake.ts';
import { markReconciled, type ConnectedMailbox } from '../drizzle/loop.ts';
import { MailError } from '../mail/errors.ts';
import type { MailSession } from '../mail/session.ts';
import type { Coverage, ReconcileRequest } from './contract.ts';
import { connectedMailbox, type Dependencies } from './dependencies.ts';
import { subjectOf } from './epoch.ts';

const NEVER_RECORDED = 'the server has it, and no visit had recorded it';

/**
 * Compares the messages of the server with the ledger, folder by folder, as far as they have been read (R56). What is
 * missing is written down as a gap, so that it is counted and the next visit fetches it. With CONDSTORE (RFC 7162) a
 * folder in which nothing has changed since is not asked again.
 */
export async function reconcile(deps: Dependencies, request: ReconcileRequest): Promise<Coverage> {
  const mailbox = await connectedMailbox(deps, request.mailboxId);
  const coverage = await deps.sessions.use(
    mailbox,
    cancellationSignal(),
    (session) => compareFolders(deps, mailbox, session, request),
    () => false,
  );
  await markReconciled(deps.db, mailbox.id);
  deps.metrics.foundMissing(coverage.missing);
  return coverage;
}

async function compareFolders(
  { db }: Dependencies,
  mailbox: ConnectedMailbox,
  session: MailSession,
  { checkpoint }: ReconcileRequest,
): Promise<Coverage> {
  const total = { onServer: 0, recorded: 0, missing: 0 };
  for (const folder of (await knownFolders(db, mailbox.id)).values()) {
    const read = checkpoint[folder.id];
    if (read === undefined || folder.parkedFor !== null) continue;
    const found = await compareFolder({ db, mailbox, session }, folder, read);
    if (found === null) continue;
    total.onServer += found.onServer;
    total.recorded += found.recorded;
    total.missing += found.missing;
  }
  return total;
}

type Comparison = Pick<Dependencies, 'db'> & {
  readonly mailbox: ConnectedMailbox;
  readonly session: MailSession;
};

/** null when the folder cannot be compared now: it is gone, or numbered anew, and the next visit deals with that. */
async function compareFolder(
  { db, mailbox, session }: Comparison,
  folder: KnownFolder,
  read: FolderCheckpoint,
): Promise<Coverage | null> {
  const status = await orNull(session.folderStatus(folder.path));
  if (status?.uidValidity !== read.uidValidity) return null;
  const { highestModseq: checkedModseq } = status;
  if (checkedModseq !== null && folder.checkedModseq === checkedModseq && folder.missing === 0) {
    const onServer = folder.onServer ?? 0;
    await saveCoverage(db, folder.id, { onServer, recorded: onServer, missing: 0, checkedModseq });
    return { onServer, recorded: onServer, missing: 0 };
  }
  await session.openFolder(folder.path);
  const onServer = alreadyRead(await session.allUids(), read);
  const known = await recordedUids(db, folder.id, read.uidValidity);
  const missing = withoutUids(onServer, known);
  const [all, lacking] = [countUids(onServer), countUids(missing)];
  const found = { onServer: all, recorded: all - lacking, missing: lacking };
  await db.transaction(async (inner) => {
    await saveCoverage(inner, folder.id, { ...found, checkedModseq });
    if (lacking === 0) return;
    const numbering = { folderId: folder.id, uidValidity: read.uidValidity };
    const gaps = [...uidsOf(missing)].map((uid) => ({
      ...numbering,
      uid,
      problem: NEVER_RECORDED,
    }));
    await recordMissing(inner, mailbox, gaps);
    const subject = subjectOf({ mailbox }, folder);
    await recordEvent(inner, subject, 'messages_missing', { messages: lacking });
  });
  return found;
}

/** What visits have passed: neither older than the history, nor history still to be read, nor newer than the checkpoint. */
function alreadyRead(
  all: UidSet,
  { lastUid, historyAbove = 0, backfill }: FolderCheckpoint,
): UidSet {
  const passed = withinUids(all, historyAbove + 1, lastUid);
  if (backfill === undefined) return passed;
  return [
    ...withinUids(passed, 1, backfill.downTo),
    ...withinUids(passed, backfill.next + 1, lastUid),
  ];
}

async function orNull<T>(asking: Promise<T>): Promise<T | null> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof MailError && error.kind === 'folder_missing') return null;
    throw error;
  }
}
