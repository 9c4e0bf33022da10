import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { StoredPermits, type PermitOptions } from '../../activities/permits.ts';
import { MailSessions } from '../../activities/sessions.ts';
import { EMPTY_SEED } from '../../domain/mailbox.ts';
import { DEFAULT_POLICY } from '../../domain/policy.ts';
import type { ConnectedMailbox } from '../../drizzle/loop.ts';
import { openImapSession } from '../../mail/imap.ts';
import type { MailServer, MailSession } from '../../mail/session.ts';
import { someMailboxes, type SomeMailboxes } from './some-mailboxes.ts';

export const silent = pino({ level: 'silent' });

/** A process that visits mailboxes: connections and permits as a worker has them, without Temporal. */
export interface Visitor extends AsyncDisposable {
  readonly sessions: MailSessions;
  readonly holder: string;
  /** Connects, or goes on with the connection that stands; it is kept unless `keep` is false. */
  visit(
    mailbox: ConnectedMailbox,
    work?: (session: MailSession) => Promise<unknown>,
    options?: { keep?: boolean; lane?: 'live' | 'backfill' },
  ): Promise<unknown>;
}

export interface Visitors extends AsyncDisposable {
  readonly store: SomeMailboxes;
  /** Open connections at this moment, over all visitors, and the most there have been for one mailbox. */
  readonly open: () => number;
  readonly mostPerMailbox: () => number;
  mailbox(changes?: Partial<ConnectedMailbox>): Promise<ConnectedMailbox>;
  visitor(options?: Partial<PermitOptions>): Visitor;
}

/** Workers that share a database and a mail server. */
export async function visitorsOf(server: MailServer): Promise<Visitors> {
  const stack = new AsyncDisposableStack();
  const store = stack.use(await someMailboxes());
  const openOf = new Map<string, number>();
  let most = 0;
  const changeOpen = (mailboxId: string, by: number) => {
    openOf.set(mailboxId, (openOf.get(mailboxId) ?? 0) + by);
    most = Math.max(most, openOf.get(mailboxId) ?? 0);
  };
  return {
    store,
    open: () => [...openOf.values()].reduce((sum, count) => sum + count, 0),
    mostPerMailbox: () => most,
    async mailbox(changes = {}) {
      const { host, port, security, username } = server;
      const columns = { host, port, security, username, state: 'watching' };
      const { mailboxId, workspaceId } = await store.add({
        ...{ ...columns, address: `${randomUUID()}@acme.example` },
        policy: changes.policy ?? {},
      });
      return {
        ...{ id: mailboxId, workspaceId, server: columns, provider: 'generic', auth: 'password' },
        ...{ connectedAt: new Date(), policy: DEFAULT_POLICY, credentialVersion: 1 },
        ...{ envelope: Buffer.of(), seed: EMPTY_SEED, foldersListedAt: null, reconciledAt: null },
        nextVisitAt: null,
        ...changes,
      };
    },
    visitor(options = {}) {
      const holder = randomUUID();
      const permits = new StoredPermits(store.db, { holder, logger: silent, ...options });
      const sessions = new MailSessions(async ({ id }, signal) => {
        changeOpen(id, 1);
        try {
          const session = await openImapSession(server, { address: '127.0.0.1', signal });
          return onClosed(session, () => changeOpen(id, -1));
        } catch (error) {
          changeOpen(id, -1);
          throw error;
        }
      }, permits);
      const own = new AsyncDisposableStack();
      own.use(permits);
      own.use(sessions);
      stack.use(own);
      return {
        ...{ sessions, holder },
        visit: (mailbox, work = () => Promise.resolve(), { keep = true, lane = 'live' } = {}) =>
          sessions.use(mailbox, new AbortController().signal, work, () => keep, { lane }),
        [Symbol.asyncDispose]: () => own.disposeAsync(),
      };
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** The same session; `closed` is called once it is gone. */
function onClosed(session: MailSession, closed: () => void): MailSession {
  let isClosed = false;
  return Object.create(session, {
    [Symbol.asyncDispose]: {
      value: async () => {
        await session[Symbol.asyncDispose]();
        if (!isClosed) closed();
        isClosed = true;
      },
    },
  }) as MailSession;
}
