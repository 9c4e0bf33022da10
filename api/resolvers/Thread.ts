import { toGlobalId } from '../ids.ts';
import type { ThreadResolvers } from '../schema.generated.ts';
import { timeline } from './timeline.ts';

export const Thread: ThreadResolvers = {
  id: ({ id }) => toGlobalId('Thread', id),
  engagements: ({ id }, args, { loaders }) => timeline(loaders, 'thread', id, args),
};
