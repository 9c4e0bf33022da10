import { sql } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from './schema/index.ts';

type Schema = typeof schema;

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
  /** Runs `work` in one transaction that sees and writes only this workspace's rows. */
  inWorkspace<T>(workspaceId: string, work: (db: Db) => Promise<T>): Promise<T>;
  /** Hears NOTIFY on a channel over a connection of its own, which is made again when it breaks; ends with the pool. */
  listen(channel: string, heard: (payload: string) => void): Promise<void>;
}

/** Opens the pool lazily: an unreachable server shows at the first query. */
export function openDatabase(url: string, options: { maxConnections: number }): Database {
  const client = postgres(url, { max: options.maxConnections, onnotice: () => undefined });
  const db = drizzle({ client, schema, casing: 'snake_case' });
  return {
    db,
    inWorkspace: (workspaceId, work) =>
      db.transaction(async (transaction) => {
        await transaction.execute(
          sql`select set_config('role', 'mailroom_api', true), set_config('mailroom.workspace_id', ${workspaceId}, true)`,
        );
        return work(transaction);
      }),
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
