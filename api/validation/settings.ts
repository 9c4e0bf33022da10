import {
  FILING_POLICIES,
  MAX_HISTORY_DAYS,
  MAX_POLL_MINUTES,
  MIN_POLL_MINUTES,
  POLICY_NAMES,
  type FolderPolicy,
  type History,
  type Policy,
} from '../../domain/policy.ts';
import { notFound, userError, type UserError } from '../errors.ts';
import type {
  FolderSettingsInput,
  HistorySettingsInput,
  MailboxSettingsInput,
} from '../schema.generated.ts';
import { ok, type Checked, type Path } from './fields.ts';

type Settings = MailboxSettingsInput | null | undefined;

const MAX_PATHS = 100;
/** Where the settings of a mailbox stand in the input. */
export const SETTINGS: Path = ['input', 'settings'];

/** The policies that are chosen; what is left out or null is none of them. */
export function checkSettings(settings: Settings, at: Path = SETTINGS): Checked<Partial<Policy>> {
  if (!settings) return ok({});
  const history = settings.history ? checkHistory(settings.history, at) : null;
  const folders = settings.folders ? checkFolders(settings.folders, at) : null;
  const { pollEveryMinutes } = settings;
  return {
    value: {
      ...asTheyAre(settings),
      ...(history === null ? {} : { history: history.value }),
      ...(folders === null ? {} : { folders: folders.value }),
    },
    userErrors: [
      ...(history?.userErrors ?? []),
      ...(folders?.userErrors ?? []),
      ...(pollEveryMinutes == null ? [] : checkMinutes(pollEveryMinutes, at)),
    ],
  };
}

/** What is null follows again what stands above: the workspace, or its preset. What is left out stays. */
export function clearedSettings(settings: Settings): readonly (keyof Policy)[] {
  return settings ? POLICY_NAMES.filter((name) => settings[name] === null) : [];
}

/** Whether the settings touch the rules of filing, which are the admins' to set. */
export function changesFiling(settings: Settings): boolean {
  return settings != null && FILING_POLICIES.some((name) => settings[name] !== undefined);
}

/** The chosen folders that the server does not have, named by their place in the input. */
export function missingFolders(
  settings: Pick<MailboxSettingsInput, 'folders'> | null | undefined,
  folders: readonly { readonly path: string }[],
): readonly UserError[] {
  const there = new Set(folders.map(({ path }) => folderPath(path)));
  return (settings?.folders?.paths ?? []).flatMap((path, index) =>
    there.has(folderPath(path))
      ? []
      : [notFound('folder on the server', 'settings', 'folders', 'paths', String(index))],
  );
}

/** Those whose values the schema has checked, or that are checked as they are. */
function asTheyAre(settings: MailboxSettingsInput): Partial<Policy> {
  const { unknownCorrespondents, blacklistMode, bulkAndAuto, companyConfidential } = settings;
  const { severalAccounts, retroMatch, afterImport } = settings;
  const { pollEveryMinutes, push, bytesPerDay, loginsPerHour } = settings;
  return {
    ...(unknownCorrespondents == null ? {} : { unknownCorrespondents }),
    ...(blacklistMode == null ? {} : { blacklistMode }),
    ...(bulkAndAuto == null ? {} : { bulkAndAuto }),
    ...(companyConfidential == null ? {} : { companyConfidential }),
    ...(severalAccounts == null ? {} : { severalAccounts }),
    ...(retroMatch == null ? {} : { retroMatch }),
    ...(afterImport == null ? {} : { afterImport }),
    ...(pollEveryMinutes == null ? {} : { pollEveryMinutes }),
    ...(push == null ? {} : { push }),
    ...(bytesPerDay == null ? {} : { bytesPerDay }),
    ...(loginsPerHour == null ? {} : { loginsPerHour }),
  };
}

function checkHistory({ mode, days }: HistorySettingsInput, at: Path): Checked<History> {
  const path = [...at, 'history', 'days'];
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

function checkFolders({ mode, paths }: FolderSettingsInput, at: Path): Checked<FolderPolicy> {
  const path = [...at, 'folders', 'paths'];
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

/** INBOX is the one name whose case does not matter (RFC 9051 section 5.1). */
function folderPath(raw: string): string {
  return /^inbox$/i.test(raw) ? 'INBOX' : raw;
}

/** R1: the floor keeps providers from suspending accounts. */
function checkMinutes(minutes: number, at: Path): readonly UserError[] {
  if (minutes >= MIN_POLL_MINUTES && minutes <= MAX_POLL_MINUTES) return [];
  const message = `The minutes must be ${MIN_POLL_MINUTES} to ${MAX_POLL_MINUTES}.`;
  return [userError('out_of_range', message, [...at, 'pollEveryMinutes'])];
}
