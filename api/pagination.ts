import type { Order, Page, PageKey, PageRequest } from '../drizzle/pages.ts';
import { badInput } from './errors.ts';
import { isUuid } from './ids.ts';

export const DEFAULT_PAGE = 50;
export const MAX_PAGE = 100;
/** To the microsecond, as PostgreSQL keeps it. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

export interface Connection<T> {
  readonly nodes: readonly T[];
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** The page that was asked for. Throws BAD_USER_INPUT for a size or a cursor that cannot be. */
export function pageRequest(args: PageArguments, kind: Order['kind']): PageRequest {
  const limit = args.first ?? DEFAULT_PAGE;
  if (limit < 1 || limit > MAX_PAGE) throw badInput(`\`first\` must be 1 to ${MAX_PAGE}.`);
  const cursor = args.after ?? null;
  if (cursor === null) return { limit, after: null };
  const after = fromCursor(cursor, kind);
  if (after === null) throw badInput('`after` must be a cursor that this list gave out.');
  return { limit, after };
}

export function toConnection<T>(page: Page<T>, request: PageRequest): Connection<T> {
  const edges = page.items.map(({ value, key }) => ({ cursor: toCursor(key), node: value }));
  return {
    nodes: edges.map(({ node }) => node),
    edges,
    pageInfo: {
      hasNextPage: page.hasMore,
      hasPreviousPage: request.after !== null,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

export function toCursor({ sort, id }: PageKey): string {
  return Buffer.from(JSON.stringify([sort, id])).toString('base64url');
}

/** Strict, because what it lets pass goes to the database as a timestamp and a uuid. */
export function fromCursor(cursor: string, kind: Order['kind']): PageKey | null {
  const parts: unknown = parsed(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!Array.isArray(parts) || parts.length !== 2) return null;
  const [sort, id] = parts as unknown[];
  if (typeof sort !== 'string' || typeof id !== 'string' || !isUuid(id)) return null;
  return kind !== 'text' && !isMoment(sort) ? null : { sort, id };
}

/** JavaScript takes the 30th of February for the 2nd of March, PostgreSQL refuses it, as it does the year 0. */
function isMoment(text: string): boolean {
  if (!MOMENT.test(text) || text.startsWith('0000')) return false;
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) return false;
  const toTheSecond = 'YYYY-MM-DDTHH:MM:SS'.length;
  return moment.toISOString().slice(0, toTheSecond) === text.slice(0, toTheSecond);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
