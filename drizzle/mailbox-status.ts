import { eq, sql } from 'drizzle-orm';
import type { Deferral, MailboxError, MailboxState } from '../domain/mailbox.ts';
import type { Db } from './database.ts';
import { lastEventOf, recordEvent } from './events.ts';
import { batches, mailboxCredentials, mailboxes } from './schema/index.ts';

export interface ReportedStatus {
  readonly state: MailboxState;
  readonly nextVisitAt: Date | null;
  readonly lastError: MailboxError | null;
  readonly deferred: Deferral | null;
}

const FAILING: ReadonlySet<MailboxState> = new Set([
  ...(['backing_off', 'needs_reconnection'] as const),
]);
const WELL: ReadonlySet<MailboxState> = new Set([...(['importing', 'watching'] as const)]);

/** What the workflow reports when its state changes; the API shows it in lists, and what changes for people is an event. */
export async function projectStatus(
  db: Db,
  mailboxId: string,
  report: ReportedStatus,
): Promise<void> {
  await db.transaction(async (inner) => {
    const [before] = await inner
      .select({ workspaceId: mailboxes.workspaceId, deferred: mailboxes.deferred })
      .from(mailboxes)
      .where(eq(mailboxes.id, mailboxId))
      .for('update');
    if (before === undefined) return;
    await inner
      .update(mailboxes)
      .set({ ...report, stage: null })
      .where(eq(mailboxes.id, mailboxId));
    await tellOfTrouble(inner, { mailboxId, workspaceId: before.workspaceId }, report);
    if (report.deferred !== null && report.deferred.reason !== 'host_busy') {
      await tellOfDeferral(inner, { mailboxId, ...before }, report.deferred);
    }
  });
}

/** Trouble is announced when it begins and once when it is over, however long it lasts. */
async function tellOfTrouble(
  db: Db,
  subject: { mailboxId: string; workspaceId: string },
  { state, lastError }: ReportedStatus,
): Promise<void> {
  const last = await lastEventOf(db, subject.mailboxId, ['failing', 'recovered']);
  if (FAILING.has(state) && last !== 'failing') {
    await recordEvent(db, subject, 'failing', { code: lastError?.code ?? 'internal' });
  }
  if (WELL.has(state) && last === 'failing') await recordEvent(db, subject, 'recovered');
}

async function tellOfDeferral(
  db: Db,
  {
    deferred: before,
    ...subject
  }: { mailboxId: string; workspaceId: string; deferred: Deferral | null },
  { lane, reason, until }: Deferral,
): Promise<void> {
  if (before?.lane === lane && before.reason === reason) return;
  await recordEvent(db, subject, 'deferred', { lane, reason, until });
}

/** What its visits do now, as the workflow last reported it. */
export async function visitingState(
  db: Db,
  mailboxId: string,
): Promise<{ readonly state: string; readonly nextVisitAt: Date | null }> {
  const { state, nextVisitAt } = mailboxes;
  const [row] = await db
    .select({ state, nextVisitAt })
    .from(mailboxes)
    .where(eq(mailboxes.id, mailboxId));
  return row ?? { state: 'disconnected', nextVisitAt: null };
}

/** R54: the credentials go for good, and what was on its way with them; decisions and engagements stay. */
export async function forgetMailbox(db: Db, mailboxId: string): Promise<void> {
  await db.delete(mailboxCredentials).where(eq(mailboxCredentials.mailboxId, mailboxId));
  await db.delete(batches).where(eq(batches.mailboxId, mailboxId));
  await db
    .update(mailboxes)
    .set({
      state: 'disconnected',
      stage: null,
      nextVisitAt: null,
      deferred: null,
      desiredState: 'disconnected',
      disconnectedAt: sql`coalesce(${mailboxes.disconnectedAt}, now())`,
    })
    .where(eq(mailboxes.id, mailboxId));
}
