import { isIP } from 'node:net';
import type { MailLogin } from '../context.ts';
import { userError, type UserError } from '../errors.ts';
import { checkText, type Checked, type Path } from './fields.ts';

const MAX_SECRET = 1024;
/** Letters of any script, because IDNA turns them into a host name later. */
const HOST_NAME = /^(?=.{1,253}$)[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.?$/u;

/** What can be said of a login without trying it. Where names lead to is the probe's concern. */
export function checkLogin(login: MailLogin, allowLocal: boolean): Checked<MailLogin> {
  const at = (field: string) => ['input', login.protocol ?? 'imap', field];
  const host = login.host.trim();
  const username = checkText(login.username, { min: 1, max: MAX_SECRET }, at('username'));
  const userErrors: UserError[] = [...checkHost(host, allowLocal, at('host'))];
  if (!Number.isInteger(login.port) || login.port < 1 || login.port > 65535) {
    userErrors.push(userError('out_of_range', 'The port must be 1 to 65535.', at('port')));
  }
  if (login.security === 'none' && !allowLocal) {
    const message = 'This server connects to mail servers with TLS or STARTTLS only.';
    userErrors.push(userError('security_not_allowed', message, at('security')));
  }
  userErrors.push(...username.userErrors, ...checkPassword(login.password, at('password')));
  return { value: { ...login, host, username: username.value }, userErrors };
}

function checkHost(host: string, allowLocal: boolean, path: Path): readonly UserError[] {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) === 0 && !HOST_NAME.test(host)) {
    const message = 'This is not a host name, like imap.example.com.';
    return [userError('invalid_host', message, path)];
  }
  if (isLoopback(bare) && !allowLocal) {
    const message = 'Mailboxes on this machine are not allowed here.';
    return [userError('host_not_allowed', message, path)];
  }
  return [];
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|.*\.localhost|127\..*|0\.0\.0\.0|::1|::|::ffff:127\..*)\.?$/i.test(host);
}

function checkPassword(password: string, path: Path): readonly UserError[] {
  if (password === '') return [userError('required', 'This must not be empty.', path)];
  if (password.length <= MAX_SECRET) return [];
  const message = `This must not be longer than ${MAX_SECRET} characters.`;
  return [userError('too_long', message, path)];
}
