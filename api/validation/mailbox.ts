import { isIP } from 'node:net';
import {
  MAX_HISTORY_DAYS,
  MAX_POLL_MINUTES,
  MIN_POLL_MINUTES,
  type FolderPolicy,
  type History,
  type Policy,
} from '../../domain/policy.ts';
import type { MailLogin } from '../context.ts';
import { notFound, userError, type UserError } from '../errors.ts';
import type {
  FolderSettingsInput,
  HistorySettingsInput,
  MailboxSettingsInput,
} from '../schema.generated.ts';
import { checkText, ok, type Checked, type Path } from './fields.ts';

const MAX_SECRET = 1024;
const MAX_PATHS = 100;
/** Letters of any script, because IDNA turns them into a host name later. */
const HOST_NAME = /^(?=.{1,253}$)[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.?$/u;
const SETTINGS: Path = ['input', 'settings'];

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

export function checkSettings(
  settings: MailboxSettingsInput | null | undefined,
): Checked<Partial<Policy>> {
  if (!settings) return ok({});
  const history = settings.history ? checkHistory(settings.history) : null;
  const folders = settings.folders ? checkFolders(settings.folders) : null;
  const { pollEveryMinutes, push, bytesPerDay, loginsPerHour } = settings;
  const minutes = pollEveryMinutes ?? null;
  return {
    value: {
      ...(history === null ? {} : { history: history.value }),
      ...(folders === null ? {} : { folders: folders.value }),
      ...(minutes === null ? {} : { pollEveryMinutes: minutes }),
      ...(push == null ? {} : { push }),
      ...(bytesPerDay == null ? {} : { bytesPerDay }),
      ...(loginsPerHour == null ? {} : { loginsPerHour }),
    },
    userErrors: [
      ...(history?.userErrors ?? []),
      ...(folders?.userErrors ?? []),
      ...(minutes === null ? [] : checkMinutes(minutes)),
    ],
  };
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

function checkHistory({ mode, days }: HistorySettingsInput): Checked<History> {
  const path = [...SETTINGS, 'history', 'days'];
  if (mode !== 'days') {
    const message = 'Give days only under DAYS.';
    const userErrors = days == null ? [] : [userError('invalid_settings', message, path)];
    return { value: { mode }, userErrors };
  }
  const value: History = { mode, days: days ?? 0 };
  if (days == null) {
    return { value, userErrors: [userError('required', 'DAYS needs a number of days.', path)] };
  }
  if (days >= 1 && days <= MAX_HISTORY_DAYS) return ok(value);
  const message = `The number of days must be 1 to ${MAX_HISTORY_DAYS}.`;
  return { value, userErrors: [userError('out_of_range', message, path)] };
}

function checkFolders({ mode, paths }: FolderSettingsInput): Checked<FolderPolicy> {
  const path = [...SETTINGS, 'folders', 'paths'];
  const listed = paths ?? [];
  if (mode !== 'selected') {
    const message = 'Give paths only under SELECTED.';
    const userErrors = listed.length === 0 ? [] : [userError('invalid_settings', message, path)];
    return { value: { mode }, userErrors };
  }
  const value: FolderPolicy = { mode, paths: [...new Set(listed.map(folderPath))] };
  if (listed.length === 0) {
    const message = 'SELECTED needs at least one folder path.';
    return { value, userErrors: [userError('required', message, path)] };
  }
  if (listed.length > MAX_PATHS) {
    const message = `There must not be more than ${MAX_PATHS}.`;
    return { value, userErrors: [userError('too_many', message, path)] };
  }
  const userErrors = listed.flatMap((folder, index) =>
    folder === ''
      ? [userError('invalid_settings', 'A path must not be empty.', [...path, String(index)])]
      : [],
  );
  return { value, userErrors };
}

/** The chosen folders that the server does not have, named by their place in the input. */
export function missingFolders(
  settings: MailboxSettingsInput | null | undefined,
  folders: readonly { readonly path: string }[],
): readonly UserError[] {
  const there = new Set(folders.map(({ path }) => folderPath(path)));
  return (settings?.folders?.paths ?? []).flatMap((path, index) =>
    there.has(folderPath(path))
      ? []
      : [notFound('folder on the server', 'settings', 'folders', 'paths', String(index))],
  );
}

/** INBOX is the one name whose case does not matter (RFC 9051 section 5.1). */
function folderPath(raw: string): string {
  return /^inbox$/i.test(raw) ? 'INBOX' : raw;
}

/** R1: the floor keeps providers from suspending accounts. */
function checkMinutes(minutes: number): readonly UserError[] {
  if (minutes >= MIN_POLL_MINUTES && minutes <= MAX_POLL_MINUTES) return [];
  const message = `The minutes must be ${MIN_POLL_MINUTES} to ${MAX_POLL_MINUTES}.`;
  return [userError('out_of_range', message, [...SETTINGS, 'pollEveryMinutes'])];
}
