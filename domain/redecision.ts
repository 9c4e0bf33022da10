import type { Domain, EmailAddress } from './address.ts';

/** What makes earlier messages worth a second look (R4). */
export const REDECISION_CAUSES = [
  'contact',
  'account_domain',
  'blacklist',
  'accepted',
  'message',
] as const;
export type RedecisionCause = (typeof REDECISION_CAUSES)[number];

/** `waiting` until a worker takes it, `running`, then `finished`; `failed` when it was given up. */
export const REDECISION_STATES = ['waiting', 'running', 'finished', 'failed'] as const;
export type RedecisionState = (typeof REDECISION_STATES)[number];

/** Which messages a change can concern: those with one of these participants, or these sightings. */
export interface RedecisionScope {
  readonly addresses: readonly EmailAddress[];
  /** Exactly these domains, or with `subdomains` those below them too (the blacklist). */
  readonly domains: readonly Domain[];
  readonly subdomains: boolean;
  readonly sightingIds: readonly string[];
}
