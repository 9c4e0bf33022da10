import { accountOf } from '../../domain/matching.ts';
import { toGlobalId } from '../ids.ts';
import type { ContactResolvers } from '../schema.generated.ts';
import { loadAll } from './load-all.ts';
import { required } from './required.ts';
import { timeline } from './timeline.ts';

export const Contact: ContactResolvers = {
  id: ({ id }) => toGlobalId('Contact', id),
  primaryAddress: ({ addresses }) => required(addresses[0]),
  alternateAddresses: ({ addresses }) => addresses.slice(1),
  bouncedAddresses: async ({ id }, _args, { loaders }) =>
    (await loaders.bouncedAddresses.load(id)) ?? [],
  accounts: ({ accountIds }, _args, { loaders }) => loadAll(loaders.Account, accountIds),
  defaultAccount: (contact, _args, { loaders }) => {
    const accountId = accountOf(contact);
    return accountId === null ? null : loaders.Account.load(accountId);
  },
  source: ({ source, createdAt }) => (source === null ? null : { ...source, madeAt: createdAt }),
  engagements: ({ id }, args, { loaders }) => timeline(loaders, 'contact', id, args),
};
