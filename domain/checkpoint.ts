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
  readonly backfill?: { readonly next: number; readonly downTo: number };
}

/**
 * The last-scan checkpoint of a mailbox: one entry per folder, by our id of it (its path may name people, and checkpoints
 * stand in workflow histories). Losing it costs bandwidth, never mail.
 */
export type Checkpoint = Readonly<Record<string, FolderCheckpoint>>;

export const EMPTY_CHECKPOINT: Checkpoint = {};
