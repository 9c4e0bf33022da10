import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MailSessions } from '../../../activities/sessions.ts';
import { DEFAULT_POLICY } from '../../../domain/policy.ts';
import { EMPTY_SEED } from '../../../domain/mailbox.ts';
import type { ConnectedMailbox } from '../../../drizzle/loop.ts';
import type { MailSession } from '../../../mail/session.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const aMailbox = (credentialVersion = 1): ConnectedMailbox => ({
  ...{ id: 'm', workspaceId: 'w', provider: 'generic', envelope: Buffer.of() },
  server: { host: 'h', port: 993, security: 'tls', username: 'u' },
  ...{ connectedAt: new Date(0), policy: DEFAULT_POLICY, seed: EMPTY_SEED, credentialVersion },
});

/** Sessions that only know whether they are open; `states` has one of them per login. */
function theSessions() {
  const states: { isOpen: boolean }[] = [];
  const sessions = new MailSessions(() => {
    const state = { isOpen: true };
    states.push(state);
    const session: Partial<MailSession> = {
      get isOpen() {
        return state.isOpen;
      },
      [Symbol.asyncDispose]: () => Promise.resolve(void (state.isOpen = false)),
    };
    return Promise.resolve(session as MailSession);
  });
  const use = (
    { version = 1, keep = true, signal = new AbortController().signal } = {},
    work: () => Promise<unknown> = () => Promise.resolve(),
  ) => sessions.use(aMailbox(version), signal, work, () => keep);
  return { sessions, use, open: () => states.map(({ isOpen }) => isOpen), states };
}

describe('R1 one login per visit, and nothing open between visits', () => {
  test('a session that is kept serves the next batch', async () => {
    const { use, open } = theSessions();
    await use();
    await use();
    expect(open()).toEqual([true]);
  });

  test('at the end of the visit it is closed, by the last batch or by its id', async () => {
    const { sessions, use, open } = theSessions();
    await use();
    await use({ keep: false });
    expect(open()).toEqual([false]);
    await use();
    await sessions.close('another');
    expect(open()).toEqual([false, true]);
    await sessions.close('m');
    expect(open()).toEqual([false, false]);
  });

  test('a session that a visit forgot is closed after a while, and not while it is used', async () => {
    const { use, open } = theSessions();
    await use();
    await use({}, () => vi.advanceTimersByTimeAsync(60_000));
    expect(open()).toEqual([true]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(open()).toEqual([false]);
  });

  test('all of them are closed when the worker stops', async () => {
    const { sessions, use, open } = theSessions();
    await use();
    await sessions[Symbol.asyncDispose]();
    expect(open()).toEqual([false]);
  });
});

describe('a session is not used again', () => {
  test('after a failure: its state is not known any more', async () => {
    const { use, open } = theSessions();
    const failing = use({}, () => Promise.reject(new Error('x')));
    await expect(failing).rejects.toThrow('x');
    expect(open()).toEqual([false]);
    await use();
    expect(open()).toEqual([false, true]);
  });

  test('R53 when the credentials are newer than those it was opened with', async () => {
    const { use, open } = theSessions();
    await use({ version: 1 });
    await use({ version: 2 });
    expect(open()).toEqual([false, true]);
  });

  test('when the server has closed it meanwhile', async () => {
    const { use, open, states } = theSessions();
    await use();
    states.forEach((state) => (state.isOpen = false));
    await use();
    expect(open()).toEqual([false, true]);
  });
});

test('R52 a cancellation closes the connection while something waits for it', async () => {
  const { use, open } = theSessions();
  const visit = new AbortController();
  const hanging = Promise.withResolvers<undefined>();
  const running = use({ signal: visit.signal }, () => hanging.promise);
  await vi.advanceTimersByTimeAsync(0);
  visit.abort();
  expect(open()).toEqual([false]);
  hanging.resolve(undefined);
  await running;
});
