/**
 * The worker process: runs the workflows of all mailboxes and their activities.
 *
 *     Temporal  -- tasks -->  workflows/ (deterministic, bundled)
 *                             activities/ -- mail/ --> mail servers
 *                                         -- drizzle/ --> PostgreSQL
 *
 * As many copies may run as are wanted. It may be killed at any moment: Temporal repeats what was under way, and the
 * fences of drizzle/loop.ts make repeats harmless.
 */
import { ConfigError, loadConfig } from '../config.ts';
import { createLogger, describeError } from '../log.ts';
import { startWorker } from './run-worker.ts';

const logger = createLogger('error', 'worker');
try {
  const config = loadConfig();
  logger.level = config.logLevel;
  await using worker = await startWorker(config, logger);
  logger.info({ taskQueue: config.temporal.taskQueue }, 'worker ready');
  await worker.finished;
} catch (error) {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else logger.fatal({ error: describeError(error) }, 'worker failed');
  process.exitCode = 1;
}
