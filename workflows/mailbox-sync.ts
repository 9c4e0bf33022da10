/**
 * The life of one mailbox, for as long as it is connected:
 *
 *     load the committed checkpoint
 *     while not disconnected:
 *       paused or parked  wait for a signal
 *       not due yet       wait for the next visit, a wake-up, or a signal
 *       due               pass after pass (fetchNew, parse, classify, match, persist) until nothing is left;
 *                         a failure becomes a wait (domain/polling.ts) or parks the mailbox (domain/mailbox.ts)
 *       continue as new before the history grows long
 *     forget the credentials
 *
 * Signals only change the loop's state, by pure functions of domain/mailbox.ts, and interrupt a fetch that hangs.
 * Cancelling the workflow from outside only ends it: the credentials stay, and the next command starts it again.
 */
import * as wf from '@temporalio/workflow';
import type { Activities } from '../activities/contract.ts';
import {
  disconnect,
  dueAt,
  EMPTY_SEED,
  isActive,
  newLoop,
  pause,
  reconnect,
  resume,
  visitFailed,
  visitStarted,
  visitSucceeded,
  wake,
  type LoopSeed,
  type MailboxLoop,
} from '../domain/mailbox.ts';
import * as messages from './messages.ts';
import { runPass } from './pipeline.ts';
import { failureOf, statusOf } from './report.ts';
import { createReporter } from './reporter.ts';

const { loadMailbox, cleanUp } = wf.proxyActivities<Activities>({
  startToCloseTimeout: '30 seconds',
  retry: { maximumInterval: '1 minute' },
});

/** A run never gets older, so that an old branch of this code is needed for a day after a deploy at most. */
const DAY_MS = 24 * 60 * 60 * 1000;

const DEFAULT_SETTINGS: messages.LoopSettings = {
  batchSize: 200,
  batchesPerVisit: 20,
  visitsPerRun: 40,
  eventsPerRun: 600,
};

export async function mailboxSync(input: messages.MailboxSyncInput): Promise<void> {
  const { mailboxId } = input;
  const settings = { ...DEFAULT_SETTINGS, ...input.settings };
  // Signals that arrive before the checkpoint is loaded must not be lost: state first, handlers next, then I/O.
  let loop: MailboxLoop = input.carried ?? newLoop(EMPTY_SEED);
  let isPauseWished: boolean | null = null;
  let fetchScope: wf.CancellationScope | undefined;
  const fetching = { isInterrupted: false };
  const wasInterrupted = () => fetching.isInterrupted;
  const interrupt = () => {
    fetching.isInterrupted = true;
    fetchScope?.cancel();
  };

  wf.setHandler(messages.pause, () => {
    isPauseWished = true;
    loop = pause(loop);
    interrupt();
  });
  wf.setHandler(messages.resume, () => {
    isPauseWished = false;
    loop = resume(loop);
  });
  wf.setHandler(messages.reconnect, ({ credentialVersion }) => {
    loop = reconnect(loop, credentialVersion);
  });
  wf.setHandler(messages.disconnect, () => {
    loop = disconnect(loop);
    interrupt();
  });
  wf.setHandler(messages.nudge, () => {
    loop = wake(loop);
  });
  wf.setHandler(
    messages.syncNow,
    (_command) => {
      loop = wake(loop);
      return { notBefore: loop.notBefore };
    },
    {
      validator: (_command) => {
        assertActive(loop);
      },
    },
  );
  wf.setHandler(messages.status, () => statusOf(loop));

  const loaded = await loadMailbox({ mailboxId });
  if (loaded === null) return;
  if (input.carried === undefined) loop = seeded(loop, loaded.seed, isPauseWished);
  const reporter = createReporter(mailboxId);
  let runVisits = 0;

  while (!loop.disconnected) {
    if (isRunLong()) await continueLoop();
    await reporter.report(loop);
    if (!isActive(loop)) {
      const isChanged = () => loop.disconnected || isActive(loop) || isRunLong();
      await wf.condition(isChanged, DAY_MS, { summary: statusOf(loop).state });
      continue;
    }
    const due = dueAt(loop);
    if (due > Date.now()) {
      const isChanged = () => !isActive(loop) || dueAt(loop) < due || isRunLong();
      await wf.condition(isChanged, Math.min(due - Date.now(), DAY_MS), {
        summary: loop.failures > 0 ? `backoff ${loop.failures}` : 'next visit',
      });
      continue;
    }
    await visit();
    runVisits += 1;
  }
  await reporter.report(loop);
  await cleanUp({ mailboxId });

  /** Passes until nothing is left, or something more important is. */
  async function visit(): Promise<void> {
    loop = visitStarted(loop);
    fetching.isInterrupted = false;
    const { credentialVersion } = loop;
    try {
      let [more, pollEveryMs, jitter] = [true, 0, 0];
      for (let batch = 0; more && batch < settings.batchesPerVisit; batch += 1) {
        const pass = await runPass(mailboxId, loop, {
          batchSize: settings.batchSize,
          run: interruptible,
        });
        // Signals may have changed the loop during the pass: take over only what the pass is about.
        const { seq, checkpoint, decided } = pass.loop;
        loop = { ...loop, seq, checkpoint, decided };
        ({ more, pollEveryMs, jitter } = pass);
        await reporter.report(loop);
        if (!isActive(loop) || isRunLong()) break;
      }
      const now = Date.now();
      loop = visitSucceeded(loop, { now, more, pollEveryMs, random: jitter });
    } catch (error) {
      // We did that ourselves; by now the mailbox may be active again.
      if (!wf.isCancellation(error)) await absorb(error, credentialVersion);
      else if (!wasInterrupted()) throw error;
    }
  }

  async function interruptible<T>(fetch: () => Promise<T>): Promise<T> {
    fetchScope = new wf.CancellationScope();
    try {
      return await fetchScope.run(fetch);
    } finally {
      fetchScope = undefined;
    }
  }

  async function absorb(error: unknown, credentialVersion: number): Promise<void> {
    const failure = failureOf(error);
    if (failure === null) throw error;
    if (failure.code === 'mailbox_gone') {
      loop = disconnect(loop);
      return;
    }
    const random = Math.random();
    loop = visitFailed(loop, { ...failure, now: Date.now(), random, credentialVersion });
    // Somebody else committed meanwhile: go on from what is committed, not from what we remember.
    const committed = failure.code === 'stale_batch' ? await loadMailbox({ mailboxId }) : null;
    if (committed !== null) {
      loop = { ...loop, seq: committed.seed.seq, checkpoint: committed.seed.checkpoint };
    }
  }

  function isRunLong(): boolean {
    const { historyLength, continueAsNewSuggested, runStartTime } = wf.workflowInfo();
    const isFull = runVisits >= settings.visitsPerRun || historyLength >= settings.eventsPerRun;
    return isFull || continueAsNewSuggested || Date.now() - runStartTime.getTime() >= DAY_MS;
  }

  async function continueLoop(): Promise<void> {
    await wf.condition(wf.allHandlersFinished);
    await wf.continueAsNew<typeof mailboxSync>({ ...input, carried: loop });
  }
}

/** What people asked for while the checkpoint was being loaded counts; everything else comes from the store. */
function seeded(early: MailboxLoop, seed: LoopSeed, isPauseWished: boolean | null): MailboxLoop {
  return {
    ...newLoop(seed),
    paused: isPauseWished ?? seed.paused,
    disconnected: early.disconnected,
  };
}

function assertActive(loop: MailboxLoop): void {
  if (isActive(loop)) return;
  throw wf.ApplicationFailure.nonRetryable(
    `The mailbox is not visited: it is ${statusOf(loop).state}.`,
    messages.NOT_ACTIVE,
  );
}
