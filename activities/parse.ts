import { createHash } from 'node:crypto';
import { messageKeyMaterial } from '../domain/message-key.ts';
import { enterStage } from '../drizzle/loop.ts';
import {
  fetchedSightings,
  saveParsed,
  type FetchedSighting,
  type ParsedMessage,
} from '../drizzle/ledger.ts';
import { saveDecisions, type Decided } from '../drizzle/verdicts.ts';
import { parseHeaderBlock } from '../mail/headers.ts';
import type { BatchRef, StageResult } from './contract.ts';
import { connectedMailbox, type Dependencies } from './dependencies.ts';
import { eachAlone } from './each-alone.ts';

/** Reads the headers of a batch and stores each message once per workspace, under its key. */
export async function parse(deps: Dependencies, batch: BatchRef): Promise<StageResult> {
  const { workspaceId } = await connectedMailbox(deps, batch.mailboxId);
  return deps.db.transaction(async (db) => {
    await enterStage(db, batch.mailboxId, 'parse');
    const fetched = await fetchedSightings(db, batch.batchId);
    const refused = await eachAlone(fetched.map(parseSighting), (parsed) =>
      db.transaction((inner) => saveParsed(inner, workspaceId, parsed)),
    );
    await saveDecisions(
      db,
      refused.map(({ sightingId }) => unstorable(sightingId)),
    );
    return { passed: fetched.length - refused.length, skipped: refused.length };
  });
}

function parseSighting({ id, headerBlock, bodyStructure, size }: FetchedSighting): ParsedMessage {
  const headers = parseHeaderBlock(headerBlock);
  const { internetMessageId, subject, fromRaw, sentAt, inReplyTo, references } = headers;
  const messageKey = createHash('sha256')
    .update(messageKeyMaterial(headers, bodyStructure))
    .digest('hex');
  return {
    sightingId: id,
    messageKey,
    ...{ internetMessageId, subject, fromRaw, sentAt, inReplyTo, references },
    ...{ headerBlock, bodyStructure, size },
    participants: headers.participants,
  };
}

/** One message whose headers PostgreSQL refuses must not hold up the others. */
function unstorable(id: string): Decided {
  const evidence = { problem: 'the headers hold data that cannot be stored' };
  return { id, verdict: 'failed', reason: null, evidence, engagementId: null };
}
