import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const entries = z.object({
  /** Where the demo runs, for `npm run demo:deliver`. */
  graphqlUrl: z.string(),
  imapPort: z.number(),
  /** Keys of the messages that are on the mail server. */
  delivered: z.array(z.string()),
  isCompanyCreated: z.boolean(),
});
type Entries = z.infer<typeof entries>;

const FILE = 'demo.json';

/** What the demo has done in this LOCAL_DIR, so that the next start goes on from there. */
export interface Diary {
  readonly entries: Readonly<Entries>;
  note(changes: Partial<Entries>): Promise<void>;
}

export async function openDiary(
  localDir: string,
  now: Pick<Entries, 'graphqlUrl' | 'imapPort'>,
): Promise<{ diary: Diary; previousImapPort: number | null }> {
  const previous = await readDiary(localDir);
  let current: Entries = { delivered: [], isCompanyCreated: false, ...previous, ...now };
  const note = async (changes: Partial<Entries>) => {
    current = { ...current, ...changes };
    await mkdir(localDir, { recursive: true });
    const draft = join(localDir, `${FILE}.new`);
    await writeFile(draft, `${JSON.stringify(current, null, 2)}\n`);
    await rename(draft, join(localDir, FILE));
  };
  await note({});
  const diary = {
    get entries() {
      return current;
    },
    note,
  };
  return { diary, previousImapPort: previous?.imapPort ?? null };
}

/** Null when no demo has run in this LOCAL_DIR. */
export async function readDiary(localDir: string): Promise<Entries | null> {
  try {
    return entries.parse(JSON.parse(await readFile(join(localDir, FILE), 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
