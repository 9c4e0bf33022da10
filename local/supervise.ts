import { setTimeout as sleep } from 'node:timers/promises';
import type { ManagedProcess } from './processes.ts';

const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 30_000;
/** Who ran that long was healthy: its next failure counts as the first. */
const HEALTHY_AFTER_MS = 60_000;

/** Starts a process again whenever it ends by itself, and says so. */
export function keepRunning(managed: ManagedProcess, print: (line: string) => void): void {
  void watch(managed, print);
}

/** 1 s, 2 s, 4 s … 30 s. */
export function restartDelayMs(failures: number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** failures, MAX_DELAY_MS);
}

async function watch(managed: ManagedProcess, print: (line: string) => void): Promise<void> {
  const { name, logFile } = managed.spec;
  for (let failures = 0; ; failures += 1) {
    const startedAt = Date.now();
    await managed.exited;
    if (managed.isStopping) return;
    if (Date.now() - startedAt > HEALTHY_AFTER_MS) failures = 0;
    const delayMs = restartDelayMs(failures);
    print(`\n${name} ended unexpectedly. The last lines of ${logFile}:\n${managed.logLines()}`);
    print(`It is started again in ${delayMs / 1_000} s.`);
    await sleep(delayMs, undefined, { ref: false });
    if (await startsAgain(managed)) print(`${name} runs again.`);
  }
}

async function startsAgain(managed: ManagedProcess): Promise<boolean> {
  try {
    await managed.start();
    return !managed.isStopping;
  } catch {
    return false;
  }
}
