import { inspect } from 'node:util';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { z } from 'zod';

/** A value that does not show itself in logs, errors or JSON. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toJSON(): string {
    return '[redacted]';
  }
  [inspect.custom](): string {
    return '[redacted]';
  }
}

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** Every variable the product reads; docs/operations.md and .env.example list the same names. */
export const ENVIRONMENT = z.object({
  PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65535)
    .default(4000)
    .describe('Port of the GraphQL API.'),
  HOST: z.string().default('127.0.0.1').describe('Interface that the API listens on.'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\//, 'must be a postgres:// URL')
    .describe('PostgreSQL 15 or newer.'),
  DATABASE_CONNECTIONS: z.coerce
    .number()
    .int()
    .min(2)
    .max(500)
    .default(10)
    .describe('Connections to PostgreSQL per process.'),
  TEMPORAL_ADDRESS: z
    .string()
    .optional()
    .describe(
      'Temporal frontend, host:port; 127.0.0.1:7233 when unset. TLS, API key and profiles: the standard TEMPORAL_* variables.',
    ),
  TEMPORAL_NAMESPACE: z.string().optional().describe('Temporal namespace; `default` when unset.'),
  TEMPORAL_TASK_QUEUE: z.string().default('mailroom').describe('Task queue of the worker.'),
  ENCRYPTION_KEY: z
    .string()
    .refine((value) => Buffer.from(value, 'base64').length === 32, 'must be 32 octets in base64')
    .describe('Key that wraps the keys of mailbox credentials.'),
  ALLOW_LOCAL_MAIL_SERVERS: flag
    .default(false)
    .describe('Whether mailboxes may be on loopback and without TLS: for the demo and tests.'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('Least severe log line that is written.'),
});

type TemporalConnection = ReturnType<typeof loadClientConnectConfig>['connectionOptions'] & {
  readonly address: string;
};

export interface Config {
  readonly http: { readonly host: string; readonly port: number };
  readonly database: { readonly url: Secret; readonly maxConnections: number };
  readonly temporal: {
    /** Address, TLS and API key; may hold secrets: never logged. */
    readonly connection: TemporalConnection;
    readonly namespace: string;
    readonly taskQueue: string;
  };
  readonly mail: { readonly allowLocalServers: boolean };
  readonly encryptionKey: Secret;
  readonly logLevel: z.infer<typeof ENVIRONMENT>['LOG_LEVEL'];
}

/** Thrown with every problem of the environment at once; its message may be shown. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads the environment once, at the start of a process. Throws ConfigError; never shows a value. */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const parsed = ENVIRONMENT.safeParse(environment, { reportInput: false });
  if (!parsed.success) throw new ConfigError(z.prettifyError(parsed.error));
  const env = parsed.data;
  return {
    http: { host: env.HOST, port: env.PORT },
    database: { url: new Secret(env.DATABASE_URL), maxConnections: env.DATABASE_CONNECTIONS },
    temporal: loadTemporal(environment, env.TEMPORAL_TASK_QUEUE),
    mail: { allowLocalServers: env.ALLOW_LOCAL_MAIL_SERVERS },
    encryptionKey: new Secret(env.ENCRYPTION_KEY),
    logLevel: env.LOG_LEVEL,
  };
}

/** By the rules of every Temporal tool: environment variables over the profile in the configuration file. */
function loadTemporal(environment: NodeJS.ProcessEnv, taskQueue: string): Config['temporal'] {
  const defined = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const { connectionOptions, namespace } = loadClientConnectConfig({
    overrideEnvVars: Object.fromEntries(defined),
  });
  return {
    connection: { ...connectionOptions, address: connectionOptions.address ?? '127.0.0.1:7233' },
    namespace: namespace ?? 'default',
    taskQueue,
  };
}
