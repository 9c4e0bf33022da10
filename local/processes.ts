import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readTail } from './log-tail.ts';
import type { ProcessRecords } from './process-records.ts';
import { SetupError } from './setup-error.js';
import type { User } from './unprivileged.ts';

/** What every process that we start shares: where it logs, who remembers its pid, when to give up. */
export interface Surroundings {
  readonly logDir: string;
  readonly print: (line: string) => void;
  /** Remembers pids across a `kill -9` of ourselves. Tests do without. */
  readonly records?: ProcessRecords;
  /** Aborted when the user wants to stop: nothing is started or waited for any more. */
  readonly signal?: AbortSignal;
}

export interface ProcessSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly user?: User | undefined;
  readonly logFile: string;
  /** False or a rejection means "not yet". `log` is what this run has written so far. */
  readonly isReady: (log: () => string) => Promise<boolean> | boolean;
  readonly readyWithinMs?: number;
  /** PostgreSQL takes SIGTERM as "wait until every client has left". */
  readonly stopSignal?: NodeJS.Signals;
}

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;
const ASK_EVERY_MS = 50;

/** A child process that logs to a file, is awaited until it is ready, and stopped for certain. */
export class ManagedProcess implements AsyncDisposable {
  readonly spec: ProcessSpec;
  readonly #surroundings: Surroundings;
  #child: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();
  #logStart = 0;
  #stopping = false;

  constructor(spec: ProcessSpec, surroundings: Surroundings) {
    this.spec = spec;
    this.#surroundings = surroundings;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get isStopping(): boolean {
    return this.#stopping;
  }

  /** Settles when the process of the latest start has ended, for whatever reason. */
  get exited(): Promise<void> {
    return this.#exited;
  }

  async start(): Promise<void> {
    if (this.#stopping) return;
    this.#surroundings.signal?.throwIfAborted();
    this.#spawn();
    try {
      await this.#untilReady();
    } catch (error) {
      await this.#end();
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#end();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  logLines(count = 15): string {
    const lines = this.#log().trimEnd().split('\n').slice(-count);
    return lines.map((line) => `    ${line.slice(0, 400)}`).join('\n');
  }

  #spawn(): void {
    const { spec } = this;
    mkdirSync(dirname(spec.logFile), { recursive: true });
    const log = openSync(spec.logFile, 'a');
    this.#logStart = statSync(spec.logFile).size;
    // A process group of its own: Ctrl-C reaches only us, and we stop the children in order.
    const child = spawn(spec.command, spec.args, {
      cwd: spec.cwd,
      env: { ...process.env, ...spec.env },
      stdio: ['ignore', log, log],
      detached: true,
      ...spec.user,
    });
    closeSync(log);
    this.#follow(child);
  }

  #follow(child: ChildProcess): void {
    const { records } = this.#surroundings;
    this.#child = child;
    children.set(child, this.spec.stopSignal ?? 'SIGTERM');
    if (child.pid !== undefined) records?.add(child.pid, this.spec.name);
    this.#exited = new Promise((resolve) => {
      const ended = (): void => {
        children.delete(child);
        if (child.pid !== undefined) records?.remove(child.pid);
        resolve();
      };
      child.once('exit', ended);
      child.once('error', ended);
    });
  }

  async #untilReady(): Promise<void> {
    const { spec } = this;
    const deadline = Date.now() + (spec.readyWithinMs ?? READY_WITHIN_MS);
    const log = (): string => this.#log();
    while (Date.now() < deadline) {
      this.#surroundings.signal?.throwIfAborted();
      if (!this.#isRunning()) throw this.#failure('ended while it started');
      if (await isTrue(() => spec.isReady(log))) return;
      await sleep(ASK_EVERY_MS);
    }
    throw this.#failure('was not ready in time');
  }

  async #end(): Promise<void> {
    if (!this.#isRunning()) return;
    this.#signal();
    const force = setTimeout(() => this.#child?.kill('SIGKILL'), STOP_WITHIN_MS);
    await this.#exited;
    clearTimeout(force);
  }

  #signal(): void {
    const { stopSignal = 'SIGTERM' } = this.spec;
    const pid = this.#child?.pid;
    // Who is killed cannot end its own children: they are in its group.
    if (stopSignal === 'SIGKILL' && pid !== undefined) process.kill(-pid, stopSignal);
    else this.#child?.kill(stopSignal);
  }

  #isRunning(): boolean {
    const child = this.#child;
    return child?.pid !== undefined && child.exitCode === null && child.signalCode === null;
  }

  #failure(what: string): SetupError {
    const { name, logFile } = this.spec;
    return new SetupError(`${name} ${what}; the end of ${logFile} says why:\n${this.logLines()}`);
  }

  #log(): string {
    return readTail(this.spec.logFile, this.#logStart);
  }
}

/** Starts a process and returns when it is ready. */
export async function startProcess(
  spec: ProcessSpec,
  surroundings: Surroundings,
): Promise<ManagedProcess> {
  const managed = new ManagedProcess(spec, surroundings);
  await managed.start();
  return managed;
}

/** The last resort, when we end without having disposed: nothing of ours outlives us. */
const children = new Map<ChildProcess, NodeJS.Signals>();
process.on('exit', () => {
  for (const [child, signal] of children) child.kill(signal);
});

/** For the impatient: ends everything at once, data and manners aside. */
export function killAll(): void {
  for (const child of children.keys()) child.kill('SIGKILL');
}

async function isTrue(question: () => Promise<boolean> | boolean): Promise<boolean> {
  try {
    return await question();
  } catch {
    return false;
  }
}
