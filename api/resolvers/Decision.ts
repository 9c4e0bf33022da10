import { explain } from '../explaining.ts';
import { toGlobalId } from '../ids.ts';
import type { DecisionResolvers } from '../schema.generated.ts';
import { required } from './required.ts';

export const Decision: DecisionResolvers = {
  id: ({ id }) => toGlobalId('Decision', id),
  explanation: async (decision, _args, { loaders }) =>
    (await explain(decision, loaders)).explanation,
  advice: async (decision, _args, { loaders }) => (await explain(decision, loaders)).advice,
  evidence: ({ evidence }) => Object.entries(evidence).map(([name, value]) => ({ name, value })),
  bounces: async ({ id, reason }, _args, { loaders }) =>
    reason === 'bounce' ? ((await loaders.bouncesOfDecision.load(id)) ?? []) : [],
  mailbox: async ({ mailboxId }, _args, { loaders }) =>
    required(await loaders.Mailbox.load(mailboxId)),
  engagement: ({ engagementId }, _args, { loaders }) =>
    engagementId === null ? null : loaders.Engagement.load(engagementId),
};
