import { domainOf, type EmailAddress } from '../domain/address.ts';
import type { OAuthProvider } from '../domain/authorization.ts';
import type { ProviderProfile } from '../domain/provider.ts';
import { providerById, serversOf } from '../domain/providers.ts';
import type { MailboxServer, MailProtocol } from '../drizzle/mailboxes.ts';
import { required } from './resolvers/required.ts';

const PROFILES: Readonly<Record<OAuthProvider, string>> = { google: 'gmail', microsoft: 'outlook' };

/** How the mailboxes are read that a provider of OAuth gives access to. */
export function profileOf(provider: OAuthProvider): ProviderProfile {
  return providerById(PROFILES[provider]);
}

/** Where such a mailbox is read. XOAUTH2 names it by its address, whatever the user name was before. */
export function oauthServerOf(
  provider: OAuthProvider,
  address: EmailAddress,
  protocol: MailProtocol,
): MailboxServer {
  const servers = serversOf(profileOf(provider), domainOf(address));
  return { ...required(servers[protocol]), username: address };
}
