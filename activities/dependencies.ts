import type { Logger } from 'pino';
import type { Db } from '../drizzle/database.ts';
import { findConnected, type ConnectedMailbox } from '../drizzle/loop.ts';
import { MailboxGoneError } from './failures.ts';
import type { WorkerMetrics } from './metrics.ts';
import type { MailSessions } from './sessions.ts';

/** What the activities close over; built once per worker process. */
export interface Dependencies {
  readonly db: Db;
  readonly sessions: MailSessions;
  readonly logger: Logger;
  readonly metrics: WorkerMetrics;
  /** The task queue of this process alone: what needs a connection that it holds goes there. */
  readonly workerQueue: string;
}

export async function connectedMailbox(
  { db }: Dependencies,
  mailboxId: string,
): Promise<ConnectedMailbox> {
  const mailbox = await findConnected(db, mailboxId);
  if (mailbox === null) throw new MailboxGoneError('The mailbox is not connected any more.');
  return mailbox;
}
