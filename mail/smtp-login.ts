import { isIP } from 'node:net';
import { createTransport } from 'nodemailer';
import { toMailError } from './error-mapping.ts';
import { MailError } from './errors.ts';
import { isLoopback } from './host-guard.ts';
import type { MailServer } from './session.ts';

export interface SmtpOptions {
  /** The IP address to connect to, checked by the host guard (`submission`). */
  readonly address: string;
  /** Trusts only this certificate authority (PEM) instead of the system's. */
  readonly tlsCa?: string;
  readonly timeoutMs?: number;
}

/** What nodemailer's own codes mean; it keeps those of Node beside them. */
const CODES: ReadonlyMap<string, MailError['kind']> = new Map([
  ['ECONNECTION', 'connection_lost'],
  ['EDNS', 'server_unavailable'],
  ['ETLS', 'tls_failed'],
]);
/** Microsoft 365: SMTP AUTH is switched off for the mailbox or the tenant, or passwords are not taken any more. */
const SWITCHED_OFF = /SmtpClientAuthentication is disabled|Basic authentication is not supported/i;

/**
 * Logs in to the server that sends a mailbox's mail, with its password or by XOAUTH2, and out again; nothing is sent.
 * Throws MailError.
 */
export async function testSmtpLogin(
  server: Omit<MailServer, 'protocol'>,
  { address, tlsCa, timeoutMs = 10_000 }: SmtpOptions,
): Promise<void> {
  const { host, port, security } = server;
  if (security === 'none' && !isLoopback(address)) {
    throw new MailError('tls_failed', 'A password does not cross a network in clear text.');
  }
  const transport = createTransport({
    ...{ host: address, port, auth: authOf(server) },
    ...{ secure: security === 'tls', requireTLS: security === 'starttls' },
    ignoreTLS: security === 'none',
    // Left out, a server that offers no login would count as one that let us in.
    forceAuth: true,
    tls: {
      minVersion: 'TLSv1.2',
      // RFC 6066 section 3: no IP addresses in SNI.
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(tlsCa === undefined ? {} : { ca: tlsCa }),
    },
    ...{ disableFileAccess: true, disableUrlAccess: true, logger: false },
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
  });
  try {
    await transport.verify();
  } catch (error) {
    throw toSmtpError(error);
  } finally {
    transport.close();
  }
}

function authOf({ username, password, accessToken }: Omit<MailServer, 'protocol'>) {
  if (accessToken === undefined) return { user: username, pass: password };
  return {
    ...({ type: 'OAuth2', user: username, accessToken } as const),
    // Left out, nodemailer would try a token that was refused a second time.
    provisionCallback: (_user: string, _renew: boolean, done: (error: Error) => void) =>
      done(new Error('refused')),
  };
}

/** RFC 5321 section 4.2.1: 4xx passes by itself. The reply itself may name the user and stays here. */
function toSmtpError(error: unknown): MailError {
  const { code, originalCode, responseCode, response } = factsOf(error);
  const attempted = 'log in to the server for sending';
  const details = responseCode === null ? {} : { responseCode: String(responseCode) };
  if (responseCode !== null && responseCode < 500) {
    return new MailError('server_unavailable', `Could not ${attempted}.`, details);
  }
  if (code === 'EAUTH' || responseCode === 535) {
    const kind = SWITCHED_OFF.test(response) ? 'authorization_failed' : 'authentication_failed';
    return new MailError(kind, `Could not ${attempted}.`, details);
  }
  const kind = originalCode === '' ? CODES.get(code) : undefined;
  return kind === undefined
    ? toMailError({ code: originalCode || code }, attempted)
    : new MailError(kind, `Could not ${attempted}.`, { responseCode: code });
}

function factsOf(error: unknown) {
  const fields = new Map<string, unknown>(error instanceof Error ? Object.entries(error) : []);
  const text = (key: string) => {
    const value = fields.get(key);
    return typeof value === 'string' ? value : '';
  };
  const reply = fields.get('responseCode');
  return {
    ...{ code: text('code'), originalCode: text('originalCode'), response: text('response') },
    responseCode: typeof reply === 'number' ? reply : null,
  };
}
