/** UIDs as IMAP writes them (RFC 9051 `sequence-set`): ascending ranges that neither overlap nor touch. */
export type UidSet = readonly UidRange[];

/** Both ends belong to it. */
export interface UidRange {
  readonly first: number;
  readonly last: number;
}

/** The largest UID: they are 32-bit numbers above zero (RFC 9051 section 2.3.1.1). */
const MAX_UID = 0xff_ff_ff_ff;

/** The UIDs in any order, repeated or not. */
export function uidSetOf(uids: readonly number[]): UidSet {
  return joined(uids.map((uid) => ({ first: uid, last: uid })));
}

/** Reads `1:3,7`; null where the text is no set of UIDs. `*` is none: in an answer it says nothing. */
export function parseUidSet(text: string): UidSet | null {
  if (text === '') return [];
  const ranges: UidRange[] = [];
  for (const part of text.split(',')) {
    const [, one = '', other = one] = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(part) ?? [];
    const [first, last] = [Number(one), Number(other)].toSorted((a, b) => a - b);
    if (first === undefined || last === undefined || first < 1 || last > MAX_UID) return null;
    ranges.push({ first, last });
  }
  return joined(ranges);
}

/** `1:3,7`: the shortest way to name them in a command. */
export function formatUidSet(set: UidSet): string {
  return set.map(({ first, last }) => (first === last ? `${first}` : `${first}:${last}`)).join();
}

export function countUids(set: UidSet): number {
  return set.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

export function hasUid(set: UidSet, uid: number): boolean {
  let [low, high] = [0, set.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = set[middle];
    if (range === undefined) return false;
    if (uid < range.first) high = middle - 1;
    else if (uid > range.last) low = middle + 1;
    else return true;
  }
  return false;
}

/** The UIDs one by one, ascending. */
export function* uidsOf(set: UidSet): Generator<number> {
  for (const { first, last } of set) for (let uid = first; uid <= last; uid += 1) yield uid;
}

/** What is in the set and not among `known` (ascending): on the server, say, and not in the ledger. */
export function withoutUids(set: UidSet, known: Iterable<number>): UidSet {
  const left: UidRange[] = [];
  const taken = known[Symbol.iterator]();
  let next = taken.next();
  for (const { first, last } of set) {
    let start = first;
    for (; next.done !== true && next.value <= last; next = taken.next()) {
      if (next.value > start) left.push({ first: start, last: next.value - 1 });
      start = Math.max(start, next.value + 1);
    }
    if (start <= last) left.push({ first: start, last });
  }
  return left;
}

/** What lies from `first` to `last`, both included. */
export function withinUids(set: UidSet, first: number, last: number): UidSet {
  return set
    .map((range) => ({ first: Math.max(range.first, first), last: Math.min(range.last, last) }))
    .filter((range) => range.first <= range.last);
}

function joined(ranges: readonly UidRange[]): UidSet {
  const result: UidRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.first - b.first)) {
    const before = result.at(-1);
    if (before === undefined || range.first > before.last + 1) result.push(range);
    else if (range.last > before.last) {
      result[result.length - 1] = { first: before.first, last: range.last };
    }
  }
  return result;
}
