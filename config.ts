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

/** Secrets go there: https, except on this machine. No query, no fragment, no slash at the end. */
const webAddress = z
  .url({ protocol: /^https?$/ })
  .regex(/^https:|^http:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/]|$)/, 'must be https')
  .regex(/^[^?#@]*$/, 'must not have a user, a query or a fragment')
  .transform((value) => value.replace(/\/+$/, ''));

/** As browsers send it: nothing behind the host and port, and no default port. */
function isOrigin(value: string): boolean {
  return /^https?:/.test(value) && URL.parse(value)?.origin === value;
}

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** Every variable the product reads; docs/operations.md and .env.example list the same names. */
export const ENVIRONMENT = z
  .object({
    PORT: z.coerce
      .number()
      .int()
      .min(1)
      .max(65535)
      .default(4000)
      .describe('Port of the GraphQL API.'),
    HOST: z.string().default('127.0.0.1').describe('Interface that the API listens on.'),
    ALLOWED_ORIGINS: z
      .string()
      .default('')
      .transform((list) => list.split(',').map((origin) => origin.trim()))
      .transform((origins) => origins.filter((origin) => origin !== ''))
      .refine((origins) => origins.every(isOrigin), 'must be origins like https://crm.example.com')
      .describe(
        'Origins whose scripts may use the API from a browser, with commas between; none when empty.',
      ),
    INTROSPECTION: flag
      .default(true)
      .describe('Whether the API answers questions about its schema.'),
    REQUEST_TIMEOUT_SECONDS: z.coerce
      .number()
      .int()
      .min(1)
      .max(600)
      .default(30)
      .describe('How long a GraphQL request may take.'),
    REQUESTS_PER_SECOND: z.coerce
      .number()
      .int()
      .min(0)
      .max(1_000_000)
      .default(100)
      .describe('Requests per second of one token at one API process; 0 for any number.'),
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
    PUBLIC_URL: webAddress
      .optional()
      .describe(
        'Address of the API as browsers reach it; http://127.0.0.1:PORT when unset. OAuth providers send people back to PUBLIC_URL/oauth/callback.',
      ),
    OAUTH_GOOGLE_CLIENT_ID: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Client id of the app registered at Google; unset, Gmail takes app passwords only.',
      ),
    OAUTH_GOOGLE_CLIENT_SECRET: z.string().min(1).optional().describe('Its client secret.'),
    OAUTH_GOOGLE_AUTHORIZE_URL: webAddress
      .optional()
      .describe('Where people consent; Google when unset.'),
    OAUTH_GOOGLE_TOKEN_URL: webAddress
      .optional()
      .describe('Where tokens are issued; Google when unset.'),
    OAUTH_MICROSOFT_CLIENT_ID: z
      .string()
      .min(1)
      .optional()
      .describe('Client id of the app registered at Microsoft; unset, no Microsoft 365 mailboxes.'),
    OAUTH_MICROSOFT_CLIENT_SECRET: z.string().min(1).optional().describe('Its client secret.'),
    OAUTH_MICROSOFT_AUTHORIZE_URL: webAddress
      .optional()
      .describe('Where people consent; tenant `common` of the global cloud when unset.'),
    OAUTH_MICROSOFT_TOKEN_URL: webAddress
      .optional()
      .describe('Where tokens are issued; tenant `common` of the global cloud when unset.'),
    LOST_AFTER_SECONDS: z.coerce
      .number()
      .int()
      .min(1)
      .max(86_400)
      .default(600)
      .describe(
        'How late a visit is when the worker looks whether the workflow of the mailbox got lost.',
      ),
    METRICS_PORT: z.coerce
      .number()
      .int()
      .min(1)
      .max(65535)
      .optional()
      .describe('Port of the worker for /metrics, /readyz and /healthz; none when unset.'),
    METRICS_HOST: z.string().default('127.0.0.1').describe('Interface of that port.'),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
      .default('info')
      .describe('Least severe log line that is written.'),
  })
  .superRefine((env, problems) => {
    for (const prefix of ['OAUTH_GOOGLE', 'OAUTH_MICROSOFT'] as const) {
      const [id, secret] = [`${prefix}_CLIENT_ID`, `${prefix}_CLIENT_SECRET`] as const;
      if ((env[id] === undefined) !== (env[secret] === undefined)) {
        problems.addIssue({ code: 'custom', path: [secret], message: `goes together with ${id}` });
      }
    }
  });

type TemporalConnection = ReturnType<typeof loadClientConnectConfig>['connectionOptions'] & {
  readonly address: string;
};

/** Mailroom as it is registered with an OAuth provider. */
export interface OAuthApp {
  readonly provider: 'google' | 'microsoft';
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly redirectUri: string;
  readonly authorizeUrl?: string;
  readonly tokenUrl?: string;
}

export interface Config {
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Whose scripts may use the API from a browser. */
    readonly allowedOrigins: readonly string[];
    readonly isIntrospectable: boolean;
    readonly requestTimeoutMs: number;
    /** Of one token at one process; 0: any number. */
    readonly requestsPerSecond: number;
  };
  readonly database: { readonly url: Secret; readonly maxConnections: number };
  readonly temporal: {
    /** Address, TLS and API key; may hold secrets: never logged. */
    readonly connection: TemporalConnection;
    readonly namespace: string;
    readonly taskQueue: string;
  };
  readonly mail: { readonly allowLocalServers: boolean };
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly oauth: { readonly google?: OAuthApp; readonly microsoft?: OAuthApp };
  readonly encryptionKey: Secret;
  /** Milliseconds that a visit may be late before its workflow is looked for. */
  readonly lostAfterMs: number;
  /** Where the worker shows its metrics; null when nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | null;
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
  const publicUrl = env.PUBLIC_URL ?? `http://127.0.0.1:${env.PORT}`;
  const google = oauthApp('google', env, publicUrl);
  const microsoft = oauthApp('microsoft', env, publicUrl);
  return {
    http: {
      ...{ host: env.HOST, port: env.PORT, allowedOrigins: env.ALLOWED_ORIGINS },
      isIntrospectable: env.INTROSPECTION,
      requestTimeoutMs: env.REQUEST_TIMEOUT_SECONDS * 1000,
      requestsPerSecond: env.REQUESTS_PER_SECOND,
    },
    database: { url: new Secret(env.DATABASE_URL), maxConnections: env.DATABASE_CONNECTIONS },
    temporal: loadTemporal(environment, env.TEMPORAL_TASK_QUEUE),
    mail: { allowLocalServers: env.ALLOW_LOCAL_MAIL_SERVERS },
    publicUrl,
    oauth: { ...(google && { google }), ...(microsoft && { microsoft }) },
    encryptionKey: new Secret(env.ENCRYPTION_KEY),
    lostAfterMs: env.LOST_AFTER_SECONDS * 1000,
    metrics:
      env.METRICS_PORT === undefined ? null : { host: env.METRICS_HOST, port: env.METRICS_PORT },
    logLevel: env.LOG_LEVEL,
  };
}

/** Null without a client: mailboxes of that provider cannot be connected by OAuth then. */
function oauthApp(
  provider: OAuthApp['provider'],
  env: z.infer<typeof ENVIRONMENT>,
  publicUrl: string,
): OAuthApp | null {
  const prefix = provider === 'google' ? 'OAUTH_GOOGLE' : 'OAUTH_MICROSOFT';
  const clientId = env[`${prefix}_CLIENT_ID`];
  const secret = env[`${prefix}_CLIENT_SECRET`];
  const [authorizeUrl, tokenUrl] = [env[`${prefix}_AUTHORIZE_URL`], env[`${prefix}_TOKEN_URL`]];
  if (clientId === undefined || secret === undefined) return null;
  return {
    ...{ provider, clientId, clientSecret: new Secret(secret) },
    redirectUri: `${publicUrl}/oauth/callback`,
    ...(authorizeUrl === undefined ? {} : { authorizeUrl }),
    ...(tokenUrl === undefined ? {} : { tokenUrl }),
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
