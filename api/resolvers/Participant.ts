import { withoutTag } from '../../domain/address.ts';
import type { ParticipantResolvers } from '../schema.generated.ts';

export const Participant: ParticipantResolvers = {
  /** R14: the exact address first, then the one without its tag. */
  contact: async ({ address }, _args, { loaders }) => {
    const untagged = withoutTag(address);
    const contactId =
      (await loaders.contactByAddress.load(address)) ??
      (untagged === null ? null : await loaders.contactByAddress.load(untagged));
    return contactId === null ? null : loaders.Contact.load(contactId);
  },
};
