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

/** In-Reply-To names the parent; References go from the oldest to the parent (RFC 5322 section 3.6.4). */
export function ancestorsOf(
  inReplyTo: readonly string[],
  references: readonly string[],
): readonly string[] {
  return [...new Set([...inReplyTo, ...references.toReversed()])];
}

/**
 * The thread of each new message (R43): that of the nearest ancestor, else of a message that names it as an ancestor,
 * else a new one. References can be forged, so a message joins only where it shares somebody from outside with the
 * message it points to; the subject is never looked at. `newcomers` are in order of time.
 */
export function assignThreads(
  newcomers: readonly Threadable[],
  known: readonly Threadable[],
  newThreadId: () => string,
): ReadonlyMap<string, string> {
  const placed = known.filter(({ threadId }) => threadId !== null);
  const threads = new Map<string, string>();
  for (const message of newcomers) {
    const threadId = relatedThread(message, placed) ?? newThreadId();
    threads.set(message.id, threadId);
    placed.push({ ...message, threadId });
  }
  return threads;
}

function relatedThread(message: Threadable, placed: readonly Threadable[]): string | null {
  const candidates = placed.filter((other) => sharesOutsider(message, other));
  for (const ancestor of message.ancestors) {
    const parent = candidates.find(({ internetMessageId }) => internetMessageId === ancestor);
    if (parent !== undefined) return parent.threadId;
  }
  const ownId = message.internetMessageId;
  const child = ownId === null ? undefined : candidates.find((c) => c.ancestors.includes(ownId));
  return child?.threadId ?? null;
}

function sharesOutsider(one: Threadable, other: Threadable): boolean {
  return [...one.outsiders].some((address) => other.outsiders.has(address));
}
