/**
 * A second look at earlier messages (R4), because something has changed or a person asks:
 *
 *     plan       which messages, in which mailboxes; again until what was on its way meanwhile is committed
 *     turns      batch after batch, mailbox by mailbox; one that cannot be read now has its turn later
 *     finished   or failed, when a mailbox was waited for in vain
 *
 * The messages themselves are found by their decisions in the store: a batch that runs twice finds nothing the second time.
 */
import * as wf from '@temporalio/workflow';
import type { Activities, RedecisionPlan } from '../activities/contract.ts';
import {
  batchDecided,
  giveUp,
  newProgress,
  nextTurn,
  putOff,
  type MailboxTurn,
  type RedecisionProgress,
} from '../domain/redecision-progress.ts';
import type { RedecisionState } from '../domain/redecision.ts';
import {
  redecisionProgress,
  type RedecideCarried,
  type RedecideInput,
  type RedecideSettings,
} from './messages.ts';
import { backfillQueue } from './queues.ts';
import { failureOf } from './report.ts';

/** Tried without end; a plan over millions of messages takes its time. */
const BOOKKEEPING = {
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '15 seconds',
  retry: { maximumInterval: '1 minute' },
} as const;
/** As `persist` (pipeline.ts): activities/failures.ts says how often it is tried. */
const WORKING = {
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', maximumAttempts: 12 },
} as const;

const { planRedecision, reportRedecision } = wf.proxyActivities<Activities>(BOOKKEEPING);
const { redecide: redecideBatch } = wf.proxyActivities<Activities>(WORKING);

const DAY_MS = 24 * 60 * 60 * 1000;
const DEFAULT_SETTINGS: RedecideSettings = {
  batchSize: 200,
  stepsPerRun: 60,
  firstWaitMs: 30_000,
  longestWaitMs: 60 * 60_000,
  patienceMs: 7 * DAY_MS,
  inFlightMs: 3_000,
};
/** How often batches that were on their way are waited for: a few seconds is what most take. */
const IN_FLIGHT_LOOKS = 20;

export async function redecide(input: RedecideInput): Promise<void> {
  const { redecisionId } = input;
  const settings = { ...DEFAULT_SETTINGS, ...input.settings };
  let carried: RedecideCarried | null = input.carried ?? null;
  wf.setHandler(redecisionProgress, () => carried?.progress ?? null);

  carried ??= begun(await planned(redecisionId, settings));
  if (carried === null) return;
  const { isUrgent } = carried;
  let isShownWaiting = false;

  for (let steps = 0; ; steps += 1) {
    const { progress }: RedecideCarried = carried;
    wf.setCurrentDetails(detailsOf(progress));
    const turn = nextTurn(progress);
    if (turn === null) break;
    if (steps >= settings.stepsPerRun || isRunLong()) {
      await wf.continueAsNew<typeof redecide>({ ...input, carried });
    }
    const waitMs = turn.notBefore - Date.now();
    if (waitMs > 0) {
      await show('waiting', progress.done);
      isShownWaiting = true;
      await wf.sleep(Math.min(waitMs, DAY_MS), { summary: 'until a mailbox can be read' });
      continue;
    }
    if (isShownWaiting) await show('running', progress.done);
    isShownWaiting = false;
    carried = { isUrgent, progress: await turned(progress, turn) };
  }

  const { total, done, givenUp } = carried.progress;
  // A batch that was committed twice over has been counted once at most; nothing is left all the same.
  await show(givenUp > 0 ? 'failed' : 'finished', givenUp > 0 ? done : total);

  async function show(state: RedecisionState, done: number): Promise<void> {
    const options = { ...BOOKKEEPING, summary: state };
    await reportRedecision.executeWithOptions(options, [{ redecisionId, state, done }]);
  }

  /** One batch of a mailbox. Where a person waits, not behind the history of other mailboxes. */
  async function turned(
    progress: RedecisionProgress,
    turn: MailboxTurn,
  ): Promise<RedecisionProgress> {
    const { mailboxId, after } = turn;
    const where = isUrgent ? {} : { taskQueue: backfillQueue(wf.workflowInfo().taskQueue) };
    const summary = `${progress.done} of ${progress.total}`;
    const { done } = progress;
    try {
      const batch = await redecideBatch.executeWithOptions({ ...WORKING, ...where, summary }, [
        { redecisionId, mailboxId, after, done, limit: settings.batchSize },
      ]);
      return batchDecided(progress, mailboxId, batch);
    } catch (error) {
      const failure = failureOf(error);
      if (failure === null || wf.isCancellation(error)) throw error;
      if (failure.code === 'mailbox_gone') return giveUp(progress, mailboxId);
      const now = Date.now();
      const { deferral } = failure;
      const hintMs = deferral === null ? failure.hintMs : deferral.until - now;
      return putOff(progress, turn, { now, hintMs }, settings);
    }
  }
}

/** What was decided without the change because it was on its way when the change came counts too: it is waited for. */
async function planned(
  redecisionId: string,
  { inFlightMs }: RedecideSettings,
): Promise<RedecisionPlan | null> {
  for (let look = 1; ; look += 1) {
    const plan = await planRedecision({ redecisionId });
    if (plan === null || plan.inFlight === 0 || look >= IN_FLIGHT_LOOKS) return plan;
    await wf.sleep(inFlightMs, { summary: `${plan.inFlight} batches are on their way` });
  }
}

function begun(plan: RedecisionPlan | null): RedecideCarried | null {
  if (plan === null) return null;
  return { progress: newProgress(plan.total, plan.mailboxIds), isUrgent: plan.isUrgent };
}

/** A run never gets older, so that an old branch of this code is needed for a day after a deploy at most. */
function isRunLong(): boolean {
  const { continueAsNewSuggested, runStartTime } = wf.workflowInfo();
  return continueAsNewSuggested || Date.now() - runStartTime.getTime() >= DAY_MS;
}

/** What an operator reads at the top of the workflow in the Temporal UI (Markdown). */
function detailsOf({ total, done, logged, turns, givenUp }: RedecisionProgress): string {
  const waiting = turns.filter(({ waits }) => waits > 0).length;
  return [
    `**${done} of ${total}** messages decided again, ${logged} logged`,
    `mailboxes left: ${turns.length}, waited for: ${waiting}, given up: ${givenUp}`,
  ].join('  \n');
}
