import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acquireLock } from '../../../local/lock.ts';
import { freePort } from '../../../local/ports.ts';
import { makeTempFolder } from '../../support/temp-folder.ts';
import type { TempFolder } from '../../support/temp-folder.ts';

let folder: TempFolder;

beforeEach(() => {
  folder = makeTempFolder('start');
});
afterEach(() => folder[Symbol.dispose]());

test('an unknown argument is one sentence and exit code 2', async () => {
  expect(await npmStart({}, ['--dmeo'])).toEqual({
    code: 2,
    stderr: 'Unknown argument --dmeo: npm start knows only "-- --demo".\n',
  });
});

test('a busy port is one sentence, and nothing has been started', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await npmStart({ PORT: String(port) })).toEqual({
    code: 1,
    stderr: `Port ${port} is in use: stop what listens there, or set PORT to a free port.\n`,
  });
  server.close();
  expect(existsSync(join(folder.path, 'postgres'))).toBe(false);
  expect(existsSync(join(folder.path, 'lock'))).toBe(false);
});

test('a second start in the same folder is one sentence', async () => {
  using lock = acquireLock(folder.path);
  expect(lock).toBeDefined();
  const { code, stderr } = await npmStart({});
  expect(code).toBe(1);
  expect(stderr).toBe(
    `Mailroom is already running in ${folder.path} (process ${process.pid}): ` +
      'stop it, or set LOCAL_DIR to another folder.\n',
  );
});

test('an unreachable database is one sentence without the password, and nothing is left', async () => {
  const url = 'postgres://someone:geheim@127.0.0.1:1/crm';
  const { code, stderr } = await npmStart({ DATABASE_URL: url, PORT: String(await freePort()) });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The database of DATABASE_URL \(127\.0\.0\.1:1\/crm\) .*\n$/);
  expect(stderr).not.toContain('geheim');
  expect(JSON.parse(readFileSync(join(folder.path, 'processes.json'), 'utf8'))).toEqual([]);
});

test('an unreachable Temporal is one sentence', async () => {
  const env = { TEMPORAL_ADDRESS: '127.0.0.1:1', PORT: String(await freePort()) };
  const { code, stderr } = await npmStart(env);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The Temporal server of TEMPORAL_ADDRESS \(127\.0\.0\.1:1\) .*\n$/);
});

function npmStart(
  env: Record<string, string>,
  args: readonly string[] = [],
): Promise<{ code: number | null; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['local/start.ts', ...args], {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LOCAL_DIR: folder.path, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('close', (code) => resolve({ code, stderr }));
  });
}
