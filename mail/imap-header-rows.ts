import type { ImapCompileNode, ImapResponse } from 'imapflow/lib/handler/types.js';
import { toMailError } from './error-mapping.ts';
import type { ImapConnection } from './imap-connection.ts';
import { readRow, type HeaderRow } from './imap-rows.ts';
import { toUidSet } from './imap-search.ts';
import { UNWANTED_HEADERS, WANTED_HEADERS } from './wanted-headers.ts';

/** What imapflow's own commands are made of; its types leave it out. */
declare module 'imapflow' {
  interface ImapFlow {
    /** Ends an IDLE that is under way. */
    preCheck?: false | (() => Promise<void>);
    /** Sends a command; `next` lets the following one through. */
    exec: (
      command: string,
      attributes: ImapCompileNode[],
      options: { untagged: Readonly<Record<string, (response: ImapResponse) => void>> },
    ) => Promise<{ readonly next: () => void }>;
  }
}

/** Connections whose server knows no HEADER.FIELDS.NOT, although every server has to (RFC 9051 section 6.4.5.1). */
const LIMITED = new WeakSet<ImapConnection>();

const atom = (value: string) => ({ type: 'ATOM', value });

/**
 * UID FETCH (with PEEK, in an EXAMINEd folder) of headers, flags, size and structure. Not imapflow's `fetch`: it has no
 * HEADER.FIELDS.NOT, and spends most of its time on turning rows back into text and on making ids. Servers put rows
 * between that nobody asked for (RFC 9051 section 7.5.2), and some split one message over two rows: hence by UID,
 * asked ones only, merged.
 */
export async function fetchHeaderRows(
  connection: ImapConnection,
  uids: readonly number[],
): Promise<ReadonlyMap<number, HeaderRow>> {
  const rows = new Map<number, HeaderRow>(uids.map((uid) => [uid, {}]));
  const take = (response: ImapResponse): void => {
    const row = readRow(response);
    const known = rows.get(row.uid ?? 0);
    if (known !== undefined) Object.assign(known, row);
  };
  const send = async (): Promise<void> => {
    try {
      await sendFetch(connection, uids, take);
    } catch (error) {
      if (LIMITED.has(connection) || !isUnknownCommand(error)) throw error;
      LIMITED.add(connection);
      await sendFetch(connection, uids, take);
    }
  };
  await connection.run('fetch messages', send, 'folder');
  return rows;
}

/** BAD, and nothing that says more, e.g. that we are too fast. */
function isUnknownCommand(error: unknown): boolean {
  const isBad = (error as { responseStatus?: unknown } | null)?.responseStatus === 'BAD';
  return isBad && toMailError(error, 'fetch messages', 'folder').kind === 'protocol_violation';
}

async function sendFetch(
  connection: ImapConnection,
  uids: readonly number[],
  take: (response: ImapResponse) => void,
): Promise<void> {
  const { client } = connection;
  if (typeof client.preCheck === 'function') await client.preCheck();
  const set = { type: 'SEQUENCE', value: toUidSet(uids) };
  const items = ['UID', 'FLAGS', 'BODYSTRUCTURE', 'INTERNALDATE', 'RFC822.SIZE'];
  if (client.capabilities.has('X-GM-EXT-1')) items.push('X-GM-LABELS');
  const section = LIMITED.has(connection)
    ? [atom('HEADER.FIELDS'), WANTED_HEADERS.map(atom)]
    : [atom('HEADER.FIELDS.NOT'), UNWANTED_HEADERS.map(atom)];
  const query = [...items.map(atom), { ...atom('BODY.PEEK'), section }];
  const { next } = await client.exec('UID FETCH', [set, query], { untagged: { FETCH: take } });
  next();
}
