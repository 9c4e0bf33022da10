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
