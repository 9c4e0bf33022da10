import type { QueryResolvers } from '../../schema.generated.ts';

export const accountByExternalId: QueryResolvers['accountByExternalId'] = async (
  _root,
  { externalId },
  { loaders },
) => {
  const id = await loaders.accountByExternalId.load(externalId.trim());
  return id === null ? null : loaders.Account.load(id);
};
