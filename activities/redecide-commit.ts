import type { SkipReason } from '../domain/decision.ts';
import type { Match } from '../domain/matching.ts';
import { headersOfCopy } from '../domain/redecision.ts';
import { verdictOn } from '../domain/verdict.ts';
import { settleBounces } from '../drizzle/bounces.ts';
import type { Db } from '../drizzle/database.ts';
import { loggedMessages } from '../drizzle/filing.ts';
import type { ConnectedMailbox } from '../drizzle/loop.ts';
import { lockConnected, replaceSkips, skippedCopies } from '../drizzle/redecision-scope.ts';
import { saveRedecision, type OpenRedecision } from '../drizzle/redecisions.ts';
import { ruleFacts } from '../drizzle/rule-facts.ts';
import { recordUnknown } from '../drizzle/unknown.ts';
import { earlierVerdicts, type Decided } from '../drizzle/verdicts.ts';
import { parseHeaderBlock } from '../mail/headers.ts';
import { correspondenceIn } from './bounces.ts';
import type { Download } from './download.ts';
import { MailboxGoneError } from './failures.ts';
import { addressesOf, type ReadSighting } from './headers.ts';
import { fileAndDecide, type Sighting } from './persist.ts';

/** Messages of one mailbox that are decided again. */
export interface Again {
  readonly redecision: OpenRedecision;
  readonly mailbox: ConnectedMailbox;
  readonly messageIds: readonly string[];
}

/** What the rules say of them now: each copy by itself, with the flags and the folder it had. */
export async function decideAgain(
  db: Db,
  { redecision, mailbox, messageIds }: Again,
): Promise<readonly (Sighting & { readonly reason: SkipReason })[]> {
  const copies = await skippedCopies(db, redecision, mailbox.id, messageIds);
  const sightings = copies.map(({ headerBlock, ...copy }) => ({
    ...copy,
    headers: headersOfCopy(parseHeaderBlock(headerBlock), copy),
  }));
  const facts = await ruleFacts(db, mailbox, addressesOf(sightings));
  const earlier = await earlierVerdicts(db, mailbox, messageIds);
  const logged = await loggedMessages(db, mailbox.workspaceId, messageIds);
  const outcomeOf = (sighting: ReadSighting, messageId: string): Match =>
    verdictOn(
      {
        ...sighting,
        structure: sighting.bodyStructure,
        earlier: earlier.get(messageId) ?? null,
      },
      facts,
    );
  return sightings.map((sighting) => ({
    ...sighting,
    outcome: outcomeOf(sighting, sighting.messageId),
    hasEngagement: logged.has(sighting.messageId),
  }));
}

/**
 * Files what is to be logged, by the functions and in the order of locks of `persist`, and replaces the decisions that have
 * become others. The rules are asked once more: while texts were downloaded, contacts may have gone and entries of the
 * blacklist come. Returns how many messages were logged.
 */
export async function commitAgain(
  db: Db,
  again: Again & { readonly downloads: ReadonlyMap<string, Download>; readonly done: number },
): Promise<number> {
  const { redecision, mailbox, downloads, done } = again;
  const { id: mailboxId, workspaceId } = mailbox;
  if (!(await lockConnected(db, mailboxId))) {
    throw new MailboxGoneError('The mailbox is not connected any more.');
  }
  const sightings = (await decideAgain(db, again)).filter(
    ({ outcome, hasEngagement, messageId }) =>
      outcome.kind === 'skip' || hasEngagement || downloads.has(messageId),
  );
  const filed = await fileAndDecide(db, mailbox, sightings, downloads);
  const decisions = filed.map(explained);
  const replaced = await replaceSkips(db, decisions);
  await settleBounces(db, workspaceId, correspondenceIn(sightings));
  const changed = decisions.filter(({ id }) => replaced.has(id));
  const before = new Map(sightings.map(({ id, reason }) => [id, reason]));
  await recordUnknown(
    db,
    workspaceId,
    changed.filter(({ id, reason }) => reason !== before.get(id)),
  );
  const logged = changed.filter(({ verdict }) => verdict === 'logged').length;
  await saveRedecision(db, redecision.id, { state: 'running', done, logged });
  return logged;
}

/** Only what is to be logged is asked for: of a message that is gone this is known as well. */
function explained(decision: Decided): Decided {
  if (decision.reason !== 'removed_on_server') return decision;
  return {
    ...decision,
    evidence: { ...decision.evidence, otherwise: 'it would have been logged' },
  };
}
