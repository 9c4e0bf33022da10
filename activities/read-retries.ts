import { decideRemoved, dueRetries, type DueRetry } from '../drizzle/gaps.ts';
import type { KnownFolder } from '../drizzle/folders.ts';
import { MailError } from '../mail/errors.ts';
import type { Portion } from './portion.ts';
import { readMessages, type Numbering, type Reader } from './read-messages.ts';

/** Messages that were to be tried again, and what came of it. */
export interface Retries extends Portion {
  readonly more: boolean;
}

export const NO_RETRIES: Retries = { rows: [], unreadable: [], more: false };

/** Tried at once at most: each may cost a round trip of its own. */
const MAX_RETRIES = 100;

/**
 * Reads what could not be read before, and what a comparison with the server found missing (R41): gaps are kept and
 * tried again, wherever the checkpoint is. What has gone from the server meanwhile is decided.
 */
export async function readRetries(
  reader: Reader,
  known: ReadonlyMap<string, KnownFolder>,
  room: number,
): Promise<Retries> {
  const limit = Math.min(room, MAX_RETRIES);
  const due = await dueRetries(reader.db, reader.mailbox.id, limit);
  if (due.length === 0) return NO_RETRIES;
  const byId = new Map([...known.values()].map((folder) => [folder.id, folder]));
  const found: Portion[] = [];
  for (const group of Map.groupBy(due, numberingKey).values()) {
    const [{ folderId, uidValidity } = { folderId: '', uidValidity: '' }] = group;
    const read = readGroup(reader, byId.get(folderId), { folderId, uidValidity }, group);
    found.push(...(await read.then((portion) => [portion], orNone)));
  }
  return {
    rows: found.flatMap(({ rows }) => rows),
    unreadable: found.flatMap(({ unreadable }) => unreadable),
    more: due.length >= limit && found.length > 0,
  };
}

async function readGroup(
  reader: Reader,
  folder: KnownFolder | undefined,
  numbering: Numbering,
  due: readonly DueRetry[],
): Promise<Portion> {
  const { folderId, uidValidity } = numbering;
  const uids = due.map(({ uid }) => uid);
  const opened = folder === undefined ? null : await reader.session.openFolder(folder.path);
  const isThere = opened?.uidValidity === uidValidity;
  // What broke a connection once is asked for alone.
  const isCareful = reader.isCareful || due.some(({ attempts }) => attempts > 0);
  const portion = isThere
    ? await readMessages({ ...reader, isCareful }, numbering, uids)
    : { rows: [], unreadable: [] };
  const accounted = new Set([...portion.rows, ...portion.unreadable].map(({ uid }) => uid));
  const gone = uids.filter((uid) => !accounted.has(uid));
  await decideRemoved(reader.db, folderId, uidValidity, gone);
  return portion;
}

/** A folder that is gone or closed to us must not stop the others; reading it parks it. */
function orNone(error: unknown): readonly Portion[] {
  if (error instanceof MailError && error.kind === 'folder_missing') return [];
  throw error;
}

function numberingKey({ folderId, uidValidity }: DueRetry): string {
  return `${folderId} ${uidValidity}`;
}
