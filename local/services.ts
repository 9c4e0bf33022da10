import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProcess } from './processes.ts';
import type { ProcessSpec, Surroundings } from './processes.ts';
import { withProgress } from './progress.js';
import { keepRunning } from './supervise.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const READY_WITHIN_MS = 120_000;

/** The two entry points of Mailroom, each its own process as on a real installation. */
export async function startServices(
  env: Environment & { readonly PORT: string },
  surroundings: Surroundings,
  stack: AsyncDisposableStack,
): Promise<void> {
  const run = async (spec: ProcessSpec): Promise<void> => {
    const service = stack.use(await startProcess(spec, surroundings));
    keepRunning(service, surroundings.print);
  };
  const { logDir } = surroundings;
  const both = Promise.allSettled([run(worker(logDir, env)), run(api(logDir, env))]);
  for (const result of await withProgress('starting worker and API', both)) {
    if (result.status === 'rejected') throw result.reason;
  }
}

function worker(logDir: string, env: Environment): ProcessSpec {
  return {
    ...node('activities/worker.ts', env),
    name: 'The worker',
    logFile: join(logDir, 'worker.log'),
    isReady: (log) => log().includes('"worker ready"'),
  };
}

function api(logDir: string, env: Environment & { readonly PORT: string }): ProcessSpec {
  return {
    ...node('api/server.ts', env),
    name: 'The API',
    logFile: join(logDir, 'api.log'),
    isReady: async () => (await fetch(`http://127.0.0.1:${env.PORT}/healthz`)).status === 200,
  };
}

function node(
  entry: string,
  env: Environment,
): Pick<ProcessSpec, 'command' | 'args' | 'env' | 'cwd' | 'readyWithinMs'> {
  return {
    command: process.execPath,
    args: [join(ROOT, entry)],
    env,
    cwd: ROOT,
    readyWithinMs: READY_WITHIN_MS,
  };
}
