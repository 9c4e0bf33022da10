import { toGlobalId } from '../ids.ts';
import type { EngagementResolvers } from '../schema.generated.ts';
import { htmlOf } from './html-of.ts';
import { loadAll } from './load-all.ts';
import { required } from './required.ts';

export const Engagement: EngagementResolvers = {
  id: ({ id }) => toGlobalId('Engagement', id),
  author: ({ authorId }, _args, { loaders }) =>
    authorId === null ? null : loaders.User.load(authorId),
  participants: async ({ messageId }, _args, { loaders }) =>
    (await loaders.participants.load(messageId)) ?? [],
  contacts: ({ contactIds }, _args, { loaders }) => loadAll(loaders.Contact, contactIds),
  accounts: ({ accountIds }, _args, { loaders }) => loadAll(loaders.Account, accountIds),
  mailboxes: ({ mailboxIds }, _args, { loaders }) => loadAll(loaders.Mailbox, mailboxIds),
  text: async ({ id }, _args, { loaders }) => required(await loaders.content.load(id)).text,
  replyText: async ({ id }, _args, { loaders }) =>
    required(await loaders.content.load(id)).replyText,
  html: ({ id }, { remoteImages }, { loaders }) =>
    htmlOf(loaders, id, { hasRemoteImages: remoteImages }),
  attachments: async ({ id }, { includeEmbedded }, { loaders }) => {
    const files = (await loaders.attachments.load(id)) ?? [];
    return includeEmbedded ? files : files.filter(({ contentId }) => contentId === null);
  },
  calendar: async ({ id }, _args, { loaders }) => required(await loaders.content.load(id)).calendar,
  bounces: async ({ id }, _args, { loaders }) => (await loaders.bouncesOfEngagement.load(id)) ?? [],
  thread: ({ threadId }) => (threadId === null ? null : { id: threadId }),
};
