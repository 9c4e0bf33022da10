import { pino, type Logger } from 'pino';

/** One logger per process, JSON on standard output. Ids and codes only: nothing personal, no secrets. */
export function createLogger(level: string, process: 'worker' | 'api'): Logger {
  return pino({ level, base: { process }, timestamp: pino.stdTimeFunctions.isoTime });
}

/**
 * What may be logged of an unexpected error. Messages are left out on purpose: those of the database quote rows and
 * parameters, those of mail servers name users. The stack says where, the codes say what.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint_name: constraint } = error as {
    code?: unknown;
    constraint_name?: unknown;
  };
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    frames: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
