import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Connection } from '@temporalio/client';
import { findTemporal } from './find.js';
import { freePort } from './ports.ts';
import { startProcess } from './processes.ts';
import type { ManagedProcess, Surroundings } from './processes.ts';
import { ensureSearchAttributes } from './search-attributes.ts';
import { SetupError } from './setup-error.js';

export interface Temporal extends AsyncDisposable {
  readonly address: string;
  /** Undefined without a UI. */
  readonly uiUrl: string | undefined;
  readonly process: ManagedProcess;
}

export interface TemporalOptions extends Surroundings {
  readonly port?: number;
  /** The web UI; none when left out. */
  readonly uiPort?: number;
  /** Keeps workflows across restarts; in memory when left out. */
  readonly dbFile?: string;
  /** Names, all of type Keyword. */
  readonly searchAttributes: readonly string[];
}

/** The one-process Temporal server of the CLI, with the web UI. */
export async function startTemporal(options: TemporalOptions): Promise<Temporal> {
  const port = options.port ?? (await freePort());
  const address = `127.0.0.1:${port}`;
  const server = await startProcess(
    {
      name: 'Temporal',
      command: binary(),
      args: ['server', 'start-dev', ...listenArguments(port, options), ...stateArguments(options)],
      logFile: join(options.logDir, 'temporal.log'),
      isReady: () => answers(address, options.searchAttributes),
    },
    options,
  );
  return {
    address,
    uiUrl: options.uiPort === undefined ? undefined : `http://127.0.0.1:${options.uiPort}`,
    process: server,
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

function binary(): string {
  const found = findTemporal();
  if (found) return found;
  throw new SetupError(
    'No Temporal server was found: run node local/setup.js, or set TEMPORAL_ADDRESS.',
  );
}

function listenArguments(port: number, { uiPort }: TemporalOptions): string[] {
  const ui = uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)];
  return ['--ip', '127.0.0.1', '--port', String(port), '--log-level', 'warn', ...ui];
}

/** Without the two pragmas a file database does a dozen activities a second, with them 160. */
function stateArguments({ dbFile, searchAttributes }: TemporalOptions): string[] {
  const attributes = searchAttributes.flatMap((name) => ['--search-attribute', `${name}=Keyword`]);
  if (dbFile === undefined) return attributes;
  mkdirSync(dirname(dbFile), { recursive: true });
  const pragmas = ['journal_mode=wal', 'synchronous=normal'];
  return [
    ...attributes,
    '--db-filename',
    dbFile,
    ...pragmas.flatMap((pragma) => ['--sqlite-pragma', pragma]),
  ];
}

/** Ready is when the namespace exists and workflows may set our search attributes in it. */
async function answers(address: string, searchAttributes: readonly string[]): Promise<boolean> {
  const connection = await Connection.connect({ address, connectTimeout: '1s' });
  try {
    await connection.workflowService.describeNamespace({ namespace: 'default' });
    return await ensureSearchAttributes(connection, 'default', searchAttributes);
  } finally {
    await connection.close();
  }
}
