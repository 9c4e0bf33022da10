/** What happens with mail of people who are not contacts yet (R30-R32). */
export const UNKNOWN_CORRESPONDENTS = ['known_domain', 'never', 'always', 'sent_only'] as const;
export type UnknownCorrespondents = (typeof UNKNOWN_CORRESPONDENTS)[number];

export const BLACKLIST_MODES = ['any_participant', 'sender_only'] as const;
export type BlacklistMode = (typeof BLACKLIST_MODES)[number];

export const BULK_AND_AUTO = ['skip', 'log'] as const;
export type BulkAndAuto = (typeof BULK_AND_AUTO)[number];

/** Whether a contact, an alias or a domain that comes later pulls in earlier mail (R4). */
export const RETRO_MATCH = ['off', 'on'] as const;
export type RetroMatch = (typeof RETRO_MATCH)[number];

/** What happens with mail marked `Sensitivity: Company-Confidential` (RFC 2156; R13). */
export const COMPANY_CONFIDENTIAL = ['log', 'skip'] as const;
export type CompanyConfidential = (typeof COMPANY_CONFIDENTIAL)[number];

/** Where a message of a contact with several accounts goes: to the default one (R17), or by R63-R66. */
export const SEVERAL_ACCOUNTS = ['default_account', 'archive_rules'] as const;
export type SeveralAccounts = (typeof SEVERAL_ACCOUNTS)[number];

/** What becomes of a message in the mailbox once its engagement is committed. */
export const AFTER_IMPORT = ['leave', 'delete'] as const;
export type AfterImport = (typeof AFTER_IMPORT)[number];

/** How far back the first visit reads (R3). */
export type History =
  | { readonly mode: 'from_connection' }
  | { readonly mode: 'days'; readonly days: number }
  | { readonly mode: 'all' };
export const HISTORY_MODES = ['from_connection', 'days', 'all'] as const;

/** Which folders are read (R2). `all` leaves out spam, trash and drafts. */
export type FolderPolicy =
  | { readonly mode: 'inbox_and_sent' }
  | { readonly mode: 'inbox' }
  | { readonly mode: 'all' }
  | { readonly mode: 'selected'; readonly paths: readonly string[] };
export const FOLDER_MODES = ['inbox_and_sent', 'inbox', 'all', 'selected'] as const;

/** Five products that do this job, each as a set of policies (spec.md section 3). */
export const PRESETS = ['customer_success', 'performer', 'shop', 'sales', 'archive_only'] as const;
export type Preset = (typeof PRESETS)[number];

/**
 * The policies of spec.md section 3 that this version knows, per workspace with overrides per mailbox. What is in force
 * says `effectivePolicy` in domain/presets.ts.
 */
export interface Policy {
  readonly unknownCorrespondents: UnknownCorrespondents;
  readonly blacklistMode: BlacklistMode;
  readonly bulkAndAuto: BulkAndAuto;
  readonly companyConfidential: CompanyConfidential;
  readonly severalAccounts: SeveralAccounts;
  readonly retroMatch: RetroMatch;
  readonly afterImport: AfterImport;
  readonly history: History;
  readonly folders: FolderPolicy;
  /** Minutes between two visits when nothing else wakes the mailbox (R1). */
  readonly pollEveryMinutes: number;
  /** Whether a connection is held open so that new mail is noticed at once (RFC 2177). */
  readonly push: boolean;
  /** Less than the provider allows, if an admin wants that; null is the provider's own limit. */
  readonly bytesPerDay: number | null;
  readonly loginsPerHour: number | null;
}

export const DEFAULT_POLICY: Policy = {
  unknownCorrespondents: 'known_domain',
  blacklistMode: 'any_participant',
  bulkAndAuto: 'skip',
  companyConfidential: 'log',
  severalAccounts: 'default_account',
  retroMatch: 'off',
  afterImport: 'leave',
  history: { mode: 'from_connection' },
  folders: { mode: 'inbox_and_sent' },
  pollEveryMinutes: 15,
  push: false,
  bytesPerDay: null,
  loginsPerHour: null,
};

/** The rules of filing: what of the mail that is read goes onto timelines, and what becomes of it. */
export const FILING_POLICIES = [
  'unknownCorrespondents',
  'blacklistMode',
  'bulkAndAuto',
  'companyConfidential',
  'severalAccounts',
  'retroMatch',
  'afterImport',
] as const satisfies readonly (keyof Policy)[];
/** Which mail is read at all, and when. */
export const READING_POLICIES = [
  'history',
  'folders',
  'pollEveryMinutes',
  'push',
  'bytesPerDay',
  'loginsPerHour',
] as const satisfies readonly (keyof Policy)[];
export const POLICY_NAMES: readonly (keyof Policy)[] = [...FILING_POLICIES, ...READING_POLICIES];

/** More often than this makes providers suspend accounts (support.google.com/a/answer/1359240: 15 is recommended). */
export const MIN_POLL_MINUTES = 5;
export const MAX_POLL_MINUTES = 24 * 60;
export const MAX_HISTORY_DAYS = 3650;
