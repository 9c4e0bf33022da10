import { DETAIL_ADVICE, type Advice } from './advice-by-detail.ts';
import { PROVIDER_ADVICE, type ProviderAdvice } from './advice-by-provider.ts';
import type { FailureDetail } from './error-details.ts';
import { MAIL_ERROR_KINDS, type MailErrorKind } from './errors.ts';

const WAITS = 'Nothing to do: Mailroom tries again by itself and misses no mail.';

/** The words of each failure, for `Mailbox.lastError` and for the errors of testMailbox (R50, R56). */
export const MAIL_ERROR_ADVICE: Readonly<Record<MailErrorKind, Advice>> = {
  authentication_failed: {
    message: 'The provider refused the user name or password.',
    advice:
      'Check the user name and the password. Many providers want an app password here: create one in the security settings of the mail account, then reconnect the mailbox.',
  },
  authorization_failed: {
    message: 'The provider does not let this account be read by a mail program with a password.',
    advice:
      'Switch on access by IMAP or POP3 in the settings of the mail account, or ask its administrator to allow it, then reconnect the mailbox.',
  },
  tls_failed: {
    message: 'No secure connection to the mail server could be made.',
    advice:
      'Check the host name, the port and the kind of encryption. If they are right, the certificate of the mail server must be renewed by whoever runs it.',
  },
  host_refused: {
    message: 'Mailroom may not connect to this host and port.',
    advice:
      'Use the public name of the mail server with port 993 or 143 for IMAP, 995 or 110 for POP3. Addresses inside a private network are refused.',
  },
  throttled: {
    message: 'The provider asks for a pause: the mailbox was read too often or too much.',
    advice: `${WAITS} If it happens often, close other mail programs on this mailbox or choose a longer interval between visits.`,
  },
  connection_lost: { message: 'The connection to the mail server broke off.', advice: WAITS },
  timed_out: {
    message: 'The mail server did not answer in time.',
    advice: `${WAITS} If it never answers, check the host name and the port.`,
  },
  server_unavailable: {
    message: 'The mail server is not available at the moment.',
    advice: `${WAITS} If it never becomes available, check the host name.`,
  },
  folder_missing: {
    message: 'A folder of the mailbox does not exist or may not be read.',
    advice:
      'If it was renamed, choose it again in the settings of the mailbox; if it is there, let the account read it. All other folders are read.',
  },
  message_too_large: {
    message: 'A message is larger than what Mailroom reads.',
    advice: 'Nothing to do: the message is listed as not filed; all others are filed.',
  },
  protocol_violation: {
    message: 'The mail server gave an answer that Mailroom does not understand.',
    advice: `${WAITS} If it stays like this, tell whoever runs Mailroom.`,
  },
};

const TRY_AGAIN = 'Check host name and port, or try again in a few minutes.';
const ACCESS_WITHDRAWN: Advice = {
  message: 'The provider no longer accepts the access that was granted to Mailroom.',
  advice: 'Reconnect the mailbox by granting access again.',
};

/** Which advice of the provider helps. */
const KIND_TOPICS: Readonly<Partial<Record<MailErrorKind, keyof ProviderAdvice>>> = {
  authentication_failed: 'password',
  authorization_failed: 'access',
};
const DETAIL_TOPICS: Readonly<Partial<Record<FailureDetail, keyof ProviderAdvice>>> = {
  app_password_required: 'password',
  oauth_required: 'password',
  access_disabled: 'access',
  web_login_required: 'browser',
};

export interface Failure {
  readonly kind: MailErrorKind;
  readonly detail?: FailureDetail | null;
}

export interface Circumstances {
  /** Id of the provider profile. */
  readonly provider: string;
  /** IMAP when left out. */
  readonly protocol?: 'imap' | 'pop3';
  /** The login was by OAuth 2. */
  readonly isOAuth?: boolean;
  /** Somebody tries settings out: nothing is tried again by itself. */
  readonly isTrial?: boolean;
}

/** Whether a stored word is one of those that have advice of their own. */
export function isFailureDetail(word: string): word is FailureDetail {
  return Object.hasOwn(DETAIL_ADVICE, word);
}

/** One reason and the remedy, in the provider's own terms where we know them (R50). */
export function adviceFor(failure: Failure, circumstances: Circumstances): Advice {
  const { message, advice } = wordsOf(failure, circumstances);
  return { message: named(message, circumstances), advice: named(advice, circumstances) };
}

/** What somebody should know of the password before they try it; null where any password does. */
export function loginAdvice(circumstances: Circumstances): string | null {
  const advice = PROVIDER_ADVICE[circumstances.provider]?.password;
  return advice === undefined ? null : named(advice, circumstances);
}

function wordsOf(
  { kind, detail = null }: Failure,
  { provider, isOAuth = false, isTrial = false }: Circumstances,
): Advice {
  const words = MAIL_ERROR_ADVICE[kind];
  if (MAIL_ERROR_KINDS[kind].retryable) {
    // What passes by itself is no business of the owner of a connected mailbox.
    if (!isTrial) return words;
    return detail === null ? { ...words, advice: TRY_AGAIN } : DETAIL_ADVICE[detail];
  }
  if (isOAuth && kind === 'authentication_failed') return ACCESS_WITHDRAWN;
  const exact = detail === null ? words : DETAIL_ADVICE[detail];
  return { ...exact, advice: remedyAt(provider, kind, detail) ?? exact.advice };
}

function remedyAt(
  provider: string,
  kind: MailErrorKind,
  detail: FailureDetail | null,
): string | undefined {
  const topic = (detail === null ? KIND_TOPICS[kind] : DETAIL_TOPICS[detail]) ?? null;
  return topic === null ? undefined : PROVIDER_ADVICE[provider]?.[topic];
}

function named(text: string, { protocol = 'imap' }: Circumstances): string {
  return text.replaceAll('{protocol}', protocol.toUpperCase());
}
