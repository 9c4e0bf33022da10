import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireDatabase, requireTemporal } from './external.ts';
import type { StartOptions } from './options.ts';
import { requireFree } from './ports.ts';
import type { RememberedPorts } from './ports.ts';
import { startPostgres } from './postgres.ts';
import type { Surroundings } from './processes.ts';
import { withProgress } from './progress.js';
import { keepRunning } from './supervise.ts';
import { startTemporal } from './temporal.ts';

export interface Backends {
  readonly databaseUrl: string;
  /** What a Temporal client of ours finds in its environment. */
  readonly temporalEnv: Readonly<Record<string, string | undefined>>;
  readonly temporalUiUrl: string | undefined;
}

export interface BackendOptions {
  readonly options: StartOptions;
  readonly ports: RememberedPorts;
  readonly searchAttributes: readonly string[];
  readonly surroundings: Surroundings;
  /** Receives what was started, to be stopped in reverse order. */
  readonly stack: AsyncDisposableStack;
}

/** What would turn the connection to our own server into one to somewhere else. */
const CONNECTION_VARIABLE = /^TEMPORAL_(NAMESPACE|PROFILE|API_KEY|TLS|GRPC_META)/;

type TemporalBackend = Pick<Backends, 'temporalEnv' | 'temporalUiUrl'>;

/** PostgreSQL and Temporal: those that the environment names, else our own, both at a time. */
export async function startBackends(given: BackendOptions): Promise<Backends> {
  await requireOthersServers(given);
  const both = Promise.allSettled([database(given), temporal(given)]);
  const [databaseResult, temporalResult] = await withProgress('starting the servers', both);
  // Only now: what started beside a failure is on the stack already.
  if (databaseResult.status === 'rejected') throw databaseResult.reason;
  if (temporalResult.status === 'rejected') throw temporalResult.reason;
  return { databaseUrl: databaseResult.value, ...temporalResult.value };
}

/** What must be free because the user said so, asked before anything is started. */
export async function requireAskedPorts(options: StartOptions): Promise<void> {
  await requireFree(options.port, 'PORT');
  if (options.temporalAddress !== undefined) return;
  if (options.temporalPort !== undefined) await requireFree(options.temporalPort, 'TEMPORAL_PORT');
  if (options.temporalUiPort !== undefined) {
    await requireFree(options.temporalUiPort, 'TEMPORAL_UI_PORT');
  }
}

async function requireOthersServers({ options, searchAttributes }: BackendOptions): Promise<void> {
  if (options.databaseUrl !== undefined) await requireDatabase(options.databaseUrl);
  if (options.temporalAddress !== undefined) {
    await withProgress('asking the Temporal server', requireTemporal(searchAttributes));
  }
}

async function database({ options, ports, surroundings, stack }: BackendOptions): Promise<string> {
  if (options.databaseUrl !== undefined) return options.databaseUrl;
  const port = await ports.choose('postgres');
  const dataDir = join(options.localDir, 'postgres');
  const started = stack.use(await startPostgres({ ...surroundings, dataDir, port }));
  keepRunning(started.process, surroundings.print);
  return started.url;
}

async function temporal(given: BackendOptions): Promise<TemporalBackend> {
  const { options, searchAttributes, surroundings, stack } = given;
  if (options.temporalAddress !== undefined) {
    return { temporalEnv: {}, temporalUiUrl: undefined };
  }
  const { port, uiPort } = await temporalPorts(given);
  const dbFile = join(options.localDir, 'temporal', 'temporal.db');
  const local = { ...surroundings, port, uiPort, dbFile, searchAttributes };
  const started = stack.use(await startTemporal(local));
  keepRunning(started.process, surroundings.print);
  const temporalEnv = localTemporalEnv(started.address, options.localDir);
  return { temporalEnv, temporalUiUrl: started.uiUrl };
}

async function temporalPorts({
  options,
  ports,
}: BackendOptions): Promise<{ port: number; uiPort: number }> {
  return {
    port: options.temporalPort ?? (await ports.choose('temporal', 7233)),
    uiPort: options.temporalUiPort ?? (await ports.choose('temporalUi', 8233)),
  };
}

/** A profile for Temporal Cloud in the user's home must not put TLS on the local connection. */
function localTemporalEnv(address: string, localDir: string): Record<string, string | undefined> {
  const emptyProfiles = join(localDir, 'temporal.toml');
  // Not empty: @temporalio/envconfig 1.24.0 throws a TypeError at a file without any profile.
  writeFileSync(emptyProfiles, '[profile.default]\n');
  const others = Object.keys(process.env).filter((name) => CONNECTION_VARIABLE.test(name));
  return {
    ...Object.fromEntries(others.map((name) => [name, undefined])),
    TEMPORAL_ADDRESS: address,
    TEMPORAL_CONFIG_FILE: emptyProfiles,
  };
}
