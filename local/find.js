import { spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Where a Temporal server that we fetched or built is kept, shared by all clones of one user. */
export function cacheFolder() {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(base, 'mailroom', 'bin');
}

/**
 * @param {string} name
 * @param {readonly string[]} [moreFolders]
 * @returns {string | undefined}
 */
export function findOnPath(name, moreFolders = []) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...moreFolders];
  // npm puts .bin folders first: a package that happens to ship a binary of this name is not meant.
  return folders
    .filter((folder) => folder !== '' && !folder.includes('node_modules'))
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/** @returns {string | undefined} */
export function findTemporal() {
  return (
    findOnPath('temporal', [cacheFolder()]) ??
    downloadedTemporal() ??
    goFolders()
      .map((folder) => join(folder, 'temporal'))
      .find(isExecutable)
  );
}

/** Debian keeps the server in /usr/sbin, which is not on the PATH of ordinary users. */
export function findDovecot() {
  return findOnPath('dovecot', ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin']);
}

/** The SDK names its download after its own version. */
function downloadedTemporal() {
  try {
    return readdirSync(cacheFolder())
      .filter(
        (file) => file.startsWith('temporal-sdk-typescript-') && !file.endsWith('.downloading'),
      )
      .map((file) => join(cacheFolder(), file))
      .find(isExecutable);
  } catch {
    return undefined;
  }
}

function goFolders() {
  const go = findOnPath('go', ['/usr/local/go/bin']);
  if (!go) return [join(homedir(), 'go', 'bin')];
  const { stdout } = spawnSync(go, ['env', 'GOBIN', 'GOPATH'], { encoding: 'utf8' });
  const [bin, path] = (stdout ?? '').split('\n');
  return [bin, ...(path ?? '').split(delimiter).map((folder) => join(folder, 'bin'))].filter(
    Boolean,
  );
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
