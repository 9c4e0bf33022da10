import { capabilitiesIn } from './capabilities.ts';
import { ImapConnection, type ImapOptions } from './imap-connection.ts';
import { fetchHeaders, fetchParts } from './imap-fetch.ts';
import { folderStatus, listFolders, openFolder } from './imap-folders.ts';
import { streamPart } from './imap-part.ts';
import { allUids, existing, uidsAfter, uidsSince } from './imap-search.ts';
import { watchFolder } from './imap-watch.ts';
import { removeByImap } from './remove-imap.ts';
import type { MailServer, MailSession } from './session.ts';

export type { ImapOptions } from './imap-connection.ts';

/**
 * Connects and logs in. imapflow stays behind this door: answers are values of ours, and everything that goes wrong
 * is a MailError. Ends with its disposal, or at once with `options.signal`.
 */
export async function openImapSession(
  server: MailServer,
  options: ImapOptions,
): Promise<MailSession> {
  const connection = new ImapConnection(server, options);
  await connection.connect();
  return {
    get isOpen() {
      return connection.isOpen();
    },
    capabilities: () => capabilitiesIn(connection.client.capabilities.keys()),
    listFolders: () => listFolders(connection),
    folderStatus: (path) => folderStatus(connection, path),
    openFolder: (path) => openFolder(connection, path),
    uidsAfter: (uid, upTo) => uidsAfter(connection, uid, upTo),
    uidsSince: (date) => uidsSince(connection, date),
    allUids: () => allUids(connection),
    fetchHeaders: (uids) => fetchHeaders(connection, uids),
    fetchParts: (wanted) => fetchParts(connection, wanted),
    streamPart: (uid, part) => streamPart(connection, uid, part),
    existing: (uids) => existing(connection, uids),
    remove: (path, uidValidity, uids) => removeByImap(connection, path, uidValidity, uids),
    isThrottled: () => connection.isThrottled(),
    watch: (path, listener) => watchFolder(connection, path, listener),
    octets: () => {
      const { received, sent } = connection.client.stats();
      return { received, sent };
    },
    [Symbol.asyncDispose]: () => connection.close(),
  };
}
