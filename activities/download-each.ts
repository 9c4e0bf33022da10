import { cancellationSignal, Context } from '@temporalio/activity';
import type { Lane } from '../domain/mailbox.ts';
import type { ConnectedMailbox } from '../drizzle/loop.ts';
import { MailError } from '../mail/errors.ts';
import { downloadContents, type Download, type DownloadRequest } from './download.ts';
import { mayBePoison } from './read-messages.ts';
import type { MailSessions } from './sessions.ts';

/** Each costs a login. */
const MAX_POISON = 5;

/**
 * The texts of what will be logged. After an attempt that failed, message by message: the one that ends the connection
 * is unreadable, and the others go on with a new one. A server that cannot be reached again fails the attempt, so that
 * an outage is never taken for a message.
 */
export async function downloadAll(
  sessions: MailSessions,
  mailbox: ConnectedMailbox,
  requests: readonly DownloadRequest[],
  lane: Lane | undefined,
): Promise<ReadonlyMap<string, Download>> {
  if (requests.length === 0) return new Map();
  let poison = 0;
  const download = async (some: readonly DownloadRequest[], isAlone: boolean) =>
    sessions.use(
      mailbox,
      cancellationSignal(),
      async (session) => {
        try {
          return await downloadContents(session, some);
        } catch (error) {
          const isSuspect = isAlone && error instanceof MailError && mayBePoison(error);
          poison += 1;
          if (!isSuspect || poison > MAX_POISON) throw error;
          return new Map(some.map(({ messageId }) => [messageId, { kind: 'unreadable' } as const]));
        }
      },
      () => true,
      lane === undefined ? {} : { lane },
    );
  if (Context.current().info.attempt === 1) return download(requests, false);
  const downloads = new Map<string, Download>();
  for (const request of requests) {
    if (downloads.get(request.messageId)?.kind === 'read') continue;
    for (const [id, found] of await download([request], true)) downloads.set(id, found);
  }
  return downloads;
}
