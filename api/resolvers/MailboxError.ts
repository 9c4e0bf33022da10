import { MAIL_ERROR_ADVICE } from '../../mail/advice.ts';
import type { MailErrorKind } from '../../mail/errors.ts';
import type { MailboxErrorResolvers } from '../schema.generated.ts';

const OUR_FAULT = {
  message: 'Mailroom could not work on the mailbox.',
  advice: 'Nothing to do: it tries again by itself. If it stays like this, tell whoever runs it.',
};

export const MailboxError: MailboxErrorResolvers = {
  code: ({ code }) => (isMailError(code) ? code : 'internal'),
  message: ({ code }) => wordsOf(code).message,
  advice: ({ code }) => wordsOf(code).advice,
  at: ({ at }) => new Date(at),
};

function wordsOf(code: string) {
  return isMailError(code) ? MAIL_ERROR_ADVICE[code] : OUR_FAULT;
}

function isMailError(code: string): code is MailErrorKind {
  return Object.hasOwn(MAIL_ERROR_ADVICE, code);
}
