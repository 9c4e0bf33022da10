import type { QueryResolvers } from '../../schema.generated.ts';
import { byGlobalId } from '../by-global-id.ts';

export const account: QueryResolvers['account'] = (_root, { id }, { loaders }) =>
  byGlobalId('Account', id, loaders.Account);
