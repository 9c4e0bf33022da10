/** `5 January 2026`, in UTC, for sentences. */
export function dayOf(at: Date): string {
  return DAY.format(at);
}

/** `5 January 2026, 14:04 UTC`. */
export function minuteOf(at: Date): string {
  return `${DAY.format(at)}, ${at.toISOString().slice(11, 16)} UTC`;
}

const DAY = new Intl.DateTimeFormat('en-GB', {
  ...{ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' },
});
