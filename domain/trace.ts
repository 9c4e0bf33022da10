import { CLASSIFIED_REASONS } from './classification.ts';
import type { SkipReason } from './decision.ts';

export const RULE_OUTCOMES = ['passed', 'spoke', 'not_asked'] as const;
export type RuleOutcome = (typeof RULE_OUTCOMES)[number];

/** A rule, named by the reason that it gives, and what came of asking it. */
export interface RuleStep {
  readonly rule: SkipReason;
  readonly outcome: RuleOutcome;
}

/** What matching can say of a message that classification let pass, in its order. */
const MATCHED_REASONS: readonly SkipReason[] = [
  'unknown_sender',
  'unknown_recipients',
  'ambiguous_account',
  'no_account',
];

/** All rules in the order in which they are asked, for the verdict `reason`; null when none of them spoke. */
export function traceOf(reason: SkipReason | null): readonly RuleStep[] {
  const rules = [...CLASSIFIED_REASONS, ...MATCHED_REASONS];
  if (reason !== null && !rules.includes(reason)) rules.push(reason);
  const spoke = reason === null ? rules.length : rules.indexOf(reason);
  return rules.map((rule, index) => {
    const after = index > spoke ? 'not_asked' : 'spoke';
    return { rule, outcome: index < spoke ? 'passed' : after };
  });
}
