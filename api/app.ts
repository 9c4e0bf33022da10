import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { ping } from '../drizzle/health.ts';
import type { Config } from '../config.ts';
import { ATTACHMENT_ROUTE, attachmentRoute } from './attachments.ts';
import { authenticate, type RequestContext, type Services } from './context.ts';
import { cors } from './cors.ts';
import { exportRoutes } from './csv-export.ts';
import { MAX_TOKENS, namingTokens, operationLimits } from './limits.ts';
import { deadlineIn } from './limits-time.ts';
import { describeError } from '../log.ts';
import { createMask } from './masking.ts';
import { graphqlMediaTypes } from './media-types.ts';
import { ApiMetrics } from './metrics.ts';
import { oauthRoutes } from './oauth.ts';
import { readiness } from './readiness.ts';
import { rateLimit } from './rate.ts';
import { resolvers } from './resolvers/index.ts';

const SDL = new URL('../schema.graphql', import.meta.url);
/** Room for a text of 1 MiB as JSON writes it. */
const BODY_LIMIT = '2mb';
const REQUEST_TIMEOUT_MS = 30_000;
/** Ids of requests that a proxy in front may choose: no room for more than an id. */
const REQUEST_ID = /^[A-Za-z0-9][\w.:-]{7,63}$/;

/** Without more, requests have 30 seconds, any number may come, and no other origin may ask. */
export type HttpSettings = Pick<Config['http'], 'host' | 'port'> & Partial<Config['http']>;

export interface Api extends AsyncDisposable {
  readonly url: string;
}

/** Serves `/graphql`, `/attachments`, `/healthz`, `/readyz` and `/metrics` until disposed; requests at work are answered first. */
export async function startApi(services: Services, http: HttpSettings): Promise<Api> {
  const { allowedOrigins = [], requestsPerSecond = 0 } = http;
  const { isIntrospectable = true, requestTimeoutMs = REQUEST_TIMEOUT_MS } = http;
  const app = express().disable('x-powered-by');
  // Whoever sends slower than this keeps a connection for nothing (RFC 9110 section 15.5.9).
  const httpServer = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, app);
  const metrics = new ApiMetrics(services.database);
  const apollo = createApollo(services.log, { httpServer, metrics, isIntrospectable });
  await apollo.start();
  app.use(requestLog(services.log), metrics.requests);
  app.get('/healthz', health(services));
  app.get('/readyz', readiness(services));
  app.get('/metrics', metrics.show);
  app.use(cors(allowedOrigins));
  if (requestsPerSecond > 0) app.use(rateLimit(requestsPerSecond));
  app.use(oauthRoutes(services));
  app.use(
    '/graphql',
    graphqlMediaTypes,
    express.json({ limit: BODY_LIMIT }),
    expressMiddleware(apollo, {
      context: ({ req }) => authenticate(services, req, deadlineIn(requestTimeoutMs)),
    }),
  );
  app.get(ATTACHMENT_ROUTE, attachmentRoute(services));
  for (const { path, handler } of exportRoutes(services)) app.get(path, handler);
  app.use(onError(services.log));
  await listen(httpServer, http);
  const { port } = httpServer.address() as AddressInfo;
  const host = http.host.includes(':') ? `[${http.host}]` : http.host;
  return { url: `http://${host}:${port}`, [Symbol.asyncDispose]: () => apollo.stop() };
}

interface Surroundings {
  readonly httpServer: Server;
  readonly metrics: ApiMetrics;
  readonly isIntrospectable: boolean;
}

function createApollo(
  log: Logger,
  { httpServer, metrics, isIntrospectable }: Surroundings,
): ApolloServer<RequestContext> {
  const mask = createMask(log);
  return new ApolloServer<RequestContext>({
    typeDefs: readFileSync(SDL, 'utf8'),
    resolvers,
    introspection: isIntrospectable,
    hideSchemaDetailsFromClientErrors: !isIntrospectable,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    parseOptions: { maxLexicalTokens: MAX_TOKENS },
    includeStacktraceInErrorResponses: false,
    // The entry point ends the process, in its own order.
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => mask(namingTokens(formatted), error),
    // Apollo's own log lines quote errors; ours say all that may be said.
    logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    plugins: [
      ApolloServerPluginDrainHttpServer({ httpServer }),
      ApolloServerPluginLandingPageDisabled(),
      operationLimits,
      metrics.plugin(),
    ],
  });
}

function ignore(): void {
  // Nothing.
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** 200 once the database answers. Temporal is not asked: reads work without it. */
function health({ database, log }: Services): RequestHandler {
  return async (_request, response) => {
    try {
      await ping(database.db);
      response.json({ status: 'ok' });
    } catch (error) {
      log.warn({ error: describeError(error) }, 'the database does not answer');
      response.status(503).json({ status: 'unavailable' });
    }
  };
}

/** One line per request; the body is nobody's business. */
function requestLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const given = request.get('x-request-id') ?? '';
    const requestId = REQUEST_ID.test(given) ? given : randomUUID();
    const startedAt = performance.now();
    response.setHeader('x-request-id', requestId);
    response.on('finish', () => {
      const durationMs = Math.round(performance.now() - startedAt);
      const { method, path } = request;
      log.info({ requestId, method, path, status: response.statusCode, durationMs }, 'request');
    });
    next();
  };
}

/** Bodies that are too large or no JSON, in the form of a GraphQL answer. */
function onError(log: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = statusOf(error);
    if (status >= 500) log.error({ error: describeError(error) }, 'unexpected error');
    const [code, message] =
      status === 413
        ? ['REQUEST_TOO_LARGE', `The request is larger than ${BODY_LIMIT}. Send less at a time.`]
        : status === 415
          ? ['UNSUPPORTED_MEDIA_TYPE', 'The request must be JSON in UTF-8, as it is or by gzip.']
          : status < 500
            ? ['BAD_REQUEST', 'The request is not JSON.']
            : ['INTERNAL_SERVER_ERROR', 'Internal error.'];
    response.status(status).json({ errors: [{ message, extensions: { code } }] });
  };
}

function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('status' in error)) return 500;
  return typeof error.status === 'number' ? error.status : 500;
}
