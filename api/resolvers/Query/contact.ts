import type { QueryResolvers } from '../../schema.generated.ts';
import { byGlobalId } from '../by-global-id.ts';

export const contact: QueryResolvers['contact'] = (_root, { id }, { loaders }) =>
  byGlobalId('Contact', id, loaders.Contact);
