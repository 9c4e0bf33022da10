/**
 * The API process: GraphQL over HTTP on PostgreSQL, and commands to the mailbox workflows through Temporal.
 *
 *   HTTP -> app.ts (express, Apollo) -> context.ts (who asks, loaders) -> resolvers/ -> drizzle/ under row-level security
 *                                                                                   -> orchestrator.ts (signals, status)
 *
 * It keeps no state: as many copies as wanted may run. It starts, and reads, while Temporal is down.
 */
import { once } from 'node:events';
import { ConfigError, loadConfig } from '../config.ts';
import { startApi } from './app.ts';
import { createServices } from './context.ts';
import { createLogger, describeError } from '../log.ts';

try {
  const config = loadConfig();
  await using services = createServices(config);
  await using api = await startApi(services, config.http);
  services.log.info({ url: `${api.url}/graphql` }, 'api ready');
  const stop = new AbortController();
  const [signal] = (await Promise.race([
    once(process, 'SIGTERM', { signal: stop.signal }),
    once(process, 'SIGINT', { signal: stop.signal }),
  ])) as [string];
  stop.abort();
  services.log.info({ signal }, 'api stops');
} catch (error) {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else createLogger('error', 'api').fatal({ error: describeError(error) }, 'the api cannot run');
  process.exitCode = 1;
}
