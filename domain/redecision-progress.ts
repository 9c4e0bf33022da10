/** How far a second look at earlier messages has come, mailbox by mailbox: the state of its workflow. Ids, counts and times only. */
export interface RedecisionProgress {
  /** Messages in scope, and those that have been decided again. */
  readonly total: number;
  readonly done: number;
  readonly logged: number;
  /** Mailboxes that were waited for in vain, or disconnected meanwhile. */
  readonly givenUp: number;
  /** What is left, in turn. */
  readonly turns: readonly MailboxTurn[];
}

export interface MailboxTurn {
  readonly mailboxId: string;
  /** The last message that was decided again; null before the first. */
  readonly after: string | null;
  /** Until then the mailbox is left alone (epoch ms); 0 when it need not be. */
  readonly notBefore: number;
  /** How often in a row it could not be read, and since when. */
  readonly waits: number;
  readonly waitingSince: number | null;
}

/** How long to wait for mailboxes that cannot be read now, in milliseconds. */
export interface Patience {
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** In all, before a mailbox is given up. */
  readonly patienceMs: number;
}

export function newProgress(total: number, mailboxIds: readonly string[]): RedecisionProgress {
  const turns = mailboxIds.map((mailboxId) => ({
    ...{ mailboxId, after: null, notBefore: 0, waits: 0, waitingSince: null },
  }));
  return { total, done: 0, logged: 0, givenUp: 0, turns };
}

/** The mailbox that may be read first; null when nothing is left. */
export function nextTurn({ turns }: RedecisionProgress): MailboxTurn | null {
  const [first = null] = turns.toSorted((a, b) => a.notBefore - b.notBefore);
  return first;
}

/** A batch of the mailbox is committed; `after` is null when it was the last one. */
export function batchDecided(
  progress: RedecisionProgress,
  mailboxId: string,
  batch: { readonly after: string | null; readonly decided: number; readonly logged: number },
): RedecisionProgress {
  const { after } = batch;
  const changed = {
    ...progress,
    done: Math.min(progress.total, progress.done + batch.decided),
    logged: progress.logged + batch.logged,
  };
  if (after === null) return without(changed, mailboxId);
  return turned(changed, mailboxId, { after, notBefore: 0, waits: 0, waitingSince: null });
}

/** The mailbox cannot be read now: later, each time twice as late, and not at all when that took too long. */
export function putOff(
  progress: RedecisionProgress,
  { mailboxId, waits, waitingSince }: MailboxTurn,
  trouble: { readonly now: number; readonly hintMs: number | null },
  patience: Patience,
): RedecisionProgress {
  const { now, hintMs } = trouble;
  const since = waitingSince ?? now;
  if (now - since >= patience.patienceMs) return giveUp(progress, mailboxId);
  const doubled = patience.firstWaitMs * 2 ** Math.min(waits, 20);
  const waitMs = Math.max(hintMs ?? 0, Math.min(patience.longestWaitMs, doubled));
  return turned(progress, mailboxId, {
    ...{ notBefore: now + waitMs, waits: waits + 1, waitingSince: since },
  });
}

/** What is left of this mailbox stays as it is: it has been disconnected, or was waited for in vain. */
export function giveUp(progress: RedecisionProgress, mailboxId: string): RedecisionProgress {
  return { ...without(progress, mailboxId), givenUp: progress.givenUp + 1 };
}

function without(progress: RedecisionProgress, mailboxId: string): RedecisionProgress {
  return { ...progress, turns: progress.turns.filter((turn) => turn.mailboxId !== mailboxId) };
}

function turned(
  progress: RedecisionProgress,
  mailboxId: string,
  change: Partial<MailboxTurn>,
): RedecisionProgress {
  const turns = progress.turns.map((turn) =>
    turn.mailboxId === mailboxId ? { ...turn, ...change } : turn,
  );
  return { ...progress, turns };
}
