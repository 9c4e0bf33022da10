import type { EmailAddress } from '../domain/address.ts';
import type { MessageHeaders } from '../domain/message.ts';
import type { Db } from '../drizzle/database.ts';
import { openSightings, type OpenSighting } from '../drizzle/ledger.ts';
import { parseHeaderBlock } from '../mail/headers.ts';

/** A sighting of a batch with its own headers read. */
export type ReadSighting = Omit<OpenSighting, 'headerBlock'> & { readonly headers: MessageHeaders };

/** What is remembered of header blocks, in octets: read, they take a few times that. */
const MAX_REMEMBERED_OCTETS = 16 * 1024 * 1024;

interface Remembered {
  readonly batchId: string;
  readonly sightings: ReadonlyMap<string, ReadSighting>;
  readonly octets: number;
}

/**
 * What this process has read for the batches on their way, by run of `parse`, oldest first: the stages of a batch mostly
 * run in one worker. Each run has a new name, so what was fetched again is never answered with what it was before.
 */
const remembered = new Map<string, Remembered>();

/** Reads the headers of a batch and remembers them under the name of this run. */
export function readSightings(
  { run, batchId }: { readonly run: string; readonly batchId: string },
  sightings: readonly OpenSighting[],
): readonly ReadSighting[] {
  const read = sightings.map(({ headerBlock, ...sighting }) => ({
    ...sighting,
    headers: parseHeaderBlock(headerBlock),
  }));
  const octets = sightings.reduce((sum, { headerBlock }) => sum + headerBlock.length, 0);
  remembered.set(run, { batchId, sightings: new Map(read.map((one) => [one.id, one])), octets });
  dropOldest();
  return read;
}

/** The findings of an earlier stage, each with its sighting: from memory, or read once more from the store. */
export async function withSightings<Found extends { readonly id: string }>(
  db: Db,
  batchId: string,
  { run, found }: { readonly run: string; readonly found: readonly Found[] },
): Promise<readonly (Found & ReadSighting)[]> {
  if (found.length === 0) return [];
  if (!remembered.has(run)) readSightings({ run, batchId }, await openSightings(db, batchId));
  const sightings = remembered.get(run)?.sightings;
  return found.flatMap((finding) => {
    const sighting = sightings?.get(finding.id);
    return sighting === undefined ? [] : [{ ...sighting, ...finding }];
  });
}

/** The batch is committed. */
export function forgetSightings(batchId: string): void {
  for (const [run, one] of remembered) if (one.batchId === batchId) remembered.delete(run);
}

/** Every address of these messages, once. */
export function addressesOf(
  messages: readonly { readonly headers: MessageHeaders }[],
): readonly EmailAddress[] {
  const participants = messages.flatMap(({ headers }) => headers.participants);
  return [...new Set(participants.map(({ address }) => address))];
}

/** The newest stays, whatever its size: its batch is at work. */
function dropOldest(): void {
  let octets = [...remembered.values()].reduce((sum, one) => sum + one.octets, 0);
  for (const [run, one] of remembered) {
    if (octets <= MAX_REMEMBERED_OCTETS || remembered.size === 1) return;
    remembered.delete(run);
    octets -= one.octets;
  }
}
