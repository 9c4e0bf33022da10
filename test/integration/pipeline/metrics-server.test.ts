import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import {
  freeLoopbackAddress,
  serveMetrics,
  type MetricsServerOptions,
} from '../../../activities/metrics-server.ts';
import { WorkerMetrics } from '../../../activities/metrics.ts';

async function aServer(options: Partial<MetricsServerOptions> = {}) {
  const metrics = new WorkerMetrics();
  metrics.visitEnded('succeeded');
  return serveMetrics({
    ...{ host: '127.0.0.1', port: 0, registry: metrics.registry, checks: {} },
    ...{ temporal: await freeLoopbackAddress(), ownQueue: { name: 'q@17', label: 'q@own' } },
    ...options,
  });
}

test('a worker whose pollers do not run is alive, and not ready', async () => {
  await using server = await aServer({ checks: { pollers: () => Promise.resolve(false) } });
  const ready = await fetch(`${server.url}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { status: 'unavailable', missing: ['pollers'] },
  ]);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${server.url}/?hunter2`)).status).toBe(404);
});

test("what Temporal's SDK counts comes along, under a name of the own queue that stays", async () => {
  const sdk = createServer((_request, response) => {
    response.end('temporal_num_pollers{task_queue="q@17"} 5\ntemporal_x{task_queue="q@17-b"} 1\n');
  }).listen(0, '127.0.0.1');
  await once(sdk, 'listening');
  const temporal = `127.0.0.1:${(sdk.address() as AddressInfo).port}`;
  await using server = await aServer({ temporal });
  const text = await (await fetch(`${server.url}/metrics`)).text();
  expect(text).toContain('\nmailroom_visits_total{result="succeeded"} 1\n');
  expect(text).toContain('\ntemporal_num_pollers{task_queue="q@own"} 5\n');
  expect(text).toContain('\ntemporal_x{task_queue="q@own-b"} 1\n');
  sdk.close();
  sdk.closeAllConnections();
});

test('a scrape is worth having without Temporal', async () => {
  await using server = await aServer();
  const response = await fetch(`${server.url}/metrics`);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(await response.text()).toContain('mailroom_visits_total{result="succeeded"} 1\n');
});
