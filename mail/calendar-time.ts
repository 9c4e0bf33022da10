import ICAL from 'ical.js';

/**
 * A time of an event (RFC 5545 section 3.3.4 and 3.3.5) as ISO 8601: in UTC, as a date alone for whole days, or without
 * `Z` where nobody says in which zone (section 3.3.5, form 1, and names of zones that are known nowhere). `duration` is added.
 * null when it is no time.
 */
export function momentOf(property: ICAL.Property | null, duration?: unknown): string | null {
  const time = property === null ? null : timeOf(property);
  if (property === null || time === null) return null;
  if (duration !== undefined) {
    if (!(duration instanceof ICAL.Duration)) return null;
    time.addDuration(duration);
  }
  if (time.isDate) return time.toString();
  const local = time.toString().replace(/Z$/, '');
  const isFloating = time.zone === ICAL.Timezone.localTimezone;
  if (!isFloating) return isoOf(time.toUnixTime() * 1000);
  const zone = property.getFirstParameter('tzid');
  const offsetMs = offsetIn(zone, Date.parse(`${local}Z`));
  return offsetMs === null ? local : isoOf(Date.parse(`${local}Z`) - offsetMs);
}

/** null for what is no time; ical.js would take the 13th month for the first of the next year. */
function timeOf(property: ICAL.Property): ICAL.Time | null {
  const [, , , written] = property.toJSON() as readonly unknown[];
  if (typeof written !== 'string' || Number.isNaN(Date.parse(written))) return null;
  const time: unknown = property.getFirstValue();
  return time instanceof ICAL.Time ? time : null;
}

/**
 * How far the clocks of an IANA time zone are ahead of UTC, in milliseconds, when they show `local`; null for a name that
 * the platform does not know. A file should describe its zones (RFC 5545 section 3.6.5), and many do not.
 */
function offsetIn(zone: string | undefined, local: number): number | null {
  if (zone === undefined || !/^[\w/+-]{1,64}$/.test(zone)) return null;
  try {
    const shown = (moment: number): number =>
      Date.parse(
        `${new Date(moment).toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T')}Z`,
      );
    const guess = shown(local) - local;
    // The clocks may have been changed between the guess and the moment.
    return shown(local - guess) - (local - guess);
  } catch {
    return null;
  }
}

function isoOf(ms: number): string | null {
  return Number.isNaN(ms) ? null : new Date(ms).toISOString().replace('.000Z', 'Z');
}
