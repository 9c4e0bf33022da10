import { join } from 'node:path';
import { migrate } from '../../drizzle/migrate.ts';
import { startPostgres } from '../../local/postgres.ts';
import type { PostgresOptions } from '../../local/postgres.ts';
import type { Surroundings } from '../../local/processes.ts';
import { startTemporal } from '../../local/temporal.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages.ts';
import { makeTempFolder } from './temp-folder.ts';

/** What all suites of one test run share: one PostgreSQL with a migrated template, one Temporal. */
export interface Servers {
  /** For administration; tests take a database of their own from `createDatabase`. */
  readonly databaseUrl: string;
  readonly temporalAddress: string;
}

interface Shared {
  users: number;
  readonly started: Promise<Servers & AsyncDisposable>;
}

/** Vitest loads this module once per project, so the one set of servers hangs on the process. */
const KEY = Symbol.for('mailroom.test.servers');
const registry = globalThis as { [KEY]?: Shared | undefined };

/** Starts the servers for the first who asks; the last to dispose stops them. */
export async function shareServers(): Promise<Servers & AsyncDisposable> {
  const shared = (registry[KEY] ??= { users: 0, started: startServers() });
  shared.users += 1;
  const { databaseUrl, temporalAddress } = await shared.started;
  return {
    databaseUrl,
    temporalAddress,
    [Symbol.asyncDispose]: async () => {
      shared.users -= 1;
      if (shared.users > 0) return;
      registry[KEY] = undefined;
      await (await shared.started)[Symbol.asyncDispose]();
    },
  };
}

async function startServers(): Promise<Servers & AsyncDisposable> {
  const stack = new AsyncDisposableStack();
  try {
    const folder = stack.use(makeTempFolder('servers'));
    const surroundings = { logDir: join(folder.path, 'logs'), print: () => undefined };
    const [database, temporal] = await Promise.allSettled([
      startDatabase(stack, { ...surroundings, dataDir: join(folder.path, 'postgres') }),
      startWorkflowServer(stack, surroundings),
    ]);
    // Only now: what started beside a failure is on the stack already.
    if (database.status === 'rejected') throw database.reason;
    if (temporal.status === 'rejected') throw temporal.reason;
    const servers = { databaseUrl: database.value, temporalAddress: temporal.value };
    return { ...servers, [Symbol.asyncDispose]: () => stack.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

async function startDatabase(
  stack: AsyncDisposableStack,
  options: PostgresOptions,
): Promise<string> {
  const postgres = stack.use(await startPostgres({ ...options, durable: false }));
  // The template of createDatabase: nobody may be connected to it when it is copied.
  await migrate(postgres.url);
  const url = new URL(postgres.url);
  url.pathname = '/postgres';
  return url.href;
}

async function startWorkflowServer(
  stack: AsyncDisposableStack,
  surroundings: Surroundings,
): Promise<string> {
  const options = { ...surroundings, searchAttributes: SEARCH_ATTRIBUTES };
  return stack.use(await startTemporal(options)).address;
}
