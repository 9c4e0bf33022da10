import type { SkipReason } from './decision.ts';
import type { Match } from './matching.ts';
import type { Policy } from './policy.ts';

/** One copy of a message, decided under the present policy and under the proposed one. */
export interface ComparedCopy {
  readonly messageId: string;
  readonly sightingId: string;
  readonly before: Match;
  readonly after: Match;
}

/** Messages that would be logged although they are skipped for this reason, or be skipped for it although they are logged. */
export interface PolicyEffect {
  readonly verdict: 'logged' | 'skipped';
  readonly reason: SkipReason;
  readonly count: number;
  /** The newest copies of some of them. */
  readonly sightingIds: readonly string[];
}

const MAX_EXAMPLES = 3;

/**
 * What the proposed policy changes, the most frequent effect first. `copies`: newest first. A message is logged when any of
 * its copies is; of one that is not, the reason of the newest copy counts.
 */
export function effectsOf(copies: readonly ComparedCopy[]): readonly PolicyEffect[] {
  const effects = new Map<string, PolicyEffect>();
  for (const [newest, ...others] of Map.groupBy(copies, ({ messageId }) => messageId).values()) {
    if (newest === undefined) continue;
    const all = [newest, ...others];
    const before = reasonOf(all.map((copy) => copy.before));
    const after = reasonOf(all.map((copy) => copy.after));
    if ((before === null) === (after === null)) continue;
    const reason = before ?? after;
    if (reason === null) continue;
    const verdict = after === null ? 'logged' : 'skipped';
    const { count = 0, sightingIds = [] } = effects.get(`${verdict} ${reason}`) ?? {};
    effects.set(`${verdict} ${reason}`, {
      ...{ verdict, reason, count: count + 1 },
      sightingIds: [...sightingIds, newest.sightingId].slice(0, MAX_EXAMPLES),
    });
  }
  return [...effects.values()].toSorted((a, b) => b.count - a.count);
}

/** A change to choices that is not stored yet. */
export interface ProposedChoices {
  readonly set: Partial<Policy>;
  readonly unset: readonly (keyof Policy)[];
}

/** The choices after the change, as the store would make them. */
export function proposedChoices(
  choices: Partial<Policy>,
  { set, unset }: ProposedChoices,
): Partial<Policy> {
  const kept = Object.entries(choices).filter(([name]) => !unset.some((other) => other === name));
  return { ...Object.fromEntries(kept), ...set };
}

function reasonOf(outcomes: readonly Match[]): SkipReason | null {
  const [newest] = outcomes;
  if (newest === undefined || outcomes.some(({ kind }) => kind === 'log')) return null;
  return newest.kind === 'skip' ? newest.reason : null;
}
