import { ApplicationFailure } from '@temporalio/activity';
import type { RedecisionCause } from '../domain/redecision.ts';
import type { Db } from '../drizzle/database.ts';
import type { ConnectedMailbox } from '../drizzle/loop.ts';
import { visitingState } from '../drizzle/mailbox-status.ts';
import { pageInScope } from '../drizzle/redecision-scope.ts';
import { findOpenRedecision } from '../drizzle/redecisions.ts';
import { MailError } from '../mail/errors.ts';
import type { RedecideRequest, RedecideResult } from './contract.ts';
import { connectedMailbox, type Dependencies } from './dependencies.ts';
import type { Download, DownloadRequest } from './download.ts';
import { downloadAll } from './download-each.ts';
import { commitAgain, decideAgain } from './redecide-commit.ts';

const NOTHING_LEFT: RedecideResult = { after: null, decided: 0, logged: 0 };
const MINUTE_MS = 60_000;

/**
 * Decides a batch of skipped messages again: on their stored headers, under the rules of now, and with a download of those
 * alone that are to be logged and were logged from nowhere else. May run any number of times (R41): what is not skipped
 * any more is not in scope.
 */
export async function redecide(
  deps: Dependencies,
  request: RedecideRequest,
): Promise<RedecideResult> {
  const redecision = await findOpenRedecision(deps.db, request.redecisionId);
  if (redecision === null) return NOTHING_LEFT;
  const mailbox = await connectedMailbox(deps, request.mailboxId);
  const page = await pageInScope(deps.db, redecision, request);
  if (page.length === 0) return NOTHING_LEFT;

  const again = { redecision, mailbox, messageIds: page.map(({ messageId }) => messageId) };
  const wanted = (await decideAgain(deps.db, again)).filter(
    ({ outcome, hasEngagement }) => outcome.kind === 'log' && !hasEngagement,
  );
  if (wanted.length > 0) await assertReadable(deps.db, mailbox, redecision.cause);
  const downloads = await download(deps, mailbox, wanted, redecision.cause);
  const done = request.done + page.length;
  const logged = await deps.db.transaction((db) => commitAgain(db, { ...again, downloads, done }));
  const after = page.length < request.limit ? null : (page.at(-1)?.id ?? null);
  if (after === null && wanted.length > 0) await deps.sessions.rest(mailbox.id);
  deps.metrics.lookedAgain({ decided: page.length, logged });
  return { after, decided: page.length, logged };
}

/**
 * By themselves, second looks keep away from what its visits keep away from. When a person asks for one message they read a
 * paused mailbox too: pausing stops what Mailroom does by itself.
 */
async function assertReadable(
  db: Db,
  { id, seed }: ConnectedMailbox,
  cause: RedecisionCause,
): Promise<void> {
  const { state, nextVisitAt } = await visitingState(db, id);
  const isPaused = seed.paused && cause !== 'message';
  if (!isPaused && state !== 'needs_reconnection' && state !== 'backing_off') return;
  const backInMs = state === 'backing_off' && nextVisitAt ? nextVisitAt.getTime() - Date.now() : 0;
  throw ApplicationFailure.create({
    ...{ type: 'mailbox_not_active', message: 'The mailbox is not read now.', nonRetryable: true },
    category: 'BENIGN',
    details: [{ retryAfterMs: Math.max(MINUTE_MS, backInMs) }],
  });
}

/** Folder by folder: one that is gone has taken its messages along, and the others can be read. */
async function download(
  { sessions }: Dependencies,
  mailbox: ConnectedMailbox,
  wanted: readonly DownloadRequest[],
  cause: RedecisionCause,
): Promise<ReadonlyMap<string, Download>> {
  const lane = cause === 'message' ? 'live' : 'backfill';
  const downloads = new Map<string, Download>();
  for (const inFolder of Map.groupBy(wanted, ({ folderPath }) => folderPath).values()) {
    const missing = inFolder.filter(({ messageId }) => downloads.get(messageId)?.kind !== 'read');
    try {
      const found = await downloadAll(sessions, mailbox, missing, { lane });
      for (const [messageId, one] of found) downloads.set(messageId, one);
    } catch (error) {
      if (!(error instanceof MailError) || error.kind !== 'folder_missing') throw error;
      for (const { messageId } of missing) {
        if (!downloads.has(messageId)) downloads.set(messageId, { kind: 'gone' });
      }
    }
  }
  return downloads;
}
