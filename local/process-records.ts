import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A pid and when its process began: together they name one process, a pid alone gets reused. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startedAt: string;
}

type ProcessRecord = ProcessIdentity & { readonly name: string };

const STOP_WITHIN_MS = 10_000;

/** The child processes of one LOCAL_DIR, on disk, so that the next start can stop what is left. */
export class ProcessRecords {
  readonly #file: string;
  #records: readonly ProcessRecord[];

  constructor(file: string) {
    this.#file = file;
    this.#records = readRecords(file);
  }

  add(pid: number, name: string): void {
    const startedAt = startOf(pid);
    if (startedAt !== undefined) this.#save([...this.#records, { pid, startedAt, name }]);
  }

  remove(pid: number): void {
    this.#save(this.#records.filter((record) => record.pid !== pid));
  }

  /** Stops what an earlier start, killed before it could, left running; returns the names. */
  async stopLeftovers(): Promise<string[]> {
    // Last started, first stopped: the worker before the database it writes to.
    const running = this.#records.filter(isSameProcess).toReversed();
    for (const record of running) await stopAndWait(record);
    this.#save([]);
    return running.map((record) => record.name);
  }

  #save(records: readonly ProcessRecord[]): void {
    this.#records = records;
    writeFileSync(this.#file, JSON.stringify(records));
  }
}

export function identify(pid: number): ProcessIdentity | undefined {
  const startedAt = startOf(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Whether that very process still runs. */
export function isSameProcess({ pid, startedAt }: ProcessIdentity): boolean {
  return startOf(pid) === startedAt;
}

/** What a process was started with; empty when it is gone. */
export function commandLine(pid: number): string {
  try {
    return process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/** Ends a process that is not our child and returns when it is gone. */
export async function stopAndWait(record: ProcessIdentity): Promise<void> {
  // SIGINT is the fast shutdown of PostgreSQL, and every other child of ours obeys it too.
  signal(record.pid, 'SIGINT');
  const deadline = Date.now() + STOP_WITHIN_MS;
  while (isSameProcess(record)) {
    if (Date.now() > deadline) signal(record.pid, 'SIGKILL');
    await sleep(50);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself in the meantime.
  }
}

function startOf(pid: number): string | undefined {
  try {
    return process.platform === 'linux' ? startOnLinux(pid) : startByPs(pid);
  } catch {
    return undefined;
  }
}

/** Field 22 of /proc/<pid>/stat (proc(5)), in ticks since boot; small images have no `ps`. */
function startOnLinux(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z') return undefined;
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot} ${fields[19] ?? ''}`;
}

function startByPs(pid: number): string | undefined {
  const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return started.trim() || undefined;
}

function readRecords(file: string): ProcessRecord[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessRecord[];
  } catch {
    return [];
  }
}
