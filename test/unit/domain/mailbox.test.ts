import { describe, expect, test } from 'vitest';
import {
  disconnect,
  dueAt,
  EMPTY_SEED,
  isActive,
  latenessMs,
  newLoop,
  pause,
  reconnect,
  resume,
  stateOf,
  wake,
  type MailboxLoop,
} from '../../../domain/mailbox.ts';
import {
  batchCommitted,
  visitFailed,
  visitStarted,
  visitSucceeded,
} from '../../../domain/visit.ts';

const MINUTE = 60_000;
const NOW = Date.parse('2026-11-02T10:00:00Z');
const fresh = newLoop(EMPTY_SEED);
const succeeded = (loop: MailboxLoop, more = false) =>
  visitSucceeded(loop, { now: NOW, more, pollEveryMs: 15 * MINUTE, random: 0.5 });
const failed = (loop: MailboxLoop, code: string, hintMs: number | null = null) =>
  visitFailed(loop, { code, now: NOW, hintMs, random: 1, credentialVersion: 0 });
const watching = succeeded(visitStarted(fresh));

describe('the states a mailbox shows', () => {
  test.each([
    ['connecting', fresh],
    ['importing', succeeded(fresh, true)],
    ['importing', batchCommitted(fresh, { seq: 1, checkpoint: {}, decided: 3 })],
    ['watching', watching],
    ['watching', succeeded(visitStarted(watching), true)],
    ['backing_off', failed(watching, 'connection_lost')],
    ['needs_reconnection', failed(watching, 'authentication_failed')],
    ['paused', pause(watching)],
    ['paused', pause(failed(watching, 'authentication_failed'))],
    ['disconnected', disconnect(pause(watching))],
  ])('%s', (state, loop) => {
    expect(stateOf(loop)).toBe(state);
  });
});

describe('R52 pause and resume', () => {
  test('keep the checkpoint, are idempotent, and resume visits at once', () => {
    const at = { INBOX: { uidValidity: '1', lastUid: 9 } };
    const loop = batchCommitted(watching, { seq: 4, checkpoint: at, decided: 9 });
    const paused = pause(pause(loop));
    expect([isActive(paused), paused.checkpoint]).toEqual([false, at]);
    const resumed = resume(resume(paused));
    expect([stateOf(resumed), resumed.checkpoint, resumed.seq]).toEqual(['watching', at, 4]);
    expect(dueAt(resumed)).toBe(loop.notBefore);
  });
  test('resume of a mailbox that is not paused does not even visit it', () => {
    expect(resume(watching)).toBe(watching);
  });
});

describe('R53, R55 refused credentials', () => {
  const parked = failed(watching, 'authentication_failed');
  test.each(['authentication_failed', 'authorization_failed', 'tls_failed', 'host_refused'])(
    '%s stops the visits until reconnect',
    (code) => {
      const loop = failed(watching, code);
      expect([isActive(loop), loop.lastError]).toEqual([false, { code, at: NOW }]);
      expect(isActive(resume(wake(loop)))).toBe(false);
    },
  );
  test('newer credentials end it, a late signal with older ones does not', () => {
    expect(stateOf(reconnect(parked, parked.credentialVersion))).toBe('needs_reconnection');
    const again = reconnect(parked, parked.credentialVersion + 1);
    expect([stateOf(again), again.failures, again.lastError]).toEqual(['watching', 0, null]);
    expect(dueAt(again)).toBe(watching.notBefore);
  });
});

test('R53 a refusal of the old password does not park the new one', () => {
  const renewed = reconnect(visitStarted(watching), 1);
  const loop = failed(renewed, 'authentication_failed');
  expect([stateOf(loop), loop.lastError, loop.woken]).toEqual(['watching', null, true]);
});

describe('R55 what passes by itself only waits', () => {
  test('an outage: longer each time, and people may try earlier', () => {
    const first = failed(watching, 'connection_lost');
    const second = failed(first, 'timed_out');
    expect([first.pollAt - NOW, second.pollAt - NOW]).toEqual([MINUTE, 2 * MINUTE]);
    expect(dueAt(wake(second)) - NOW).toBeLessThan(10_000);
    expect(stateOf(succeeded(visitStarted(second)))).toBe('watching');
  });
  test("a throttle: nobody comes earlier, and the provider's hint is a floor", () => {
    const throttled = failed(watching, 'throttled', 90 * MINUTE);
    expect(dueAt(wake(resume(pause(throttled)))) - NOW).toBe(90 * MINUTE);
    expect(dueAt(wake(failed(watching, 'throttled'))) - NOW).toBe(5 * MINUTE);
  });
  test('a hint binds whatever the failure', () => {
    const loop = failed(watching, 'server_unavailable', 10 * MINUTE);
    expect(dueAt(wake(loop)) - NOW).toBe(10 * MINUTE);
  });
});

describe('visits', () => {
  test('the next one follows the interval; a wake-up brings it forward, with a short gap', () => {
    expect(dueAt(watching) - NOW).toBe(15 * MINUTE);
    expect(dueAt(wake(watching)) - NOW).toBe(2_000);
  });
  test('a wake-up during a visit asks for another one', () => {
    expect(dueAt(succeeded(wake(visitStarted(fresh)))) - NOW).toBe(2_000);
  });
  test('a visit that failed waits, whatever was asked for during it', () => {
    const loop = failed(wake(visitStarted(watching)), 'connection_lost');
    expect(dueAt(loop) - NOW).toBe(MINUTE);
  });
  test('messages that are left make the next visit follow at once', () => {
    expect(dueAt(succeeded(visitStarted(fresh), true))).toBe(0);
  });
});

describe('R56 how late a visit is', () => {
  const now = new Date(NOW);
  const before = (minutes: number) => new Date(NOW - minutes * MINUTE);
  test.each([
    ['not due yet', { state: 'watching', nextVisitAt: before(-5) }, 0],
    ['overdue: no worker runs', { state: 'watching', nextVisitAt: before(7) }, 7 * MINUTE],
    ['never visited', { state: 'connecting', nextVisitAt: null }, 60 * MINUTE],
    ['at work', { state: 'importing', nextVisitAt: null }, null],
    ['paused', { state: 'paused', nextVisitAt: before(7) }, null],
    ['parked', { state: 'needs_reconnection', nextVisitAt: before(7) }, null],
  ] as const)('%s', (_, mailbox, lateness) => {
    expect(latenessMs({ ...mailbox, connectedAt: before(60) }, now)).toBe(lateness);
  });
});
