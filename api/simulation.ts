import type { SeenMessage } from '../domain/classification.ts';
import { REASON_TEXTS } from '../domain/decision.ts';
import { explainLogged } from '../domain/explanation-logged.ts';
import { explainSkip } from '../domain/explanation.ts';
import { directionOf, isInternal } from '../domain/identity.ts';
import type { Match, MatchedMessage } from '../domain/matching.ts';
import type { FolderUse } from '../domain/message.ts';
import type { Policy } from '../domain/policy.ts';
import { traceOf } from '../domain/trace.ts';
import { verdictOn, type RuleFacts } from '../domain/verdict.ts';
import type { Account } from '../drizzle/accounts.ts';
import { messageIdByKey } from '../drizzle/notes.ts';
import { ruleFacts } from '../drizzle/rule-facts.ts';
import { earlierVerdicts } from '../drizzle/verdicts.ts';
import { contentOf, messageKeyOf, type RawMessage } from '../mail/raw-message.ts';
import type { RequestContext } from './context.ts';
import { circumstancesOf, engagementOf, loggedContact } from './explaining.ts';
import { loadAll } from './resolvers/load-all.ts';

/** Where a message would be seen. */
export interface SeenWhere {
  /** null: in any mailbox that chooses no policies of its own. */
  readonly mailboxId: string | null;
  readonly policy: Policy;
  readonly folderUse: FolderUse;
  readonly flags: readonly string[];
}

/** R45: what the rules would say, in the words of a real decision. Reads as the viewer's workspace and writes nothing. */
export async function simulate(raw: RawMessage, where: SeenWhere, context: RequestContext) {
  const { headers, structure } = raw;
  const { messageId, earlier, facts } = await lookUp(raw, where, context);
  const now = new Date();
  const message: SeenMessage = {
    ...{ headers, structure, earlier, arrivedAt: now, startsAt: null },
    ...{ folderUse: where.folderUse, flags: where.flags },
  };
  const match = verdictOn(message, facts);
  const words = await wordsFor(match, { raw, messageId, where }, context);
  const isLogged = match.kind === 'log';
  const content = isLogged ? await contentOf(raw) : { text: null, replyText: null, html: null };
  const { subject, sentAt, internetMessageId, from, participants } = headers;
  return {
    verdict: isLogged ? ('logged' as const) : ('skipped' as const),
    ...words,
    trace: traceOf(isLogged ? null : match.reason).map((step) => ({
      ...step,
      explanation: REASON_TEXTS[step.rule].explanation,
    })),
    direction: from === null ? null : directionOf(from, facts.own),
    ...{ subject, sentAt, internetMessageId, ...content },
    participants: participants.map((one) => ({
      ...one,
      isInternal: isInternal(one.address, facts.own),
    })),
    attachmentNames: raw.attachments.map(({ fileName }) => fileName ?? ''),
    duplicateOf: await engagementOf(messageId, context.loaders),
  };
}

interface Found {
  readonly messageId: string | null;
  readonly earlier: SeenMessage['earlier'];
  readonly facts: RuleFacts;
}

function lookUp(
  raw: RawMessage,
  { mailboxId, policy }: SeenWhere,
  { read, viewer: { workspaceId } }: RequestContext,
): Promise<Found> {
  const addresses = new Set(raw.headers.participants.map(({ address }) => address));
  return read(async (db) => {
    const messageId = await messageIdByKey(db, workspaceId, messageKeyOf(raw));
    const facts = await ruleFacts(db, { workspaceId, policy }, [...addresses]);
    if (messageId === null) return { messageId, earlier: null, facts };
    const mailbox = { id: mailboxId ?? NO_MAILBOX, workspaceId };
    const earlier = (await earlierVerdicts(db, mailbox, [messageId])).get(messageId) ?? null;
    return { messageId, earlier, facts };
  });
}

/** The id of no mailbox: without one, nothing has been logged from here. */
const NO_MAILBOX = '00000000-0000-0000-0000-000000000000';

interface Asked {
  readonly raw: RawMessage;
  readonly messageId: string | null;
  readonly where: SeenWhere;
}

async function wordsFor(match: Match, { raw, messageId, where }: Asked, context: RequestContext) {
  const { loaders } = context;
  if (match.kind === 'log') return loggedWords(match, raw, context);
  const { reason, evidence } = match;
  const circumstances = await circumstancesOf(
    { reason, evidence, messageId },
    where.policy,
    loaders,
  );
  return {
    ...{ reason, ...explainSkip(reason, evidence, circumstances) },
    evidence: Object.entries(evidence).map(([name, value]) => ({ name, value })),
    ...{ contacts: [], accounts: [], newContacts: [] },
  };
}

async function loggedWords(match: MatchedMessage, raw: RawMessage, { loaders }: RequestContext) {
  const contacts = await loadAll(loaders.Contact, match.contactIds);
  const accounts = await loadAll(loaders.Account, match.accountIds);
  const accountWith = (id: string | null): Account | null =>
    accounts.find((account) => account.id === id) ?? null;
  const made = match.newContacts.map(({ address, name, accountId }) => ({
    ...{ name, addresses: [address], defaultAccountId: accountId, accountIds: [], isMade: true },
  }));
  const known = contacts.map((contact) => loggedContact(contact, false));
  const on = { participants: raw.headers.participants, accounts, contacts: [...known, ...made] };
  return {
    ...{ reason: null, advice: null, explanation: explainLogged(on, 'would be') },
    evidence: [{ name: 'direction', value: match.direction }],
    ...{ contacts, accounts },
    newContacts: match.newContacts.map(({ address, name, accountId }) => ({
      ...{ address, name, account: accountWith(accountId) },
    })),
  };
}
