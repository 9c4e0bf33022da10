import type { ImapConnection } from './imap-connection.ts';
import { openFolder } from './imap-folders.ts';
import { chunks, existing, toUidSet } from './imap-search.ts';
import { NOTHING_REMOVED, type Removed } from './session.ts';

/** Keeps a command line well under the 8,000 octets of RFC 7162 section 4. */
const UIDS_PER_COMMAND = 500;

/**
 * Deletes exactly these messages (UID EXPUNGE, RFC 4315). A server without UIDPLUS could only expunge whatever anybody has
 * marked in the folder, so there they are marked as deleted and stay. The one place that opens a folder with SELECT; it
 * is left by EXAMINE, because CLOSE would expunge what others have marked.
 */
export async function removeByImap(
  connection: ImapConnection,
  path: string,
  uidValidity: string,
  uids: readonly number[],
): Promise<Removed> {
  const { client } = connection;
  const folder = await connection.run('open a folder', () => client.mailboxOpen(path), 'folder');
  if (folder.uidValidity.toString() !== uidValidity) {
    await openFolder(connection, path);
    return NOTHING_REMOVED;
  }
  const canExpunge = client.capabilities.has('UIDPLUS');
  const quietly = { uid: true, silent: true };
  for (const some of chunks([...(await existing(connection, uids))], UIDS_PER_COMMAND)) {
    const set = toUidSet(some);
    const attempted = 'delete messages that were filed';
    const isDone = await connection.run(
      attempted,
      () =>
        canExpunge
          ? client.messageDelete(set, quietly)
          : client.messageFlagsAdd(set, ['\\Deleted'], quietly),
      'folder',
    );
    if (!isDone) throw connection.refused(attempted);
  }
  const left = await existing(connection, uids);
  await openFolder(connection, path);
  return {
    gone: uids.filter((uid) => !left.has(uid)),
    marked: canExpunge ? [] : uids.filter((uid) => left.has(uid)),
  };
}
