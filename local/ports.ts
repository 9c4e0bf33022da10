import { randomInt } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { SetupError } from './setup-error.js';

/** Below the ranges from which kernels pick ports for outgoing connections. */
const FREE_RANGE = [15_000, 32_700] as const;

/** Given out by this process: whoever asked will listen there in a moment. */
const given = new Set<number>();

/** A port on which nothing listens, picked at random so that parallel callers do not collide; never the same twice. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(...FREE_RANGE);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
}

/** Whether a server could listen on `port`, on loopback and on every address. */
export async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '::'));
}

/** A port number from the environment, or `undefined` when the variable is not set. */
export function portFromEnvironment(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): number | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new SetupError(`${name} is "${text}": set it to a port number between 1 and 65535.`);
}

/** Refuses a port that the user asked for and that is taken. */
export async function requireFree(port: number, name: string): Promise<void> {
  if (await isFree(port)) return;
  throw new SetupError(
    `Port ${port} is in use: stop what listens there, or set ${name} to a free port.`,
  );
}

/** The ports of one LOCAL_DIR: a restart uses the same again, so that bookmarks keep working. */
export class RememberedPorts {
  readonly #file: string;
  #ports: Readonly<Record<string, number>>;

  constructor(file: string) {
    this.#file = file;
    this.#ports = read(file);
  }

  /** The port of last time, else the preferred one, else any: the first that is free. */
  async choose(name: string, preferred?: number): Promise<number> {
    const candidates = [this.#ports[name], preferred].filter((port) => port !== undefined);
    for (const port of candidates) {
      if (!this.#isTaken(name, port) && (await isFree(port))) return this.#remember(name, port);
    }
    return this.#remember(name, await freePort());
  }

  #isTaken(name: string, port: number): boolean {
    return Object.entries(this.#ports).some(([other, used]) => other !== name && used === port);
  }

  #remember(name: string, port: number): number {
    this.#ports = { ...this.#ports, [name]: port };
    writeFileSync(this.#file, `${JSON.stringify(this.#ports, undefined, 2)}\n`);
    return port;
  }
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    // A machine without IPv6 has nobody listening there either.
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'),
    );
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

function read(file: string): Record<string, number> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
  } catch {
    return {};
  }
}
