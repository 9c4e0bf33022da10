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

interface Portion {
  readonly rows: readonly NewSighting[];
  readonly unreadable: readonly UnreadableSighting[];
}

/** Ends the batch early, after one message at least, where its texts would be too much to hold. */
export function withinMemory(
  { rows, unreadable }: Portion,
  upTo: number,
): Portion & { readonly upTo: number } {
  const inOrder = rows.toSorted((a, b) => a.uid - b.uid);
  let octets = 0;
  const tooMuch = inOrder.findIndex(({ bodyStructure }, index) => {
    octets += chooseTextParts(bodyStructure).reduce((sum, { size }) => sum + size, 0);
    return index > 0 && octets > MAX_TEXT_OCTETS_PER_BATCH;
  });
  if (tooMuch === -1) return { rows: inOrder, unreadable, upTo };
  const kept = inOrder.slice(0, tooMuch);
  const last = kept.at(-1)?.uid ?? upTo;
  return { rows: kept, unreadable: unreadable.filter(({ uid }) => uid <= last), upTo: last };
}
