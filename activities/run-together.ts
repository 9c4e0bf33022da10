import type { Worker } from '@temporalio/worker';

type Runnable = Pick<Worker, 'run' | 'getState' | 'shutdown'>;

/** Runs the workers of a process; they stop together. One that fails takes the others along, and then the process. */
export async function runTogether(workers: readonly Runnable[]): Promise<void> {
  const stopAll = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const runs = workers.map((worker) => worker.run().finally(stopAll));
  const results = await Promise.allSettled(runs);
  const failure = results.find((result) => result.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
}
