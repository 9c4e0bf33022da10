/**
 * The life of one mailbox, for as long as it is connected:
 *
 *     load the committed checkpoint
 *     while not disconnected:
 *       paused or parked  wait for a signal
 *       due               pass after pass (fetchNew, parse, classify, match, persist) until nothing is left;
 *                         a failure becomes a wait (domain/polling.ts) or parks the mailbox (domain/visit.ts)
 *       history left      the same passes over older mail, newest first, in a lane of their own that gives way to visits
 *       nothing due       wait for the next visit, a wake-up, or a signal
 *       continue as new before the history grows long
 *     forget the credentials
 *
 * Signals only change the loop's state, by pure functions of domain/mailbox.ts, and interrupt a fetch that hangs.
 * Cancelling the workflow from outside only ends it: the credentials stay, and the next command starts it again.
 */
import * as wf from '@temporalio/workflow';
import type { Activities } from '../activities/contract.ts';
import { hasBackfill } from '../domain/checkpoint.ts';
import {
  confirm,
  disconnect,
  dueAt,
  EMPTY_SEED,
  isActive,
  newLoop,
  pause,
  reconnect,
  resume,
  stopImport,
  wake,
  type LoopSeed,
  type MailboxLoop,
} from '../domain/mailbox.ts';
import {
  backfillAdvanced,
  backfillDueAt,
  batchCommitted,
  nothingFound,
  visitDeferred,
  visitFailed,
  visitStarted,
  visitSucceeded,
} from '../domain/visit.ts';
import { Lanes, type LaneEnd } from './lanes.ts';
import * as messages from './messages.ts';
import { compare } from './pipeline.ts';
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
  backfillBatchSize: 800,
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
  const lanes = new Lanes(mailboxId, settings, input.via);

  wf.setHandler(messages.pause, () => {
    isPauseWished = true;
    loop = pause(loop);
    lanes.interrupt();
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
    lanes.interrupt();
  });
  wf.setHandler(messages.stopImport, () => {
    loop = stopImport(loop);
  });
  wf.setHandler(messages.nudge, (nudge) => {
    loop = wake(loop);
    lanes.route(nudge?.via);
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
  const mayBeFalse = loaded.falseRefusals === true;
  const reporter = createReporter(mailboxId);
  let runVisits = 0;

  while (!loop.disconnected) {
    if (isRunLong()) await continueLoop();
    await reporter.report(loop);
    // What follows may wait for hours: a signal that came meanwhile would be on show no sooner.
    if (reporter.isBehind(loop) && wf.patched('report-until-current')) continue;
    if (!isActive(loop)) {
      await untilActive();
      continue;
    }
    const due = dueAt(loop);
    if (due <= Date.now()) {
      await visit();
      runVisits += 1;
      continue;
    }
    const backfillDue = backfillDueAt(loop);
    if (backfillDue !== null && backfillDue <= Date.now()) {
      await attempt(readHistory);
      continue;
    }
    await untilDue(due, backfillDue);
  }
  await reporter.report(loop);
  await cleanUp({ mailboxId });

  async function untilActive(): Promise<void> {
    const { confirmAt } = loop;
    const asksAgain = confirmAt != null && !loop.paused;
    const wait = asksAgain ? Math.min(Math.max(confirmAt - Date.now(), 1), DAY_MS) : DAY_MS;
    const isChanged = () => loop.disconnected || isActive(loop) || isRunLong();
    const isWoken = await wf.condition(isChanged, wait, { summary: statusOf(loop).state });
    if (!isWoken && asksAgain && !loop.paused && loop.parked) loop = confirm(loop);
  }

  async function untilDue(due: number, backfillDue: number | null): Promise<void> {
    const until = Math.min(due, backfillDue ?? Infinity);
    const isChanged = () =>
      !isActive(loop) || dueAt(loop) < due || backfillDueAt(loop) !== backfillDue || isRunLong();
    await wf.condition(isChanged, Math.min(until - Date.now(), DAY_MS), {
      summary: loop.failures > 0 ? `backoff ${loop.failures}` : 'next visit',
    });
  }

  /** Passes over what arrived until nothing is left, or something more important is. */
  async function visit(): Promise<void> {
    loop = visitStarted(loop);
    const asked = loop;
    await attempt(async () => {
      const end = await readLane('live', () => isActive(loop) && !isRunLong());
      const { more, pollEveryMs, jitter } = end;
      loop = visitSucceeded(loop, { now: Date.now(), more, pollEveryMs, random: jitter, asked });
      await compareIfDue(end);
      if (!more && !hasBackfill(loop.checkpoint)) lanes.route(undefined);
    });
  }

  /** Passes over older mail, until it is time for a visit. */
  async function readHistory(): Promise<void> {
    const isVisitDue = () => dueAt(loop) <= Date.now() || loop.isImportUnwanted === true;
    const end = await readLane('backfill', () => isActive(loop) && !isRunLong() && !isVisitDue());
    loop = backfillAdvanced(loop);
    await compareIfDue(end);
  }

  async function readLane(lane: 'live' | 'backfill', mayGoOn: () => boolean): Promise<LaneEnd> {
    return lanes.read(lane, {
      loop: () => loop,
      mayGoOn,
      onCommitted: async (committed) => {
        // Signals may have changed the loop during the pass: take over only what the pass is about.
        loop = batchCommitted(loop, committed);
        await reporter.report(loop);
      },
      onNothing: (checkpoint) => {
        loop = nothingFound(loop, checkpoint);
      },
    });
  }

  async function compareIfDue({ isReconcileDue }: LaneEnd): Promise<void> {
    if (!isReconcileDue || !isActive(loop)) return;
    const { missing } = await compare(mailboxId, loop.checkpoint, lanes.worker);
    if (missing > 0) loop = wake(loop);
  }

  async function attempt(work: () => Promise<void>): Promise<void> {
    const { credentialVersion } = loop;
    lanes.begin();
    try {
      await work();
    } catch (error) {
      // We did that ourselves; by now the mailbox may be active again.
      if (!wf.isCancellation(error)) await absorb(error, credentialVersion);
      else if (!lanes.wasInterrupted) throw error;
    }
  }

  async function absorb(error: unknown, credentialVersion: number): Promise<void> {
    const failure = failureOf(error);
    if (failure === null) throw error;
    lanes.route(undefined);
    if (failure.code === 'mailbox_gone') {
      loop = disconnect(loop);
      return;
    }
    if (failure.deferral !== null) {
      loop = visitDeferred(loop, failure.deferral);
      return;
    }
    const random = Math.random();
    const now = Date.now();
    const { confirmAfterMs } = settings;
    loop = visitFailed(loop, {
      ...{ ...failure, now, random, credentialVersion, mayBeFalse },
      ...(confirmAfterMs === undefined ? {} : { confirmAfterMs }),
    });
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
    const via = lanes.worker === undefined ? {} : { via: lanes.worker };
    await wf.continueAsNew<typeof mailboxSync>({ ...input, ...via, carried: loop });
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
