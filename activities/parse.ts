import { createHash, randomUUID } from 'node:crypto';
import { isInternal, type OwnIdentity } from '../domain/identity.ts';
import { messageKeyMaterial } from '../domain/message-key.ts';
import { storedReferences } from '../domain/thread.ts';
import { ownIdentity } from '../drizzle/facts.ts';
import { openSightings } from '../drizzle/ledger.ts';
import { enterStage } from '../drizzle/loop.ts';
import { saveParsed, type ParsedMessage } from '../drizzle/parsed.ts';
import { advance, stageOf } from '../drizzle/progress.ts';
import { saveDecisions, type Decided } from '../drizzle/verdicts.ts';
import type { BatchRef, StageResult } from './contract.ts';
import { connectedMailbox, type Dependencies } from './dependencies.ts';
import { eachAlone } from './each-alone.ts';
import { readSightings, type ReadSighting } from './headers.ts';

/** Reads the headers of a batch and stores each message once per workspace, under its key. */
export async function parse(deps: Dependencies, batch: BatchRef): Promise<StageResult> {
  const { workspaceId } = await connectedMailbox(deps, batch.mailboxId);
  const run = randomUUID();
  await enterStage(deps.db, batch.mailboxId, 'parse');
  return deps.db.transaction(async (db) => {
    if ((await stageOf(db, batch.batchId)) !== 'fetched') return { passed: 0, skipped: 0 };
    const own = await ownIdentity(db, workspaceId);
    const sightings = readSightings(
      { run, batchId: batch.batchId },
      await openSightings(db, batch.batchId),
    );
    const parsed = sightings.map((sighting) => toMessage(sighting, own));
    const ids = new Map<string, string>();
    const refused = await eachAlone(parsed, async (some) => {
      const saved = await db.transaction((inner) => saveParsed(inner, workspaceId, some));
      for (const [key, id] of saved) ids.set(key, id);
    });
    await saveDecisions(
      db,
      refused.map(({ sightingId }) => unstorable(sightingId)),
    );
    const isRefused = new Set(refused.map(({ sightingId }) => sightingId));
    const found = parsed.flatMap(({ sightingId: id, messageKey }) => {
      const messageId = ids.get(messageKey);
      return messageId === undefined || isRefused.has(id) ? [] : [{ id, messageId, outcome: null }];
    });
    await advance(db, batch.batchId, { from: 'fetched', to: 'parsed' }, { run, found });
    return { passed: found.length, skipped: refused.length };
  });
}

function toMessage({ id, headers, bodyStructure }: ReadSighting, own: OwnIdentity): ParsedMessage {
  const { internetMessageId, subject, fromRaw, sentAt, inReplyTo } = headers;
  const references = storedReferences(inReplyTo, headers.references);
  const messageKey = createHash('sha256')
    .update(messageKeyMaterial(headers, bodyStructure))
    .digest('hex');
  return {
    sightingId: id,
    messageKey,
    ...{ internetMessageId, subject, fromRaw, sentAt, inReplyTo, references },
    participants: headers.participants.map((participant) => ({
      ...participant,
      isInternal: isInternal(participant.address, own),
    })),
  };
}

/** One message whose headers PostgreSQL refuses must not hold up the others. */
function unstorable(id: string): Decided {
  const evidence = { problem: 'the headers hold data that cannot be stored' };
  const nothing = { messageId: null, reason: null, engagementId: null };
  return { id, verdict: 'failed', evidence, ...nothing };
}
