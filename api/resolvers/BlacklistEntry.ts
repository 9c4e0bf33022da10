import { toGlobalId } from '../ids.ts';
import type { BlacklistEntryResolvers } from '../schema.generated.ts';

export const BlacklistEntry: BlacklistEntryResolvers = {
  id: ({ id }) => toGlobalId('BlacklistEntry', id),
  author: ({ authorId }, _args, { loaders }) =>
    authorId === null ? null : loaders.User.load(authorId),
};
