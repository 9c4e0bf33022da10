import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export interface User {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Where the folders go that the unprivileged user could not reach under the home of root (/root and
 * every `mktemp -d` have mode 0700).
 */
const REACHABLE = '/var/lib/mailroom';

/**
 * PostgreSQL refuses to run as root and Dovecot to read mail as root: under root both run as
 * `nobody`, which exists everywhere. Ordinary users run them as themselves (undefined).
 */
export function unprivilegedUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number =>
    Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** Makes a folder that `user` owns; returns where it really is. */
export function makeFolderFor(user: User | undefined, folder: string): string {
  const wanted = resolve(folder);
  mkdirSync(dirname(wanted), { recursive: true });
  const real = isReachable(user, dirname(wanted)) ? wanted : relocate(wanted);
  mkdirSync(real, { recursive: true, mode: 0o700 });
  if (user) chownSync(real, user.uid, user.gid);
  return real;
}

/** Whether `user` may pass every folder on the way to `path`, and read `path`. */
export function isReachable(user: User | undefined, path: string): boolean {
  if (!user) return true;
  const { uid, mode } = statSync(path);
  const mine = uid === user.uid ? mode >> 6 : mode;
  if ((mine & 0o1) === 0) return false;
  return dirname(path) === path || isReachable(user, dirname(path));
}

/** A stable place outside that a symbolic link at `wanted` points to, emptied if the link is gone. */
function relocate(wanted: string): string {
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 16);
  const real = join(REACHABLE, name);
  if (!lstatSync(wanted, { throwIfNoEntry: false })) {
    rmSync(real, { recursive: true, force: true });
    mkdirSync(REACHABLE, { recursive: true, mode: 0o755 });
    symlinkSync(real, wanted);
  }
  return real;
}

/** `folder` itself, or where its user cannot enter it (a clone under /root) a copy that is kept. */
export function reachableCopy(user: User | undefined, folder: string, name: string): string {
  if (isReachable(user, folder)) return folder;
  const copy = join(REACHABLE, name);
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  mkdirSync(REACHABLE, { recursive: true, mode: 0o755 });
  cpSync(folder, draft, { recursive: true, verbatimSymlinks: true });
  execFileSync('chmod', ['-R', 'a+rX', draft]);
  renameSync(draft, copy);
  return copy;
}
