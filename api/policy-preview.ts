import type { Domain, EmailAddress } from '../domain/address.ts';
import { effectsOf, type ComparedCopy, type PolicyEffect } from '../domain/policy-preview.ts';
import { FILING_POLICIES, type Policy } from '../domain/policy.ts';
import { verdictOn, type RuleFacts } from '../domain/verdict.ts';
import type { Db } from '../drizzle/database.ts';
import { decidedCopies, type DecidedCopy } from '../drizzle/policy-preview.ts';
import { ruleFacts } from '../drizzle/rule-facts.ts';
import { parseHeaderBlock } from '../mail/headers.ts';
import type { RequestContext } from './context.ts';

const LOOK_BACK_MS = 30 * 24 * 3_600_000;
/** Read and decided in one go: their headers are a few MB. */
const PAGE = 500;
const PAGES = 10;

/** A mailbox, and what would be in force there. */
export interface ProposedMailbox {
  readonly id: string;
  readonly before: Policy;
  readonly after: Policy;
}

export interface Proposal {
  readonly mailboxes: readonly ProposedMailbox[];
  /** The workspace's own domains instead of the present ones; undefined leaves them. */
  readonly internalDomains?: readonly Domain[] | undefined;
}

export interface Preview {
  readonly since: Date;
  readonly messageCount: number;
  readonly isCut: boolean;
  readonly effects: readonly PolicyEffect[];
}

/**
 * Decides the mail of the last 30 days once more under both policies, with the contacts and lists of today; stores nothing.
 * Each page is a transaction of its own with a few statements.
 */
export async function previewPolicy(
  { read, viewer }: RequestContext,
  proposal: Proposal,
): Promise<Preview> {
  const since = new Date(Date.now() - LOOK_BACK_MS);
  const mailboxIds = proposal.mailboxes.map(({ id }) => id);
  const compared: ComparedCopy[] = [];
  let after: string | null = null;
  let isCut = mailboxIds.length > 0;
  for (let page = 0; isCut && page < PAGES; page += 1) {
    const request = { after, limit: PAGE };
    const part = await read(async (db) => {
      const copies = await decidedCopies(db, { mailboxIds, since }, request);
      return compare(db, viewer.workspaceId, proposal, copies);
    });
    compared.push(...part);
    after = part.at(-1)?.sightingId ?? after;
    isCut = part.length === PAGE;
  }
  const messageCount = new Set(compared.map(({ messageId }) => messageId)).size;
  return { since, messageCount, isCut, effects: effectsOf(compared) };
}

async function compare(
  db: Db,
  workspaceId: string,
  proposal: Proposal,
  copies: readonly DecidedCopy[],
): Promise<readonly ComparedCopy[]> {
  if (copies.length === 0) return [];
  const read = copies.map((copy) => ({ ...copy, headers: parseHeaderBlock(copy.headerBlock) }));
  const addresses = read.flatMap(({ headers }) =>
    headers.participants.map(({ address }) => address),
  );
  const scope = { workspaceId, addresses: [...new Set(addresses)] };
  const rules = await rulesOf(db, scope, proposal);
  return read.flatMap((copy) => {
    const asked = rules.get(copy.mailboxId);
    if (asked === undefined) return [];
    const message = {
      ...copy,
      structure: copy.bodyStructure,
      startsAt: null,
      earlier: copy.isDeleted ? ('deleted' as const) : null,
    };
    const [before, after] = [verdictOn(message, asked.before), verdictOn(message, asked.after)];
    return { messageId: copy.messageId, sightingId: copy.id, before, after };
  });
}

/** What is asked of each mailbox. Most follow the workspace, so that two sets of facts do for all of them. */
async function rulesOf(
  db: Db,
  { workspaceId, addresses }: { workspaceId: string; addresses: readonly EmailAddress[] },
  { mailboxes, internalDomains }: Proposal,
): Promise<ReadonlyMap<string, { readonly before: RuleFacts; readonly after: RuleFacts }>> {
  const found = new Map<string, RuleFacts>();
  const factsUnder = async (policy: Policy): Promise<RuleFacts> => {
    const key = FILING_POLICIES.map((name) => policy[name]).join();
    const facts = found.get(key) ?? (await ruleFacts(db, { workspaceId, policy }, addresses));
    found.set(key, facts);
    return facts;
  };
  const rules = new Map<string, { before: RuleFacts; after: RuleFacts }>();
  for (const { id, before, after } of mailboxes) {
    const { own, ...facts } = await factsUnder(after);
    const proposed =
      internalDomains === undefined ? own : { ...own, internalDomains: new Set(internalDomains) };
    rules.set(id, { before: await factsUnder(before), after: { ...facts, own: proposed } });
  }
  return rules;
}
