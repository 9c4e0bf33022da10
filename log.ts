import { pino, type DestinationStream, type Logger } from 'pino';

/** What must never stand in a log, wherever it might turn up in one. */
const SECRETS = ['password', 'token', 'authorization', 'envelope', 'variables', 'query'];

/** One logger per process, JSON on standard output. Ids and codes only: nothing personal, no secrets. */
export function createLogger(
  level: string,
  process: 'worker' | 'api',
  destination?: DestinationStream,
): Logger {
  const options = {
    level,
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/**
 * What may be logged of an unexpected error. Its message is left out on purpose: those of the database quote rows and
 * parameters, those of mail servers name users. The frames say where, the codes say what.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const code: unknown = 'code' in error ? error.code : undefined;
  const constraint: unknown = 'constraint_name' in error ? error.constraint_name : undefined;
  return {
    name: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    frames: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
