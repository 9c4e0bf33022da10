import {
  FOLDER_CODES,
  LOGIN_SENTENCES,
  MIN_MICROSOFT_BACKOFF_MS,
  RESPONSE_CODES,
  SENTENCES,
  TLS_CODE,
  TRANSPORT_CODES,
  type Meaning,
} from './error-rules.ts';
import { MailError } from './errors.ts';

/** What a command is about. A refusal that concerns one folder says nothing of the others (R8). */
export type Subject = 'account' | 'folder';

/** What can be read off an error of imapflow, of Node, or off the entry that imapflow logged for a refusal. */
interface Facts {
  readonly code: string;
  readonly status: string;
  readonly responseCode: string;
  readonly text: string;
  readonly isByeText: boolean;
  readonly isLogin: boolean;
  readonly isLoggedOut: boolean;
  readonly isTls: boolean;
  readonly isFolderMissing: boolean;
  readonly throttleMs: number;
}

/**
 * Says what a failure means. Sentences and response codes decide first: imapflow flags every refused login as
 * `authenticationFailed`, also `[UNAVAILABLE]` and `Too many simultaneous connections` (R55). `attempted` completes
 * "Could not …" and must name nobody; the server's own words, which may, are left out.
 */
export function toMailError(
  error: unknown,
  attempted: string,
  subject: Subject = 'account',
): MailError {
  if (error instanceof MailError) return error;
  const facts = readFacts(error);
  const { kind, retryAfterMs } = meaningOf(facts, subject);
  const wait =
    facts.throttleMs > 0 ? Math.max(facts.throttleMs, MIN_MICROSOFT_BACKOFF_MS) : retryAfterMs;
  const responseCode = facts.responseCode || facts.code;
  return new MailError(kind, `Could not ${attempted}.`, {
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(responseCode === '' ? {} : { responseCode }),
    cause: withoutServerText(error),
  });
}

function meaningOf(facts: Facts, subject: Subject): Meaning {
  return (
    bySentence(SENTENCES, facts.text) ??
    (subject === 'folder' ? FOLDER_CODES.get(facts.responseCode) : null) ??
    RESPONSE_CODES.get(facts.responseCode) ??
    (facts.isLogin ? bySentence(LOGIN_SENTENCES, facts.text) : null) ??
    // A server that says BYE goes away by itself; why is in the sentences above.
    (facts.isByeText ? { kind: 'server_unavailable' } : null) ??
    TRANSPORT_CODES.get(facts.code) ??
    byFlags(facts)
  );
}

function byFlags(facts: Facts): Meaning {
  if (facts.isTls || TLS_CODE.test(facts.code)) return { kind: 'tls_failed' };
  if (facts.isFolderMissing) return { kind: 'folder_missing' };
  if (facts.status === 'BAD') return { kind: 'protocol_violation' };
  // No answer to a login: imapflow found no way to send a password (LOGINDISABLED, OAuth only), or a BYE came first.
  if (facts.isLogin && facts.status === '') {
    return { kind: facts.isLoggedOut ? 'connection_lost' : 'authorization_failed' };
  }
  if (facts.isLogin) return { kind: 'authentication_failed' };
  return facts.status === 'NO' ? { kind: 'server_unavailable' } : { kind: 'protocol_violation' };
}

function bySentence(rules: readonly (readonly [RegExp, Meaning])[], text: string): Meaning | null {
  return rules.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

function readFacts(error: unknown): Facts {
  const code = textAt(error, 'code');
  // Node's TLS errors have a `reason` too; only on these is it the text of a BYE.
  const reason = /^(?:NoConnection|ClosedAfterConnect)/.test(code) ? textAt(error, 'reason') : '';
  const response = textAt(error, 'response');
  return {
    code,
    status: textAt(error, 'responseStatus'),
    responseCode: (textAt(error, 'serverResponseCode') || codeInResponse(error)).toUpperCase(),
    text: [textAt(error, 'responseText'), response, reason].join(' '),
    isByeText: reason !== '',
    isLogin: at(error, 'authenticationFailed') === true,
    isLoggedOut: textAt(error, 'message') === 'Already logged out',
    isTls: at(error, 'tlsFailed') === true,
    isFolderMissing: at(error, 'mailboxMissing') === true,
    throttleMs: Number(at(error, 'throttleReset') ?? 0) || 0,
  };
}

/** FETCH errors carry the parsed answer only: `[CODE]` is the section of its first attribute. */
function codeInResponse(error: unknown): string {
  const path = ['response', 'attributes', '0', 'section', '0', 'value'];
  const value = path.reduce<unknown>(at, error);
  return typeof value === 'string' ? value : '';
}

function textAt(value: unknown, key: string): string {
  const found = at(value, key);
  return typeof found === 'string' ? found : '';
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

/** imapflow's errors carry the command and the answer, both with user names, and errors end in logs and histories. */
function withoutServerText(error: unknown): Error | undefined {
  if (!(error instanceof Error)) return undefined;
  const cause = new Error(error.name);
  cause.stack = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
  return cause;
}
