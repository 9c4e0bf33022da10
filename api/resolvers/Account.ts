import { toGlobalId } from '../ids.ts';
import type { AccountResolvers } from '../schema.generated.ts';
import { timeline } from './timeline.ts';

export const Account: AccountResolvers = {
  id: ({ id }) => toGlobalId('Account', id),
  parent: ({ parentId }, _args, { loaders }) =>
    parentId === null ? null : loaders.Account.load(parentId),
  engagements: ({ id }, args, { loaders }) => timeline(loaders, 'account', id, args),
};
