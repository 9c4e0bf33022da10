import { Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { withClient } from './postgres.ts';
import { ensureSearchAttributes, missingSearchAttributes } from './search-attributes.ts';
import { SetupError } from './setup-error.js';

/** Servers that somebody else runs: we only make sure, at once and in one sentence, that they answer. */
export async function requireDatabase(url: string): Promise<void> {
  try {
    await withClient(url, (sql) => sql`select 1`);
  } catch (error) {
    throw new SetupError(
      `The database of DATABASE_URL (${withoutCredentials(url)}) does not answer ` +
        `(${reason(error)}): start it, correct DATABASE_URL, or unset it to use the bundled one.`,
    );
  }
}

/** TLS and API key come from the TEMPORAL_* variables and profiles. */
export async function requireTemporal(searchAttributes: readonly string[]): Promise<void> {
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
  const address = connectionOptions.address ?? '';
  const connection = await connect(connectionOptions, address);
  try {
    await requireSearchAttributes(connection, namespace, searchAttributes);
  } finally {
    await connection.close();
  }
}

type ConnectionOptions = ReturnType<typeof loadClientConnectConfig>['connectionOptions'];

async function connect(options: ConnectionOptions, address: string): Promise<Connection> {
  try {
    return await Connection.connect({ ...options, connectTimeout: '5s' });
  } catch (error) {
    throw new SetupError(
      `The Temporal server of TEMPORAL_ADDRESS (${address}) does not answer (${reason(error)}): ` +
        'start it, correct TEMPORAL_ADDRESS, or unset it to use a local one.',
    );
  }
}

async function requireSearchAttributes(
  connection: Connection,
  namespace: string,
  names: readonly string[],
): Promise<void> {
  try {
    if (await ensureSearchAttributes(connection, namespace, names)) return;
  } catch {
    // Temporal Cloud, among others, registers them elsewhere.
    const missing = await missingSearchAttributes(connection, namespace, names).catch(() => names);
    if (missing.length === 0) return;
  }
  throw new SetupError(
    `The Temporal namespace ${namespace} lacks search attributes: register ${names.join(', ')} ` +
      'there, each of type Keyword.',
  );
}

/** The password, and whatever an unreadable URL may hide, is nobody's business. */
function withoutCredentials(url: string): string {
  if (!URL.canParse(url)) return 'not a URL';
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

function reason(error: unknown): string {
  if (error instanceof AggregateError) return reason(error.errors[0]);
  if (error instanceof Error && 'code' in error && typeof error.code === 'string')
    return error.code;
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown error';
}
