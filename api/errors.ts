import { GraphQLError } from 'graphql';

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
  'external_id_taken',
  'invalid_csv',
  'unknown_column',
  'already_connected',
  'invalid_host',
  'host_not_allowed',
  'security_not_allowed',
  'invalid_settings',
  'oauth_not_set_up',
  'not_linked',
  'invalid_parent',
  'mailbox_not_active',
  'mailbox_disconnected',
  'own_address',
  'made_by_person',
  'not_failed',
  'not_a_note',
  'not_skipped',
  'engagement_deleted',
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
