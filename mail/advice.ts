import type { MailErrorKind } from './errors.ts';

interface Advice {
  /** What happened, in one sentence for a person who is no engineer. */
  readonly message: string;
  /** What to do about it. */
  readonly advice: string;
}

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
      'Switch on IMAP access in the settings of the mail account, or ask its administrator to allow it, then reconnect the mailbox.',
  },
  tls_failed: {
    message: 'No secure connection to the mail server could be made.',
    advice:
      'Check the host name, the port and the kind of encryption. If they are right, the certificate of the mail server must be renewed by whoever runs it.',
  },
  host_refused: {
    message: 'Mailroom may not connect to this host and port.',
    advice:
      'Use the public name of the mail server with port 993 (TLS) or 143 (STARTTLS). Addresses inside a private network are refused.',
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
