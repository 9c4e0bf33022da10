import type { Readable } from 'node:stream';
import type { BodyPart, BodyStructure, FolderUse } from '../domain/message.ts';
import type { UidSet } from '../domain/uid-set.ts';
import type { ServerCapability } from './capabilities.ts';

export type ConnectionSecurity = 'tls' | 'starttls' | 'none';

/** Where and how a mailbox is read. Secrets are opened from their envelope just before and never stored here longer. */
export interface MailServer {
  /** IMAP when left out. */
  readonly protocol?: 'imap' | 'pop3';
  readonly host: string;
  readonly port: number;
  readonly security: ConnectionSecurity;
  readonly username: string;
  readonly password: string;
  /** OAuth 2: logs in with XOAUTH2 instead of the password, which is empty then. */
  readonly accessToken?: string;
}

export interface Folder {
  readonly path: string;
  readonly use: FolderUse;
}

/** A folder's counters, taken once right after EXAMINE: the live object moves on its own. */
export interface FolderSnapshot {
  readonly uidValidity: string;
  readonly uidNext: number;
  readonly exists: number;
  /** HIGHESTMODSEQ (RFC 7162); null where the server does not offer it. */
  readonly highestModseq: string | null;
}

/** What one FETCH brings of a message without its body. */
export interface FetchedMessage {
  readonly uid: number;
  readonly flags: readonly string[];
  /** RFC822.SIZE in octets. */
  readonly size: number;
  readonly arrivedAt: Date;
  /** The chosen header fields (`WANTED_HEADERS`), raw octets as the server sent them, cut at `MAX_HEADER_OCTETS`. */
  readonly headerBlock: Buffer;
  readonly bodyStructure: BodyStructure;
}

/** A text part as it came: still transfer-encoded and in its charset; cut at `MAX_TEXT_OCTETS`. */
export interface FetchedPart {
  readonly part: BodyPart;
  readonly octets: Buffer;
}

/** One part of a message on its way. */
export interface PartStream {
  /** As the part itself says, lower case; null when it says nothing. */
  readonly mediaType: string | null;
  /** To be read to its end or destroyed; an error in it is the connection's. */
  readonly content: Readable;
}

/** What is to be downloaded of one message. */
export interface WantedParts {
  readonly uid: number;
  readonly parts: readonly BodyPart[];
  /** What is read of each part; `MAX_TEXT_OCTETS` when left out. */
  readonly maxOctets?: number;
}

/** What was downloaded of one message. */
export interface FetchedContent {
  readonly parts: readonly FetchedPart[];
  /** The structure, where it is known only now: POP3 shows nothing but headers before. */
  readonly structure?: BodyStructure;
  /** What a delivery report is read from, where the parts that were asked for could not be named. */
  readonly report?: readonly FetchedPart[];
}

/** Who is told what happens in a folder that is watched. */
export interface WatchListener {
  /** Messages arrived. */
  news(): void;
  /** The wait ended, and not because of us: the connection is lost, or the server does not want to be watched. */
  gone(): void;
}

export interface FolderWatch {
  /** The folder as it was when the wait began: what arrived before is no news. */
  readonly snapshot: FolderSnapshot;
  /** Nothing is told any more; the next command ends the wait on the server too. */
  stop(): void;
}

/** What became of messages that were to be deleted; a UID that is in neither list was left alone. */
export interface Removed {
  /** Not there any more, because of us or of somebody before. */
  readonly gone: readonly number[];
  /** There, and marked as deleted: the server cannot delete single messages. */
  readonly marked: readonly number[];
}

export const NOTHING_REMOVED: Removed = { gone: [], marked: [] };

/** One authenticated connection to one mailbox, read-only but for `remove` (EXAMINE, BODY.PEEK). Every method throws MailError. */
export interface MailSession extends AsyncDisposable {
  /** Whether the connection still stands, as far as we have heard. */
  readonly isOpen: boolean;
  /** What the server offers beside the base protocol; absent where there is no such thing to know. */
  capabilities?(): readonly ServerCapability[];
  /** LIST with special uses (RFC 6154 or the known localised names). */
  listFolders(): Promise<readonly Folder[]>;
  /** STATUS without opening the folder. */
  folderStatus(path: string): Promise<FolderSnapshot>;
  /** EXAMINE; later calls refer to this folder. */
  openFolder(path: string): Promise<FolderSnapshot>;
  /**
   * UIDs greater than `uid`, up to `upTo` if given, ascending, never the old last message that `n:*` returns (RFC 3501
   * section 6.4.8).
   */
  uidsAfter(uid: number, upTo?: number): Promise<readonly number[]>;
  /**
   * UIDs that arrived at `date` or later, ascending; up to 36 hours earlier ones may be among them, because SEARCH SINCE
   * knows only days, and those of the server's own time zone.
   */
  uidsSince(date: Date): Promise<readonly number[]>;
  /** All UIDs of the open folder, as ranges: what reconciliation compares with the ledger. */
  allUids(): Promise<UidSet>;
  /**
   * Headers, flags, size and structure of exactly these UIDs; a UID that is missing in the answer, or whose row makes
   * no sense, is missing here. `message_too_large` and `protocol_violation` mean "ask for fewer": one row among them
   * is beyond what this connection reads, and mostly the connection is gone with it (`isOpen`). A UID that is asked
   * for alone shows whether it is the culprit.
   */
  fetchHeaders(uids: readonly number[]): Promise<readonly FetchedMessage[]>;
  /** The given parts of one message each; a message that is gone is missing in the answer. */
  fetchParts(wanted: readonly WantedParts[]): Promise<ReadonlyMap<number, FetchedContent>>;
  /** One part, without its transfer encoding; null when it is gone. Absent where a protocol cannot fetch single parts. */
  streamPart?(uid: number, part: string): Promise<PartStream | null>;
  /** Of these UIDs, those that the server says exist (exact UID SEARCH): proves that a missing one is gone. */
  existing(uids: readonly number[]): Promise<ReadonlySet<number>>;
  /**
   * Deletes exactly these messages for good, unless the folder has another UIDVALIDITY by now. The connection may be at its
   * end afterwards (`isOpen`).
   */
  remove?(path: string, uidValidity: string, uids: readonly number[]): Promise<Removed>;
  /** Whether the server said in passing that we are too fast (Gmail: `OK Success [THROTTLED]`): visit less often. */
  isThrottled(): boolean;
  /** Opens the folder and waits there for news; absent or null where the protocol or the server knows no such thing. */
  watch?(path: string, listener: WatchListener): Promise<FolderWatch | null>;
  /** Octets received and sent on this connection so far; the budgets of a mailbox are kept by them. */
  octets(): { readonly received: number; readonly sent: number };
}
