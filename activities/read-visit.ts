import type { Checkpoint } from '../domain/checkpoint.ts';
import { ensureFolder, knownFolders } from '../drizzle/intake.ts';
import { MailError } from '../mail/errors.ts';
import type { FetchRequest } from './contract.ts';
import { chooseFolders, missingPaths } from './folders.ts';
import { readFolder, type FolderReading, type Reader } from './read-folder.ts';

/** Everything one batch found, over all folders. */
export interface Visit {
  readonly readings: readonly FolderReading[];
  readonly checkpoint: Checkpoint;
  readonly more: boolean;
  /** What kept a folder from being read, while the others were. */
  readonly trouble: MailError | null;
}

/** Reads the folders of the policy, one after the other, until the batch is full. */
export async function readVisit(reader: Reader, request: FetchRequest): Promise<Visit> {
  const { folders: policy } = reader.mailbox.policy;
  const listed = await reader.session.listFolders();
  const known = await knownFolders(reader.db, reader.mailbox.id);
  const readings: FolderReading[] = [];
  let [checkpoint, room, more] = [request.checkpoint, request.batchSize, false];
  let trouble = missingPaths(listed, policy).length === 0 ? null : missing();
  for (const folder of chooseFolders(listed, policy)) {
    const ours = known.get(folder.path) ?? (await ensureFolder(reader.db, reader.mailbox, folder));
    const since = checkpoint[ours.id] ?? null;
    const reading = await orFolderTrouble(readFolder(reader, ours, since, room));
    if (reading instanceof MailError) trouble ??= reading;
    if (reading === null || reading instanceof MailError) continue;
    readings.push(reading);
    if (reading.checkpoint !== null) checkpoint = { ...checkpoint, [ours.id]: reading.checkpoint };
    room -= reading.rows.length;
    more ||= reading.more;
  }
  return { readings, checkpoint, more, trouble };
}

/** One folder that is gone or closed to us must not stop the others. */
async function orFolderTrouble(
  reading: Promise<FolderReading | null>,
): Promise<FolderReading | MailError | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof MailError && error.kind === 'folder_missing') return error;
    throw error;
  }
}

function missing(): MailError {
  return new MailError('folder_missing', 'A folder that was selected does not exist.');
}
