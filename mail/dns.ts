import { Resolver } from 'node:dns/promises';

/** One SRV record (RFC 2782). */
export interface SrvRecord {
  readonly host: string;
  readonly port: number;
}

/** What is asked of the DNS to find mail servers. Everything that fails is an empty answer. */
export interface MailDns {
  /** Mail exchangers of a domain, preferred ones first (RFC 5321 section 5.1). */
  mxHosts(domain: string): Promise<readonly string[]>;
  /** Targets of a service, preferred ones first; the target without a name says "not offered" (RFC 6186 section 3.4). */
  services(name: string): Promise<readonly SrvRecord[]>;
  /** IPv4 and IPv6 addresses. */
  addresses(host: string): Promise<readonly string[]>;
}

/** Asks the name servers of the system: within about three seconds, and past the hosts file. */
export function createMailDns(resolver = new Resolver({ timeout: 1000, tries: 2 })): MailDns {
  return {
    mxHosts: async (domain) => {
      const records = await orNone(resolver.resolveMx(domain));
      const byPriority = records.toSorted((a, b) => a.priority - b.priority);
      return byPriority.map(({ exchange }) => exchange);
    },
    services: async (name) => {
      const records = await orNone(resolver.resolveSrv(name));
      return records
        .toSorted((a, b) => a.priority - b.priority || b.weight - a.weight)
        .map((record) => ({ host: record.name, port: record.port }));
    },
    addresses: async (host) => {
      const both = [orNone(resolver.resolve4(host)), orNone(resolver.resolve6(host))];
      return (await Promise.all(both)).flat();
    },
  };
}

async function orNone<T>(question: Promise<readonly T[]>): Promise<readonly T[]> {
  return question.catch(() => []);
}
