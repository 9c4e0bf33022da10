import type { Domain } from '../../domain/address.ts';
import type { LockedAccount } from '../../drizzle/upserts-accounts.ts';
import { userError, type UserError } from '../errors.ts';
import { TAKEN } from '../resolvers/account-input.ts';
import { directoryOf, rowErrors, unknown } from './upsert-rows.ts';
import type { NamedRow, Reference, RowError } from './upsert-rows.ts';
import type { Targeted } from './upsert-target.ts';

/** What a row says of an account; a field that is undefined stays. */
export interface AccountRow extends NamedRow {
  readonly name: string | undefined;
  readonly domains: readonly Domain[] | undefined;
  readonly parent: Reference | null | undefined;
  readonly defaultForArchive: boolean | undefined;
}

/** A row and the account that it changes or makes. */
export interface Candidate extends Targeted<AccountRow, LockedAccount> {
  readonly id: string;
}

/** What is stored of the accounts that rows are about, refer to, or take something from. */
export interface Surroundings {
  readonly stored: readonly LockedAccount[];
  /** Accounts that rows name as parents. */
  readonly parents: readonly { readonly id: string; readonly externalId: string | null }[];
  /** The parent of each account at and above the ones that are named. */
  readonly parentOf: ReadonlyMap<string, string | null>;
  /** Which account owns which of the domains that rows claim. */
  readonly ownerOf: ReadonlyMap<string, string>;
}

/** Each pass refuses what hangs on the rows of the one before; nobody's companies stand so deep. */
const MAX_PASSES = 30;

interface Agreed {
  readonly candidate: Candidate;
  readonly parentId: string | null;
}

/**
 * The rows that can all be stored together. A domain may move between accounts of one call, and a parent may be made by
 * it, so a row that is refused can cost others what they need of it: asked again until no more are.
 */
export function agreeing(
  candidates: readonly Candidate[],
  around: Surroundings,
): { readonly agreed: readonly Agreed[]; readonly refused: readonly RowError[] } {
  const refused: RowError[] = [];
  let left = candidates;
  for (let pass = 1; ; pass += 1) {
    const parents = parentsOf(left, around);
    const problems = new Map<Candidate, readonly UserError[]>();
    const circle = inCircle(left, parents, around);
    for (const candidate of left) {
      const found = [
        ...(parents.has(candidate) ? [] : [unknown('Account', candidate.row.parent?.field ?? [])]),
        ...(circle.has(candidate) ? [invalidParent(candidate.row.parent)] : []),
      ];
      if (found.length > 0) problems.set(candidate, found);
    }
    const claims = claimsOf(left, around);
    for (const candidate of left) {
      const found = problems.has(candidate) ? [] : claims(candidate);
      if (found.length > 0) problems.set(candidate, found);
    }
    if (pass === MAX_PASSES && problems.size > 0) {
      for (const candidate of left) {
        const found = problems.get(candidate) ?? entangled(candidate.row);
        if (found.length > 0) problems.set(candidate, found);
      }
    }
    if (problems.size === 0) {
      const agreed = left.map((candidate) => ({
        ...{ candidate, parentId: parents.get(candidate) ?? null },
      }));
      return { agreed, refused };
    }
    for (const [{ index, row }, found] of problems) {
      refused.push(...rowErrors(index, row.externalId ?? null, found));
    }
    left = left.filter((candidate) => !problems.has(candidate));
  }
}

/** The parent that each row leads to; rows whose parent is unknown are left out. */
function parentsOf(
  candidates: readonly Candidate[],
  { parents }: Surroundings,
): ReadonlyMap<Candidate, string | null> {
  const known = directoryOf(parents);
  const here = directoryOf(
    candidates.map(({ id, row, stored }) => ({
      ...{ id, externalId: row.externalId ?? stored?.externalId ?? null },
    })),
  );
  return new Map(
    candidates.flatMap((candidate) => {
      const { row, stored } = candidate;
      if (row.parent === undefined) return [[candidate, stored?.parentId ?? null] as const];
      if (row.parent === null) return [[candidate, null] as const];
      const parent = here.find(row.parent) ?? known.find(row.parent);
      return parent === undefined ? [] : [[candidate, parent.id] as const];
    }),
  );
}

/** The rows that would put an account below itself. */
function inCircle(
  candidates: readonly Candidate[],
  parents: ReadonlyMap<Candidate, string | null>,
  { parentOf }: Surroundings,
): ReadonlySet<Candidate> {
  const above = new Map(parentOf);
  for (const candidate of candidates) above.set(candidate.id, parents.get(candidate) ?? null);
  const isClear = new Set<string>();
  const circle = new Set<string>();
  for (const { id } of candidates) {
    const path: string[] = [];
    const seen = new Set<string>();
    let at: string | null = id;
    while (at !== null && !isClear.has(at) && !seen.has(at)) {
      seen.add(at);
      path.push(at);
      at = above.get(at) ?? null;
    }
    if (at !== null && seen.has(at)) {
      for (const member of path.slice(path.indexOf(at))) circle.add(member);
    }
    for (const one of path) isClear.add(one);
  }
  return new Set(candidates.filter(({ id, row }) => circle.has(id) && row.parent != null));
}

/** What speaks against the domains of a row: they belong to an account that keeps them, or an earlier row has them. */
function claimsOf(
  candidates: readonly Candidate[],
  { ownerOf }: Surroundings,
): (candidate: Candidate) => readonly UserError[] {
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  const isKept = (domain: string, owner: string): boolean => {
    const domains: readonly string[] | undefined = byId.get(owner)?.row.domains;
    return domains === undefined || domains.includes(domain);
  };
  const claimed = new Set<string>();
  return ({ id, row }) => {
    const problems = (row.domains ?? []).flatMap((domain, position) => {
      const owner = ownerOf.get(domain);
      const isTaken = owner !== undefined && owner !== id && isKept(domain, owner);
      if (!isTaken && !claimed.has(domain)) return [];
      return [userError('domain_taken', TAKEN, ['input', 'domains', String(position)])];
    });
    // What is refused takes nothing from the rows after it.
    if (problems.length === 0) for (const domain of row.domains ?? []) claimed.add(domain);
    return problems;
  };
}

/** What could still hang on a refused row, when nobody goes on asking. */
function entangled({ parent, domains = [] }: AccountRow): readonly UserError[] {
  const message = 'Too many rows hang on each other and on refused ones. Correct those first.';
  if (parent) return [userError('invalid_parent', message, ['input', ...parent.field])];
  return domains.length === 0 ? [] : [userError('domain_taken', message, ['input', 'domains'])];
}

function invalidParent(parent: Reference | null | undefined): UserError {
  const message = 'An account cannot belong to itself or to an account below it.';
  return userError('invalid_parent', message, ['input', ...(parent?.field ?? [])]);
}
