import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Deferred } from '../../../activities/deferral.ts';
import { theSessions } from '../../support/the-sessions.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

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
    await sessions.rest('another');
    expect(open()).toEqual([false, true]);
    await sessions.rest('m');
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

describe('R1 one connection at any time', () => {
  test('uses of one mailbox follow each other in the order they were asked for', async () => {
    const { use, open } = theSessions();
    const first = Promise.withResolvers<undefined>();
    const order: string[] = [];
    const running = [
      use({}, async () => {
        await first.promise;
        order.push('first');
      }),
      use({}, () => Promise.resolve(order.push('second'))),
      use({}, () => Promise.resolve(order.push('third'))),
    ];
    await vi.advanceTimersByTimeAsync(0);
    expect(order).toEqual([]);
    first.resolve(undefined);
    await Promise.all(running);
    expect([order, open()]).toEqual([['first', 'second', 'third'], [true]]);
  });

  test('R52 who is cancelled in the line leaves it at once, and the others go on', async () => {
    const { use, open } = theSessions();
    const first = Promise.withResolvers<undefined>();
    const visit = new AbortController();
    const running = use({}, () => first.promise);
    const waiting = use({ signal: visit.signal });
    const behind = use();
    visit.abort();
    await expect(waiting).rejects.toThrow('Cancelled');
    first.resolve(undefined);
    await Promise.all([running, behind]);
    expect(open()).toEqual([true]);
  });

  test('a failure of one leaves a new connection to the next', async () => {
    const { use, open, book } = theSessions();
    const failing = use({}, () => Promise.reject(new Error('x')));
    const next = use();
    await expect(failing).rejects.toThrow('x');
    await next;
    expect(open()).toEqual([false, true]);
    // The lease goes after the connection, and before the next login.
    expect(book).toEqual(['login live', '0/1', 'leave', 'login live', '0/1']);
  });

  test('a lease that was lost closes the connection, also in the middle of a command', async () => {
    const { use, open, lose } = theSessions();
    const hanging = Promise.withResolvers<undefined>();
    const running = use({}, () => hanging.promise);
    await vi.advanceTimersByTimeAsync(0);
    lose('m');
    expect(open()).toEqual([false]);
    hanging.resolve(undefined);
    await running;
  });

  test('a connection whose lease somebody else has is not used again', async () => {
    const { use, open, answers } = theSessions();
    await use();
    answers.again = false;
    await use();
    expect(open()).toEqual([false, true]);
  });

  test('who is asked to let go does so between two uses', async () => {
    const { sessions, use, open } = theSessions();
    await use();
    await sessions.letGo('m');
    expect(open()).toEqual([false]);
    await use({}, async () => {
      await sessions.letGo('m');
      expect(open()).toEqual([false, true]);
    });
    expect(open()).toEqual([false, false]);
  });
});

describe('R1 what went over the connection is counted', () => {
  test('after each use what is new, and the rest at the end', async () => {
    const { sessions, use, states, book } = theSessions();
    const [state] = [() => states[0]];
    await use({}, () => Promise.resolve(Object.assign(state() ?? {}, { octets: 100 })));
    await use({}, () => Promise.resolve(Object.assign(state() ?? {}, { octets: 150 })));
    Object.assign(state() ?? {}, { octets: 160 });
    await sessions.close('m');
    expect(book).toEqual(['login live', '100/1', '50/0', '10/0', 'leave']);
  });

  test('a budget that is spent ends the visit, and its connection', async () => {
    const { use, open, answers } = theSessions();
    await use();
    answers.isSpent = true;
    await expect(use()).rejects.toBeInstanceOf(Deferred);
    expect(open()).toEqual([false]);
  });
});
