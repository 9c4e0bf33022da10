import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createDatabase } from '../../support/postgres.ts';

const SERVER = fileURLToPath(new URL('../../../api/server.ts', import.meta.url));

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  listener.close();
  return port;
}

function startProcess(environment: Record<string, string>) {
  const child = spawn(process.execPath, [SERVER], { env: environment });
  const output: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  return { child, output, exited: once(child, 'exit') as Promise<[number | null]> };
}

test('the process says when it is ready, while Temporal is down, and ends by itself on SIGTERM', async () => {
  await using database = await createDatabase();
  const port = await freePort();
  const { child, output, exited } = startProcess({
    PORT: String(port),
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  });
  await expect.poll(() => output.join(''), { timeout: 20_000 }).toContain('api ready');
  const health = await fetch(`http://127.0.0.1:${port}/healthz`);
  expect(health.status).toBe(200);
  child.kill('SIGTERM');
  expect((await exited)[0]).toBe(0);
});

test('without its configuration the process says what is missing, and no value', async () => {
  const { output, exited } = startProcess({ ENCRYPTION_KEY: 'too-short-secret' });
  expect((await exited)[0]).toBe(1);
  expect(output.join('')).toMatch(/DATABASE_URL[\s\S]*|ENCRYPTION_KEY/);
  expect(output.join('')).not.toContain('too-short-secret');
});

test('a port that is taken ends the process', async () => {
  await using database = await createDatabase();
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { output, exited } = startProcess({
    PORT: String((listener.address() as AddressInfo).port),
    DATABASE_URL: database.url,
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  });
  expect((await exited)[0]).toBe(1);
  expect(output.join('')).toContain('EADDRINUSE');
  listener.close();
});
