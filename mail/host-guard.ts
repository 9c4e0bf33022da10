import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';
import { toMailError } from './error-mapping.ts';
import { MailError } from './errors.ts';

/** Ports of what we speak to servers that users name (RFC 8314). SMTP between servers (25) is never any business of ours. */
const PORTS = {
  /** IMAP and POP3, each with TLS and with STARTTLS. */
  mailbox: new Set([993, 143, 995, 110]),
  submission: new Set([465, 587]),
  /** Autoconfig documents. */
  https: new Set([443]),
} as const;

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?$/i;

const LOOPBACK = blockList(['127.0.0.0/8', '::1/128']);
/**
 * Everything that is not the public internet (IANA special-purpose registries) and where clouds keep their metadata.
 * IPv4 rules cover IPv4-mapped addresses too; a rule for ::ffff:0:0/96 would cover all of IPv4 (Node 24).
 */
const PRIVATE = blockList([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4', '168.63.129.16/32'],
  ...['::/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32'],
  ...['2002::/16', '3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
]);

export interface GuardOptions {
  /** Loopback on any port as well: for demo and tests, by the server's configuration only. */
  readonly allowLocal: boolean;
  /** What is spoken there; the reading of a mailbox when left out. */
  readonly purpose?: keyof typeof PORTS;
  /** How names become addresses; the system's resolver when left out. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
}

/**
 * Decides whether a host that a user typed may be connected to, and gives the address to connect to: connecting to
 * the name would resolve it a second time, perhaps to another address (DNS rebinding). To be asked before each
 * connection. Every refusal reads the same, so that nobody can map our network with it.
 */
export async function resolveMailHost(
  host: string,
  port: number,
  { allowLocal, purpose = 'mailbox', resolve = resolveAll }: GuardOptions,
): Promise<{ readonly address: string }> {
  const addresses = await addressesOf(host, resolve);
  const isLocal = addresses.every(isLoopback);
  const isPermitted = isLocal ? allowLocal : PORTS[purpose].has(port) && !addresses.some(isPrivate);
  // IPv4 first: a host without an IPv6 route would otherwise never get through.
  const [address] = addresses.toSorted((a, b) => isIP(a) - isIP(b));
  if (address === undefined || !isPermitted) throw refusal();
  return { address };
}

/** Whether an IP address is this machine itself. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

function isPrivate(address: string): boolean {
  return PRIVATE.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

async function addressesOf(
  host: string,
  resolve: (host: string) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) !== 0 && !bare.includes('%')) return [bare];
  // The URL parser behind domainToASCII cuts at some of these and leaves out others.
  const name = /[^\p{L}\p{M}\p{N}._-]/u.test(host) ? '' : domainToASCII(host);
  if (!HOST_NAME.test(name)) throw refusal();
  try {
    return await resolve(name);
  } catch (error) {
    throw toMailError(error, 'find the mail server');
  }
}

async function resolveAll(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

function refusal(): MailError {
  return new MailError('host_refused', 'Mailroom may not connect to this host and port.');
}

function blockList(subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network = '', prefix = ''] = subnet.split('/');
    list.addSubnet(network, Number(prefix), isIPv6(network) ? 'ipv6' : 'ipv4');
  }
  return list;
}
