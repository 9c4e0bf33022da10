import type { EmailAddress } from './address.ts';
import type { Policy } from './policy.ts';

/** Providers whose mailboxes are opened with OAuth 2 instead of a password. */
export const OAUTH_PROVIDERS = ['google', 'microsoft'] as const;
export type OAuthProvider = (typeof OAUTH_PROVIDERS)[number];

/** What a provider gives for a mailbox (RFC 6749 section 5.1). Secrets: only ever stored sealed. */
export interface OAuthTokens {
  /** Good for months; each use may replace it. */
  readonly refreshToken: string;
  /** What logs in, for about an hour. */
  readonly accessToken: string;
  /** When `accessToken` ends, in epoch ms. */
  readonly expiresAt: number;
}

/** What is to be done once a person comes back from the provider. Stored meanwhile: fields are only added. */
export type AuthorizationRequest =
  | {
      readonly kind: 'connect';
      readonly address: EmailAddress;
      readonly policy: Partial<Policy>;
    }
  | {
      readonly kind: 'reconnect';
      readonly address: EmailAddress;
      readonly mailboxId: string;
    };
