/** RFC 3464 section 2.3.3: gave up, still trying, and what a sender need not act on (`delivered`, `relayed`, `expanded`). */
export const BOUNCE_KINDS = ['failed', 'delayed', 'delivered'] as const;
export type BounceKind = (typeof BOUNCE_KINDS)[number];
