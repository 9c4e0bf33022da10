import addressparser from 'nodemailer/lib/addressparser';

/** One entry of an address list as it stands there: neither is decoded or checked yet. */
export interface AddressEntry {
  readonly address: string;
  readonly name: string;
}

export interface AddressEntries {
  readonly entries: readonly AddressEntry[];
  /** Whether there are more of them than are looked at. */
  readonly isCut: boolean;
}

/** Four times the recipients that are read; the parser takes microseconds for each. */
const MAX_SEPARATORS = 20_000;

/**
 * `a@b.example`, `Jane Doe <a@b.example>` or `"Doe, Jane" <a@b.example>` in plain letters, and the comma behind it: what
 * nearly all lists consist of, and what no two programs read differently. All repetitions are bounded, so that a look
 * costs the same whatever stands there.
 */
const PLAIN_ENTRY =
  /[ \t\r\n]{0,9}(?:(?:"([a-z0-9][a-z0-9 ,._-]{0,99})"|([a-z0-9][a-z0-9 ._-]{0,99}))?[ \t]{0,9}<([a-z0-9][a-z0-9._+-]{0,63}@(?:[a-z0-9][a-z0-9-]{0,62}\.){1,9}[a-z]{2,20})>|([a-z0-9](?:[a-z0-9._+-]{0,62}[a-z0-9])?@(?:[a-z0-9][a-z0-9-]{0,62}\.){1,9}[a-z]{2,20}))[ \t\r\n]{0,9}(,|$)/iy;

/** The entries of an address list, groups flattened; nodemailer's parser reads from the first one on that is not plain. */
export function addressEntries(list: string): AddressEntries {
  const entries: AddressEntry[] = [];
  let at = 0;
  while (at < list.length) {
    const plain = plainEntryAt(list, at);
    if (plain === null) break;
    entries.push(plain);
    at = plain.end;
  }
  if (at >= list.length) return { entries, isCut: false };
  const rest = list.slice(at);
  const limit = endOfSeparators(rest);
  const others = addressparser(limit === null ? rest : rest.slice(0, limit), { flatten: true });
  for (const { address, name } of others) entries.push({ address, name });
  return { entries, isCut: limit !== null };
}

/** The one entry that the whole value consists of, if that is plain; null says nothing. */
export function onlyPlainEntry(value: string): AddressEntry | null {
  const plain = plainEntryAt(value, 0);
  return plain === null || plain.end < value.length || value.endsWith(',') ? null : plain;
}

/** Whether the list has more entries than are looked at. */
export function isTooLong(list: string): boolean {
  return endOfSeparators(list) !== null;
}

function plainEntryAt(list: string, at: number): (AddressEntry & { readonly end: number }) | null {
  PLAIN_ENTRY.lastIndex = at;
  const match = PLAIN_ENTRY.exec(list);
  if (match === null) return null;
  const [, quoted, words, inBrackets, bare] = match;
  return {
    address: inBrackets ?? bare ?? '',
    name: (quoted ?? words ?? '').trim(),
    end: PLAIN_ENTRY.lastIndex,
  };
}

/** Where the last separator stands that is looked at; null when there are not that many. */
function endOfSeparators(list: string): number | null {
  let count = 0;
  for (const { index } of list.matchAll(/[,;:]/g)) {
    count += 1;
    if (count >= MAX_SEPARATORS) return index;
  }
  return null;
}
