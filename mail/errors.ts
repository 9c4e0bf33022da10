import type { FailureDetail } from './error-details.ts';

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

/** What a failure tells beside its kind; the fields of MailError say what each means. */
export interface MailErrorDetails {
  readonly retryAfterMs?: number;
  readonly responseCode?: string;
  readonly command?: string;
  readonly shouldSlowDown?: boolean;
  readonly isAlert?: boolean;
  readonly detail?: FailureDetail;
  readonly cause?: unknown;
}

/** A failure of a mail server, in our words. The server's own text is kept apart: it may name the user. */
export class MailError extends Error {
  override readonly name = 'MailError';
  readonly kind: MailErrorKind;
  /**
   * What the provider asked us to wait, or is known to need, in milliseconds; never come back earlier: to the folder
   * where the kind is `folder_missing`, else to the mailbox.
   */
  readonly retryAfterMs: number | null;
  /** The response code of RFC 5530 or the transport's code, e.g. `AUTHENTICATIONFAILED`, `ECONNREFUSED`. */
  readonly responseCode: string | null;
  /** The IMAP command that was refused, without its arguments, e.g. `UID FETCH`. */
  readonly command: string | null;
  /** The provider finds us too fast or too many: visit half as often for a day, in half as large batches. */
  readonly shouldSlowDown: boolean;
  /** A person should be told of it now, although it may pass by itself (RFC 9051 ALERT, damage, a spent allowance). */
  readonly isAlert: boolean;
  /** What exactly is wrong, where the server or the transport says more than the kind. */
  readonly detail: FailureDetail | null;

  constructor(kind: MailErrorKind, message: string, details: MailErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.responseCode = details.responseCode ?? null;
    this.command = details.command ?? null;
    this.shouldSlowDown = details.shouldSlowDown ?? false;
    this.isAlert = details.isAlert ?? false;
    this.detail = details.detail ?? null;
  }
}
