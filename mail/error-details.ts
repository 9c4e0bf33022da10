/**
 * What exactly is wrong, where a failure says more than its kind: each has a remedy of its own (R50). Codes, never the
 * server's words.
 */
export const FAILURE_DETAILS = [
  /** IMAP or POP3 is switched off in the settings of the mail account. */
  'access_disabled',
  /** The password of the account does not do: one for programs must be created. */
  'app_password_required',
  /** No password does: only a login with the provider (OAuth 2). */
  'oauth_required',
  /** The provider wants to see the person in a browser first. */
  'web_login_required',
  /** The certificate is for other names than this host. */
  'certificate_name',
  'certificate_expired',
  /** Self-signed, or by an authority that nobody knows. */
  'certificate_untrusted',
  /** TLS was spoken to a port that begins in clear text. */
  'tls_on_plain_port',
  /** A port that waits for TLS was spoken to in clear text: it says nothing. */
  'plain_on_tls_port',
  /** The server offers no STARTTLS there. */
  'starttls_missing',
  /** The port speaks POP3 where IMAP was expected, or the other way round. */
  'other_protocol',
  'host_not_found',
  /** Nobody listens on the port. */
  'port_closed',
] as const;
export type FailureDetail = (typeof FAILURE_DETAILS)[number];

const SENTENCES: readonly (readonly [RegExp, FailureDetail])[] = [
  // Gmail; Yahoo and AOL in their link.
  [/application-specific password|app[- ]password|authorization code/i, 'app_password_required'],
  // Microsoft 365, also in the base64-free part of its refusals of passwords.
  [
    /basic ?auth(?:entication)? ?(?:is |has been )?(?:blocked|disabled|not supported)/i,
    'oauth_required',
  ],
  [/web browser|web login required/i, 'web_login_required'],
  // Yandex does not say which of both, and the password is the likelier one: left to the words of the provider.
  [
    /^(?!.*invalid credentials or).*\b(?:imap|pop3?)\b.{0,40}(?:disabled|not enabled|turned off|not allowed)/i,
    'access_disabled',
  ],
  [
    /(?:not enabled|disabled|not allowed) for (?:imap|pop3?)\b|enable (?:the )?(?:imap|pop3?)\b/i,
    'access_disabled',
  ],
];

/** Codes of Node's sockets, resolver and TLS (OpenSSL's X509_V_ERR names). */
const CODES: ReadonlyMap<string, FailureDetail> = new Map<string, FailureDetail>([
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate_name'],
  ['HOSTNAME_MISMATCH', 'certificate_name'],
  ['CERT_HAS_EXPIRED', 'certificate_expired'],
  ['CERT_NOT_YET_VALID', 'certificate_expired'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate_untrusted'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate_untrusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate_untrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'certificate_untrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate_untrusted'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls_on_plain_port'],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'tls_on_plain_port'],
  ['STARTTLS_MISSING', 'starttls_missing'],
  ['OTHER_PROTOCOL', 'other_protocol'],
  ['ENOTFOUND', 'host_not_found'],
  ['ECONNREFUSED', 'port_closed'],
]);

/** What a failure says beyond its kind, from the server's words and the code of the transport; null when nothing. */
export function detailOf(text: string, code: string): FailureDetail | null {
  return SENTENCES.find(([pattern]) => pattern.test(text))?.[1] ?? CODES.get(code) ?? null;
}
