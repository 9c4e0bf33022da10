import { toGlobalId } from '../ids.ts';
import type { EngagementResolvers } from '../schema.generated.ts';
import { loadAll } from './load-all.ts';
import { required } from './required.ts';

export const Engagement: EngagementResolvers = {
  id: ({ id }) => toGlobalId('Engagement', id),
  participants: async ({ messageId }, _args, { loaders }) =>
    (await loaders.participants.load(messageId)) ?? [],
  contacts: ({ contactIds }, _args, { loaders }) => loadAll(loaders.Contact, contactIds),
  accounts: ({ accountIds }, _args, { loaders }) => loadAll(loaders.Account, accountIds),
  mailboxes: ({ mailboxIds }, _args, { loaders }) => loadAll(loaders.Mailbox, mailboxIds),
  text: async ({ id }, _args, { loaders }) => required(await loaders.content.load(id)).text,
  replyText: async ({ id }, _args, { loaders }) =>
    required(await loaders.content.load(id)).replyText,
  html: async ({ id }, _args, { loaders }) => required(await loaders.content.load(id)).html,
  attachments: async ({ id }, _args, { loaders }) => (await loaders.attachments.load(id)) ?? [],
  thread: ({ threadId }) => (threadId === null ? null : { id: threadId }),
};
