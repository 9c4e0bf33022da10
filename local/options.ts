import { resolve } from 'node:path';
import { portFromEnvironment } from './ports.ts';

export interface StartOptions {
  readonly isDemo: boolean;
  readonly localDir: string;
  /** As the user wrote it, for messages. */
  readonly localDirName: string;
  readonly port: number;
  /** Undefined means 7233 when free, else any. */
  readonly temporalPort: number | undefined;
  readonly temporalUiPort: number | undefined;
  readonly databaseUrl: string | undefined;
  readonly temporalAddress: string | undefined;
}

/** A command line that makes no sense; the message says what would. */
export class UsageError extends Error {
  override name = 'UsageError';
}

type Environment = Readonly<Record<string, string | undefined>>;

export function parseOptions(args: readonly string[], env: Environment): StartOptions {
  const unknown = args.find((argument) => argument !== '--demo');
  if (unknown !== undefined) {
    throw new UsageError(`Unknown argument ${unknown}: npm start knows only "-- --demo".`);
  }
  const localDirName = env['LOCAL_DIR'] || '.local';
  return {
    isDemo: args.length > 0,
    localDir: resolve(localDirName),
    localDirName,
    port: portFromEnvironment('PORT', env) ?? 4000,
    temporalPort: portFromEnvironment('TEMPORAL_PORT', env),
    temporalUiPort: portFromEnvironment('TEMPORAL_UI_PORT', env),
    databaseUrl: env['DATABASE_URL'] || undefined,
    temporalAddress: env['TEMPORAL_ADDRESS'] || undefined,
  };
}
