const DAY_MS = 24 * 60 * 60 * 1000;
/** Before there was mail as we know it; clocks that were never set say 1970. */
const EARLIEST = Date.UTC(1982, 7, 13);

/**
 * When a message took place (R42): as its Date header says, which the sender writes as they like, unless that is missing,
 * before RFC 822, or more than a day after the message arrived: then when it arrived.
 */
export function occurredAt(sentAt: Date | null, arrivedAt: Date): Date {
  if (sentAt === null || sentAt.getTime() < EARLIEST) return arrivedAt;
  return sentAt.getTime() > arrivedAt.getTime() + DAY_MS ? arrivedAt : sentAt;
}

/** A filed message, or what a user put on a timeline by hand (R44). */
export const ENGAGEMENT_KINDS = ['email', 'note'] as const;
export type EngagementKind = (typeof ENGAGEMENT_KINDS)[number];

/** What an invitation says (RFC 5545, RFC 5546), as far as a timeline shows it. */
export interface CalendarInvite {
  /** iTIP method in upper case, e.g. `REQUEST`, `REPLY`, `CANCEL`, `COUNTER`; `PUBLISH` when none is named. */
  readonly method: string;
  readonly summary: string;
  /** Address of the organiser, null when absent or not an address. */
  readonly organizer: string | null;
  /**
   * ISO 8601 in UTC; a date alone (`2026-11-22`) for whole days; without `Z` (`2026-11-22T10:00:00`) when the zone is
   * unknown; null when absent.
   */
  readonly start: string | null;
  /** The same; of whole days the day after the last one (RFC 5545 section 3.6.1). */
  readonly end: string | null;
  readonly location: string;
  readonly uid: string;
}
