import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dovecotConfig } from './dovecot-config.ts';
import type { DovecotPorts } from './dovecot-config.ts';
import { writeOwnFile } from './dovecot-files.ts';
import { findDovecot } from './find.js';
import { freePort } from './ports.ts';
import { startProcess } from './processes.ts';
import type { ManagedProcess, Surroundings } from './processes.ts';
import { SetupError } from './setup-error.js';
import { unprivilegedUser } from './unprivileged.ts';
import type { User } from './unprivileged.ts';

export interface Listening {
  readonly process: ManagedProcess;
  readonly ports: DovecotPorts;
}

export interface ListenOptions extends Surroundings {
  readonly dir: string;
  readonly socketDir: string;
  readonly ports?: DovecotPorts;
  readonly maxConnectionsPerUser?: number;
  readonly extraConfig?: string;
  readonly stopSignal?: NodeJS.Signals;
}

const ATTEMPTS = 3;

/** Short, as the name of a Unix socket may have at most 107 bytes (unix(7)), and always the same. */
export function socketFolder(dir: string): string {
  const name = createHash('sha256').update(dir).digest('hex').slice(0, 12);
  return join(tmpdir(), `mailroom-${name}`);
}

/** Starts the server; on ports of its own choice it tries others when somebody was quicker. */
export async function listen(options: ListenOptions): Promise<Listening> {
  const binary = checkedBinary();
  for (let attempt = 1; ; attempt += 1) {
    const ports = options.ports ?? (await freePorts());
    try {
      return { process: await start(binary, ports, options), ports };
    } catch (error) {
      const wasTaken = error instanceof SetupError && error.message.includes('already in use');
      if (options.ports || !wasTaken || attempt === ATTEMPTS) throw error;
    }
  }
}

function checkedBinary(): string {
  const binary = findDovecot();
  if (!binary) throw new SetupError('No Dovecot was found: run node local/setup.js --demo.');
  const version = execFileSync(binary, ['--version'], { encoding: 'utf8' });
  if (version.startsWith('2.3.')) return binary;
  throw new SetupError(
    `Dovecot ${version.trim()} has another configuration syntax: put a Dovecot 2.3 on the PATH.`,
  );
}

async function freePorts(): Promise<DovecotPorts> {
  return { imap: await freePort(), imaps: await freePort(), pop3: await freePort() };
}

function start(
  binary: string,
  ports: DovecotPorts,
  options: ListenOptions,
): Promise<ManagedProcess> {
  const user = unprivilegedUser();
  const file = join(options.dir, 'dovecot.conf');
  const { dir, socketDir, maxConnectionsPerUser = 10, extraConfig = '' } = options;
  const identity = identityOf(user);
  const config = { dir, socketDir, ports, maxConnectionsPerUser, extraConfig, ...identity };
  writeOwnFile(file, dovecotConfig(config), user);
  return startProcess(
    {
      name: 'Dovecot',
      command: binary,
      args: ['-F', '-c', file],
      cwd: dir,
      user,
      logFile: join(options.logDir, 'dovecot.log'),
      ...(options.stopSignal === undefined ? {} : { stopSignal: options.stopSignal }),
      isReady: () => greets(ports.imap),
    },
    options,
  );
}

function identityOf(user: User | undefined): User & { user: string; group: string } {
  const id = (...flags: string[]): string =>
    execFileSync('id', user ? [...flags, 'nobody'] : flags, { encoding: 'utf8' }).trim();
  return { uid: Number(id('-u')), gid: Number(id('-g')), user: id('-un'), group: id('-gn') };
}

function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 1_000 });
    const settle = (isReady: boolean): void => {
      socket.destroy();
      resolve(isReady);
    };
    socket.once('data', (greeting) => settle(greeting.toString('latin1').startsWith('* OK')));
    for (const event of ['error', 'timeout', 'close']) socket.once(event, () => settle(false));
  });
}
