import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acquireLock } from '../../../local/lock.ts';
import { identify } from '../../../local/process-records.ts';
import { makeTempFolder } from '../../support/temp-folder.ts';
import type { TempFolder } from '../../support/temp-folder.ts';

let folder: TempFolder;

beforeEach(() => {
  folder = makeTempFolder('lock');
});
afterEach(() => folder[Symbol.dispose]());

test('a second start in the same folder names the process that is in it', () => {
  using lock = acquireLock(folder.path, '.local');
  expect(lock).toBeDefined();
  expect(() => acquireLock(folder.path, '.local')).toThrow(
    `already running in .local (process ${process.pid})`,
  );
});

test('a released lock can be taken again', () => {
  acquireLock(folder.path)[Symbol.dispose]();
  acquireLock(folder.path)[Symbol.dispose]();
});

test.each([
  ['a process that has died', { pid: 2 ** 22 + 1, startedAt: 'yesterday' }],
  ['a pid that another process has by now', { pid: process.pid, startedAt: 'yesterday' }],
  ['a crash that left half a file', undefined],
])('the lock of %s is taken over', (_who, holder) => {
  writeFileSync(join(folder.path, 'lock'), holder ? JSON.stringify(holder) : '{"pid":');
  using lock = acquireLock(folder.path);
  expect(lock).toBeDefined();
});

test('a process is told apart from one that has its pid later', () => {
  expect(identify(process.pid)).toEqual(identify(process.pid));
  expect(identify(2 ** 22 + 1)).toBeUndefined();
});
