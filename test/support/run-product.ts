import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureLocalWorkspace } from '../../drizzle/bootstrap.ts';
import { openDatabase, type Database } from '../../drizzle/database.ts';
import { freePort } from '../../local/ports.ts';
import { startProcess, type ManagedProcess } from '../../local/processes.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Mailroom as it is installed: API and worker as processes of their own, used over HTTP. */
export interface Product extends AsyncDisposable {
  readonly database: Database;
  readonly worker: ManagedProcess;
  readonly api: ManagedProcess;
  readonly url: string;
  readonly logDir: string;
  /** What both processes find in their environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Starts another worker: after the first was killed, or beside it. */
  startWorker(): Promise<ManagedProcess>;
  /** Data of a GraphQL operation; errors are thrown. */
  readonly graphql: GraphQL;
}

export type GraphQL = <T>(query: string, variables?: Record<string, unknown>) => Promise<T>;

export interface ProductOptions {
  /** Migrated, and used by nobody else. */
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly logDir: string;
  /** More variables of config.ts; they win. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts both processes over servers that run already; gone when disposed, the logs excepted. */
export async function runProduct(options: ProductOptions): Promise<Product> {
  const stack = new AsyncDisposableStack();
  try {
    return await start(stack, options);
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

async function start(stack: AsyncDisposableStack, options: ProductOptions): Promise<Product> {
  const { databaseUrl, logDir } = options;
  const token = randomUUID();
  await ensureLocalWorkspace(databaseUrl, {
    ...{ token, workspaceName: 'Acme', adminName: 'Ana' },
    ...{ adminAddress: 'ana@acme.example', internalDomains: ['acme.example'] },
  });
  const port = await freePort();
  const env = {
    ...{ DATABASE_URL: databaseUrl, PORT: String(port), ALLOW_LOCAL_MAIL_SERVERS: 'true' },
    ...{ TEMPORAL_ADDRESS: options.temporalAddress, TEMPORAL_TASK_QUEUE: `product-${token}` },
    ...{ ENCRYPTION_KEY: randomBytes(32).toString('base64'), LOG_LEVEL: 'info' },
    ...options.env,
  };
  const run = (name: string, entry: string, isReady: (log: () => string) => boolean) =>
    startProcess(
      {
        ...{ name, command: process.execPath, args: [join(ROOT, entry)], cwd: ROOT, isReady },
        ...{ env: { ...process.env, ...env }, readyWithinMs: 60_000 },
        logFile: join(logDir, `${name}-${randomUUID()}.log`),
      },
      { logDir, print: () => undefined },
    );
  const startWorker = async () =>
    stack.use(await run('worker', 'activities/worker.ts', (log) => log().includes('worker ready')));
  const [worker, api] = await Promise.all([
    startWorker(),
    run('api', 'api/server.ts', (log) => log().includes('api ready')).then((api) => stack.use(api)),
  ]);
  const url = `http://127.0.0.1:${port}/graphql`;
  return {
    ...{ worker, api, url, logDir, env, startWorker },
    database: stack.use(openDatabase(databaseUrl, { maxConnections: 2 })),
    graphql: graphqlAt(url, token),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** The API at `url` as the holder of `token` sees it. */
export function graphqlAt(url: string, token: string): GraphQL {
  return async <T>(query: string, variables: Record<string, unknown> = {}): Promise<T> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: T; errors?: unknown };
    if (errors !== undefined || data === undefined) throw new Error(JSON.stringify(errors));
    return data;
  };
}
