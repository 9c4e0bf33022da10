import { classify as decide } from '../domain/classification.ts';
import { enterStage } from '../drizzle/loop.ts';
import { advance, progressAt } from '../drizzle/progress.ts';
import { classificationFacts } from '../drizzle/rule-facts.ts';
import { earlierVerdicts } from '../drizzle/verdicts.ts';
import type { BatchRef, StageResult } from './contract.ts';
import { connectedMailbox, type Dependencies } from './dependencies.ts';
import { addressesOf, withSightings } from './headers.ts';

/** Asks the rules of domain/classification.ts about each message: what is no customer mail stops here. */
export async function classify(deps: Dependencies, batch: BatchRef): Promise<StageResult> {
  const mailbox = await connectedMailbox(deps, batch.mailboxId);
  await enterStage(deps.db, mailbox.id, 'classify');
  return deps.db.transaction(async (db) => {
    const progress = await progressAt(db, batch.batchId, 'parsed');
    if (progress === null) return { passed: 0, skipped: 0 };
    const sightings = await withSightings(db, batch.batchId, progress);
    const facts = await classificationFacts(db, mailbox, addressesOf(sightings));
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
