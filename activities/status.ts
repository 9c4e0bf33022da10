import { findConnected, forgetMailbox, projectStatus as project } from '../drizzle/loop.ts';
import type { LoadedMailbox, MailboxRef, StatusReport } from './contract.ts';
import type { Dependencies } from './dependencies.ts';

/** What a workflow starts from: the committed checkpoint, so that a lost workflow costs nothing. */
export async function loadMailbox(
  { db }: Dependencies,
  { mailboxId }: MailboxRef,
): Promise<LoadedMailbox | null> {
  const mailbox = await findConnected(db, mailboxId);
  if (mailbox === null) return null;
  const { seed, workspaceId, provider } = mailbox;
  return { seed, workspaceId, provider };
}

/** Shows the workflow's state to the API's lists. */
export async function projectStatus({ db }: Dependencies, report: StatusReport): Promise<void> {
  const { mailboxId, state, lastError } = report;
  const nextVisitAt = report.nextVisitAt === null ? null : new Date(report.nextVisitAt);
  await project(db, mailboxId, { state, nextVisitAt, lastError });
}

export async function cleanUp(deps: Dependencies, { mailboxId }: MailboxRef): Promise<void> {
  await deps.sessions.close(mailboxId);
  await forgetMailbox(deps.db, mailboxId);
}
