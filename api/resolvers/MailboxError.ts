import { adviceFor, isFailureDetail, MAIL_ERROR_ADVICE } from '../../mail/advice.ts';
import type { MailErrorKind } from '../../mail/errors.ts';
import type { MailboxErrorResolvers } from '../schema.generated.ts';
import type { MailboxErrorCode, MailboxErrorValue } from '../values.ts';

const OUR_FAULT = {
  message: 'Mailroom could not work on the mailbox.',
  advice: 'Nothing to do: it tries again by itself. If it stays like this, tell whoever runs it.',
};

export const MailboxError: MailboxErrorResolvers = {
  code: ({ code }) => mailboxErrorCode(code),
  message: (error) => wordsOf(error).message,
  advice: (error) => wordsOf(error).advice,
  at: ({ at }) => new Date(at),
};

/** What people see of a failure: those that are not the mail server's are ours. */
export function mailboxErrorCode(code: string): MailboxErrorCode {
  return isMailError(code) ? code : 'internal';
}

/** The same in words. */
export function mailboxErrorWords(code: string) {
  return isMailError(code) ? MAIL_ERROR_ADVICE[code] : OUR_FAULT;
}

/** In the terms of the provider (R50). */
function wordsOf({ code, detail: word, of }: MailboxErrorValue) {
  const { provider, protocol, auth } = of;
  const detail = word !== undefined && isFailureDetail(word) ? word : null;
  return isMailError(code)
    ? adviceFor({ kind: code, detail }, { provider, protocol, isOAuth: auth !== 'password' })
    : OUR_FAULT;
}

function isMailError(code: string): code is MailErrorKind {
  return Object.hasOwn(MAIL_ERROR_ADVICE, code);
}
