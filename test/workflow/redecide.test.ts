import { ApplicationFailure, Context } from '@temporalio/activity';
import { expect, inject, test } from 'vitest';
import { openOrchestrator } from '../../api/orchestrator.ts';
import { redecisionProgress } from '../../workflows/messages.ts';
import { until } from '../support/ask-workflow.ts';
import { messagesInScope, startLook } from '../support/redecide-workflow.ts';

const address = inject('temporalAddress');
const failure = (type: string) => ApplicationFailure.nonRetryable(type, type);

test('R41 batch by batch over several runs, and a worker that dies in the middle of one changes nothing', async () => {
  const { activities, batches, reports } = messagesInScope({ a: 5, b: 2 });
  let hangs = true;
  let plans = 0;
  await using look = await startLook(
    address,
    {
      ...activities,
      planRedecision: async () => {
        plans += 1;
        return { ...(await activities.planRedecision()), inFlight: plans === 1 ? 1 : 0 };
      },
      redecide: (request) => {
        if (request.after !== '2' || !hangs) return activities.redecide(request);
        hangs = false;
        // Until its worker goes down with it.
        return Context.current().cancelled;
      },
    },
    { batchSize: 2, stepsPerRun: 2, inFlightMs: 1 },
  );
  {
    await using _first = await look.startWorker();
    await until(() => hangs).toBe(false);
    expect(await look.handle.query(redecisionProgress)).toMatchObject({ total: 7, done: 2 });
  }
  await look.startWorker();
  await look.handle.result();
  await using orchestrator = openOrchestrator({
    ...{ connection: { address }, namespace: 'default', taskQueue: 'nobody' },
  });
  expect(await orchestrator.isRedecided(look.redecisionId)).toBe(true);
  expect(plans).toBe(2);
  expect(batches.map(({ mailboxId, after, done }) => [mailboxId, after, done])).toEqual([
    ...[['a', null, 0] as const, ['a', '2', 2] as const, ['a', '4', 4] as const],
    ...[['b', null, 5] as const, ['b', '2', 7] as const],
  ]);
  expect(reports).toMatchObject([{ state: 'finished', done: 7 }]);
});

test('a mailbox that cannot be read waits, seen in the row; one that is gone is left', async () => {
  const { activities, batches, reports } = messagesInScope({ gone: 1, well: 1, paused: 1 });
  let isPaused = true;
  await using look = await startLook(
    address,
    {
      ...activities,
      redecide: (request) => {
        if (request.mailboxId === 'gone') return Promise.reject(failure('mailbox_gone'));
        if (request.mailboxId !== 'paused' || !isPaused) return activities.redecide(request);
        isPaused = false;
        return Promise.reject(failure('mailbox_not_active'));
      },
    },
    { firstWaitMs: 100 },
  );
  await look.startWorker();
  await look.handle.result();
  expect(batches.map(({ mailboxId }) => mailboxId)).toEqual(['well', 'paused']);
  expect(reports.map(({ state, done }) => [state, done])).toEqual([
    ...[['waiting', 1] as const, ['running', 1] as const, ['failed', 2] as const],
  ]);
});
