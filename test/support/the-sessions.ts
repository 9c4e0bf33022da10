import { Deferred } from '../../activities/deferral.ts';
import type { Permits } from '../../activities/permits.ts';
import { MailSessions } from '../../activities/sessions.ts';
import { EMPTY_SEED } from '../../domain/mailbox.ts';
import { DEFAULT_POLICY } from '../../domain/policy.ts';
import type { ConnectedMailbox } from '../../drizzle/loop.ts';
import type { MailSession, WatchListener } from '../../mail/session.ts';

/** A mailbox as an activity knows it. */
export const aMailbox = (credentialVersion = 1): ConnectedMailbox => ({
  ...{ id: 'm', workspaceId: 'w', provider: 'generic', auth: 'password', envelope: Buffer.of() },
  server: { host: 'h', port: 993, security: 'tls', username: 'u' },
  ...{ foldersListedAt: null, reconciledAt: null, nextVisitAt: null },
  ...{ connectedAt: new Date(0), policy: DEFAULT_POLICY, seed: EMPTY_SEED, credentialVersion },
});

/** Permits that allow everything and write down what they were asked. */
function theBook() {
  const book: string[] = [];
  const answers = { again: true, watch: true, isSpent: false };
  let lost: (mailboxId: string) => void = () => undefined;
  const note = (entry: string) => Promise.resolve(void book.push(entry));
  const permits: Permits = {
    login: (_, lane) => note(`login ${lane}`),
    again: (_, lane) => {
      if (answers.isSpent) throw new Deferred({ lane, reason: 'bytes_spent', until: 1 });
      return Promise.resolve(answers.again);
    },
    watch: () => Promise.resolve(answers.watch),
    count: (_, { received = 0, sent = 0 }) => note(`${received}/${sent}`),
    leave: () => note('leave'),
    whenLost: (listener) => void (lost = listener),
  };
  return { book, answers, permits, lose: (mailboxId: string) => lost(mailboxId) };
}

interface State {
  isOpen: boolean;
  octets: number;
  listener: WatchListener | null;
  isWatched: boolean;
}

/** Sessions that only know whether they are open; `states` has one of them per login. */
export function theSessions() {
  const states: State[] = [];
  const { book, answers, permits, lose } = theBook();
  const snapshot = { uidValidity: '1', uidNext: 5, exists: 4, highestModseq: null };
  const sessions = new MailSessions(() => {
    const state: State = { isOpen: true, octets: 0, listener: null, isWatched: false };
    states.push(state);
    const session: Partial<MailSession> = {
      get isOpen() {
        return state.isOpen;
      },
      octets: () => ({ received: state.octets, sent: 1 }),
      watch: (_, listener) => {
        Object.assign(state, { listener, isWatched: true });
        return Promise.resolve({ snapshot, stop: () => void (state.isWatched = false) });
      },
      [Symbol.asyncDispose]: () => Promise.resolve(void (state.isOpen = false)),
    };
    return Promise.resolve(session as MailSession);
  }, permits);
  const use = (
    { version = 1, keep = true, signal = new AbortController().signal, push = false } = {},
    work: (session: MailSession) => Promise<unknown> = () => Promise.resolve(),
  ) => {
    const mailbox = aMailbox(version);
    const asked = { ...mailbox, policy: { ...mailbox.policy, push } };
    return sessions.use(asked, signal, work, () => keep);
  };
  const open = () => states.map(({ isOpen }) => isOpen);
  return { sessions, use, open, states, book, answers, lose };
}
