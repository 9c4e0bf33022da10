import { providerById } from '../../domain/providers.ts';
import { loginAdvice } from '../../mail/advice.ts';
import type { MailSettingsResolvers } from '../schema.generated.ts';

export const MailSettings: MailSettingsResolvers = {
  provider: ({ provider }) => providerById(provider),
  // A login with a provider needs that this server is registered there.
  auth: ({ auth }, _args, { services: { oauth } }) =>
    auth.filter((way) => !(way === 'google' || way === 'microsoft') || oauth[way] !== undefined),
  loginAdvice: ({ provider }) => loginAdvice({ provider }),
};
