import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Deferred } from '../../../activities/deferral.ts';
import { aMailbox, theSessions } from '../../support/the-sessions.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('push', () => {
  function watched() {
    const all = theSessions();
    const told: string[] = [];
    all.sessions.startPush({
      watched: (id, { uidNext }) => void told.push(`watched ${id} ${uidNext}`),
      news: (id) => void told.push(`news ${id}`),
    });
    return { ...all, told };
  }
  const push = true;

  test('the connection of the visit stays open and tells of news; the next visit takes it', async () => {
    const { use, open, states, told, sessions, book } = watched();
    await use({ push, keep: false });
    expect(sessions.watching()).toEqual(['m']);
    await vi.advanceTimersByTimeAsync(60 * 60_000);
    states[0]?.listener?.news();
    expect(told).toEqual(['watched m 5', 'news m']);
    await use({ push }, () => {
      expect([states[0]?.isWatched, sessions.watching()]).toEqual([false, []]);
      return Promise.resolve();
    });
    expect([open(), book.filter((entry) => entry.startsWith('login'))]).toEqual([
      [true],
      ['login live'],
    ]);
  });

  test('also after a visit whose last step needed no connection', async () => {
    const { use, sessions } = watched();
    await use({ push });
    await sessions.rest('m');
    expect(sessions.watching()).toEqual(['m']);
  });

  test.each(['no push wanted', 'no room', 'somebody else waits'] as const)(
    'the connection is closed: %s',
    async (why) => {
      const { use, open, answers, sessions } = watched();
      answers.watch = why !== 'no room';
      await use({ push: why !== 'no push wanted', keep: false }, () =>
        why === 'somebody else waits' ? sessions.letGo('m') : Promise.resolve(),
      );
      expect([open(), sessions.watching()]).toEqual([[false], []]);
    },
  );

  test('a connection that the server ends is let go, lease and all', async () => {
    const { use, open, states, book, sessions } = watched();
    await use({ push, keep: false });
    states[0]?.listener?.gone();
    await vi.advanceTimersByTimeAsync(0);
    expect([open(), sessions.watching(), book.at(-1)]).toEqual([[false], [], 'leave']);
  });

  test('who watches only lets go at once when somebody needs the mailbox', async () => {
    const { use, open, sessions } = watched();
    await use({ push, keep: false });
    await sessions.letGo('m');
    expect(open()).toEqual([false]);
  });

  test.each([
    ['google', 54],
    ['password', Infinity],
  ] as const)(
    'a session that %s let in ends after %d minutes, before the provider ends it',
    async (auth, minutes) => {
      const { sessions, open } = watched();
      const mailbox = { ...aMailbox(), provider: 'gmail', auth };
      const asked = { ...mailbox, policy: { ...mailbox.policy, push } };
      await sessions.use(
        asked,
        new AbortController().signal,
        () => Promise.resolve(),
        () => false,
      );
      await vi.advanceTimersByTimeAsync(53 * 60_000);
      expect(open()).toEqual([true]);
      await vi.advanceTimersByTimeAsync(2 * 60_000);
      expect(open()).toEqual([minutes > 55]);
    },
  );

  test('a budget that is spent ends the visit, not the wait for news', async () => {
    const { use, sessions, answers, open } = watched();
    await use({ push, keep: false });
    answers.isSpent = true;
    await expect(use({ push })).rejects.toBeInstanceOf(Deferred);
    expect([sessions.watching(), open()]).toEqual([['m'], [true]]);
  });
});
