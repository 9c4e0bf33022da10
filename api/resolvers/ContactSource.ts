import type { ContactSourceResolvers } from '../schema.generated.ts';
import { required } from './required.ts';

/** R33. */
export const ContactSource: ContactSourceResolvers = {
  message: async ({ messageId }, _args, { loaders }) =>
    required(await loaders.sourceMessages.load(messageId)),
  mailbox: ({ mailboxId }, _args, { loaders }) => loaders.Mailbox.load(mailboxId),
  engagement: async ({ messageId }, _args, { loaders }) => {
    const engagementId = await loaders.engagementByMessage.load(messageId);
    return engagementId === null ? null : loaders.Engagement.load(engagementId);
  },
};
