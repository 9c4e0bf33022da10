import type { ListResponse } from 'imapflow';
import type { FolderUse } from '../domain/message.ts';
import type { ImapConnection } from './imap-connection.ts';
import { MailError } from './errors.ts';
import type { Folder, FolderSnapshot } from './session.ts';

/** RFC 6154, or imapflow's list of localised names where the server does not say (Microsoft 365). */
const USES: ReadonlyMap<string, FolderUse> = new Map([
  ['\\inbox', 'inbox'],
  ['\\sent', 'sent'],
  ['\\drafts', 'drafts'],
  ['\\junk', 'junk'],
  ['\\trash', 'trash'],
  ['\\archive', 'archive'],
  ['\\all', 'all'],
]);
/** RFC 5258: names that only hold other folders, or nothing at all. */
const NOT_SELECTABLE: ReadonlySet<string> = new Set(['\\noselect', '\\nonexistent']);

/** The folders that can be opened, by path; two folders of one name are two folders (R8). */
export async function listFolders(connection: ImapConnection): Promise<readonly Folder[]> {
  // Not with `listOnly`: imapflow then leaves the special uses out.
  const listed = await connection.run('list the folders', () => connection.client.list());
  return listed.filter(isSelectable).map((entry) => ({ path: entry.path, use: useOf(entry) }));
}

/**
 * STATUS; of the open folder EXAMINE, because STATUS may answer with what it was when it was opened (RFC 9051 section
 * 6.3.11; Dovecot does). imapflow answers `false` to a NO: that is a failure, never an empty folder.
 */
export async function folderStatus(
  connection: ImapConnection,
  path: string,
): Promise<FolderSnapshot> {
  const { mailbox } = connection.client;
  if (mailbox !== false && mailbox.path === path) return openFolder(connection, path);
  const attempted = 'ask for the state of a folder';
  const query = { messages: true, uidNext: true, uidValidity: true, highestModseq: true };
  const ask = () => connection.client.status(path, query);
  const status = await connection.run(attempted, ask, 'folder');
  if (status === false) throw connection.refused(attempted);
  return toSnapshot({
    exists: status.messages,
    uidNext: status.uidNext,
    uidValidity: status.uidValidity,
    highestModseq: status.highestModseq,
  });
}

/**
 * EXAMINE: nothing is ever marked as seen. The counters are copied at once, because the object they stand in goes on
 * counting with every unsolicited row. CONDSTORE (RFC 7162) is switched on where offered; QRESYNC is not, because
 * nothing reads VANISHED: what is gone is found by comparing UIDs (`allUids`).
 */
export async function openFolder(
  connection: ImapConnection,
  path: string,
): Promise<FolderSnapshot> {
  const examine = () => connection.client.mailboxOpen(path, { readOnly: true });
  const folder = await connection.run('open a folder', examine, 'folder');
  return toSnapshot(folder);
}

interface FolderCounters {
  readonly exists?: number | undefined;
  readonly uidNext?: number | undefined;
  readonly uidValidity?: bigint | undefined;
  readonly highestModseq?: bigint | undefined;
}

function toSnapshot({
  exists,
  uidNext,
  uidValidity,
  highestModseq,
}: FolderCounters): FolderSnapshot {
  if (exists === undefined || uidNext === undefined || uidValidity === undefined) {
    throw new MailError('protocol_violation', 'The mail server does not number its messages.');
  }
  return {
    exists,
    uidNext,
    uidValidity: uidValidity.toString(),
    highestModseq: highestModseq?.toString() ?? null,
  };
}

function useOf(entry: ListResponse): FolderUse {
  if (entry.path.toUpperCase() === 'INBOX') return 'inbox';
  return USES.get(entry.specialUse?.toLowerCase() ?? '') ?? 'other';
}

function isSelectable(entry: ListResponse): boolean {
  return ![...entry.flags].some((flag) => NOT_SELECTABLE.has(flag.toLowerCase()));
}
