import type { QueryResolvers } from '../../schema.generated.ts';
import { byGlobalId } from '../by-global-id.ts';

export const engagement: QueryResolvers['engagement'] = (_root, { id }, { loaders }) =>
  byGlobalId('Engagement', id, loaders.Engagement);
