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
import { ATTACHMENT_ROUTE, attachmentRoute } from './attachments.ts';
import { authenticate, type RequestContext, type Services } from './context.ts';
import { describeError } from '../log.ts';
import { createMask } from './masking.ts';
import { oauthRoutes } from './oauth.ts';
import { resolvers } from './resolvers/index.ts';

const SDL = new URL('../schema.graphql', import.meta.url);
/** Room for a text of 1 MiB as JSON writes it. */
const BODY_LIMIT = '2mb';

export interface Api extends AsyncDisposable {
  readonly url: string;
}

/** Serves `/graphql`, `/attachments` and `/healthz` until disposed; requests at work are answered first. */
export async function startApi(
  services: Services,
  http: { readonly host: string; readonly port: number },
): Promise<Api> {
  const app = express().disable('x-powered-by');
  const httpServer = createServer(app);
  const apollo = createApollo(services.log, httpServer);
  await apollo.start();
  app.use(requestLog(services.log));
  app.get('/healthz', health(services));
  app.use(oauthRoutes(services));
  app.use(
    '/graphql',
    express.json({ limit: BODY_LIMIT }),
    expressMiddleware(apollo, { context: ({ req }) => authenticate(services, req) }),
  );
  app.get(ATTACHMENT_ROUTE, attachmentRoute(services));
  app.use(onError(services.log));
  await listen(httpServer, http);
  const { port } = httpServer.address() as AddressInfo;
  const host = http.host.includes(':') ? `[${http.host}]` : http.host;
  return { url: `http://${host}:${port}`, [Symbol.asyncDispose]: () => apollo.stop() };
}

function createApollo(log: Logger, httpServer: Server): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    typeDefs: readFileSync(SDL, 'utf8'),
    resolvers,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    // The entry point ends the process, in its own order.
    stopOnTerminationSignals: false,
    formatError: createMask(log),
    // Apollo's own log lines quote errors; ours say all that may be said.
    logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    plugins: [
      ApolloServerPluginDrainHttpServer({ httpServer }),
      ApolloServerPluginLandingPageDisabled(),
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
    const requestId = randomUUID();
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
        ? ['REQUEST_TOO_LARGE', `The request is larger than ${BODY_LIMIT}.`]
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
