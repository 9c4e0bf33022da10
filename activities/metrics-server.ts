import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { collectDefaultMetrics, type Registry } from 'prom-client';
import { createReadiness, type Checks } from '../readiness.ts';

/** How long Temporal's SDK has for its part of a scrape; it runs in this process. */
const TEMPORAL_MS = 2_000;

export interface MetricsServerOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly registry: Registry;
  /** Where Temporal's SDK shows its own metrics, as host:port. */
  readonly temporal: string;
  /** This process's own task queue, and the label it gets: its name would be a new one with every start. */
  readonly ownQueue: { readonly name: string; readonly label: string };
  readonly checks: Checks;
}

export interface MetricsServer extends AsyncDisposable {
  readonly url: string;
}

/**
 * The worker's only door, for operators: `/healthz` (the process turns its event loop), `/readyz` (it does its work, or
 * what is missing), `/metrics` (ours, those of Node and of Temporal's SDK, in one text).
 */
export async function serveMetrics(options: MetricsServerOptions): Promise<MetricsServer> {
  const { host, port, registry } = options;
  collectDefaultMetrics({ register: registry });
  const readiness = createReadiness(options.checks);
  const answer = async (path: string): Promise<readonly [number, string, string]> => {
    const json = (status: number, body: object) =>
      [status, 'application/json', JSON.stringify(body)] as const;
    if (path === '/metrics') {
      const temporal = await temporalMetrics(options);
      return [200, registry.contentType, `${await registry.metrics()}${temporal}`];
    }
    if (path === '/healthz') return json(200, { status: 'ok' });
    if (path !== '/readyz') return json(404, { status: 'not_found' });
    const { status, body } = await readiness();
    return json(status, body);
  };
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const [path = ''] = (request.url ?? '').split('?');
    answer(path).then(
      ([status, type, body]) => {
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
      },
      () => response.writeHead(500).end(),
    );
  });
  server.listen(port, host);
  await once(server, 'listening');
  const bound = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await Promise.resolve();
    },
  };
}

/** A port of this machine alone for Temporal's SDK, as host:port; nobody has it at this moment. */
export async function freeLoopbackAddress(): Promise<string> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `127.0.0.1:${port}`;
}

/** The rest of a scrape is worth having without them. */
async function temporalMetrics({ temporal, ownQueue }: MetricsServerOptions): Promise<string> {
  try {
    const signal = AbortSignal.timeout(TEMPORAL_MS);
    const response = await fetch(`http://${temporal}/metrics`, { signal });
    return (await response.text()).replaceAll(ownQueue.name, ownQueue.label);
  } catch {
    return '';
  }
}
