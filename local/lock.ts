import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, isSameProcess } from './process-records.ts';
import type { ProcessIdentity } from './process-records.ts';
import { SetupError } from './setup-error.js';

/**
 * Makes sure that one LOCAL_DIR is used by one start at a time. A lock whose process has died, by
 * `kill -9` or a reboot, is taken over.
 */
export function acquireLock(localDir: string, name = localDir): Disposable {
  const file = join(localDir, 'lock');
  const own = identify(process.pid);
  if (!own) throw new Error('the start time of our own process could not be read');
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(own));
  try {
    claim(draft, file, name);
  } finally {
    rmSync(draft, { force: true });
  }
  return { [Symbol.dispose]: () => rmSync(file, { force: true }) };
}

/** Unlike a rename, a hard link fails when the name is there: only one of two claims succeeds. */
function claim(draft: string, file: string, name: string): void {
  const holder = readLock(file);
  if (holder && isSameProcess(holder)) throw inUse(name, holder.pid);
  rmSync(file, { force: true });
  try {
    linkSync(draft, file);
  } catch {
    throw inUse(name, readLock(file)?.pid);
  }
}

function inUse(name: string, pid: number | undefined): SetupError {
  return new SetupError(
    `Mailroom is already running in ${name} (process ${pid ?? 'unknown'}): ` +
      'stop it, or set LOCAL_DIR to another folder.',
  );
}

function readLock(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}
