/** Why a file cannot be had, as HTTP says it (RFC 9110 sections 15.5.11, 15.6.3 and 15.6.4). */
export interface Refusal {
  readonly status: 404 | 410 | 501 | 502 | 503;
  /** To branch on. */
  readonly code: string;
  /** For people. */
  readonly message: string;
  /** When to ask again; null when asking again changes nothing by itself. */
  readonly retryAfterSeconds: number | null;
}

export function refusal(
  status: Refusal['status'],
  code: string,
  message: string,
  retryAfterSeconds: number | null = null,
): Refusal {
  const seconds = retryAfterSeconds === null ? null : Math.max(1, Math.ceil(retryAfterSeconds));
  return { status, code, message, retryAfterSeconds: seconds };
}

export function isRefusal(value: object): value is Refusal {
  return 'status' in value && 'retryAfterSeconds' in value;
}
