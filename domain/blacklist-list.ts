import { domainOf, isWithin, parseAddress, parseDomain } from './address.ts';
import type { BlacklistValue } from './blacklist.ts';
import { isInternal, type OwnIdentity } from './identity.ts';
import { isSharedDomain } from './shared-domain.ts';

/** One entry of a pasted list, with where it stands. */
export interface ListedEntry {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** null when it is neither an address nor a domain. */
  readonly value: BlacklistValue | null;
}

/** `Name <jill@example.com>`: what stands before the angle brackets says nothing (R18). */
const IN_BRACKETS = /^[^<>]*<([^<>]*)>$/;

/**
 * The entries of a pasted list, in order: lines of entries between commas, semicolons, tabs or spaces. A `#` at the start of
 * a line or after a space begins a comment. Commas within quotes, or before the angle bracket of a name, part nothing.
 */
export function readBlacklistText(text: string): readonly ListedEntry[] {
  return text.split(/\r\n?|\n/).flatMap((line, index) =>
    piecesOf(line.replace(/(?:^|\s)#.*$/, '')).map((piece) => ({
      ...{ line: index + 1, text: piece },
      value: readBlacklistEntry(piece),
    })),
  );
}

/** An address, or a domain with at least two labels (a single one would keep half of the world out); null for neither. */
export function readBlacklistEntry(raw: string): BlacklistValue | null {
  const inner = IN_BRACKETS.exec(raw.trim())?.[1] ?? raw;
  const bare = inner
    .trim()
    .replace(/^(['"])(.*)\1$/, '$2')
    .replace(/^mailto:/i, '')
    .replace(/^(?:\*?@|\*?\.)/, '');
  if (bare.includes('@')) {
    const value = parseAddress(bare);
    return value === null ? null : { kind: 'address', value };
  }
  const value = parseDomain(bare);
  return value?.includes('.') ? { kind: 'domain', value } : null;
}

/** `own`: it would keep out mail of the workspace itself. `shared`: it would keep out many unrelated people. */
export type BlacklistHazard = 'own' | 'shared';

/** What speaks against an entry; null when nothing does. */
export function blacklistHazard(entry: BlacklistValue, own: OwnIdentity): BlacklistHazard | null {
  if (entry.kind === 'address') return isInternal(entry.value, own) ? 'own' : null;
  const domains = [...own.internalDomains, ...[...own.addresses].map(domainOf)];
  if (domains.some((domain) => isWithin(domain, entry.value))) return 'own';
  return isSharedDomain(entry.value) ? 'shared' : null;
}

/** The parts of a line that stand for one entry each. */
function piecesOf(line: string): readonly string[] {
  const pieces: string[] = [];
  for (const piece of split(line)) {
    const before = pieces.at(-1);
    if (IN_BRACKETS.test(piece) && before !== undefined && !/[@.<]/.test(before)) {
      // `Doe, Jill <jill@example.com>`: the comma belongs to the name.
      pieces[pieces.length - 1] = `${before}, ${piece}`;
    } else if (/[<"]/.test(piece)) {
      pieces.push(piece);
    } else {
      pieces.push(...wordsOf(piece));
    }
  }
  return pieces;
}

/** At commas, semicolons and tabs, except within quotes. */
function split(line: string): readonly string[] {
  const parts = line.match(/(?:"[^"]*"|[^,;\t"]|"(?![^"]*"))+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** `a@x.example b@x.example` is two entries; words of which one is none are answered as they stand. */
function wordsOf(piece: string): readonly string[] {
  const words = piece.split(/\s+/);
  return words.every((word) => readBlacklistEntry(word) !== null) ? words : [piece];
}
