import { GraphQLError } from 'graphql';
import { MAIL_ERROR_ADVICE } from '../mail/advice.ts';
import { MAIL_ERROR_KINDS, type MailError, type MailErrorKind } from '../mail/errors.ts';

/** The catalogue behind the enum `UserErrorCode`. The second half are the kinds of MailError, under their own names. */
export const USER_ERROR_CODES = [
  'not_found',
  'required',
  'too_long',
  'too_many',
  'out_of_range',
  'invalid_address',
  'invalid_domain',
  'shared_domain',
  'domain_taken',
  'duplicate',
  'already_connected',
  'invalid_host',
  'host_not_allowed',
  'security_not_allowed',
  'invalid_settings',
  'not_linked',
  'invalid_parent',
  'mailbox_not_active',
  'mailbox_disconnected',
  'scheduler_unavailable',
  'authentication_failed',
  'authorization_failed',
  'tls_failed',
  'host_refused',
  'throttled',
  'connection_lost',
  'timed_out',
  'server_unavailable',
  'folder_missing',
  'message_too_large',
  'protocol_violation',
] as const;
export type UserErrorCode = (typeof USER_ERROR_CODES)[number];

/** Something in the input that a person can correct. */
export interface UserError {
  readonly code: UserErrorCode;
  readonly message: string;
  readonly field: readonly string[] | null;
}

export function userError(
  code: UserErrorCode,
  message: string,
  field: readonly string[] | null,
): UserError {
  return { code, message, field };
}

export function notFound(noun: string, ...path: string[]): UserError {
  return userError('not_found', `There is no such ${noun}.`, ['input', ...path]);
}

/** The input that each failure of a login points at; null where none is to blame. */
const FAULTY_FIELD: Readonly<Partial<Record<MailErrorKind, string>>> = {
  authentication_failed: 'password',
  authorization_failed: 'username',
  tls_failed: 'security',
  host_refused: 'host',
  connection_lost: 'host',
  timed_out: 'host',
  server_unavailable: 'host',
  protocol_violation: 'port',
};

/** R50: one clear reason why a login failed, in our words: the server's own may name people. */
export function loginFailed(error: MailError): UserError {
  const { message, advice } = MAIL_ERROR_ADVICE[error.kind];
  // The advice for a connected mailbox is to wait; here nothing is tried again by itself.
  const remedy = MAIL_ERROR_KINDS[error.kind].retryable
    ? 'Check host name and port, or try again in a few minutes.'
    : advice;
  const field = FAULTY_FIELD[error.kind];
  return userError(
    error.kind,
    `${message} ${remedy}`,
    field === undefined ? null : ['input', 'imap', field],
  );
}

/** A fault of the client that no form can show: a bad cursor, an id that is none. */
export function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

export function unauthenticated(): GraphQLError {
  return new GraphQLError('Send `Authorization: Bearer <token>` with a token of a user.', {
    extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } },
  });
}

export function forbidden(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'FORBIDDEN' } });
}
