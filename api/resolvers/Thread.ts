import { toGlobalId } from '../ids.ts';
import type { ThreadResolvers } from '../schema.generated.ts';
import { required } from './required.ts';
import { timeline } from './timeline.ts';

export const Thread: ThreadResolvers = {
  id: ({ id }) => toGlobalId('Thread', id),
  subject: async ({ id }, _args, { loaders }) =>
    (await loaders.threadSummary.load(id))?.subject ?? '',
  participants: async ({ id }, _args, { loaders }) =>
    (await loaders.threadSummary.load(id))?.participants ?? [],
  lastEngagementAt: async ({ id }, _args, { loaders }) =>
    (await loaders.threadSummary.load(id))?.lastEngagementAt ?? null,
  engagementCount: async ({ id }, _args, { loaders }) =>
    (await loaders.threadSummary.load(id))?.engagementCount ?? 0,
  engagements: async ({ id }, { order, ...args }, { loaders, viewer }) => {
    const chosen = order ?? required(await loaders.User.load(viewer.userId)).threadOrder;
    return timeline(loaders, 'thread', id, { ...args, order: chosen });
  },
};
