import { cancellationSignal, Context } from '@temporalio/activity';
import type { Lane } from '../domain/mailbox.ts';
import type { ConnectedMailbox } from '../drizzle/loop.ts';
import { MailError } from '../mail/errors.ts';
import {
  fetchTexts,
  readTexts,
  type Download,
  type DownloadRequest,
  type Fetched,
} from './download.ts';
import { mayBePoison } from './read-messages.ts';
import type { Place } from './lines.ts';
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
  { lane, place }: { readonly lane: Lane | undefined; readonly place?: Place },
): Promise<ReadonlyMap<string, Download>> {
  if (requests.length === 0) {
    place?.leave();
    return new Map();
  }
  let booked = place;
  const bookedPlace = () => {
    const first = booked;
    booked = undefined;
    return first;
  };
  let poison = 0;
  const fetch = async (some: readonly DownloadRequest[], isAlone: boolean) =>
    sessions.use(
      mailbox,
      cancellationSignal(),
      async (session) => {
        try {
          return await fetchTexts(session, some);
        } catch (error) {
          const isSuspect = isAlone && error instanceof MailError && mayBePoison(error);
          poison += 1;
          if (!isSuspect || poison > MAX_POISON) throw error;
          return new Map(some.map(({ messageId }) => [messageId, { kind: 'unreadable' } as const]));
        }
      },
      () => true,
      { place: bookedPlace(), ...(lane === undefined ? {} : { lane }) },
    );
  if (Context.current().info.attempt === 1) return readTexts(await fetch(requests, false));
  const fetched = new Map<string, Fetched>();
  for (const request of requests) {
    if (fetched.get(request.messageId)?.kind === 'fetched') continue;
    for (const [id, found] of await fetch([request], true)) fetched.set(id, found);
  }
  return readTexts(fetched);
}
