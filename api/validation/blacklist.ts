import { parseAddress, parseDomain } from '../../domain/address.ts';
import type { BlacklistValue } from '../../domain/blacklist.ts';

/** R20: an address, or a domain with at least two labels: a single one would keep half of the world out. */
export function parseBlacklistValue(raw: string): BlacklistValue | null {
  if (raw.includes('@')) {
    const value = parseAddress(raw);
    return value === null ? null : { kind: 'address', value };
  }
  const value = parseDomain(raw);
  return value?.includes('.') ? { kind: 'domain', value } : null;
}
