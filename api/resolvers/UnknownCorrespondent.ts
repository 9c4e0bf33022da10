import { toGlobalId } from '../ids.ts';
import type { UnknownCorrespondentResolvers } from '../schema.generated.ts';

export const UnknownCorrespondent: UnknownCorrespondentResolvers = {
  id: ({ id }) => toGlobalId('UnknownCorrespondent', id),
  dismissedBy: ({ dismissedBy }, _args, { loaders }) =>
    dismissedBy === null ? null : loaders.User.load(dismissedBy),
  suggestedAccount: async ({ address }, _args, { loaders }) => {
    const accountId = await loaders.suggestedAccount.load(address);
    return accountId === null ? null : loaders.Account.load(accountId);
  },
};
