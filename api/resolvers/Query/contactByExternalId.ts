import type { QueryResolvers } from '../../schema.generated.ts';

export const contactByExternalId: QueryResolvers['contactByExternalId'] = async (
  _root,
  { externalId },
  { loaders },
) => {
  const id = await loaders.contactByExternalId.load(externalId.trim());
  return id === null ? null : loaders.Contact.load(id);
};
