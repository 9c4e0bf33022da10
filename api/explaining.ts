import { parseAddress, withoutTag, type EmailAddress } from '../domain/address.ts';
import type { Evidence, SkipReason } from '../domain/decision.ts';
import { explainLogged, type LoggedContact } from '../domain/explanation-logged.ts';
import {
  explainFailure,
  explainSkip,
  NEEDS,
  type Circumstances,
  type Explanation,
} from '../domain/explanation.ts';
import type { Policy } from '../domain/policy.ts';
import type { Contact } from '../drizzle/contacts.ts';
import type { Decision } from '../drizzle/decisions.ts';
import type { Loaders } from './loaders.ts';
import { loadAll } from './resolvers/load-all.ts';
import { required } from './resolvers/required.ts';

/** R45: why, in words, with the names and times behind it as they are today. */
export async function explain(decision: Decision, loaders: Loaders): Promise<Explanation> {
  const { verdict, reason, evidence, mailboxId, messageId } = decision;
  if (reason !== null) {
    const { policy } = required(await loaders.Mailbox.load(mailboxId));
    const about = { reason, evidence, messageId };
    return explainSkip(reason, evidence, await circumstancesOf(about, policy, loaders));
  }
  if (verdict === 'failed') return explainFailure(evidence, decision);
  return { explanation: await loggedWhere(decision, loaders), advice: null };
}

interface Skipped {
  readonly reason: SkipReason;
  readonly evidence: Evidence;
  readonly messageId: string | null;
}

/** Only what the words for this reason use. */
export async function circumstancesOf(
  { reason, evidence, messageId }: Skipped,
  policy: Policy,
  loaders: Loaders,
): Promise<Circumstances> {
  switch (NEEDS[reason]) {
    case 'entry': {
      const { entry } = evidence;
      return entry === undefined
        ? { policy }
        : { policy, entry: await loaders.entryOrigin.load(entry) };
    }
    case 'deletion':
      return messageId === null
        ? { policy }
        : { policy, deletion: await loaders.deletion.load(messageId) };
    case 'engagement':
      return { policy, engagement: await engagementOf(messageId, loaders) };
    case 'contact':
      return { policy, contact: await contactToday(evidence, loaders) };
    case 'policy':
    case undefined:
      break;
  }
  return { policy };
}

export async function engagementOf(messageId: string | null, loaders: Loaders) {
  const id = messageId === null ? null : await loaders.engagementByMessage.load(messageId);
  return id === null ? null : loaders.Engagement.load(id);
}

/** The first of those nobody knew who is a contact now. */
async function contactToday(
  { sender, recipients = '' }: Evidence,
  loaders: Loaders,
): Promise<Contact | null> {
  const unknown = (sender ?? recipients).split(', ').flatMap((one) => parseAddress(one) ?? []);
  const addresses = unknown.flatMap((one): readonly EmailAddress[] => {
    const untagged = withoutTag(one);
    return untagged === null ? [one] : [one, untagged];
  });
  const [contact] = await loadAll(
    loaders.Contact,
    (await loadAll(loaders.contactByAddress, addresses)).slice(0, 1),
  );
  return contact ?? null;
}

async function loggedWhere(
  { engagementId, messageId }: Decision,
  loaders: Loaders,
): Promise<string> {
  const engagement = engagementId === null ? null : await loaders.Engagement.load(engagementId);
  if (engagement === null) {
    const deletion = messageId === null ? null : await loaders.deletion.load(messageId);
    const by = deletion?.by == null ? '' : ` by ${deletion.by}`;
    return `The message was logged, and deleted from the timelines later${by}.`;
  }
  const participants = (await loaders.participants.load(engagement.messageId)) ?? [];
  const contacts = await loadAll(loaders.Contact, engagement.contactIds);
  const accounts = await loadAll(loaders.Account, engagement.accountIds);
  const isMade = ({ source }: Contact) => source?.messageId === messageId;
  return explainLogged(
    { participants, accounts, contacts: contacts.map((one) => loggedContact(one, isMade(one))) },
    'was',
  );
}

export function loggedContact(contact: Contact, isMade: boolean): LoggedContact {
  const { name, addresses, defaultAccountId, accountIds } = contact;
  return { name, addresses, defaultAccountId, accountIds, isMade };
}
