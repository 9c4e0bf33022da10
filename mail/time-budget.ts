import { createContext, Script } from 'node:vm';

type Work = () => string;

const context: { work: Work | null } = { work: null };
createContext(context);
/** Made once: a context costs a millisecond and some memory, and the work itself runs in ours. */
const script = new Script('work()');

let isWatched = false;

/**
 * Runs a synchronous function over text that a stranger wrote, at most `budgetMs`; null when it took longer or threw.
 * The timeout of a vm context is what can stop a backtracking regular expression without a thread of its own.
 */
export function withinBudget(budgetMs: number, work: Work): string | null {
  if (isWatched) return resultOf(work);
  context.work = work;
  try {
    return String(script.runInContext(context, { timeout: budgetMs }));
  } catch {
    return null;
  } finally {
    context.work = null;
  }
}

/**
 * Runs many pieces of such work, each with a budget of its own, under one watch: starting one costs more than most of
 * them take. False when all together took longer: then `work` has to be done once more, piece by piece.
 */
export function isDoneWithin(budgetMs: number, work: () => void): boolean {
  let isDone = false;
  const watched = (): string => {
    isWatched = true;
    work();
    isDone = true;
    return '';
  };
  try {
    withinBudget(budgetMs, watched);
  } finally {
    isWatched = false;
  }
  return isDone;
}

function resultOf(work: Work): string | null {
  try {
    return work();
  } catch {
    return null;
  }
}
