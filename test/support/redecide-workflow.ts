import { randomUUID } from 'node:crypto';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { Activities, RedecideRequest, RedecisionReport } from '../../activities/contract.ts';
import {
  REDECISION_TYPE,
  redecisionWorkflowIdOf,
  type RedecideInput,
  type RedecideSettings,
} from '../../workflows/messages.ts';
import { backfillQueue } from '../../workflows/queues.ts';
import type { redecide } from '../../workflows/redecide.ts';
import { quietActivities, workflowBundle } from './mailbox-workflow.ts';

export interface TestLook extends AsyncDisposable {
  readonly redecisionId: string;
  readonly handle: WorkflowHandle<typeof redecide>;
  /** Another worker for its queues; disposed with the rest, or before. */
  startWorker(): Promise<AsyncDisposable>;
}

/** Mailboxes with so many messages in scope each; writes down what is asked of the activities. */
export function messagesInScope(counts: Readonly<Record<string, number>>) {
  const batches: RedecideRequest[] = [];
  const reports: RedecisionReport[] = [];
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const mailboxIds = Object.keys(counts);
  const activities = {
    planRedecision: () => Promise.resolve({ total, mailboxIds, isUrgent: false, inFlight: 0 }),
    redecide: (request) => {
      batches.push(request);
      const { mailboxId, after, limit } = request;
      const at = Number(after ?? 0);
      const next = Math.min(at + limit, counts[mailboxId] ?? 0);
      const isLast = next - at < limit;
      return Promise.resolve({ after: isLast ? null : `${next}`, decided: next - at, logged: 1 });
    },
    reportRedecision: (report) => Promise.resolve(void reports.push(report)),
  } satisfies Partial<Activities>;
  return { activities, batches, reports };
}

/** The workflow of a second look on a real Temporal server, with a worker and task queues of its own. */
export async function startLook(
  address: string,
  activities: Partial<Activities>,
  settings: Partial<RedecideSettings> = {},
): Promise<TestLook> {
  const stack = new AsyncDisposableStack();
  const taskQueue = `test-${randomUUID()}`;
  const native = await NativeConnection.connect({ address });
  stack.defer(() => native.close());
  const bundle = await workflowBundle();
  const run = async (queue: string, options: { workflowBundle?: typeof bundle }) => {
    const worker = await Worker.create({
      // Nothing cached: what a worker that stops holds would wait five seconds for another one.
      ...{ connection: native, taskQueue: queue, shutdownForceTime: '1s', maxCachedWorkflows: 0 },
      activities: { ...quietActivities(), ...activities },
      ...options,
    });
    const running = worker.run();
    return async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
    };
  };
  const startWorker = async () => {
    const stops = [
      await run(taskQueue, { workflowBundle: bundle }),
      await run(backfillQueue(taskQueue), {}),
    ];
    const stop = async () => {
      await Promise.all(stops.map((end) => end()));
    };
    stack.defer(stop);
    return { [Symbol.asyncDispose]: stop };
  };
  const connection = await Connection.connect({ address });
  stack.defer(() => connection.close());
  const redecisionId = randomUUID();
  const input: RedecideInput = { redecisionId, settings };
  const { workflow } = new Client({ connection });
  const workflowId = redecisionWorkflowIdOf(redecisionId);
  const started = await workflow.start<typeof redecide>(REDECISION_TYPE, {
    ...{ taskQueue, workflowId, args: [input] },
  });
  stack.defer(() => started.terminate('test over').then(undefined, () => undefined));
  return {
    redecisionId,
    handle: workflow.getHandle<typeof redecide>(workflowId),
    startWorker,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
