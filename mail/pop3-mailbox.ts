import {
  askEach,
  readSizes,
  readSizesOf,
  readUidls,
  type Pop3Capabilities,
} from './pop3-commands.ts';
import type { Pop3Connection } from './pop3-connection.ts';
import { HeaderKeeper } from './pop3-headers.ts';
import { MimeReader } from './pop3-mime.ts';
import type { OctetSink } from './pop3-octets.ts';
import { namesOf, unnamed, type UidlStore } from './pop3-uidls.ts';
import type { FetchedContent } from './session.ts';

/** What is downloaded of one message; of a larger one only the beginning. */
export const MAX_MESSAGE_OCTETS = 40 * 1024 * 1024;
/** TOP of a message that is too large: a megabyte of text in lines of the usual length. */
const LINES_OF_LARGE = 20_000;
/** TOP of the whole message. */
const ALL_LINES = 99_999_999;
/** A server that gives less than this share of a message to TOP has a limit there; sizes may be estimates (Exchange). */
const WHOLE = 0.5;
/** Headers kept for the next question about the same messages. */
const MAX_CACHED_OCTETS = 16 * 1024 * 1024;
/** Under this share of the mailbox, single sizes are asked for. */
const FEW = 0.05;

/** What is there, by our numbers. It cannot change while the mailbox is locked by us (RFC 1939 section 4). */
export interface Pop3Listing {
  readonly uidValidity: string;
  readonly uidNext: number;
  /** The server's message number of each UID, UIDs ascending. */
  readonly messages: ReadonlyMap<number, number>;
}

/** The mailbox behind one connection, read only. */
export class Pop3Mailbox {
  readonly #connection: Pop3Connection;
  readonly #capabilities: Pop3Capabilities;
  readonly #uidls: UidlStore;
  #listing: Promise<Pop3Listing> | null = null;
  #sizes: ReadonlyMap<number, number> | null = null;
  #headers = new Map<number, Buffer>();
  #cachedOctets = 0;
  /** Whether TOP, which is optional, was ever answered. */
  #hasTop = false;

  constructor(connection: Pop3Connection, capabilities: Pop3Capabilities, uidls: UidlStore) {
    this.#connection = connection;
    this.#capabilities = capabilities;
    this.#uidls = uidls;
  }

  /** Asked for once: UIDL for all, and headers where that names nobody. */
  async listing(): Promise<Pop3Listing> {
    this.#listing ??= this.#list();
    return this.#listing;
  }

  /** Sizes in octets by message number; a message that is not there is missing. */
  async sizes(messages: readonly number[]): Promise<ReadonlyMap<number, number>> {
    if (this.#sizes !== null) return this.#sizes;
    const { messages: all } = await this.listing();
    if (messages.length < all.size * FEW) {
      return readSizesOf(this.#connection, messages, this.#capabilities.canPipeline);
    }
    this.#sizes = await readSizes(this.#connection);
    return this.#sizes;
  }

  /** Header blocks by message number; a message that the server does not hand out is missing. */
  async headers(messages: readonly number[]): Promise<ReadonlyMap<number, Buffer>> {
    const found = new Map<number, Buffer>();
    for (const message of messages) {
      const cached = this.#headers.get(message);
      if (cached !== undefined) found.set(message, cached);
    }
    const asked = messages.filter((message) => !found.has(message));
    const refused = await this.#readHeaders(asked, found, (message) => `TOP ${message} 0`);
    if (refused.length < asked.length) this.#hasTop = true;
    if (!this.#hasTop) await this.#readHeaders(refused, found, (message) => `RETR ${message}`);
    this.#cache(found);
    return found;
  }

  /**
   * Structure and texts by message number; a message that the server does not hand out is missing. With `maxLines` only
   * the beginning, where the server knows TOP.
   */
  async contents(
    messages: readonly number[],
    maxLines?: number,
  ): Promise<ReadonlyMap<number, FetchedContent>> {
    const found = new Map<number, FetchedContent>();
    if (maxLines !== undefined && this.#capabilities.hasTop) {
      await this.#download(messages, found, (message) => `TOP ${message} ${maxLines}`);
      return found;
    }
    const sizes = await this.sizes(messages);
    const large = messages.filter((message) => (sizes.get(message) ?? 0) > MAX_MESSAGE_OCTETS);
    const whole = messages.filter((message) => sizes.has(message) && !large.includes(message));
    await this.#download(large, found, (message) => `TOP ${message} ${LINES_OF_LARGE}`);
    // RETR marks a message as read on many servers, TOP on none (fetchmail does the same).
    if (this.#capabilities.hasTop) {
      const octets = await this.#download(whole, found, (message) => `TOP ${message} ${ALL_LINES}`);
      for (const [message, length] of octets) {
        const isCut = length < (sizes.get(message) ?? 0) * WHOLE;
        if (isCut) found.delete(message);
      }
    }
    const missing = whole.filter((message) => !found.has(message));
    await this.#download(missing, found, (message) => `RETR ${message}`);
    return found;
  }

  /** Adds to `found` what the server hands out, and returns how many octets each message had. */
  async #download(
    messages: readonly number[],
    found: Map<number, FetchedContent>,
    command: (message: number) => string,
  ): Promise<ReadonlyMap<number, number>> {
    const octets = new Map<number, number>();
    await this.#askEach('download messages', messages, command, async (message) => {
      const reader = new MimeReader();
      let length = 0;
      await this.#body((piece) => {
        length += piece.length;
        reader.push(piece);
      });
      octets.set(message, length);
      found.set(message, reader.end());
    });
    return octets;
  }

  async #list(): Promise<Pop3Listing> {
    const uidls = await readUidls(this.#connection);
    if (uidls === null) this.#sizes = await readSizes(this.#connection);
    const messages = [...(uidls ?? this.#sizes ?? []).keys()].toSorted((a, b) => a - b);
    const names = namesOf(messages, uidls, await this.headers(unnamed(messages, uidls)));
    const { uids, uidNext, uidValidity } = await this.#uidls.number([...names.values()]);
    const numbered = [...names].map(([message, name]) => [numberOf(uids, name), message] as const);
    return {
      ...{ uidNext, uidValidity },
      messages: new Map(numbered.toSorted(([a], [b]) => a - b)),
    };
  }

  async #readHeaders(
    messages: readonly number[],
    found: Map<number, Buffer>,
    command: (message: number) => string,
  ): Promise<readonly number[]> {
    return this.#askEach('fetch messages', messages, command, async (message) => {
      const keeper = new HeaderKeeper();
      await this.#body(keeper.sink);
      found.set(message, Buffer.from(keeper.block));
    });
  }

  async #askEach(
    attempted: string,
    messages: readonly number[],
    command: (message: number) => string,
    onOk: (message: number) => Promise<void>,
  ): Promise<readonly number[]> {
    const { canPipeline } = this.#capabilities;
    return askEach(this.#connection, messages, { attempted, canPipeline, command, onOk });
  }

  /** Servers count line ends in their own way: a message may be a little larger than its size says. */
  async #body(sink: OctetSink): Promise<void> {
    await this.#connection.body(sink, 1.25 * MAX_MESSAGE_OCTETS);
  }

  #cache(headers: ReadonlyMap<number, Buffer>): void {
    for (const [message, block] of headers) {
      if (this.#headers.has(message) || this.#cachedOctets > MAX_CACHED_OCTETS) continue;
      this.#cachedOctets += block.length;
      this.#headers.set(message, block);
    }
  }
}

function numberOf(uids: ReadonlyMap<string, number>, name: string): number {
  const uid = uids.get(name);
  if (uid === undefined) throw new Error('The store of UIDLs left a message without a number.');
  return uid;
}
