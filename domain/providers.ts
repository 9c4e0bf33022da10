import { domainOf, type EmailAddress } from './address.ts';
import { GENERIC, LOCAL_LIMITS, PROVIDERS } from './provider-table.ts';
import type { ProviderLimits, ProviderProfile, ProviderServer } from './provider.ts';

export { GENERIC, PROVIDERS };

/** The servers of one provider for one address; null where it has none for the protocol. */
export interface ProviderServers {
  readonly imap: ProviderServer | null;
  readonly pop3: ProviderServer | null;
  readonly smtp: ProviderServer | null;
}

/** The profile stored with a mailbox; `GENERIC` for an id that this version does not know. */
export function providerById(id: string): ProviderProfile {
  return PROVIDERS.find((profile) => profile.id === id) ?? GENERIC;
}

/** What binds connections to a host: the limits of the mailbox's profile, and loose ones on this machine. */
export function limitsAt(host: string, providerId: string): ProviderLimits {
  const profile = providerById(providerId);
  const isLocal = /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?)$/i.test(host);
  return isLocal && profile === GENERIC ? LOCAL_LIMITS : profile.limits;
}

/** The profile of a mail server, by its host; `GENERIC` when none fits. */
export function providerOfHost(host: string): ProviderProfile {
  return best(host, (profile) => profile.hosts) ?? GENERIC;
}

/** The profile that an address belongs to by its domain alone; null when none fits. */
export function providerOfAddress(address: EmailAddress): ProviderProfile | null {
  return best(domainOf(address), (profile) => profile.domains);
}

/** The profile of the provider that runs an MX host (RFC 5321 section 5.1) of somebody's domain; null when none fits. */
export function providerOfMx(mxHost: string): ProviderProfile | null {
  return best(mxHost, (profile) => profile.mxHosts);
}

/** The servers of a provider for the addresses of a domain, or for the domains behind one of its MX hosts. */
export function serversOf(profile: ProviderProfile, domainOrMxHost: string): ProviderServers {
  const name = normalised(domainOrMxHost);
  const variant = profile.variants?.find(({ at }) => at.some((pattern) => fits(name, pattern)));
  const at = (server: ProviderServer | null, host: string | undefined): ProviderServer | null =>
    server === null || host === undefined ? server : { ...server, host };
  return {
    imap: at(profile.imap, variant?.imap),
    pop3: at(profile.pop3, variant?.pop3),
    smtp: at(profile.smtp, variant?.smtp),
  };
}

/** The longest pattern wins: `mx-aol.mail.gm0.yahoodns.net` is AOL's, all else below `.yahoodns.net` is Yahoo's. */
function best(
  host: string,
  patternsOf: (profile: ProviderProfile) => readonly string[],
): ProviderProfile | null {
  const name = normalised(host);
  const fitting = PROVIDERS.flatMap((profile) =>
    patternsOf(profile)
      .filter((pattern) => fits(name, pattern))
      .map((pattern) => ({ profile, length: pattern.length })),
  );
  return fitting.toSorted((a, b) => b.length - a.length)[0]?.profile ?? null;
}

function fits(name: string, pattern: string): boolean {
  return pattern.startsWith('.') ? name.endsWith(pattern) : name === pattern;
}

function normalised(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}
