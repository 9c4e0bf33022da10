import type { EmailAddress } from '../domain/address.ts';
import { classify as decide, type ClassificationFacts } from '../domain/classification.ts';
import { isInternal } from '../domain/identity.ts';
import type { Db } from '../drizzle/database.ts';
import { blacklistFor, contactNames, ownIdentity } from '../drizzle/facts.ts';
import { enterStage, type ConnectedMailbox } from '../drizzle/loop.ts';
import { advance, progressAt } from '../drizzle/progress.ts';
import { earlierVerdicts } from '../drizzle/verdicts.ts';
import type { BatchRef, StageResult } from './contract.ts';
import { connectedMailbox, type Dependencies } from './dependencies.ts';
import { addressesOf, withSightings } from './headers.ts';

/** Asks the rules of domain/classification.ts about each message: what is no customer mail stops here. */
export async function classify(deps: Dependencies, batch: BatchRef): Promise<StageResult> {
  const mailbox = await connectedMailbox(deps, batch.mailboxId);
  return deps.db.transaction(async (db) => {
    await enterStage(db, mailbox.id, 'classify');
    const progress = await progressAt(db, batch.batchId, 'parsed');
    if (progress === null) return { passed: 0, skipped: 0 };
    const sightings = await withSightings(db, batch.batchId, progress);
    const facts = await loadFacts(db, mailbox, addressesOf(sightings));
    const earlier = await earlierVerdicts(
      db,
      mailbox,
      sightings.map(({ messageId }) => messageId),
    );
    const found = sightings.map((sighting) => ({
      id: sighting.id,
      messageId: sighting.messageId,
      outcome: decide(
        {
          ...sighting,
          structure: sighting.bodyStructure,
          earlier: earlier.get(sighting.messageId) ?? null,
        },
        facts,
      ),
    }));
    const { run } = progress;
    await advance(db, batch.batchId, { from: 'parsed', to: 'classified' }, { run, found });
    const skipped = found.filter(({ outcome }) => outcome.kind === 'skip').length;
    return { passed: found.length - skipped, skipped };
  });
}

/** One lookup of each kind for the whole batch. */
async function loadFacts(
  db: Db,
  { workspaceId, policy }: ConnectedMailbox,
  addresses: readonly EmailAddress[],
): Promise<ClassificationFacts> {
  const own = await ownIdentity(db, workspaceId);
  const internal = addresses.filter((address) => isInternal(address, own));
  return {
    own,
    policy,
    blacklist: await blacklistFor(db, workspaceId, addresses),
    contactNames: await contactNames(db, workspaceId, internal),
  };
}
