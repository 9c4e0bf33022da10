import type { EmailAddress } from '../domain/address.ts';
import { skip } from '../domain/decision.ts';
import { match as decide, type Match, type MatchFacts } from '../domain/matching.ts';
import type { MessageHeaders } from '../domain/message.ts';
import { isSharedDomain } from '../domain/shared-domain.ts';
import type { Db } from '../drizzle/database.ts';
import {
  accountsByDomain,
  blacklistFor,
  contactsByAddress,
  ownIdentity,
} from '../drizzle/facts.ts';
import { enterStage, type ConnectedMailbox } from '../drizzle/loop.ts';
import { advance, progressAt } from '../drizzle/progress.ts';
import type { BatchRef, StageResult } from './contract.ts';
import { connectedMailbox, type Dependencies } from './dependencies.ts';
import { addressesOf, withSightings } from './headers.ts';

/** Finds whose timelines each remaining message belongs on: contacts, accounts, contacts still to be made. */
export async function match(deps: Dependencies, batch: BatchRef): Promise<StageResult> {
  const mailbox = await connectedMailbox(deps, batch.mailboxId);
  return deps.db.transaction(async (db) => {
    await enterStage(db, mailbox.id, 'match');
    const progress = await progressAt(db, batch.batchId, 'classified');
    if (progress === null) return { passed: 0, skipped: 0 };
    const sightings = await withSightings(db, batch.batchId, progress);
    const candidates = sightings.filter(({ outcome }) => outcome?.kind === 'candidate');
    const facts = await loadFacts(db, mailbox, addressesOf(candidates));
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

function matchHeaders({ from, fromRaw, participants }: MessageHeaders, facts: MatchFacts): Match {
  if (from === null) return skip('unparsable', { from: fromRaw });
  return decide(from, participants, facts);
}

async function loadFacts(
  db: Db,
  { workspaceId, policy }: ConnectedMailbox,
  addresses: readonly EmailAddress[],
): Promise<MatchFacts> {
  return {
    own: await ownIdentity(db, workspaceId),
    blacklist: await blacklistFor(db, workspaceId, addresses),
    contactsByAddress: await contactsByAddress(db, workspaceId, addresses),
    accountByDomain: await accountsByDomain(db, workspaceId, addresses),
    isSharedDomain,
    unknownCorrespondents: policy.unknownCorrespondents,
  };
}
