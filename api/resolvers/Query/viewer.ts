import type { QueryResolvers } from '../../schema.generated.ts';
import { required } from '../required.ts';

export const viewer: QueryResolvers['viewer'] = async (_root, _args, context) =>
  required(await context.loaders.User.load(context.viewer.userId));
