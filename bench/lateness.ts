/** When a visit of a mailbox was planned for, and since when it was (epoch ms). */
export interface Plan {
  readonly plannedAt: number;
  readonly since: number;
}

/**
 * Seconds from the planned time of a visit to its login, for every visit that was planned for the window (epoch ms); a
 * visit that is still owed counts up to the end of the window. `users` names the mailbox of each login.
 */
export function latenessBetween(
  users: ReadonlyMap<string, string>,
  plans: ReadonlyMap<string, readonly Plan[]>,
  logins: ReadonlyMap<string, readonly number[]>,
  [start, end]: readonly [number, number],
): readonly number[] {
  return [...users].flatMap(([user, id]) => {
    const times = logins.get(user) ?? [];
    // A plan that another one replaced before anybody logged in counts for nothing.
    const list = (plans.get(id) ?? []).filter(({ since }, index, all) => {
      const next = all[index + 1]?.since ?? Infinity;
      return next === Infinity || times.some((at) => at >= since && at < next);
    });
    return list
      .filter(({ plannedAt }) => plannedAt >= start && plannedAt < end)
      .map(({ plannedAt, since }) => {
        const loginAt = times.find((at) => at >= since) ?? end;
        return (Math.min(loginAt, end) - plannedAt) / 1000;
      });
  });
}
