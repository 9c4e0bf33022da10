import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeCertificate } from './certificates.ts';

export interface HttpsServer extends AsyncDisposable {
  readonly port: number;
  /** PEM; who trusts it trusts the server. */
  readonly ca: string;
  /** `host path` of each request. */
  readonly requests: readonly string[];
}

/** A web server on loopback for the given names (as in a subjectAltName). */
export async function startHttpsServer(
  names: string,
  answer: RequestListener,
): Promise<HttpsServer> {
  const requests: string[] = [];
  const listener: RequestListener = (request, response) => {
    requests.push(`${request.headers.host ?? ''} ${request.url ?? ''}`);
    answer(request, response);
  };
  const { cert, key } = makeCertificate({ names });
  const server = createServer({ cert, key }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    ca: cert,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
