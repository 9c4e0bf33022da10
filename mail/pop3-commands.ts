import type { Pop3Connection } from './pop3-connection.ts';
import { isLater, refusal, type Pop3Reply } from './pop3-errors.ts';
import { lineSink, type OctetSink } from './pop3-octets.ts';

/** What a server says it can do (RFC 2449). */
export interface Pop3Capabilities {
  /** Whether the server knows CAPA at all; without it nothing can be concluded. */
  readonly isKnown: boolean;
  /** SASL mechanisms, upper case. */
  readonly sasl: ReadonlySet<string>;
  readonly hasUser: boolean;
  readonly hasUidl: boolean;
  readonly hasTop: boolean;
  readonly canPipeline: boolean;
  /** LOGIN-DELAY in milliseconds; null when the server names none. */
  readonly loginDelayMs: number | null;
}

/** Lines of CAPA, LIST and UIDL: 512 octets by RFC 2449 section 4. */
const MAX_LISTING_LINE_OCTETS = 8 * 1024;
/** A million messages with long names. */
const MAX_LISTING_OCTETS = 96 * 1024 * 1024;
/** Commands on their way at one time; their answers are read as they come. */
const PIPELINED_COMMANDS = 50;
const UNKNOWN_COMMAND = /unknown|unrecogni[sz]ed|invalid command|not (?:supported|implemented)/i;

/** Reads the lines of a CAPA answer; null when the server does not know the command. */
export function parseCapabilities(lines: readonly string[] | null): Pop3Capabilities {
  const listed = new Map(
    (lines ?? []).map((line) => {
      const [name = '', ...values] = line.trim().toUpperCase().split(/\s+/);
      return [name, values] as const;
    }),
  );
  const delay = Number(listed.get('LOGIN-DELAY')?.[0] ?? NaN);
  return {
    isKnown: lines !== null,
    sasl: new Set(listed.get('SASL')),
    hasUser: listed.has('USER'),
    hasUidl: listed.has('UIDL'),
    hasTop: listed.has('TOP'),
    canPipeline: listed.has('PIPELINING'),
    loginDelayMs: Number.isSafeInteger(delay) && delay > 0 ? delay * 1000 : null,
  };
}

export async function readCapabilities(connection: Pop3Connection): Promise<Pop3Capabilities> {
  return connection.run('ask what the mail server can do', async () => {
    const reply = await connection.ask('CAPA');
    if (isLater(reply)) throw refusal(reply, 'ask what the mail server can do');
    return parseCapabilities(reply.isOk ? await listing(connection) : null);
  });
}

/** Message numbers with their UIDL in the server's order; null when the server has no UIDL (RFC 1939 section 7). */
export async function readUidls(
  connection: Pop3Connection,
): Promise<ReadonlyMap<number, string> | null> {
  const attempted = 'list the messages';
  const reply = await connection.run(attempted, () => connection.ask('UIDL'));
  if (reply.isOk) {
    return connection.run(attempted, async () => numbered(await listing(connection)));
  }
  // To take trouble for a lack of UIDLs would make every message look new.
  if (isLater(reply) || !(await lacksUidl(connection, reply))) throw refusal(reply, attempted);
  return null;
}

async function lacksUidl(connection: Pop3Connection, { text }: Pop3Reply): Promise<boolean> {
  const { isKnown, hasUidl } = await readCapabilities(connection);
  return isKnown ? !hasUidl : UNKNOWN_COMMAND.test(text);
}

/** Message numbers with their sizes in octets. */
export async function readSizes(connection: Pop3Connection): Promise<ReadonlyMap<number, number>> {
  return connection.run('list the messages', async () => {
    await connection.demand('LIST');
    return toSizes(numbered(await listing(connection)));
  });
}

/** The same for a few messages of many; one that is not there is missing. */
export async function readSizesOf(
  connection: Pop3Connection,
  messages: readonly number[],
  canPipeline: boolean,
): Promise<ReadonlyMap<number, number>> {
  const lines: string[] = [];
  await askEach(connection, messages, {
    ...{ attempted: 'list the messages', canPipeline, command: (message) => `LIST ${message}` },
    onOk: (_, { text }) => Promise.resolve(void lines.push(text)),
  });
  return toSizes(numbered(lines));
}

export interface AskEach {
  readonly attempted: string;
  readonly canPipeline: boolean;
  readonly command: (message: number) => string;
  /** Reads what follows the status line. */
  readonly onOk: (message: number, reply: Pop3Reply) => Promise<void>;
}

/**
 * One command per message, many on their way at once where the server allows it (RFC 2449 section 6.8). Returns those
 * that were refused for a reason of their own; "not now" is thrown when the answers on their way have been read.
 */
export async function askEach(
  connection: Pop3Connection,
  messages: readonly number[],
  { attempted, canPipeline, command, onOk }: AskEach,
): Promise<readonly number[]> {
  const refused: number[] = [];
  const later: Pop3Reply[] = [];
  const window = canPipeline ? PIPELINED_COMMANDS : 1;
  for (let start = 0; start < messages.length; start += window) {
    const some = messages.slice(start, start + window);
    await connection.run(attempted, async () => {
      connection.send(...some.map(command));
      for (const message of some) {
        const reply = await connection.reply();
        if (reply.isOk) await onOk(message, reply);
        else if (isLater(reply)) later.push(reply);
        else refused.push(message);
      }
    });
    const [notNow] = later;
    if (notNow !== undefined) throw refusal(notNow, attempted);
  }
  return refused;
}

/** The lines of a multi-line answer. */
async function listing(connection: Pop3Connection): Promise<readonly string[]> {
  const lines: string[] = [];
  const sink: OctetSink = lineSink(MAX_LISTING_LINE_OCTETS, (line) => lines.push(line));
  await connection.body(sink, MAX_LISTING_OCTETS);
  return lines;
}

/** `<number> <what>`, in order; a line that is no such thing belongs to no message. */
function numbered(lines: readonly string[]): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const line of lines) {
    const [, number, what] = /^([1-9]\d{0,9})(?:[ \t]+(.*?))?[ \t]*$/.exec(line) ?? [];
    if (number !== undefined) found.set(Number(number), what ?? '');
  }
  return found;
}

/** A scan listing may say more after the size (RFC 1939 section 5, LIST). */
function toSizes(listed: ReadonlyMap<number, string>): ReadonlyMap<number, number> {
  const sizes = [...listed].map(([message, what]) => [message, Number.parseInt(what)] as const);
  return new Map(sizes.filter(([, size]) => Number.isSafeInteger(size) && size >= 0));
}
