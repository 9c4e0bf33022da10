import { existsSync } from 'node:fs';
import { corpusPath, corpusRemedy, type CorpusName } from '../../local/corpora.js';
import { print } from '../../local/progress.js';

/**
 * The folder of a package whose test data is mail nobody wrote for us, as `local/setup.js --test`
 * fetched it; null on a machine that cannot fetch it, and then the screen says why.
 */
export function corpusFolder(name: CorpusName): string | null {
  const path = corpusPath(name);
  if (existsSync(path)) return path;
  print(`Tests on this corpus do not run: ${corpusRemedy(name)}.`);
  return null;
}
