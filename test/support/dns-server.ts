import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import type { AddressInfo } from 'node:net';

/** Records of a made-up DNS, by name in lower case. */
export interface Zone {
  readonly a?: Readonly<Record<string, readonly string[]>>;
  readonly mx?: Readonly<Record<string, readonly (readonly [priority: number, host: string])[]>>;
  readonly srv?: Readonly<
    Record<string, readonly { priority: number; weight: number; port: number; host: string }[]>
  >;
}

export interface DnsServer extends AsyncDisposable {
  /** Asks this server alone. */
  readonly resolver: Resolver;
}

const TYPES = { a: 1, mx: 15, srv: 33 } as const;

/** A name server on loopback (RFC 1035 section 4): answers from its zone, and NXDOMAIN to everything else. */
export async function startDnsServer(zone: Zone): Promise<DnsServer> {
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    socket.send(answerTo(query, zone), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port }: AddressInfo = socket.address();
  const resolver = new Resolver({ timeout: 1000, tries: 1 });
  resolver.setServers([`127.0.0.1:${port}`]);
  return {
    resolver,
    [Symbol.asyncDispose]: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function answerTo(query: Buffer, zone: Zone): Buffer {
  const { name, end } = readName(query, 12);
  const type = query.readUInt16BE(end);
  const records = recordsOf(zone, name.toLowerCase(), type);
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  // An answer with recursion; NXDOMAIN when there is nothing.
  header.writeUInt16BE(records.length > 0 ? 0x8180 : 0x8183, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  const answers = records.map((data) =>
    // The name is the one of the question, at octet 12; class IN; a minute.
    Buffer.concat([Buffer.of(0xc0, 12), u16(type, 1, 0, 60, data.length), data]),
  );
  return Buffer.concat([header, query.subarray(12, end + 4), ...answers]);
}

function recordsOf({ a, mx, srv }: Zone, name: string, type: number): readonly Buffer[] {
  if (type === TYPES.a)
    return (a?.[name] ?? []).map((ip) => Buffer.from(ip.split('.').map(Number)));
  if (type === TYPES.mx) {
    return (mx?.[name] ?? []).map(([priority, host]) =>
      Buffer.concat([u16(priority), label(host)]),
    );
  }
  if (type !== TYPES.srv) return [];
  return (srv?.[name] ?? []).map(({ priority, weight, port, host }) =>
    Buffer.concat([u16(priority, weight, port), label(host)]),
  );
}

function readName(message: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.'), end: at + 1 };
}

/** `.` is the root. */
function label(host: string): Buffer {
  const labels = host.split('.').filter((part) => part !== '');
  const octets = labels.flatMap((part) => [Buffer.of(part.length), Buffer.from(part)]);
  return Buffer.concat([...octets, Buffer.of(0)]);
}

function u16(...values: readonly number[]): Buffer {
  return Buffer.from(values.flatMap((value) => [value >> 8, value & 0xff]));
}
