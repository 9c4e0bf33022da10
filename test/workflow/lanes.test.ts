import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/activity';
import { describe, expect, inject, test } from 'vitest';
import type { Activities, FetchRequest, StatusReport } from '../../activities/contract.ts';
import type { Checkpoint } from '../../domain/checkpoint.ts';
import type { Deferral } from '../../domain/mailbox.ts';
import * as messages from '../../workflows/messages.ts';
import { command, statusOf, until } from '../support/ask-workflow.ts';
import { HOUR_MS, nothingNew, startMailbox } from '../support/mailbox-workflow.ts';

const address = inject('temporalAddress');
const LANES = { hasLanes: true };

const checkpointAt = (next: number): Checkpoint => ({
  INBOX: { uidValidity: '1', lastUid: 100, ...(next > 0 ? { backfill: { next, downTo: 0 } } : {}) },
});

/** A mailbox with `history` older messages, one a batch; `log` tells in which order things happen. */
function withHistory(history: number, more: Partial<Activities> = {}) {
  const log: string[] = [];
  const activities: Partial<Activities> = {
    fetchNew: ({ lane, checkpoint, seq }: FetchRequest) => {
      if (lane !== 'backfill') {
        log.push('live');
        const first = checkpoint['INBOX'] === undefined ? checkpointAt(history) : checkpoint;
        return Promise.resolve(nothingNew(first));
      }
      const at = checkpoint['INBOX']?.backfill?.next ?? 0;
      log.push(`fetch ${at}`);
      return Promise.resolve({
        ...{ batchId: `${seq}-${at - 1}`, count: 1, more: at > 1, pollEveryMs: HOUR_MS },
        checkpoint: checkpointAt(at - 1),
      });
    },
    persist: ({ batchId }) => {
      const at = Number(batchId.split('-').at(-1));
      log.push(`commit ${at + 1}`);
      const checkpoint = checkpointAt(at);
      return Promise.resolve({ checkpoint, logged: 1, skipped: 0, failed: 0 });
    },
    ...more,
  };
  return { log, activities };
}

describe('R3 the history has a lane of its own', () => {
  test('it begins when live mail has been read, newest first, and ends the import', async () => {
    const { log, activities } = withHistory(3);
    const reports: StatusReport[] = [];
    await using mailbox = await startMailbox(
      address,
      { ...activities, projectStatus: (report) => Promise.resolve(void reports.push(report)) },
      {},
      LANES,
    );
    await until(async () => (await statusOf(mailbox)).state).toBe('watching');
    expect(log).toEqual([
      ...['live', 'fetch 3', 'commit 3', 'fetch 2', 'commit 2', 'fetch 1', 'commit 1'],
    ]);
    await until(() => Promise.resolve(reports.map(({ state }) => state))).toEqual([
      ...['connecting', 'importing', 'watching'],
    ]);
    expect((await statusOf(mailbox)).checkpoint).toEqual(checkpointAt(0));
  });

  test('its activities run in queues of their own, so that other mailboxes never wait behind them', async () => {
    const { activities } = withHistory(1);
    await using mailbox = await startMailbox(address, activities, {}, LANES);
    await until(async () => (await statusOf(mailbox)).state).toBe('watching');
    const { events } = await mailbox.handle.fetchHistory();
    const queues = (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) =>
      scheduled ? [[scheduled.activityType?.name, scheduled.taskQueue?.name]] : [],
    );
    const fetches = queues.filter(([name]) => name === 'fetchNew').map(([, queue]) => queue);
    expect(fetches).toEqual([mailbox.taskQueue, `${mailbox.taskQueue}-backfill`]);
    expect(queues).toContainEqual(['persist', `${mailbox.taskQueue}-backfill`]);
  });

  test('new mail and a pause come before its next batch', async () => {
    const { log, activities } = withHistory(500);
    await using mailbox = await startMailbox(address, activities, {}, LANES);
    const lives = () => log.filter((step) => step === 'live').length;
    await until(() => Promise.resolve(log)).toContain('commit 499');
    await mailbox.handle.signal(messages.nudge);
    await until(() => Promise.resolve(lives())).toBe(2);
    expect(log).not.toContain('commit 1');
    await mailbox.handle.signal(messages.pause, command());
    const committed = log.filter((step) => step.startsWith('commit')).length;
    await until(async () => (await statusOf(mailbox)).state).toBe('paused');
    await mailbox.handle.signal(messages.stopImport, command());
    await mailbox.handle.signal(messages.resume, command());
    await until(() => Promise.resolve(lives())).toBe(3);
    const after = log.filter((step) => step.startsWith('commit')).length;
    // The batch that was being decided goes on to its end.
    expect(after - committed).toBeLessThanOrEqual(1);
  });

  test('it can be given up, and live mail goes on', async () => {
    const unwanted: boolean[] = [];
    const { log, activities } = withHistory(50);
    const fetchNew = activities.fetchNew ?? (() => Promise.reject(new Error('no fetch')));
    await using mailbox = await startMailbox(
      address,
      {
        ...activities,
        fetchNew: (request) => {
          if (request.lane === 'live') unwanted.push(request.isImportUnwanted === true);
          return fetchNew(request);
        },
      },
      {},
      LANES,
    );
    await until(() => Promise.resolve(log)).toContain('commit 49');
    await mailbox.handle.signal(messages.stopImport, command());
    await until(() => Promise.resolve(unwanted)).toEqual([false, true]);
    await until(async () => (await statusOf(mailbox)).state).toBe('watching');
    expect((await statusOf(mailbox)).checkpoint).toEqual(checkpointAt(0));
    expect(log).not.toContain('fetch 1');
  });
});

describe('R41 the next batch is fetched while the one before is decided', () => {
  test('by the worker that holds the connection, and committed only after it', async () => {
    const log: string[] = [];
    const queues: string[] = [];
    const released = Promise.withResolvers<undefined>();
    const batches = 4;
    await using mailbox = await startMailbox(
      address,
      {
        fetchNew: ({ checkpoint, seq, isAhead }) => {
          const lastUid = (checkpoint['INBOX']?.lastUid ?? 0) + 1;
          log.push(`fetch ${lastUid}${isAhead === true ? ' ahead' : ''}`);
          if (lastUid === 2) released.resolve(undefined);
          return Promise.resolve({
            ...{ batchId: `b${seq}-${lastUid}`, count: 1, more: lastUid < batches },
            ...{ pollEveryMs: HOUR_MS, worker: queues[0] ?? '' },
            checkpoint: { INBOX: { uidValidity: '1', lastUid } },
          });
        },
        persist: async ({ batchId }) => {
          const lastUid = Number(batchId.split('-').at(-1));
          // Hangs for good unless the second fetch runs meanwhile.
          if (lastUid === 1) await released.promise;
          log.push(`commit ${lastUid}`);
          const checkpoint = { INBOX: { uidValidity: '1', lastUid } };
          return { checkpoint, logged: 1, skipped: 0, failed: 0 };
        },
        loadMailbox: () => {
          const { seed } = { seed: { seq: 0, checkpoint: {}, paused: false } };
          return Promise.resolve({
            seed: { ...seed, imported: false, credentialVersion: 0 },
            ...{ workspaceId: randomUUID(), provider: 'generic' },
          });
        },
      },
      {},
      { ...LANES, onQueue: (queue) => void queues.push(queue) },
    );
    await until(async () => (await statusOf(mailbox)).state).toBe('watching');
    const commits = log.filter((step) => step.startsWith('commit'));
    expect(commits).toEqual(['commit 1', 'commit 2', 'commit 3', 'commit 4']);
    expect(log.filter((step) => step.endsWith('ahead'))).toHaveLength(3);
    expect(log.indexOf('fetch 2 ahead')).toBeLessThan(log.indexOf('commit 1'));
    expect((await statusOf(mailbox)).checkpoint).toEqual({
      INBOX: { uidValidity: '1', lastUid: batches },
    });
  });

  test('a worker that is gone is waited for a while, then any other goes on', async () => {
    let fetches = 0;
    await using mailbox = await startMailbox(address, {
      fetchNew: ({ seq }) => {
        fetches += 1;
        const checkpoint = { INBOX: { uidValidity: '1', lastUid: fetches } };
        return Promise.resolve({
          ...{ batchId: `b${seq}-${fetches}`, count: 1, more: false, pollEveryMs: HOUR_MS },
          ...{ checkpoint, worker: 'nobody-polls-this' },
        });
      },
      parse: () => Promise.resolve({ passed: 1, skipped: 0 }),
    });
    await expect
      .poll(async () => (await statusOf(mailbox)).state, { timeout: 100_000 })
      .toBe('watching');
    expect((await statusOf(mailbox)).failures).toBe(0);
  }, 120_000);
});

function deferred(deferral: Deferral) {
  return ApplicationFailure.create({
    ...{ type: 'deferred', message: 'put off', nonRetryable: true, details: [{ deferral }] },
  });
}

describe('R1, R56 what is put off', () => {
  test('live mail: nothing failed, the reason and the time are visible, and nobody can hurry it', async () => {
    const untilAt = Date.now() + HOUR_MS;
    const reports: StatusReport[] = [];
    let fetches = 0;
    await using mailbox = await startMailbox(address, {
      projectStatus: (report) => Promise.resolve(void reports.push(report)),
      fetchNew: () => {
        fetches += 1;
        return Promise.reject(deferred({ lane: 'live', reason: 'bytes_spent', until: untilAt }));
      },
    });
    await until(() => Promise.resolve(reports.at(-1)?.deferred?.reason)).toBe('bytes_spent');
    const plan = await mailbox.handle.executeUpdate(messages.syncNow, { args: [command()] });
    await mailbox.handle.signal(messages.nudge);
    const status = await statusOf(mailbox);
    expect(plan.notBefore).toBe(untilAt);
    expect(status).toMatchObject({ failures: 0, lastError: null, nextVisitAt: untilAt });
    expect([fetches, status.deferred?.until]).toEqual([1, untilAt]);
  });

  test('the history: live mail goes on meanwhile, and the rest follows by itself', async () => {
    const { log, activities } = withHistory(2);
    const fetchNew = activities.fetchNew ?? (() => Promise.reject(new Error('no fetch')));
    let isSpent = true;
    await using mailbox = await startMailbox(
      address,
      {
        ...activities,
        fetchNew: (request) => {
          if (request.lane !== 'backfill' || !isSpent) return fetchNew(request);
          isSpent = false;
          const untilAt = Date.now() + 3_000;
          return Promise.reject(
            deferred({ lane: 'backfill', reason: 'bytes_spent', until: untilAt }),
          );
        },
      },
      {},
      LANES,
    );
    await until(async () => (await statusOf(mailbox)).deferred?.lane).toBe('backfill');
    await mailbox.handle.executeUpdate(messages.syncNow, { args: [command()] });
    await until(() => Promise.resolve(log.filter((step) => step === 'live').length)).toBe(2);
    await until(async () => (await statusOf(mailbox)).state).toBe('watching');
    expect((await statusOf(mailbox)).deferred).toBeNull();
    expect(log.at(-1)).toBe('commit 1');
  });
});

describe('R53, R56 the server is compared with the ledger', () => {
  test('when the visit says that it is due; what is missing makes another visit follow', async () => {
    const log: string[] = [];
    await using mailbox = await startMailbox(address, {
      fetchNew: ({ checkpoint, isReconnected }) => {
        log.push(isReconnected === true ? 'reconnected' : 'visit');
        const isReconcileDue = log.length === 1 || isReconnected === true;
        return Promise.resolve({ ...nothingNew(checkpoint), isReconcileDue });
      },
      reconcile: () => {
        log.push('compare');
        const missing = log.length < 4 ? 1 : 0;
        return Promise.resolve({ onServer: 2, recorded: 1, missing });
      },
    });
    await until(() => Promise.resolve(log)).toEqual(['visit', 'compare', 'visit']);
    await mailbox.handle.signal(messages.reconnect, { ...command(), credentialVersion: 1 });
    await until(() => Promise.resolve(log)).toEqual([
      ...['visit', 'compare', 'visit', 'reconnected', 'compare'],
    ]);
  });
});
