import type { MailboxState } from '../domain/mailbox.ts';
import { providerById } from '../domain/providers.ts';
import { requestLease } from '../drizzle/leases.ts';
import { findConnected } from '../drizzle/loop.ts';
import { forgetMailbox, projectStatus as project } from '../drizzle/mailbox-status.ts';
import type { LoadedMailbox, MailboxRef, StatusReport } from './contract.ts';
import type { Dependencies } from './dependencies.ts';

/** Nothing is read while the mailbox shows one of these. */
const UNVISITED: ReadonlySet<MailboxState> = new Set([
  ...(['paused', 'needs_reconnection', 'disconnected'] as const),
]);

/** What a workflow starts from: the committed checkpoint, so that a lost workflow costs nothing. */
export async function loadMailbox(
  { db }: Dependencies,
  { mailboxId }: MailboxRef,
): Promise<LoadedMailbox | null> {
  const mailbox = await findConnected(db, mailboxId);
  if (mailbox === null) return null;
  const { seed, workspaceId, provider } = mailbox;
  const { quirks } = providerById(provider);
  return { seed, workspaceId, provider, falseRefusals: quirks.falseRefusals === true };
}

/** Shows the workflow's state to the API's lists. */
export async function projectStatus({ db }: Dependencies, report: StatusReport): Promise<void> {
  const { mailboxId, state, lastError } = report;
  const nextVisitAt = report.nextVisitAt === null ? null : new Date(report.nextVisitAt);
  const deferred = report.deferred ?? null;
  await project(db, mailboxId, { state, nextVisitAt, lastError, deferred });
  // R52: whoever holds a connection to wait for news lets go, in whatever process.
  if (UNVISITED.has(state)) await requestLease(db, mailboxId);
}

export async function cleanUp(deps: Dependencies, { mailboxId }: MailboxRef): Promise<void> {
  await deps.sessions.close(mailboxId);
  await forgetMailbox(deps.db, mailboxId);
}
