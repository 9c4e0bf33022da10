import type { QueryResolvers } from '../../schema.generated.ts';
import { required } from '../required.ts';

export const workspace: QueryResolvers['workspace'] = async (_root, _args, context) =>
  required(await context.loaders.Workspace.load(context.viewer.workspaceId));
