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
  let visiting = false;
  let fetchScope: wf.CancellationScope | undefined;
  const interrupt = () => fetchScope?.cancel();

  wf.setHandler(messages.pause, () => {
    loop = pause(loop);
    interrupt();
  });
  wf.setHandler(messages.resume, () => {
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
      return { visit: loop.visits + (visiting ? 2 : 1), notBefore: loop.notBefore };
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
  if (input.carried === undefined) loop = seeded(loop, loaded.seed);
  const reporter = createReporter(mailboxId);
  let runVisits = 0;

  try {
    while (!loop.disconnected) {
      await reporter.report(loop);
      if (!isActive(loop)) {
        const isWoken = await wf.condition(() => loop.disconnected || isActive(loop), '24 hours', {
          summary: statusOf(loop).state,
        });
        if (!isWoken) await continueLoop();
        continue;
      }
      const due = dueAt(loop);
      if (due > Date.now()) {
        await wf.condition(() => !isActive(loop) || dueAt(loop) < due, due - Date.now(), {
          summary: loop.failures > 0 ? `backoff ${loop.failures}` : 'next visit',
        });
        continue;
      }
      visiting = true;
      await visit();
      visiting = false;
      runVisits += 1;
      if (isRunLong()) await continueLoop();
    }
  } catch (error) {
    // Cancelling the workflow from outside is a disconnection; anything else is a defect and stays visible.
    if (!wf.isCancellation(error)) throw error;
    loop = disconnect(loop);
  }
  await wf.CancellationScope.nonCancellable(async () => {
    await reporter.report(loop);
    await cleanUp({ mailboxId });
  });

  /** Passes until nothing is left, or something more important is. */
  async function visit(): Promise<void> {
    loop = visitStarted(loop);
    try {
      let more = true;
      let pollEveryMs = 0;
      for (let batch = 0; more && batch < settings.batchesPerVisit; batch += 1) {
        const pass = await runPass(mailboxId, loop, {
          batchSize: settings.batchSize,
          run: interruptible,
        });
        // Signals may have changed the loop during the pass: take over only what the pass is about.
        const { seq, checkpoint, decided } = pass.loop;
        loop = { ...loop, seq, checkpoint, decided };
        ({ more, pollEveryMs } = pass);
        await reporter.report(loop);
        if (!isActive(loop) || isRunLong()) break;
      }
      const now = Date.now();
      loop = visitSucceeded(loop, { now, more, pollEveryMs, random: Math.random() });
    } catch (error) {
      if (wf.isCancellation(error) && !isActive(loop)) return;
      await absorb(error);
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

  async function absorb(error: unknown): Promise<void> {
    const failure = failureOf(error);
    if (failure === null) throw error;
    if (failure.code === 'mailbox_gone') {
      loop = disconnect(loop);
      return;
    }
    loop = visitFailed(loop, { ...failure, now: Date.now(), random: Math.random() });
    // Somebody else committed meanwhile: go on from what is committed, not from what we remember.
    const committed = failure.code === 'stale_batch' ? await loadMailbox({ mailboxId }) : null;
    if (committed !== null) {
      loop = { ...loop, seq: committed.seed.seq, checkpoint: committed.seed.checkpoint };
    }
  }

  function isRunLong(): boolean {
    const { historyLength, continueAsNewSuggested } = wf.workflowInfo();
    const isFull = runVisits >= settings.visitsPerRun || historyLength >= settings.eventsPerRun;
    return isFull || continueAsNewSuggested;
  }

  async function continueLoop(): Promise<void> {
    await wf.condition(wf.allHandlersFinished);
    await wf.continueAsNew<typeof mailboxSync>({ ...input, carried: loop });
  }
}

/** What people asked for while the checkpoint was being loaded counts; everything else comes from the store. */
function seeded(early: MailboxLoop, seed: LoopSeed): MailboxLoop {
  return {
    ...newLoop(seed),
    paused: early.paused || seed.paused,
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
