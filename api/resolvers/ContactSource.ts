import type { ContactSourceResolvers } from '../schema.generated.ts';

export const ContactSource: ContactSourceResolvers = {
  mailbox: ({ mailboxId }, _args, { loaders }) => loaders.Mailbox.load(mailboxId),
  engagement: async ({ messageId }, _args, { loaders }) => {
    const engagementId = await loaders.engagementByMessage.load(messageId);
    return engagementId === null ? null : loaders.Engagement.load(engagementId);
  },
};
