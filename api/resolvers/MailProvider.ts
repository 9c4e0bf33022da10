import type { MailProviderResolvers } from '../schema.generated.ts';

export const MailProvider: MailProviderResolvers = {
  code: ({ id }) => id,
  minPollMinutes: ({ limits }) => limits.minPollMinutes,
};
