/**
 * How far one folder has been decided. Every UID up to `lastUid` under this `uidValidity` has a committed decision
 * or belongs to `backfill`; what is above has not been looked at. Numbers are decimal strings where 64 bits are possible (RFC 7162 mod-sequences).
 */
export interface FolderCheckpoint {
  readonly uidValidity: string;
  readonly lastUid: number;
  /**
   * The history that is still to be read, newest first: UIDs above `downTo`, up to `next`, both below `lastUid`.
   * Absent when there is none left.
   */
  readonly backfill?: Backfill;
  /** UIDs up to it are older than the history that was asked for; absent when all of it was. */
  readonly historyAbove?: number;
}

/** UIDs above `downTo`, up to `next`. */
export interface Backfill {
  readonly next: number;
  readonly downTo: number;
}

/**
 * The last-scan checkpoint of a mailbox: one entry per folder, by our id of it (its path may name people, and checkpoints
 * stand in workflow histories). Losing it costs bandwidth, never mail.
 */
export type Checkpoint = Readonly<Record<string, FolderCheckpoint>>;

export const EMPTY_CHECKPOINT: Checkpoint = {};

/** Whether any folder still has history to read. */
export function hasBackfill(checkpoint: Checkpoint): boolean {
  return Object.values(checkpoint).some(({ backfill }) => backfill !== undefined);
}

/** The same place without any history ahead: somebody does not want the rest of it. */
export function withoutBackfill(checkpoint: Checkpoint): Checkpoint {
  return Object.fromEntries(
    Object.entries(checkpoint).map(([id, { uidValidity, lastUid, historyAbove }]) => [
      id,
      { uidValidity, lastUid, ...(historyAbove === undefined ? {} : { historyAbove }) },
    ]),
  );
}
