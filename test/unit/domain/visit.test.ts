import { describe, expect, test } from 'vitest';
import type { Checkpoint } from '../../../domain/checkpoint.ts';
import {
  confirm,
  dueAt,
  EMPTY_SEED,
  isActive,
  newLoop,
  reconnect,
  stateOf,
  stopImport,
  type MailboxLoop,
} from '../../../domain/mailbox.ts';
import {
  backfillAdvanced,
  backfillDueAt,
  batchCommitted,
  isSlowedDown,
  visitDeferred,
  visitFailed,
  visitStarted,
  visitSucceeded,
} from '../../../domain/visit.ts';

const MINUTE = 60_000;
const NOW = Date.parse('2026-11-02T10:00:00Z');
const HISTORY: Checkpoint = {
  inbox: { uidValidity: '1', lastUid: 9, backfill: { next: 9, downTo: 0 }, historyAbove: 0 },
};
const READ: Checkpoint = { inbox: { uidValidity: '1', lastUid: 9, historyAbove: 0 } };
const succeeded = (loop: MailboxLoop, asked?: MailboxLoop) =>
  visitSucceeded(loop, {
    ...{ now: NOW, more: false, pollEveryMs: 15 * MINUTE, random: 0.5 },
    ...(asked === undefined ? {} : { asked }),
  });
const failed = (loop: MailboxLoop, failure: Partial<Parameters<typeof visitFailed>[1]>) =>
  visitFailed(loop, {
    ...{ code: 'server_unavailable', now: NOW, hintMs: null, random: 0.5 },
    ...{ credentialVersion: loop.credentialVersion, ...failure },
  });
const watching = succeeded(visitStarted(newLoop(EMPTY_SEED)));
const importing = succeeded({ ...visitStarted(newLoop(EMPTY_SEED)), checkpoint: HISTORY });

describe('R3 the history', () => {
  test('is due when live mail has been read, and waits while visits fail', () => {
    expect(backfillDueAt({ ...newLoop(EMPTY_SEED), checkpoint: HISTORY })).toBeNull();
    expect([stateOf(importing), backfillDueAt(importing)]).toEqual(['importing', 0]);
    expect(backfillDueAt(failed(importing, {}))).toBeNull();
    expect(backfillDueAt(watching)).toBeNull();
  });

  test('ends with its last batch', () => {
    const batch = { seq: 1, checkpoint: READ, decided: 9 };
    const ended = backfillAdvanced(batchCommitted(importing, batch));
    expect([ended.imported, stateOf(ended)]).toEqual([true, 'watching']);
    const between = backfillAdvanced(batchCommitted(importing, { ...batch, checkpoint: HISTORY }));
    expect([between.imported, stateOf(between)]).toEqual([false, 'importing']);
  });

  test('longer than at first: the mailbox imports again', () => {
    const widened = batchCommitted(watching, { seq: 1, checkpoint: HISTORY, decided: 0 });
    expect(stateOf(widened)).toBe('importing');
  });

  test('given up: what is under way cannot bring it back', () => {
    const stopped = stopImport(importing);
    expect([stopped.checkpoint, backfillDueAt(stopped)]).toEqual([READ, null]);
    const late = batchCommitted(stopped, { seq: 1, checkpoint: HISTORY, decided: 1 });
    expect(late.checkpoint).toEqual(READ);
    expect(succeeded(late).isImportUnwanted).toBe(true);
    expect(succeeded(late, late).isImportUnwanted).toBe(false);
    expect(stopImport(watching)).toBe(watching);
  });
});

describe('R1 what is put off', () => {
  test('live mail is due when the budget allows, whoever asks', () => {
    const until = NOW + 60 * MINUTE;
    const put = visitDeferred(watching, { lane: 'live', reason: 'bytes_spent', until });
    expect([dueAt({ ...put, woken: true }), put.failures, stateOf(put)]).toEqual([
      ...[until, 0, 'watching'],
    ]);
    expect(succeeded(put).deferred).toBeNull();
  });

  test('the history waits alone: live mail keeps its time', () => {
    const until = NOW + 60 * MINUTE;
    const put = visitDeferred(importing, { lane: 'backfill', reason: 'bytes_spent', until });
    expect([backfillDueAt(put), dueAt(put)]).toEqual([until, dueAt(importing)]);
    expect(succeeded(put).deferred?.until).toBe(until);
    expect(backfillAdvanced(put).deferred).toBeNull();
  });
});

describe('R1 a provider that finds us too fast', () => {
  test('is visited half as often for a day', () => {
    const slow = failed(watching, { code: 'throttled', shouldSlowDown: true });
    expect([isSlowedDown(slow, NOW), isSlowedDown(slow, NOW + 25 * 60 * MINUTE)]).toEqual([
      ...[true, false],
    ]);
    expect(succeeded(slow).pollAt - NOW).toBe(2 * (watching.pollAt - NOW));
    expect(isSlowedDown(failed(watching, {}), NOW)).toBe(false);
  });
});

test('R56 what exactly is wrong is kept with the error, and only where it is known', () => {
  const disabled = failed(watching, { code: 'authorization_failed', detail: 'access_disabled' });
  expect(disabled.lastError).toEqual({
    ...{ code: 'authorization_failed', at: NOW, detail: 'access_disabled' },
  });
  expect(failed(watching, {}).lastError).toEqual({ code: 'server_unavailable', at: NOW });
});

describe('R55 credentials that were refused', () => {
  const refused = { code: 'authentication_failed', mayBeFalse: true };

  test('are asked once more, 15 to 30 minutes later, where the provider is known to err', () => {
    const parked = failed(watching, refused);
    expect([isActive(parked), stateOf(parked)]).toEqual([false, 'needs_reconnection']);
    expect(parked.confirmAt).toBe(NOW + 22.5 * MINUTE);
    const again = confirm(parked);
    expect([isActive(again), dueAt(again)]).toEqual([true, again.notBefore]);
    const final = failed(visitStarted(again), refused);
    expect([final.parked, final.confirmAt]).toEqual([true, null]);
    expect(succeeded(visitStarted(again))).toMatchObject({ parked: false, failures: 0 });
  });

  test.each([
    ['a provider that does not err', watching, { ...refused, mayBeFalse: false }],
    ['credentials that never worked', newLoop(EMPTY_SEED), refused],
    ['access that was taken away', watching, { ...refused, code: 'authorization_failed' }],
  ])('are not asked again: %s', (_, loop, failure) => {
    const parked = failed(loop, failure);
    expect([parked.parked, parked.confirmAt ?? null]).toEqual([true, null]);
  });

  test('R53 new ones end it all, and have the server compared with the ledger once', () => {
    const fresh = reconnect(failed(watching, refused), 1);
    expect(fresh).toMatchObject({ parked: false, confirmAt: null, isReconnected: true });
    expect(succeeded(fresh).isReconnected).toBe(true);
    expect(succeeded(fresh, fresh).isReconnected).toBe(false);
  });
});
