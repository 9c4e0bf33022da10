import { matchHeaders } from '../domain/matching.ts';
import { enterStage } from '../drizzle/loop.ts';
import { advance, progressAt } from '../drizzle/progress.ts';
import { matchFacts } from '../drizzle/rule-facts.ts';
import type { BatchRef, StageResult } from './contract.ts';
import { connectedMailbox, type Dependencies } from './dependencies.ts';
import { addressesOf, withSightings } from './headers.ts';

/** Finds whose timelines each remaining message belongs on: contacts, accounts, contacts still to be made. */
export async function match(deps: Dependencies, batch: BatchRef): Promise<StageResult> {
  const mailbox = await connectedMailbox(deps, batch.mailboxId);
  await enterStage(deps.db, mailbox.id, 'match');
  return deps.db.transaction(async (db) => {
    const progress = await progressAt(db, batch.batchId, 'classified');
    if (progress === null) return { passed: 0, skipped: 0 };
    const sightings = await withSightings(db, batch.batchId, progress);
    const candidates = sightings.filter(({ outcome }) => outcome?.kind === 'candidate');
    const facts = await matchFacts(db, mailbox, addressesOf(candidates));
    const found = sightings.map(({ id, messageId, headers, outcome }) => ({
      ...{ id, messageId },
      outcome: outcome?.kind === 'skip' ? outcome : matchHeaders(headers, facts),
    }));
    const { run } = progress;
    await advance(db, batch.batchId, { from: 'classified', to: 'matched' }, { run, found });
    const passed = found.filter(({ outcome }) => outcome.kind === 'log').length;
    return { passed, skipped: candidates.length - passed };
  });
}
