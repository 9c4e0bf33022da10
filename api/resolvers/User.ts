import { toGlobalId } from '../ids.ts';
import type { UserResolvers } from '../schema.generated.ts';
import { required } from './required.ts';

export const User: UserResolvers = {
  id: ({ id }) => toGlobalId('User', id),
  workspace: async ({ workspaceId }, _args, { loaders }) =>
    required(await loaders.Workspace.load(workspaceId)),
};
