import { Parser } from 'htmlparser2';
import { domainOf, parseDomain, type EmailAddress } from '../domain/address.ts';
import type { ServerCandidate } from '../domain/provider.ts';

/** The elements of an `incomingServer` that are read; `authentication` may stand several times. */
type Field = 'hostname' | 'port' | 'socketType' | 'username' | 'authentication';
type Server = { readonly type: string } & Partial<Record<Field, readonly string[]>>;

const FIELDS: ReadonlySet<string> = new Set([
  ...['hostname', 'port', 'socketType', 'username', 'authentication'],
]);
const MAX_SERVERS = 10;
const MAX_DEPTH = 20;
const MAX_TEXT = 320;
/** The last two are older names. */
const PASSWORDS: ReadonlySet<string> = new Set([
  ...['password-cleartext', 'password-encrypted', 'plain', 'secure'],
]);

/**
 * The servers of an autoconfig document (ISPDB format: `clientConfig/emailProvider/incomingServer`) in its order, as
 * far as they take a password over TLS or STARTTLS. Anything else, and what is no such document, gives none.
 */
export function parseAutoconfig(xml: string, address: EmailAddress): readonly ServerCandidate[] {
  return serversIn(xml).flatMap((server) => {
    const candidate = toCandidate(server, address);
    return candidate === null ? [] : [candidate];
  });
}

function serversIn(xml: string): readonly Server[] {
  const servers: Server[] = [];
  const path: string[] = [];
  let server: Record<string, string[]> | null = null;
  let type = '';
  let text = '';
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        path.push(name);
        text = '';
        // Each opening tag costs the parser as much as the document is deep.
        if (path.length > MAX_DEPTH) parser.pause();
        else if (path.join('/') === 'clientConfig/emailProvider/incomingServer') {
          server = {};
          type = attributes['type'] ?? '';
        }
      },
      ontext: (more) => {
        if (text.length <= MAX_TEXT) text += more.slice(0, MAX_TEXT + 1);
      },
      onclosetag: (name) => {
        path.pop();
        if (name === 'incomingServer' && server !== null) {
          if (servers.length < MAX_SERVERS) servers.push({ type, ...server });
          server = null;
        } else if (server !== null && FIELDS.has(name)) {
          (server[name] ??= []).push(text.trim());
        }
      },
    },
    // Knows no DTD, so there is nothing to expand.
    { xmlMode: true },
  );
  parser.end(xml);
  return servers;
}

function toCandidate(server: Server, address: EmailAddress): ServerCandidate | null {
  const fill = (text: string) => filled(text, address);
  const protocol = server.type;
  const security = { SSL: 'tls', STARTTLS: 'starttls' }[server.socketType?.[0] ?? ''];
  const host = parseDomain(fill(server.hostname?.[0] ?? ''));
  const port = Number(server.port?.[0]);
  const username = fill(server.username?.[0] ?? '%EMAILADDRESS%');
  const ways = server.authentication ?? [];
  if (protocol !== 'imap' && protocol !== 'pop3') return null;
  if (security !== 'tls' && security !== 'starttls') return null;
  if (host === null || !Number.isInteger(port) || port < 1 || port > 65_535) return null;
  if (!/^[^\p{C}]{1,320}$/u.test(username)) return null;
  if (ways.length > 0 && !ways.some((way) => PASSWORDS.has(way))) return null;
  return { protocol, host, port, security, username };
}

function filled(text: string, address: EmailAddress): string {
  return text
    .replaceAll('%EMAILADDRESS%', address)
    .replaceAll('%EMAILLOCALPART%', address.slice(0, address.lastIndexOf('@')))
    .replaceAll('%EMAILDOMAIN%', domainOf(address));
}
