import type { NewSighting, UnreadableSighting } from '../drizzle/intake.ts';
import { chooseTextParts } from '../mail/content.ts';
import type { MailSession } from '../mail/session.ts';

/** UIDs asked for at first; four times as many whenever that was not enough. */
const FIRST_WINDOW = 1_000;
/** `persist` holds the text of a whole batch in memory, several times over while it is being read. */
const MAX_TEXT_OCTETS_PER_BATCH = 16 * 1024 * 1024;

/**
 * At most `room` UIDs above `after`, and the UID up to which nothing else exists. UIDs may be sparse or many: asking
 * window by window costs a mailbox of a million messages no more than one of a thousand.
 */
export async function nextUids(
  session: Pick<MailSession, 'uidsAfter'>,
  after: number,
  end: number,
  room: number,
): Promise<{ readonly uids: readonly number[]; readonly upTo: number }> {
  const found: number[] = [];
  let [from, window] = [after, FIRST_WINDOW];
  while (from < end && found.length <= room) {
    const to = Math.min(from + window, end);
    found.push(...(await session.uidsAfter(from, to)));
    [from, window] = [to, window * 4];
  }
  const uids = found.slice(0, room);
  const upTo = found.length > room ? (uids.at(-1) ?? after) : Math.max(from, after);
  return { uids, upTo };
}

/** At most `room` UIDs from `next` downwards, newest first, and the UID above which nothing else exists. */
export async function previousUids(
  session: Pick<MailSession, 'uidsAfter'>,
  next: number,
  downTo: number,
  room: number,
): Promise<{ readonly uids: readonly number[]; readonly above: number }> {
  const found: number[] = [];
  let [to, window] = [next, FIRST_WINDOW];
  while (to > downTo && found.length <= room) {
    const from = Math.max(to - window, downTo);
    found.push(...(await session.uidsAfter(from, to)).toReversed());
    [to, window] = [from, window * 4];
  }
  const uids = found.slice(0, room);
  const above = found.length > room ? (uids.at(-1) ?? next + 1) - 1 : Math.min(to, next);
  return { uids, above };
}

export interface Portion {
  readonly rows: readonly NewSighting[];
  readonly unreadable: readonly UnreadableSighting[];
}

/**
 * The first messages of a batch, one at least, whose texts together can be held in memory: the oldest ones, or with
 * `newestFirst` the newest. `last` is the UID of the last one kept; null when all are.
 */
export function withinMemory(
  { rows, unreadable }: Portion,
  { newestFirst = false }: { newestFirst?: boolean } = {},
): Portion & { readonly last: number | null } {
  const direction = newestFirst ? -1 : 1;
  const inOrder = rows.toSorted((a, b) => direction * (a.uid - b.uid));
  let octets = 0;
  const tooMuch = inOrder.findIndex(({ bodyStructure }, index) => {
    octets += chooseTextParts(bodyStructure).reduce((sum, { size }) => sum + size, 0);
    return index > 0 && octets > MAX_TEXT_OCTETS_PER_BATCH;
  });
  const last = tooMuch === -1 ? undefined : inOrder[tooMuch - 1]?.uid;
  if (last === undefined) return { rows: inOrder, unreadable, last: null };
  const isKept = ({ uid }: { uid: number }) => direction * (uid - last) <= 0;
  return { rows: inOrder.slice(0, tooMuch), unreadable: unreadable.filter(isKept), last };
}
