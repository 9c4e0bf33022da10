import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProcessRecords, identify } from '../../../local/process-records.ts';
import { startProcess } from '../../../local/processes.ts';
import type { ManagedProcess, ProcessSpec } from '../../../local/processes.ts';
import { makeTempFolder } from '../../support/temp-folder.ts';
import type { TempFolder } from '../../support/temp-folder.ts';
import { keepRunning } from '../../../local/supervise.ts';

let folder: TempFolder;

beforeEach(() => {
  folder = makeTempFolder('processes');
});
afterEach(() => folder[Symbol.dispose]());

test('a process that dies while it starts is reported with its last words', async () => {
  const start = run('console.error("no such key"); process.exit(3)');
  await expect(start).rejects.toThrow(/The test ended while it started[^]*no such key/);
});

test('a process that is not ready in time is ended', async () => {
  const start = run('setInterval(() => {}, 1000)', { isReady: () => false, readyWithinMs: 300 });
  await expect(start).rejects.toThrow('was not ready in time');
});

test('nothing is started any more once the user wants to stop', async () => {
  const signal = AbortSignal.abort(new Error('stopped'));
  await expect(run('', {}, { signal })).rejects.toThrow('stopped');
});

test('a killed process is started again, and stays away once it is stopped', async () => {
  const lines: string[] = [];
  const managed = await run('console.log("ready"); setInterval(() => {}, 1000)');
  keepRunning(managed, (line) => lines.push(line));
  const first = managed.pid ?? 0;
  process.kill(first, 'SIGKILL');
  await expect.poll(() => lines.join('\n'), { timeout: 10_000 }).toContain('The test runs again.');
  expect(lines[0]).toContain('ended unexpectedly');
  const second = managed.pid ?? 0;
  expect(second).not.toBe(first);
  await managed.stop();
  expect(identify(second)).toBeUndefined();
});

test('what a killed start left running is stopped by the next one, and nothing else is', async () => {
  const file = join(folder.path, 'processes.json');
  const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  new ProcessRecords(file).add(left.pid ?? 0, 'The worker');
  expect(await new ProcessRecords(file).stopLeftovers()).toEqual(['The worker']);
  expect(identify(left.pid ?? 0)).toBeUndefined();
  expect(await new ProcessRecords(file).stopLeftovers()).toEqual([]);
});

function run(
  script: string,
  spec: Partial<ProcessSpec> = {},
  surroundings: { signal?: AbortSignal } = {},
): Promise<ManagedProcess> {
  return startProcess(
    {
      name: 'The test',
      command: process.execPath,
      args: ['-e', script],
      logFile: join(folder.path, 'test.log'),
      isReady: (log) => log().includes('ready'),
      ...spec,
    },
    { logDir: folder.path, print: () => undefined, ...surroundings },
  );
}
