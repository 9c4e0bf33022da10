import { uidSetOf } from '../domain/uid-set.ts';
import { MailError } from './errors.ts';
import { splitFields } from './header-fields.ts';
import { chunks } from './imap-search.ts';
import { readCapabilities } from './pop3-commands.ts';
import { Pop3Connection } from './pop3-connection.ts';
import { arrivalOf, messageOf } from './pop3-headers.ts';
import { assertSendable, logIn } from './pop3-login.ts';
import { Pop3Mailbox, type Pop3Listing } from './pop3-mailbox.ts';
import type { Pop3Options } from './pop3-socket.ts';
import { removeByPop3 } from './remove-pop3.ts';
import type { UidlStore } from './pop3-uidls.ts';
import type {
  FetchedContent,
  FetchedMessage,
  FolderSnapshot,
  MailServer,
  MailSession,
  WantedParts,
} from './session.ts';

export type { Pop3Options } from './pop3-socket.ts';
export { noUidls, type NumberedUidls, type UidlStore } from './pop3-uidls.ts';

/**
 * An open mailbox is locked for other programs and shows no new mail (RFC 1939 section 4), so it is given back between
 * two uses after this long; no sooner, because logins are counted.
 */
const LOCK_MS = 5 * 60_000;
/** The one folder of a POP3 mailbox. */
const INBOX = 'INBOX';
const HEADERS_PER_STEP = 50;
/** Of a line of the usual length; TOP counts in lines. */
const LINE_OCTETS = 64;
/** So many messages in a row that are older end the search for newer ones: servers list in order of arrival. */
const OLDER_IN_A_ROW = 100;

/**
 * Connects and logs in by POP3 (RFC 1939), and makes the mailbox look like an IMAP one with one folder: UIDLs become
 * ascending numbers by `uidls`. Nothing is deleted but by `remove`. The mailbox is locked for others until the disposal,
 * which says QUIT. Every failure is a MailError.
 */
export async function openPop3Session(
  server: MailServer,
  options: Pop3Options,
  uidls: UidlStore,
): Promise<MailSession> {
  assertSendable(server);
  const connection = new Pop3Connection(server, options);
  try {
    await connection.connect();
    const capabilities = await readCapabilities(connection);
    await logIn(connection, server, capabilities);
    const mailbox = new Pop3Mailbox(connection, capabilities, uidls);
    const endsAt = performance.now() + (options.lockMs ?? LOCK_MS);
    return sessionOver(connection, mailbox, { endsAt, canPipeline: capabilities.canPipeline });
  } catch (error) {
    await connection.close();
    throw error;
  }
}

function sessionOver(
  connection: Pop3Connection,
  mailbox: Pop3Mailbox,
  { endsAt, canPipeline }: { readonly endsAt: number; readonly canPipeline: boolean },
): MailSession {
  const folder = async (path: string): Promise<FolderSnapshot> => {
    if (path.toUpperCase() === INBOX) return snapshotOf(await mailbox.listing());
    throw new MailError('folder_missing', 'A POP3 mailbox has no folder but the inbox.');
  };
  const uids = async () => [...(await mailbox.listing()).messages.keys()];
  return {
    get isOpen() {
      return connection.isOpen && performance.now() < endsAt;
    },
    listFolders: () => Promise.resolve([{ path: INBOX, use: 'inbox' }]),
    folderStatus: folder,
    openFolder: folder,
    uidsAfter: async (uid, upTo = Infinity) =>
      (await uids()).filter((candidate) => candidate > uid && candidate <= upTo),
    uidsSince: (date) => uidsSince(mailbox, date),
    fetchHeaders: (wanted) => fetchHeaders(mailbox, wanted),
    fetchParts: (wanted) => fetchParts(mailbox, wanted),
    existing: async (asked) => {
      const there = new Set(await uids());
      return new Set(asked.filter((uid) => there.has(uid)));
    },
    allUids: async () => uidSetOf(await uids()),
    remove: async (path, uidValidity, asked) => {
      await folder(path);
      const wanted = { uidValidity, uids: asked };
      return removeByPop3(connection, await mailbox.listing(), wanted, canPipeline);
    },
    isThrottled: () => false,
    octets: () => connection.octets,
    [Symbol.asyncDispose]: () => connection.close(),
  };
}

function snapshotOf({ uidValidity, uidNext, messages }: Pop3Listing): FolderSnapshot {
  return { uidValidity, uidNext, exists: messages.size, highestModseq: null };
}

async function fetchHeaders(
  mailbox: Pop3Mailbox,
  uids: readonly number[],
): Promise<readonly FetchedMessage[]> {
  const messages = await messagesOf(mailbox, uids);
  const numbers = [...messages.values()];
  const sizes = await mailbox.sizes(numbers);
  const headers = await mailbox.headers(numbers);
  const found: FetchedMessage[] = [];
  for (const [uid, message] of messages) {
    const [size, block] = [sizes.get(message), headers.get(message)];
    if (size !== undefined && block !== undefined) found.push(messageOf(uid, size, block));
  }
  return found;
}

/** All text parts of each message: which ones those are is known only now. */
async function fetchParts(
  mailbox: Pop3Mailbox,
  wanted: readonly WantedParts[],
): Promise<ReadonlyMap<number, FetchedContent>> {
  const messages = await messagesOf(
    mailbox,
    wanted.map(({ uid }) => uid),
  );
  const maxOctets = Math.max(...wanted.map((one) => one.maxOctets ?? Infinity));
  const maxLines = Number.isFinite(maxOctets) ? Math.ceil(maxOctets / LINE_OCTETS) : undefined;
  const contents = await mailbox.contents([...messages.values()], maxLines);
  const found = new Map<number, FetchedContent>();
  for (const [uid, message] of messages) {
    const content = contents.get(message);
    if (content !== undefined) found.set(uid, content);
  }
  return found;
}

/** POP3 has no search: headers are read, newest message first, until there are only older ones. */
async function uidsSince(mailbox: Pop3Mailbox, date: Date): Promise<readonly number[]> {
  const { messages } = await mailbox.listing();
  const newestFirst = [...messages].toSorted(([, a], [, b]) => b - a);
  const now = new Date();
  const found: number[] = [];
  let olderInARow = 0;
  for (const some of chunks(newestFirst, HEADERS_PER_STEP)) {
    const headers = await mailbox.headers(some.map(([, message]) => message));
    for (const [uid, message] of some) {
      const block = headers.get(message);
      const isOlder = block !== undefined && arrivalOf(splitFields(block).fields, now) < date;
      if (!isOlder) found.push(uid);
      olderInARow = isOlder ? olderInARow + 1 : 0;
    }
    if (olderInARow >= OLDER_IN_A_ROW) break;
  }
  return found.toSorted((a, b) => a - b);
}

/** Message numbers of those UIDs that are there. */
async function messagesOf(
  mailbox: Pop3Mailbox,
  uids: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const { messages } = await mailbox.listing();
  const found = uids.map((uid) => [uid, messages.get(uid)] as const);
  return new Map(found.filter((pair): pair is [number, number] => pair[1] !== undefined));
}
