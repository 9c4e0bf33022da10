import { toMailError } from './error-mapping.ts';
import { MailError } from './errors.ts';

/** What a server says to one command (RFC 1939 section 3, codes of RFC 2449 section 8 and RFC 3206). */
export interface Pop3Reply {
  readonly isOk: boolean;
  /** Upper case, without brackets; empty when there is none. */
  readonly code: string;
  readonly text: string;
}

/** The codes of POP3 in the words of RFC 5530, for which the meanings are written down (error-rules.ts). */
const SAME_IN_IMAP: ReadonlyMap<string, string> = new Map([
  ['AUTH', 'AUTHENTICATIONFAILED'],
  ['SYS/TEMP', 'UNAVAILABLE'],
  ['SYS/PERM', 'CONTACTADMIN'],
  ['IN-USE', 'INUSE'],
  ['LOGIN-DELAY', 'LIMIT'],
]);
/** What servers without response codes say; sentences about POP3 alone. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/not enabled for pop|pop3?(?: access)? is (?:disabled|not enabled)/i, 'CONTACTADMIN'], // Gmail, Zoho
  [/(?:mailbox|maildrop) (?:is |already )*(?:locked|in use)|unable to lock/i, 'INUSE'], // RFC 1939 section 4
];
/** Codes that say "later", whatever was asked for. */
const LATER: ReadonlySet<string> = new Set(['SYS/TEMP', 'IN-USE', 'LOGIN-DELAY']);
const CODE = /^\[([\w./-]{1,64})\] ?/;

/** Reads a status line; null when it is none. */
export function parseReply(line: string): Pop3Reply | null {
  const match = /^(\+OK|-ERR)(?: |$)/i.exec(line);
  if (match === null) return null;
  const rest = line.slice(match[0].length);
  const code = CODE.exec(rest);
  return {
    isOk: line.startsWith('+'),
    code: code?.[1]?.toUpperCase() ?? '',
    text: rest.slice(code?.[0].length ?? 0),
  };
}

/** Whether a refusal says nothing about what was asked for, only that now is the wrong time. */
export function isLater(reply: Pop3Reply): boolean {
  return LATER.has(reply.code);
}

export interface RefusalContext {
  readonly isLogin?: boolean;
  /** Seconds between logins that the server wants (RFC 2449 section 6.6), in milliseconds. */
  readonly loginDelayMs?: number | null;
}

/**
 * The error for a `-ERR`, by code and sentence as for IMAP (facts: RFC 2449, 3206, 5530); a refused login without
 * either is a refused password. The server's own words are left out.
 */
export function refusal(
  reply: Pop3Reply,
  attempted: string,
  { isLogin = false, loginDelayMs = null }: RefusalContext = {},
): MailError {
  const imapCode =
    SAME_IN_IMAP.get(reply.code) ??
    SENTENCES.find(([pattern]) => pattern.test(reply.text))?.[1] ??
    reply.code;
  const said = toMailError(
    {
      ...{ responseStatus: 'NO', authenticationFailed: isLogin },
      ...{ responseText: reply.text, serverResponseCode: imapCode },
    },
    attempted,
  );
  const isTooEarly = reply.code === 'LOGIN-DELAY' && loginDelayMs !== null;
  const retryAfterMs = isTooEarly ? loginDelayMs : said.retryAfterMs;
  const responseCode = reply.code === '' ? said.responseCode : reply.code;
  const { shouldSlowDown, isAlert, detail } = said;
  return new MailError(said.kind, said.message, {
    ...{ shouldSlowDown, isAlert, ...(detail === null ? {} : { detail }) },
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
    ...(responseCode === null ? {} : { responseCode }),
    ...(said.detail === null ? {} : { detail: said.detail }),
  });
}
