import type { OAuthProvider } from '../domain/authorization.ts';

/** What differs between the providers of OAuth 2. */
export interface OAuthProfile {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  /** Mail over IMAP, POP3 and SMTP, a refresh token, and who the person is. */
  readonly scopes: readonly string[];
  /** Further parameters of the authorisation request. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Whether an account may be let into the mailbox of another address: a shared mailbox. */
  readonly sharesMailboxes: boolean;
}

/**
 * Google: developers.google.com/identity/protocols/oauth2/web-server. Microsoft: learn.microsoft.com,
 * "Authenticate an IMAP, POP or SMTP connection using OAuth".
 */
export const OAUTH_PROFILES: Readonly<Record<OAuthProvider, OAuthProfile>> = {
  google: {
    authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: 'https://oauth2.googleapis.com/token',
    scopes: ['https://mail.google.com/', 'openid', 'email'],
    // Without both, a person who has consented before gets no refresh token.
    parameters: { access_type: 'offline', prompt: 'consent' },
    sharesMailboxes: false,
  },
  microsoft: {
    authorizeUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
    tokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
    scopes: [
      'https://outlook.office.com/IMAP.AccessAsUser.All',
      'https://outlook.office.com/POP.AccessAsUser.All',
      'https://outlook.office.com/SMTP.Send',
      ...['offline_access', 'openid', 'email', 'profile'],
    ],
    parameters: { prompt: 'select_account' },
    sharesMailboxes: true,
  },
};
