import { sql } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from './schema/index.ts';

type Schema = typeof schema;

/** For one statement of the API, when its request has no deadline. */
export const STATEMENT_TIMEOUT_MS = 30_000;

/** A connection pool or a transaction of it: every query of this room takes one. */
export type Db = Pick<
  PostgresJsDatabase<Schema>,
  | 'select'
  | 'selectDistinct'
  | 'selectDistinctOn'
  | 'insert'
  | 'update'
  | 'delete'
  | 'execute'
  | 'query'
  | 'transaction'
  | '$count'
>;

/** The store: one pool, closed by disposal. */
export interface Database extends AsyncDisposable {
  /** Unrestricted by row-level security; for the worker and for looking up who is calling. */
  readonly db: Db;
  /**
   * Runs `work` in one transaction that sees and writes only this workspace's rows. The server ends a statement that
   * takes longer than `statementMs` (SQLSTATE 57014); 30 seconds when not given.
   */
  inWorkspace<T>(
    workspaceId: string,
    work: (db: Db) => Promise<T>,
    statementMs?: number,
  ): Promise<T>;
  /** How many transactions of `inWorkspace` hold a connection of the pool or wait for one, and how many there can be. */
  load(): { readonly transactions: number; readonly maxConnections: number };
  /** Hears NOTIFY on a channel over a connection of its own, which is made again when it breaks; ends with the pool. */
  listen(channel: string, heard: (payload: string) => void): Promise<void>;
}

/** Opens the pool lazily: an unreachable server shows at the first query. */
export function openDatabase(url: string, options: { maxConnections: number }): Database {
  const client = postgres(url, { max: options.maxConnections, onnotice: () => undefined });
  const db = drizzle({ client, schema, casing: 'snake_case' });
  let transactions = 0;
  return {
    db,
    inWorkspace: async (workspaceId, work, statementMs = STATEMENT_TIMEOUT_MS) => {
      transactions += 1;
      try {
        return await db.transaction(async (transaction) => {
          await transaction.execute(
            sql`select set_config('role', 'mailroom_api', true), set_config('mailroom.workspace_id', ${workspaceId}, true),
              set_config('statement_timeout', ${String(statementMs)}, true)`,
          );
          return work(transaction);
        });
      } finally {
        transactions -= 1;
      }
    },
    load: () => ({ transactions, maxConnections: options.maxConnections }),
    listen: async (channel, heard) => {
      await client.listen(channel, heard);
    },
    [Symbol.asyncDispose]: () => client.end({ timeout: 5 }),
  };
}

/** Whether `error` is the violation of the constraint of this name (SQLSTATE class 23). */
export function violates(error: unknown, constraint: string): boolean {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return cause instanceof postgres.PostgresError && cause.constraint_name === constraint;
}
