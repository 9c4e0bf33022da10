import { setTimeout as delay } from 'node:timers/promises';
import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestHandler } from 'express';
import { Kind, type GraphQLFormattedError, type OperationDefinitionNode } from 'graphql';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from '../drizzle/database.ts';
import { mailboxCounts } from '../drizzle/mailbox-counts.ts';
import type { RequestContext } from './context.ts';

const LATENCY_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Paths that are labels of their own; all others are one. */
const ROUTES: ReadonlySet<string> = new Set([
  ...['graphql', 'attachments', 'oauth', 'healthz', 'readyz', 'metrics'],
]);
/** A scrape does not wait longer for the database. */
const COUNTING_MS = 2_000;
/** Apollo waits for what its hooks return. */
const DONE = Promise.resolve();

/** Whose fault an error was. */
type Result = 'ok' | 'refused' | 'failed';

/**
 * What this API process counts for Prometheus, since it started. Labels come from closed sets: kinds of operations, fields
 * of our schema, routes, status codes; never a text, a name or an id that a client sent.
 */
export class ApiMetrics {
  readonly #registry = new Registry();
  readonly #requests = new Counter({
    name: 'mailroom_http_requests_total',
    help: 'HTTP requests that were answered.',
    labelNames: ['route', 'status'],
    registers: [this.#registry],
  });
  readonly #operations = new Counter({
    name: 'mailroom_graphql_operations_total',
    help: 'GraphQL operations: ok, refused (by a fault of the client) or failed (by a fault of ours).',
    labelNames: ['type', 'result'],
    registers: [this.#registry],
  });
  readonly #durations = new Histogram({
    name: 'mailroom_graphql_operation_duration_seconds',
    help: 'From a valid operation to its answer, by its field at the top, or `several`.',
    labelNames: ['type', 'field'],
    buckets: LATENCY_SECONDS,
    registers: [this.#registry],
  });
  readonly #mailboxes = new Gauge({
    name: 'mailroom_mailboxes',
    help: 'Connected mailboxes of all workspaces.',
    labelNames: ['state'],
    registers: [this.#registry],
  });
  readonly #overdue = new Gauge({
    name: 'mailroom_visits_overdue_seconds',
    help: 'How late the most overdue visit is; 0 when none is.',
    registers: [this.#registry],
  });
  readonly #database: Database;
  #isWatched = false;
  #counting: Promise<void> | null = null;

  constructor(database: Database) {
    this.#database = database;
    this.#watchPool(database);
  }

  /** Counts every request by where it went. */
  readonly requests: RequestHandler = (request, response, next) => {
    const [, first = ''] = request.path.split('/');
    const route = ROUTES.has(first) ? first : 'other';
    response.on('finish', () => this.#requests.inc({ route, status: response.statusCode }));
    next();
  };

  /** Answers a scrape. */
  readonly show: RequestHandler = async (_request, response) => {
    // Whom nobody watches does not pay for watching itself.
    if (!this.#isWatched) collectDefaultMetrics({ register: this.#registry });
    this.#isWatched = true;
    this.#counting ??= this.#countMailboxes().finally(() => {
      this.#counting = null;
    });
    await this.#counting;
    response.set('cache-control', 'no-store').type(this.#registry.contentType);
    response.send(await this.#registry.metrics());
  };

  /** Counts operations, also those that come to nothing. */
  plugin(): ApolloServerPlugin<RequestContext> {
    const count = (type: string, result: Result) => this.#operations.inc({ type, result });
    const durations = this.#durations;
    return {
      contextCreationDidFail: ({ error }) => {
        count('none', 'extensions' in error ? 'refused' : 'failed');
        return DONE;
      },
      invalidRequestWasReceived: () => {
        count('none', 'refused');
        return DONE;
      },
      requestDidStart: () => {
        let startedAt: number | null = null;
        return Promise.resolve({
          didResolveOperation: () => {
            startedAt = performance.now();
            return DONE;
          },
          willSendResponse: ({ operation, response: { body } }) => {
            const type = operation?.operation ?? 'none';
            count(type, resultOf(body.kind === 'single' ? body.singleResult.errors : undefined));
            if (operation === undefined || startedAt === null) return DONE;
            const seconds = (performance.now() - startedAt) / 1000;
            durations.observe({ type, field: topField(operation) }, seconds);
            return DONE;
          },
        });
      },
    };
  }

  #watchPool(database: Database): void {
    new Gauge({
      name: 'mailroom_database_transactions',
      help: 'Transactions that hold a connection or wait for one.',
      registers: [this.#registry],
      collect() {
        this.set(database.load().transactions);
      },
    });
    new Gauge({
      name: 'mailroom_database_connections_max',
      help: 'Connections of this process to PostgreSQL at most.',
      registers: [this.#registry],
      collect() {
        this.set(database.load().maxConnections);
      },
    });
  }

  /** Asked of the database: workers that do not run cannot tell. Without it nothing is known, and all else is still seen. */
  async #countMailboxes(): Promise<void> {
    const late = delay(COUNTING_MS, null, { ref: false });
    const counts = await Promise.race([mailboxCounts(this.#database.db), late]).catch(() => null);
    this.#mailboxes.reset();
    this.#overdue.set(counts?.overdueSeconds ?? NaN);
    for (const { state, mailboxes } of counts?.states ?? []) {
      this.#mailboxes.set({ state }, mailboxes);
    }
  }
}

function resultOf(errors: readonly GraphQLFormattedError[] = []): Result {
  const codes = errors.map(({ extensions }) => extensions?.['code']);
  if (codes.includes('INTERNAL_SERVER_ERROR')) return 'failed';
  return codes.length > 0 ? 'refused' : 'ok';
}

/** The operation is valid by now, so that its fields are those of our schema. */
function topField({ selectionSet: { selections } }: OperationDefinitionNode): string {
  const [first] = selections;
  if (selections.length !== 1 || first?.kind !== Kind.FIELD) return 'several';
  return first.name.value;
}
