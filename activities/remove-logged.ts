import { cancellationSignal } from '@temporalio/activity';
import type { ConnectedMailbox } from '../drizzle/loop.ts';
import { pendingRemovals, recordRemoved, type Removable } from '../drizzle/removals.ts';
import { describeError } from '../log.ts';
import type { MailSession } from '../mail/session.ts';
import type { PersistRequest } from './contract.ts';
import type { Dependencies } from './dependencies.ts';

/**
 * The policy `afterImport: delete`: deletes in the mailbox what was logged, after that is committed. What was skipped, what
 * failed and what was logged under another policy stays. A crash or a failure costs nothing: at the end of each visit
 * that has found something, all that is still to be deleted is tried once more.
 */
export async function removeLogged(
  deps: Dependencies,
  mailbox: ConnectedMailbox,
  { batchId, isLast, staysOpen, lane = 'live' }: PersistRequest,
): Promise<void> {
  if (mailbox.policy.afterImport === 'leave') return;
  // A POP3 server deletes when the connection ends, and the next batch would need another login.
  const isEnd = isLast && staysOpen !== true;
  if (mailbox.server.protocol === 'pop3' && !isEnd) return;
  const pending = await pendingRemovals(deps.db, mailbox.id, isEnd ? null : batchId);
  if (pending.length === 0) return;
  const signal = cancellationSignal();
  try {
    await deps.sessions.use(
      mailbox,
      signal,
      async (session) => {
        for (const inFolder of Map.groupBy(pending, ({ folderId }) => folderId).values()) {
          await removeInFolder(deps, mailbox, session, inFolder);
        }
      },
      () => true,
      { lane },
    );
  } catch (error) {
    if (signal.aborted) throw error;
    // The batch is committed: it must not be told as failed.
    deps.logger.warn({ mailboxId: mailbox.id, error: describeError(error) }, 'mail not deleted');
  }
}

async function removeInFolder(
  { db }: Dependencies,
  mailbox: ConnectedMailbox,
  session: MailSession,
  pending: readonly Removable[],
): Promise<void> {
  const [first] = pending;
  if (first === undefined || session.remove === undefined) return;
  const uids = pending.map(({ uid }) => uid);
  const { gone, marked } = await session.remove(first.folderPath, first.uidValidity, uids);
  const named = (wanted: readonly number[]) => {
    const found = new Set(wanted);
    return pending.filter(({ uid }) => found.has(uid));
  };
  await db.transaction((inner) =>
    recordRemoved(inner, mailbox.id, { gone: named(gone), marked: named(marked) }),
  );
}
