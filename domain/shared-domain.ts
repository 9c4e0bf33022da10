import emailProviders from 'email-providers/all.json' with { type: 'json' };
import { getPublicSuffix } from 'tldts';
import type { Domain } from './address.ts';

/**
 * Free-mail domains that the list of npm `email-providers` lacks (checked 2026-11-22).
 * The two tables imported here are the one exception to "domain/ imports no library": they are data.
 */
const MORE_FREE_MAIL = ['fastmail.com', 'fastmail.fm', 'hey.com', 'zohomail.com', 'zohomail.eu'];
const FREE_MAIL: ReadonlySet<string> = new Set([...emailProviders, ...MORE_FREE_MAIL]);

/** Whether many unrelated people have addresses here, so that the domain says nothing about a company (R31). */
export function isSharedDomain(domain: Domain): boolean {
  return FREE_MAIL.has(domain) || isPublicSuffix(domain);
}

/** `co.uk`, `github.io`: below it anybody registers (publicsuffix.org, private section included). */
function isPublicSuffix(domain: Domain): boolean {
  return getPublicSuffix(domain, { allowPrivateDomains: true }) === domain;
}
