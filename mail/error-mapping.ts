import { detailOf } from './error-details.ts';
import {
  ALERT_CODES,
  FETCH_CODES,
  FOLDER_CODES,
  LOGIN_SENTENCES,
  MIN_MICROSOFT_BACKOFF_MS,
  OUR_BUG,
  PASSING_SENTENCES,
  RESPONSE_CODES,
  SENTENCES,
  TLS_CODE,
  TRANSPORT_CODES,
  type Meaning,
} from './error-rules.ts';
import { MailError } from './errors.ts';

/** What a command is about. A refusal that concerns one folder says nothing of the others (R8). */
export type Subject = 'account' | 'folder';

const DAY_MS = 24 * 60 * 60 * 1000;
/** What the longest hint of a provider may be: a mistaken one must not silence a mailbox for ever. */
const LONGEST_HINT_MS = DAY_MS;

/** What can be read off an error of imapflow, of Node, or off the entry that imapflow logged for a refusal. */
interface Facts {
  readonly code: string;
  readonly status: string;
  readonly responseCode: string;
  readonly text: string;
  /** The command that was answered, without its arguments. */
  readonly command: string;
  readonly isByeText: boolean;
  readonly isLogin: boolean;
  readonly isLoggedOut: boolean;
  /** The server said why it takes no token: ended, revoked, malformed or for something else (RFC 7628 section 3.2.2). */
  readonly isTokenRefused: boolean;
  readonly isTls: boolean;
  readonly isFolderMissing: boolean;
  readonly throttleMs: number;
}

/**
 * Says what a failure means. Sentences and response codes decide first: imapflow flags every refused login as
 * `authenticationFailed`, also `[UNAVAILABLE]` and `Too many simultaneous connections` (R55). `attempted` completes
 * "Could not …" and must name nobody; the server's own words, which may, are left out. `told` is what the server said
 * beside its answer: the lines `BYE …`, `NO …` (RFC 9051 section 7.1), of which imapflow's errors know nothing.
 */
export function toMailError(
  error: unknown,
  attempted: string,
  subject: Subject = 'account',
  told = '',
): MailError {
  if (error instanceof MailError) return error;
  const facts = readFacts(error, told);
  const meaning = meaningOf(facts, subject);
  const wait = waitOf(meaning, facts, Date.now());
  const responseCode = facts.responseCode || facts.code;
  const isAlert = meaning.isAlert ?? ALERT_CODES.has(facts.responseCode);
  // No code is imapflow's way to say that STARTTLS is not offered.
  const detail = detailOf(facts.text, facts.code || (facts.isTls ? 'STARTTLS_MISSING' : ''));
  return new MailError(meaning.kind, `Could not ${attempted}.`, {
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(responseCode === '' ? {} : { responseCode }),
    ...(facts.command === '' ? {} : { command: facts.command }),
    ...(detail === null ? {} : { detail }),
    ...{ isAlert, shouldSlowDown: meaning.shouldSlowDown ?? false },
    cause: withoutServerText(error),
  });
}

/** Whether a line that no command failed with says that we are too fast or too many. */
export function saysSlowDown(line: string): boolean {
  return bySentence(SENTENCES, line)?.kind === 'throttled';
}

function meaningOf(facts: Facts, subject: Subject): Meaning {
  const isFetch = facts.command.endsWith('FETCH');
  return (
    bySentence(SENTENCES, facts.text) ??
    (isFetch ? FETCH_CODES.get(facts.responseCode) : null) ??
    // Whoever says BYE does not speak of one folder.
    (subject === 'folder' && !facts.isByeText ? FOLDER_CODES.get(facts.responseCode) : null) ??
    RESPONSE_CODES.get(facts.responseCode) ??
    (facts.status === '' ? null : bySentence(PASSING_SENTENCES, facts.text)) ??
    (facts.isLogin ? bySentence(LOGIN_SENTENCES, facts.text) : null) ??
    // A server that says BYE goes away by itself; why is in the sentences above.
    (facts.isByeText ? { kind: 'server_unavailable' } : null) ??
    TRANSPORT_CODES.get(facts.code) ??
    byFlags(facts, isFetch, subject)
  );
}

function byFlags(facts: Facts, isFetch: boolean, subject: Subject): Meaning {
  if (facts.isTls || TLS_CODE.test(facts.code)) return { kind: 'tls_failed' };
  if (facts.isFolderMissing) return { kind: 'folder_missing' };
  // No answer to a login: imapflow found no way to send a password (LOGINDISABLED, OAuth only), or a BYE came first.
  if (facts.isLogin && facts.status === '') {
    return { kind: facts.isLoggedOut ? 'connection_lost' : 'authorization_failed' };
  }
  // A refused FETCH may be about one message, which is found by asking for fewer; any other refusal in a folder is that
  // folder's own trouble (R8).
  const isRefused = facts.status === 'NO' || facts.status === 'BAD';
  if (isRefused && isFetch) return { kind: 'protocol_violation' };
  if (isRefused && subject === 'folder') return { kind: 'folder_missing' };
  if (facts.isTokenRefused) return { kind: 'authentication_failed' };
  if (facts.status === 'BAD') return OUR_BUG;
  if (facts.isLogin) return { kind: 'authentication_failed' };
  return facts.status === 'NO' ? { kind: 'server_unavailable' } : { kind: 'protocol_violation' };
}

/** How long to keep away, in milliseconds, of what the provider asks for and what its rule says the longer. */
function waitOf(
  { retryAfterMs, isForToday }: Meaning,
  { throttleMs }: Facts,
  now: number,
): number | undefined {
  if (throttleMs > 0) {
    return Math.min(LONGEST_HINT_MS, Math.max(throttleMs, MIN_MICROSOFT_BACKOFF_MS));
  }
  return isForToday === true ? Math.max(retryAfterMs ?? 0, DAY_MS - (now % DAY_MS)) : retryAfterMs;
}

function bySentence(rules: readonly (readonly [RegExp, Meaning])[], text: string): Meaning | null {
  return rules.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

function readFacts(error: unknown, told: string): Facts {
  const code = textAt(error, 'code');
  // Node's TLS errors have a `reason` too; only on these is it the text of a BYE.
  const reason = /^(?:NoConnection|ClosedAfterConnect)/.test(code) ? textAt(error, 'reason') : '';
  const text = [textAt(error, 'responseText'), textAt(error, 'response'), reason, told].join(' ');
  const ownCode = textAt(error, 'serverResponseCode') || codeInResponse(error);
  const hint = /Backoff Time[:=\s]+(\d+)/i.exec(text)?.[1];
  return {
    code,
    status: textAt(error, 'responseStatus'),
    responseCode: (ownCode || codeInLine(told)).toUpperCase(),
    text,
    command: /^\S+ ((?:UID )?[A-Z]+)/i.exec(textAt(error, 'executedCommand'))?.[1] ?? '',
    isByeText: reason !== '' || /^BYE /i.test(told),
    // imapflow's words for a token at a server that takes none.
    isLogin:
      at(error, 'authenticationFailed') === true ||
      textAt(error, 'message') === 'Unsupported authentication mechanism',
    isLoggedOut: textAt(error, 'message') === 'Already logged out',
    isTokenRefused: /^(?:400|401|invalid_token)$/.test(
      String(at(at(error, 'oauthError'), 'status')),
    ),
    isTls: at(error, 'tlsFailed') === true,
    isFolderMissing: at(error, 'mailboxMissing') === true,
    throttleMs: Number(at(error, 'throttleReset') ?? hint ?? 0) || 0,
  };
}

/** FETCH errors carry the parsed answer only: `[CODE]` is the section of its first attribute. */
function codeInResponse(error: unknown): string {
  const path = ['response', 'attributes', '0', 'section', '0', 'value'];
  const value = path.reduce<unknown>(at, error);
  return typeof value === 'string' ? value : '';
}

/** `BYE [UNAVAILABLE] …` -> `UNAVAILABLE`. */
function codeInLine(line: string): string {
  return /^\S+ \[([A-Z-]+)/i.exec(line)?.[1] ?? '';
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
