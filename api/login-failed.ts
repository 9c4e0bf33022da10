import { providerOfHost } from '../domain/providers.ts';
import { adviceFor } from '../mail/advice.ts';
import type { MailError } from '../mail/errors.ts';
import type { MailLogin } from './context.ts';
import { userError, type UserError } from './errors.ts';

/** The input that a failure of a login points at; null where none is to blame. */
const KIND_FIELDS: Readonly<Partial<Record<MailError['kind'], string>>> = {
  authentication_failed: 'password',
  authorization_failed: 'username',
  tls_failed: 'security',
  host_refused: 'host',
  connection_lost: 'host',
  timed_out: 'host',
  server_unavailable: 'host',
  protocol_violation: 'port',
};
/** What exactly is wrong may point at another one. */
const DETAIL_FIELDS: Readonly<Partial<Record<NonNullable<MailError['detail']>, string>>> = {
  certificate_name: 'host',
  certificate_expired: 'host',
  certificate_untrusted: 'host',
  plain_on_tls_port: 'security',
  port_closed: 'port',
};

/** R50: one clear reason why a login failed, and the remedy, in our words: the server's own may name people. */
export function loginFailed(error: MailError, login: MailLogin): UserError {
  const { protocol = 'imap', accessToken, host } = login;
  const { message, advice } = adviceFor(error, {
    ...{ provider: providerOfHost(host).id, protocol, isTrial: true },
    isOAuth: accessToken !== undefined,
  });
  const byDetail = error.detail === null ? undefined : DETAIL_FIELDS[error.detail];
  const field = byDetail ?? KIND_FIELDS[error.kind];
  const path = field === undefined ? null : ['input', protocol, field];
  return userError(error.kind, `${message} ${advice}`, path);
}
