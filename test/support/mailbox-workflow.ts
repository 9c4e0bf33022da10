import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import {
  bundleWorkflowCode,
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
  type WorkerOptions,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import type { Activities, FetchRequest, FetchResult } from '../../activities/contract.ts';
import { EMPTY_SEED } from '../../domain/mailbox.ts';
import {
  workflowIdOf,
  WORKFLOW_TYPE,
  type LoopSettings,
  type MailboxSyncInput,
} from '../../workflows/messages.ts';
import { backfillQueue, ownQueue } from '../../workflows/queues.ts';
import type { mailboxSync } from '../../workflows/mailbox-sync.ts';

Runtime.install({ logger: new DefaultLogger('ERROR') });

export const HOUR_MS = 3_600_000;

let bundle: Promise<WorkflowBundleWithSourceMap> | undefined;

/** The workflow code as the worker bundles it, once per test process. */
export function workflowBundle(): Promise<WorkflowBundleWithSourceMap> {
  bundle ??= bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });
  return bundle;
}

/** An answer of `fetchNew` that found nothing. */
export function nothingNew(checkpoint: FetchResult['checkpoint'] = {}): FetchResult {
  return { batchId: null, count: 0, more: false, checkpoint, pollEveryMs: HOUR_MS };
}

/** Activities that find nothing and succeed; a test replaces the ones it is about. */
export function quietActivities(): Activities {
  return {
    loadMailbox: () =>
      Promise.resolve({ seed: EMPTY_SEED, workspaceId: randomUUID(), provider: 'generic' }),
    fetchNew: ({ checkpoint }) => Promise.resolve(nothingNew(checkpoint)),
    parse: () => Promise.resolve({ passed: 1, skipped: 0 }),
    classify: () => Promise.resolve({ passed: 1, skipped: 0 }),
    match: () => Promise.resolve({ passed: 1, skipped: 0 }),
    persist: () => Promise.resolve({ checkpoint: {}, logged: 1, skipped: 0, failed: 0 }),
    projectStatus: () => Promise.resolve(),
    reconcile: () => Promise.resolve({ onServer: 0, recorded: 0, missing: 0 }),
    planRedecision: () => Promise.resolve(null),
    redecide: () => Promise.resolve({ after: null, decided: 0, logged: 0 }),
    reportRedecision: () => Promise.resolve(),
    cleanUp: () => Promise.resolve(),
  };
}

/** A mailbox on which `total` messages wait, handed out in batches; counts what is committed. */
export function aMailboxWith(total: number) {
  const committed: number[] = [];
  const activities: Partial<Activities> = {
    fetchNew: ({ checkpoint, batchSize, seq }: FetchRequest) => {
      const lastUid = checkpoint['INBOX']?.lastUid ?? 0;
      const count = Math.min(batchSize, total - lastUid);
      const next = { INBOX: { uidValidity: '1', lastUid: lastUid + count } };
      const more = lastUid + count < total;
      if (count === 0) return Promise.resolve(nothingNew(checkpoint));
      return Promise.resolve({
        ...{ batchId: `batch-${seq}-${lastUid + count}`, count, more, checkpoint: next },
        pollEveryMs: HOUR_MS,
      });
    },
    persist: ({ seq, batchId }) => {
      committed.push(seq);
      const lastUid = Number(batchId.split('-').at(-1));
      const checkpoint = { INBOX: { uidValidity: '1', lastUid } };
      return Promise.resolve({ checkpoint, logged: 1, skipped: 0, failed: 0 });
    },
  };
  return { activities, committed };
}

export interface TestMailbox extends AsyncDisposable {
  readonly client: Client;
  readonly handle: WorkflowHandle<typeof mailboxSync>;
  readonly taskQueue: string;
}

/** A mailbox's workflow on a real Temporal server, with a worker and a task queue of its own. */
export async function startMailbox(
  address: string,
  activities: Partial<Activities>,
  settings: Partial<LoopSettings> = {},
  { hasLanes = false, onQueue }: { hasLanes?: boolean; onQueue?: (own: string) => void } = {},
): Promise<TestMailbox> {
  const stack = new AsyncDisposableStack();
  const taskQueue = `test-${randomUUID()}`;
  const native = await NativeConnection.connect({ address });
  stack.defer(() => native.close());
  const run = async (options: Partial<WorkerOptions> & { taskQueue: string }) => {
    const worker = await Worker.create({
      connection: native,
      activities: { ...quietActivities(), ...activities },
      maxHeartbeatThrottleInterval: '100ms',
      shutdownForceTime: '1s',
      ...options,
    });
    const running = worker.run();
    stack.defer(async () => {
      worker.shutdown();
      await running;
    });
  };
  await run({ taskQueue, workflowBundle: await workflowBundle() });
  // The queues of a worker of its own, as activities/run-worker.ts has them.
  const own = ownQueue(taskQueue, 'me');
  onQueue?.(own);
  for (const queue of hasLanes ? [backfillQueue(taskQueue), own, backfillQueue(own)] : []) {
    await run({ taskQueue: queue });
  }
  const connection = await Connection.connect({ address });
  stack.defer(() => connection.close());
  const client = new Client({ connection });
  const mailboxId = randomUUID();
  const input: MailboxSyncInput = { mailboxId, settings };
  const handle = await client.workflow.start<typeof mailboxSync>(WORKFLOW_TYPE, {
    taskQueue,
    workflowId: workflowIdOf(mailboxId),
    args: [input],
  });
  stack.defer(() => handle.terminate('test over').then(undefined, () => undefined));
  return {
    client,
    taskQueue,
    handle: client.workflow.getHandle<typeof mailboxSync>(handle.workflowId),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
