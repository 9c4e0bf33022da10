import { budgetOf, bytesUsed, loginsUsed, type MailboxUsage } from '../domain/budget.ts';
import { hasBackfill, type Checkpoint } from '../domain/checkpoint.ts';
import { providerById } from '../domain/providers.ts';
import { GONE } from '../drizzle/folders.ts';
import type { FolderHealth, HistoryCount, ImportEnd } from '../drizzle/mailbox-health.ts';
import type { Mailbox } from '../drizzle/mailboxes.ts';

/** Headers, flags and structure of a message, with a share of the texts of those that are filed. */
const OCTETS_PER_MESSAGE = 4_000;

/** R56: the sum over the folders that the server has and that were compared with it; null when none was. */
export function coverageOf(folders: readonly FolderHealth[]) {
  const compared = folders.flatMap(({ parkedFor, onServer, recorded, missing, checkedAt }) =>
    parkedFor === GONE ||
    onServer === null ||
    recorded === null ||
    missing === null ||
    checkedAt === null
      ? []
      : [{ onServer, recorded, missing, checkedAt }],
  );
  const [first, ...rest] = compared;
  if (first === undefined) return null;
  return rest.reduce(
    (sum, folder) => ({
      onServer: sum.onServer + folder.onServer,
      recorded: sum.recorded + folder.recorded,
      missing: sum.missing + folder.missing,
      checkedAt: folder.checkedAt < sum.checkedAt ? folder.checkedAt : sum.checkedAt,
    }),
    first,
  );
}

/** R56: what was used of the allowance in force. */
export function usageShown({ provider, protocol, policy }: Mailbox, usage: MailboxUsage) {
  const budget = budgetOf(providerById(provider), protocol, policy);
  return {
    bytes: bytesUsed(usage),
    bytesPerDay: budget.bytesPerDay,
    liveBytes: Math.floor(budget.liveBytes),
    backfillBytes: Math.floor(budget.backfillBytes),
    logins: Math.ceil(loginsUsed(usage)),
    loginsPerHour: budget.loginsPerHour,
  };
}

/** R56: how far the history has been read; null where there is none to count. */
export function importShown(
  counted: HistoryCount | null,
  checkpoint: Checkpoint,
  end: ImportEnd | null,
) {
  if (counted === null || counted.total === 0) return null;
  const done = Math.min(counted.done, counted.total);
  const isRunning = hasBackfill(checkpoint);
  const remaining = isRunning ? counted.total - done : 0;
  return {
    ...{ total: counted.total, done, remaining },
    estimatedBytes: remaining * OCTETS_PER_MESSAGE,
    stopped: !isRunning && end?.kind === 'import_stopped',
    finishedAt: !isRunning && end?.kind === 'import_finished' ? end.at : null,
  };
}
