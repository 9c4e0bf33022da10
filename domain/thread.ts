import type { EmailAddress } from './address.ts';

/** A message as threading sees it. */
export interface Threadable {
  readonly id: string;
  readonly internetMessageId: string | null;
  /** Message-IDs of In-Reply-To and References, the nearest ancestor first. */
  readonly ancestors: readonly string[];
  /** Participants from outside the workspace. */
  readonly outsiders: ReadonlySet<EmailAddress>;
  readonly threadId: string | null;
}

/** What becomes of threads when messages join them. */
export interface Threading {
  /** The thread of each new message. */
  readonly assigned: ReadonlyMap<string, string>;
  /** Threads that turned out to be parts of others: the one that goes by the one that it goes into. */
  readonly merged: ReadonlyMap<string, string>;
}

/** What is looked at of a chain of references: its beginning, and what is nearest to the message. */
const MAX_ANCESTORS = 100;

/** In-Reply-To names the parent; References go from the oldest to the parent (RFC 5322 section 3.6.4). */
export function ancestorsOf(
  inReplyTo: readonly string[],
  references: readonly string[],
): readonly string[] {
  const all = [...new Set([...inReplyTo, ...references.toReversed()])];
  if (all.length <= MAX_ANCESTORS) return all;
  return [...all.slice(0, MAX_ANCESTORS - 1), ...all.slice(-1)];
}

/**
 * References as they are stored and looked up. Programs that know no References name the parent in In-Reply-To alone: it
 * stands at the end then, where a parent stands.
 */
export function storedReferences(
  inReplyTo: readonly string[],
  references: readonly string[],
): readonly string[] {
  const missing = inReplyTo.filter((id) => !references.includes(id));
  return missing.length === 0 ? references : [...references, ...new Set(missing)];
}

/**
 * The thread of each new message (R43): that of the messages it names as ancestors, of those that name it, and of those
 * that name an ancestor that nobody has seen, as it does; a new thread when there are none. A message that belongs to
 * several joins them into one, the one with the least id, so that everybody who joins them chooses the same. References can
 * be forged, so messages are related only when they share somebody from outside; the subject is never looked at.
 * `newcomers` are in order of time.
 */
export function assignThreads(
  newcomers: readonly Threadable[],
  known: readonly Threadable[],
  newThreadId: () => string,
): Threading {
  const placed = new Index();
  for (const message of known) if (message.threadId !== null) placed.add(message, message.threadId);
  const existing = new Set(known.flatMap(({ threadId }) => threadId ?? []));
  const mergedInto = new Map<string, string>();
  const survivor = (threadId: string): string => {
    const next = mergedInto.get(threadId);
    return next === undefined ? threadId : survivor(next);
  };
  const threads = new Map<string, string>();
  for (const message of newcomers) {
    const related = [...new Set(placed.relatives(message).map(survivor))];
    // A thread that is stored already outlives one that is being made.
    const byAge = (a: string, b: string) =>
      Number(existing.has(b)) - Number(existing.has(a)) || (a < b ? -1 : 1);
    const [threadId = newThreadId(), ...others] = related.toSorted(byAge);
    for (const other of others) mergedInto.set(other, threadId);
    threads.set(message.id, threadId);
    placed.add(message, threadId);
  }
  return {
    assigned: new Map([...threads].map(([id, threadId]) => [id, survivor(threadId)])),
    merged: new Map(
      [...mergedInto.keys()].filter((id) => existing.has(id)).map((id) => [id, survivor(id)]),
    ),
  };
}

interface Placed {
  readonly message: Threadable;
  readonly threadId: string;
}

/** Messages that have a thread, by the ids that they carry and name. */
class Index {
  readonly #byId = new Map<string, Placed[]>();

  add(message: Threadable, threadId: string): void {
    for (const id of namesOf(message)) {
      const others = this.#byId.get(id);
      if (others === undefined) this.#byId.set(id, [{ message, threadId }]);
      else others.push({ message, threadId });
    }
  }

  /** The threads of messages that carry or name an id which this one carries or names. */
  relatives(message: Threadable): readonly string[] {
    const found = new Set<string>();
    for (const id of namesOf(message)) {
      for (const other of this.#byId.get(id) ?? []) {
        if (found.has(other.threadId)) continue;
        if (sharesOutsider(message, other.message)) found.add(other.threadId);
      }
    }
    return [...found];
  }
}

function namesOf({ internetMessageId, ancestors }: Threadable): readonly string[] {
  return internetMessageId === null ? ancestors : [internetMessageId, ...ancestors];
}

function sharesOutsider(one: Threadable, other: Threadable): boolean {
  for (const address of one.outsiders) if (other.outsiders.has(address)) return true;
  return false;
}
