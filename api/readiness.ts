import type { RequestHandler } from 'express';
import { isMigrated, ping } from '../drizzle/health.ts';
import { createReadiness } from '../readiness.ts';
import type { Services } from './context.ts';

/**
 * Whether everything is there that the API works with, and what is missing. `/healthz` asks for less: while Temporal is
 * down, or migrations run, this process still reads.
 */
export function readiness({ database, orchestrator }: Services): RequestHandler {
  const ask = createReadiness({
    database: () => ping(database.db).then(() => true),
    migrations: () => isMigrated(database.db),
    temporal: () => orchestrator.ping().then(() => true),
  });
  return async (_request, response) => {
    const { status, body } = await ask();
    response.status(status).set('cache-control', 'no-store').json(body);
  };
}
