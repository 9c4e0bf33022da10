/**
 * Everything that can go wrong between us and a mail server, as kinds that say what to do (facts: RFC 5530, and what
 * providers really answer). `retryable: false` means that trying again without a human changes nothing.
 */
export const MAIL_ERROR_KINDS = {
  authentication_failed: { retryable: false },
  authorization_failed: { retryable: false },
  tls_failed: { retryable: false },
  host_refused: { retryable: false },
  throttled: { retryable: true },
  connection_lost: { retryable: true },
  timed_out: { retryable: true },
  server_unavailable: { retryable: true },
  folder_missing: { retryable: true },
  message_too_large: { retryable: false },
  protocol_violation: { retryable: true },
} as const;

export type MailErrorKind = keyof typeof MAIL_ERROR_KINDS;

/** A failure of a mail server, in our words. The server's own text is kept apart: it may name the user. */
export class MailError extends Error {
  override readonly name = 'MailError';
  readonly kind: MailErrorKind;
  /** What the provider asked us to wait, or is known to need, in milliseconds; never come back earlier. */
  readonly retryAfterMs: number | null;
  /** The response code of RFC 5530 or the transport's code, e.g. `AUTHENTICATIONFAILED`, `ECONNREFUSED`. */
  readonly responseCode: string | null;

  constructor(
    kind: MailErrorKind,
    message: string,
    details: { retryAfterMs?: number; responseCode?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.responseCode = details.responseCode ?? null;
  }
}
