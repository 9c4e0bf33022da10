import { classify, type ClassificationFacts, type SeenMessage } from './classification.ts';
import { matchHeaders, type Match, type MatchFacts } from './matching.ts';

/** Everything that the rules ask of the workspace. */
export type RuleFacts = ClassificationFacts & MatchFacts;

/** What becomes of one message: the rules of `classify`, then those of `match`, as the loop asks them in two steps. */
export function verdictOn(message: SeenMessage, facts: RuleFacts): Match {
  const classified = classify(message, facts);
  return classified.kind === 'skip' ? classified : matchHeaders(message.headers, facts);
}
