import { REASON_TEXTS } from '../../domain/decision.ts';
import type { Decision as DecisionValue } from '../../drizzle/decisions.ts';
import { toGlobalId } from '../ids.ts';
import type { Loaders } from '../loaders.ts';
import type { DecisionResolvers } from '../schema.generated.ts';
import { loadAll } from './load-all.ts';
import { required } from './required.ts';

const FAILED = {
  explanation: 'The message could not be processed and was set aside.',
  waiting: 'Nothing to do: it is tried again by itself.',
  advice:
    'Try it again once what is in the way may be gone, or discard it. If it fails again, tell whoever runs Mailroom, with the date and the folder.',
};

export const Decision: DecisionResolvers = {
  id: ({ id }) => toGlobalId('Decision', id),
  explanation: (decision, _args, { loaders }) => explanationOf(decision, loaders),
  advice: ({ verdict, reason, retryAt }) => {
    if (reason !== null) return REASON_TEXTS[reason].advice;
    if (verdict !== 'failed') return null;
    return retryAt === null ? FAILED.advice : FAILED.waiting;
  },
  evidence: ({ evidence }) => Object.entries(evidence).map(([name, value]) => ({ name, value })),
  mailbox: async ({ mailboxId }, _args, { loaders }) =>
    required(await loaders.Mailbox.load(mailboxId)),
  engagement: ({ engagementId }, _args, { loaders }) =>
    engagementId === null ? null : loaders.Engagement.load(engagementId),
};

async function explanationOf(
  { verdict, reason, engagementId }: DecisionValue,
  loaders: Loaders,
): Promise<string> {
  if (reason !== null) return REASON_TEXTS[reason].explanation;
  if (verdict === 'failed') return FAILED.explanation;
  const engagement = engagementId === null ? null : await loaders.Engagement.load(engagementId);
  if (engagement === null) return 'The message was logged, and deleted from the timelines later.';
  const contacts = await loadAll(loaders.Contact, engagement.contactIds);
  const accounts = await loadAll(loaders.Account, engagement.accountIds);
  const where = [
    ...counted(
      'contact',
      contacts.map(({ name, addresses }) => name || (addresses[0] ?? '')),
    ),
    ...counted(
      'account',
      accounts.map(({ name }) => name),
    ),
  ];
  if (where.length === 0) return 'The message was logged; its contacts have been deleted since.';
  return `The message was logged on the ${where.join(' and the ')}.`;
}

/** `contact Jill`, `contacts Jill, Joe`; nothing for nobody. */
function counted(noun: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  return [`${noun}${names.length > 1 ? 's' : ''} ${names.join(', ')}`];
}
