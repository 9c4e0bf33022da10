import { domainOf, isWithin, parseDomain, type EmailAddress } from '../domain/address.ts';
import type { AuthMethod, ProviderProfile, ServerCandidate } from '../domain/provider.ts';
import { providerOfAddress, providerOfHost, providerOfMx, serversOf } from '../domain/providers.ts';
import { parseAutoconfig } from './autoconfig.ts';
import { createMailDns, type MailDns } from './dns.ts';
import { createFetchDocument, type FetchDocument } from './fetch-document.ts';
import { resolveMailHost } from './host-guard.ts';

/** Where settings were found, in the order that is tried. */
export const SETTINGS_SOURCES = ['provider', 'mx', 'srv', 'autoconfig', 'guess'] as const;
export type SettingsSource = (typeof SETTINGS_SOURCES)[number];

export interface DiscoveredSettings {
  /** Id of the provider profile. */
  readonly provider: string;
  /** How the provider lets us in, preferred ways first. */
  readonly auth: readonly AuthMethod[];
  /** IMAP first. */
  readonly servers: readonly ServerCandidate[];
  readonly source: SettingsSource;
  /**
   * Only the DNS says so, which may be forged, and the host is outside the domain of the address: a person must agree
   * before a password goes there (RFC 6186 section 6).
   */
  readonly needsConfirmation: boolean;
}

export interface DiscoverOptions {
  /** Loopback hosts on any port as well: by the server's configuration only. */
  readonly allowLocal: boolean;
  readonly tlsCa?: string;
  readonly dns?: MailDns;
  readonly fetchDocument?: FetchDocument;
  /** Port of autoconfig documents. */
  readonly httpsPort?: number;
  /** For everything together. */
  readonly timeoutMs?: number;
}

interface Search {
  readonly address: EmailAddress;
  readonly dns: MailDns;
  readonly fetchDocument: FetchDocument;
  readonly httpsPort: number;
  readonly signal: AbortSignal;
  /** Whether the guard would let us connect. */
  readonly isPermitted: (server: ServerCandidate) => Promise<boolean>;
}

const BUDGET_MS = 10_000;
/** RFC 6186 and 8314; `_imap` and `_pop3` are used with STARTTLS only. */
const SERVICES = [
  { name: '_imaps._tcp', protocol: 'imap', security: 'tls' },
  { name: '_imap._tcp', protocol: 'imap', security: 'starttls' },
  { name: '_pop3s._tcp', protocol: 'pop3', security: 'tls' },
  { name: '_pop3._tcp', protocol: 'pop3', security: 'starttls' },
] as const;
/** Servers per service that are worth showing. */
const MAX_TARGETS = 2;
const GUESSES = [
  { prefix: 'imap', protocol: 'imap', port: 993 },
  { prefix: 'mail', protocol: 'imap', port: 993 },
  { prefix: 'pop', protocol: 'pop3', port: 995 },
  { prefix: 'mail', protocol: 'pop3', port: 995 },
] as const;

/**
 * Finds the mail servers of an address (R50): our own table, the provider behind the domain's MX, SRV records (RFC
 * 6186), an autoconfig document, names that are usual. Null when nothing was found in time. Answers of the network are
 * proposals: each host has passed the guard, and will again when it is connected to.
 */
export async function discoverSettings(
  address: EmailAddress,
  options: DiscoverOptions,
): Promise<DiscoveredSettings | null> {
  const profile = providerOfAddress(address);
  if (profile !== null) return fromProfile(profile, address, domainOf(address), 'provider');
  const search = newSearch(address, options);
  for (const step of [byMx, byServices, byAutoconfig, byGuess]) {
    const found = await orNull(step(search), search.signal);
    if (found !== null) return found;
  }
  return null;
}

function newSearch(address: EmailAddress, options: DiscoverOptions): Search {
  const { allowLocal, tlsCa, dns = createMailDns(), httpsPort = 443 } = options;
  const guard = { allowLocal, resolve: (host: string) => dns.addresses(host) };
  const {
    fetchDocument = createFetchDocument({ ...guard, ...(tlsCa === undefined ? {} : { tlsCa }) }),
  } = options;
  return {
    ...{ address, dns, fetchDocument, httpsPort },
    signal: AbortSignal.timeout(options.timeoutMs ?? BUDGET_MS),
    isPermitted: ({ host, port }) =>
      resolveMailHost(host, port, guard).then(
        () => true,
        () => false,
      ),
  };
}

async function byMx({ address, dns }: Search): Promise<DiscoveredSettings | null> {
  for (const mxHost of await dns.mxHosts(domainOf(address))) {
    const profile = providerOfMx(mxHost);
    if (profile !== null) return fromProfile(profile, address, mxHost, 'mx');
  }
  return null;
}

async function byServices(search: Search): Promise<DiscoveredSettings | null> {
  const { address, dns } = search;
  const offered = await Promise.all(
    SERVICES.map(async ({ name, protocol, security }) => {
      const targets = await dns.services(`${name}.${domainOf(address)}`);
      return targets.slice(0, MAX_TARGETS).flatMap(({ host, port }) => {
        const name = parseDomain(host);
        return name === null ? [] : [{ protocol, host: name, port, security, username: address }];
      });
    }),
  );
  return fromServers(search, offered.flat(), 'srv');
}

async function byAutoconfig(search: Search): Promise<DiscoveredSettings | null> {
  const { address, fetchDocument, httpsPort, signal } = search;
  const domain = domainOf(address);
  const port = httpsPort === 443 ? '' : `:${httpsPort}`;
  const urls = [
    `https://autoconfig.${domain}${port}/mail/config-v1.1.xml?emailaddress=${encodeURIComponent(address)}`,
    `https://${domain}${port}/.well-known/autoconfig/mail/config-v1.1.xml`,
  ];
  const documents = urls.map((url) => fetchDocument(new URL(url), signal));
  for (const document of documents) {
    const servers = parseAutoconfig((await document) ?? '', address);
    const found = await fromServers(search, servers, 'autoconfig');
    if (found !== null) return found;
  }
  return null;
}

async function byGuess(search: Search): Promise<DiscoveredSettings | null> {
  const { address } = search;
  const servers = GUESSES.map(({ prefix, protocol, port }) => {
    const host = `${prefix}.${domainOf(address)}`;
    return { protocol, host, port, security: 'tls', username: address } as const;
  });
  return fromServers(search, servers, 'guess');
}

function fromProfile(
  profile: ProviderProfile,
  address: EmailAddress,
  domainOrMxHost: string,
  source: SettingsSource,
): DiscoveredSettings {
  const { imap, pop3 } = serversOf(profile, domainOrMxHost);
  const isLocalPart = source === 'provider' && profile.quirks.localPartAsUser === true;
  const username = isLocalPart ? address.slice(0, address.lastIndexOf('@')) : address;
  return {
    provider: profile.id,
    auth: profile.auth,
    servers: [
      ...(imap === null ? [] : [{ protocol: 'imap', ...imap, username } as const]),
      ...(pop3 === null ? [] : [{ protocol: 'pop3', ...pop3, username } as const]),
    ],
    source,
    needsConfirmation: false,
  };
}

async function fromServers(
  { address, isPermitted }: Search,
  proposed: readonly ServerCandidate[],
  source: SettingsSource,
): Promise<DiscoveredSettings | null> {
  const permitted = await Promise.all(proposed.map(isPermitted));
  const servers = proposed
    .filter((_, index) => permitted[index])
    .toSorted((a, b) => a.protocol.localeCompare(b.protocol));
  const [first] = servers;
  if (first === undefined) return null;
  const { id, auth } = providerOfHost(first.host);
  return {
    ...{ provider: id, auth, servers, source },
    needsConfirmation: source === 'srv' && servers.some(({ host }) => isForeign(host, address)),
  };
}

/** Outside the domain of the address, and nobody's whom we know: a forged answer may have led there. */
function isForeign(host: string, address: EmailAddress): boolean {
  const name = parseDomain(host);
  const isKnown = providerOfHost(host).id !== 'generic';
  return !isKnown && (name === null || !isWithin(name, domainOf(address)));
}

/** A step that fails, or that time ran out for, has found nothing. */
async function orNull<T>(step: Promise<T | null>, signal: AbortSignal): Promise<T | null> {
  if (signal.aborted) return null;
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true });
    step.then(resolve, () => resolve(null));
  });
}
