/** A value that the database guarantees; its absence is a defect, or a row deleted between two statements. */
export function required<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('a row that must exist is not there');
  return value;
}
