import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RequestHandler, Response } from 'express';
import { GraphQLError } from 'graphql';
import type { Db } from '../drizzle/database.ts';
import {
  exportedAccounts,
  exportedContacts,
  exportedEntries,
  type ExportPage,
} from '../drizzle/csv-export.ts';
import { describeError } from '../log.ts';
import { authenticate, type RequestContext, type Services } from './context.ts';
import { csvRecord } from './csv.ts';
import { accountSheet, blacklistSheet, contactSheet, type Sheet } from './csv-sheets.ts';

const ROWS_PER_PAGE = 1_000;
/** Somebody who takes nothing for so long has lost interest. */
const STALLED_MS = 60_000;

/** Streams `/export/contacts.csv`, `accounts.csv` and `blacklist.csv` to every user: whatever the size, one page is in memory. */
export function exportRoutes(
  services: Services,
): readonly { readonly path: string; readonly handler: RequestHandler }[] {
  return [
    route(services, 'contacts', contactSheet, exportedContacts),
    route(services, 'accounts', accountSheet, exportedAccounts),
    route(services, 'blacklist', blacklistSheet, exportedEntries),
  ];
}

function route<Stored extends { readonly id: string }>(
  services: Services,
  name: string,
  sheet: Pick<Sheet<never, Stored>, 'all' | 'write'>,
  read: (db: Db, page: ExportPage) => Promise<readonly Stored[]>,
) {
  const handler: RequestHandler = async (request, response) => {
    response.setTimeout(STALLED_MS, () => response.destroy());
    response.setHeader('Cache-Control', 'private, no-store');
    const context = await viewerOf(services, request, response);
    if (context === null) return;
    response.attachment(`${name}.csv`);
    // RFC 4180 section 3, RFC 7111.
    response.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    if (request.method === 'HEAD') response.end();
    else await send(context, response, pages(context, sheet, read));
  };
  return { path: `/export/${name}.csv`, handler };
}

async function viewerOf(
  services: Services,
  request: Parameters<RequestHandler>[0],
  response: Response,
): Promise<RequestContext | null> {
  try {
    return await authenticate(services, request);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { message, extensions } = error;
    response.status(401).json({ errors: [{ message, extensions: { code: extensions['code'] } }] });
    return null;
  }
}

/** Page after page by id, each in a transaction of its own: rows that come or go meanwhile may be there or not, none twice. */
async function* pages<Stored extends { readonly id: string }>(
  { read: inWorkspace }: RequestContext,
  sheet: Pick<Sheet<never, Stored>, 'all' | 'write'>,
  read: (db: Db, page: ExportPage) => Promise<readonly Stored[]>,
): AsyncGenerator<string> {
  yield csvRecord(sheet.all);
  let after: string | null = null;
  do {
    const page: ExportPage = { after, limit: ROWS_PER_PAGE };
    const rows: readonly Stored[] = await inWorkspace((db) => read(db, page));
    yield rows.map((row) => csvRecord(sheet.write(row))).join('');
    after = rows.length < ROWS_PER_PAGE ? null : (rows.at(-1)?.id ?? null);
  } while (after !== null);
}

async function send(
  { services }: RequestContext,
  response: Response,
  chunks: AsyncGenerator<string>,
): Promise<void> {
  try {
    await pipeline(Readable.from(chunks), response);
  } catch (error) {
    // Nobody is there to hear of it.
    if (response.destroyed && response.errored === null) return;
    // The connection breaks off, so that nobody takes half a file for a whole one.
    services.log.warn({ error: describeError(error) }, 'export broke off');
    response.destroy();
  }
}
