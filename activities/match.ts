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
import { saveOutcomes, sightingsInStage } from '../drizzle/ledger.ts';
import { enterStage, type ConnectedMailbox } from '../drizzle/loop.ts';
import type { BatchRef, StageResult } from './contract.ts';
import { connectedMailbox, type Dependencies } from './dependencies.ts';
import { addressesOf, withHeaders } from './headers.ts';

/** Finds whose timelines each remaining message belongs on: contacts, accounts, contacts still to be made. */
export async function match(deps: Dependencies, batch: BatchRef): Promise<StageResult> {
  const mailbox = await connectedMailbox(deps, batch.mailboxId);
  return deps.db.transaction(async (db) => {
    await enterStage(db, mailbox.id, 'match');
    const sightings = withHeaders(await sightingsInStage(db, batch.batchId, 'classified'));
    const candidates = sightings.filter(({ outcome }) => outcome?.kind === 'candidate');
    const facts = await loadFacts(db, mailbox, addressesOf(candidates));
    const outcomes = sightings.map(({ id, headers, outcome }) => ({
      id,
      outcome: outcome?.kind === 'skip' ? outcome : matchHeaders(headers, facts),
    }));
    await saveOutcomes(db, { from: 'classified', to: 'matched' }, outcomes);
    const passed = outcomes.filter(({ outcome }) => outcome.kind === 'log').length;
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
