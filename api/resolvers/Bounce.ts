import { bounceExplanation } from '../../domain/bounce.ts';
import type { BounceResolvers } from '../schema.generated.ts';

export const Bounce: BounceResolvers = {
  explanation: (bounce) => bounceExplanation(bounce),
  engagement: ({ engagementId }, _args, { loaders }) =>
    engagementId === null ? null : loaders.Engagement.load(engagementId),
};
