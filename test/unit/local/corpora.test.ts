import { mkdirSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { corpusPath, fetchCorpora } from '../../../local/corpora.js';
import { corpusFolder } from '../../support/corpora.ts';
import { makeTempFolder } from '../../support/temp-folder.ts';

afterEach(() => vi.unstubAllEnvs());

test('a machine without pip and cargo is told what to install, and what is there is left alone', async () => {
  using folder = makeTempFolder('corpora');
  vi.stubEnv('XDG_CACHE_HOME', folder.path);
  vi.stubEnv('PATH', '');
  mkdirSync(corpusPath('talon'), { recursive: true });
  const remedy = 'see that its registry can be reached, and run npm test';
  expect(await fetchCorpora()).toBe(
    [
      `flufl-bounce is missing (install Python 3 with pip, ${remedy})`,
      'talon',
      `icalendar is missing (install Python 3 with pip, ${remedy})`,
      `mail-parser is missing (install cargo, ${remedy})`,
    ].join(', '),
  );
  expect([corpusFolder('talon'), corpusFolder('icalendar')]).toEqual([corpusPath('talon'), null]);
});
