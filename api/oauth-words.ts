import type { EmailAddress } from '../domain/address.ts';
import type { OAuthProvider } from '../domain/authorization.ts';
import type { UserError } from './errors.ts';
import type { Page } from './oauth-page.ts';

export const PROVIDER_NAMES: Readonly<Record<OAuthProvider, string>> = {
  google: 'Google',
  microsoft: 'Microsoft',
};

const AGAIN = 'Nothing was changed. Start again in Mailroom.';

export function connectedPage(address: EmailAddress, kind: 'connect' | 'reconnect'): Page {
  const what = kind === 'connect' ? 'is connected' : 'is connected again';
  const text = ['Mailroom reads it from now on. You can close this window.'];
  return { status: 200, title: `${address} ${what}`, text };
}

/** The person said no, or the provider did (RFC 6749 section 4.1.2.1). */
export function declinedPage(provider: OAuthProvider, error: string): Page {
  const name = PROVIDER_NAMES[provider];
  if (error === 'access_denied') {
    const text = ['Mailroom was not allowed to read the mailbox.', AGAIN];
    return { status: 403, title: 'Access was not granted', text };
  }
  return {
    status: 502,
    title: `${name} did not let us ask`,
    text: [
      `${name} refused the question itself. Try again; if it stays like this, tell whoever runs Mailroom.`,
      AGAIN,
    ],
  };
}

export function wrongAccountPage(address: EmailAddress, account: EmailAddress): Page {
  return {
    status: 403,
    title: 'That was another account',
    text: [
      `You chose ${account}, and that account does not open ${address}.`,
      `${AGAIN} Choose ${address} there, or connect ${account} instead.`,
    ],
  };
}

/** No tokens: the code was too old, or the provider is out of order, or does not know us. */
export function noTokensPage(provider: OAuthProvider): Page {
  const name = PROVIDER_NAMES[provider];
  return {
    status: 502,
    title: `${name} gave no access`,
    text: [
      `${name} did not accept what it had just given us. Try again; if it stays like this, tell whoever runs Mailroom.`,
      AGAIN,
    ],
  };
}

/** The tokens are good, and the mailbox was refused all the same. */
export function refusedPage(provider: OAuthProvider, errors: readonly UserError[]): Page {
  const name = PROVIDER_NAMES[provider];
  const texts = errors.map(({ code, message }) =>
    code === 'authentication_failed'
      ? `${name} allows it, but its mail server does not let the account read this mailbox. Switch on IMAP in the settings of the mailbox, or ask its administrator to allow it.`
      : message,
  );
  return { status: 409, title: 'The mailbox was not connected', text: texts };
}
