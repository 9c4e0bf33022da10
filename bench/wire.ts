import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Passes connections on and counts what goes over them: the payload of TCP, both directions, login included. */
export interface Wire extends AsyncDisposable {
  readonly port: number;
  /** Octets from and to the client, over all connections so far. */
  readonly octets: { fromClient: number; toClient: number };
  /** Connections made so far, and open now. */
  readonly connections: { made: number; open: number };
}

export async function startWire(serverPort: number): Promise<Wire> {
  const octets = { fromClient: 0, toClient: 0 };
  const connections = { made: 0, open: 0 };
  const sockets = new Set<Socket>();
  const listener = createServer((client) => {
    const server = connect({ port: serverPort, host: '127.0.0.1', noDelay: true });
    client.setNoDelay(true);
    connections.made += 1;
    connections.open += 1;
    for (const socket of [client, server]) {
      sockets.add(socket);
      // The other end shows it: `pipe` passes on the end, not an error.
      socket.on('error', () => client.destroy());
    }
    client.on('data', (chunk) => (octets.fromClient += chunk.length));
    server.on('data', (chunk) => (octets.toClient += chunk.length));
    client.on('close', () => {
      connections.open -= 1;
      server.destroy();
    });
    client.pipe(server);
    server.pipe(client);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    port: (listener.address() as AddressInfo).port,
    octets,
    connections,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}
