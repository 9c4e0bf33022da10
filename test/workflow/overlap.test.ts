import { ApplicationFailure } from '@temporalio/common';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import type { Activities } from '../../activities/contract.ts';
import { EMPTY_SEED } from '../../domain/mailbox.ts';
import { statusOf, until } from '../support/ask-workflow.ts';
import { HOUR_MS, startMailbox, workflowBundle } from '../support/mailbox-workflow.ts';

const address = inject('temporalAddress');

beforeAll(workflowBundle);

const uidOf = (batchId: string) => Number(batchId.split('-').at(-1));
const at = (lastUid: number) => ({ INBOX: { uidValidity: '1', lastUid } });

/** A mailbox of so many batches of one message each; writes down what it is asked for. */
function aLog(batches: number, worker: () => string) {
  const log: string[] = [];
  const activities: Partial<Activities> = {
    loadMailbox: () => Promise.resolve({ seed: EMPTY_SEED, workspaceId: 'w', provider: 'generic' }),
    fetchNew: ({ checkpoint, seq }) => {
      const lastUid = (checkpoint['INBOX']?.lastUid ?? 0) + 1;
      log.push(`fetch ${lastUid}`);
      return Promise.resolve({
        ...{ batchId: `b${seq}-${lastUid}`, count: 1, more: lastUid < batches },
        ...{ pollEveryMs: HOUR_MS, worker: worker(), mayOverlap: true, checkpoint: at(lastUid) },
      });
    },
    match: ({ batchId }) => {
      log.push(`match ${uidOf(batchId)}`);
      return Promise.resolve({ passed: 1, skipped: 0 });
    },
  };
  const committed = (batchId: string) => {
    log.push(`commit ${uidOf(batchId)}`);
    return { checkpoint: at(uidOf(batchId)), logged: 1, skipped: 0, failed: 0 };
  };
  return { log, activities, committed };
}

describe('R41 a batch is matched while the one before is committed', () => {
  test('and committed only after it', async () => {
    let own = '';
    const { log, activities, committed } = aLog(4, () => own);
    const matched = Promise.withResolvers<undefined>();
    await using mailbox = await startMailbox(
      address,
      {
        ...activities,
        match: (batch) => {
          if (uidOf(batch.batchId) === 2) matched.resolve(undefined);
          return activities.match?.(batch) ?? Promise.reject(new Error('no match'));
        },
        persist: async ({ batchId }) => {
          // Hangs for good unless the second batch is matched meanwhile.
          if (uidOf(batchId) === 1) await matched.promise;
          return committed(batchId);
        },
      },
      {},
      { hasLanes: true, onQueue: (queue) => void (own = queue) },
    );
    await until(async () => (await statusOf(mailbox)).state).toBe('watching');
    const commits = log.filter((step) => step.startsWith('commit'));
    expect(commits).toEqual(['commit 1', 'commit 2', 'commit 3', 'commit 4']);
    expect(log.indexOf('match 2')).toBeLessThan(log.indexOf('commit 1'));
    expect((await statusOf(mailbox)).checkpoint).toEqual(at(4));
  });

  test('a commit that fails keeps back what was matched behind it, and all of it comes again', async () => {
    let own = '';
    let hasFailed = false;
    const { log, activities, committed } = aLog(3, () => own);
    const matched = Promise.withResolvers<undefined>();
    await using mailbox = await startMailbox(
      address,
      {
        ...activities,
        match: (batch) => {
          if (uidOf(batch.batchId) === 3) matched.resolve(undefined);
          return activities.match?.(batch) ?? Promise.reject(new Error('no match'));
        },
        persist: async ({ batchId }) => {
          if (uidOf(batchId) !== 2 || hasFailed) return committed(batchId);
          await matched.promise;
          hasFailed = true;
          const type = 'deferred';
          const deferral = { lane: 'live', reason: 'host_busy', until: Date.now() };
          throw ApplicationFailure.create({ type, nonRetryable: true, details: [{ deferral }] });
        },
      },
      {},
      { hasLanes: true, onQueue: (queue) => void (own = queue) },
    );
    await until(async () => (await statusOf(mailbox)).checkpoint).toEqual(at(3));
    const commits = log.filter((step) => step.startsWith('commit'));
    expect(commits).toEqual(['commit 1', 'commit 2', 'commit 3']);
    expect(log.filter((step) => step === 'fetch 2')).toHaveLength(2);
    expect(log.filter((step) => step === 'match 3')).toHaveLength(2);
  });
});
