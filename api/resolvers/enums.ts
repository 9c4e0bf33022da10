import { OAUTH_PROVIDERS } from '../../domain/authorization.ts';
import { BOUNCE_KINDS } from '../../domain/bounce.ts';
import { SKIP_REASONS } from '../../domain/decision.ts';
import { ENGAGEMENT_KINDS } from '../../domain/engagement.ts';
import { DEFERRAL_REASONS, LANES, MAILBOX_STATES } from '../../domain/mailbox.ts';
import { MAILBOX_EVENT_KINDS } from '../../domain/mailbox-event.ts';
import { MISSING_CAUSES } from '../../domain/missing.ts';
import { FOLDER_USES, PARTICIPANT_ROLES } from '../../domain/message.ts';
import {
  AFTER_IMPORT,
  BLACKLIST_MODES,
  BULK_AND_AUTO,
  COMPANY_CONFIDENTIAL,
  FOLDER_MODES,
  HISTORY_MODES,
  PRESETS,
  RETRO_MATCH,
  SEVERAL_ACCOUNTS,
  UNKNOWN_CORRESPONDENTS,
} from '../../domain/policy.ts';
import { RULE_OUTCOMES } from '../../domain/trace.ts';
import { AUTH_METHODS } from '../../domain/provider.ts';
import { REDECISION_CAUSES, REDECISION_STATES } from '../../domain/redecision.ts';
import { VERDICTS } from '../../drizzle/decisions.ts';
import { AUTH_KINDS } from '../../drizzle/mailboxes.ts';
import { THREAD_ORDERS, USER_ROLES } from '../../drizzle/viewers.ts';
import { SETTINGS_SOURCES } from '../../mail/discover.ts';
import { MAIL_ERROR_KINDS } from '../../mail/errors.ts';
import { SERVER_CAPABILITIES } from '../../mail/probe.ts';
import { USER_ERROR_CODES } from '../errors.ts';
import { MAILBOX_STAGES, PASTED_FORMS } from '../values.ts';

/** GraphQL names are the upper case of the values inside (style.md section 5): resolvers see only the latter. */
export const enums = {
  AfterImport: upperCase(AFTER_IMPORT),
  BlacklistKind: upperCase(['address', 'domain']),
  BlacklistMode: upperCase(BLACKLIST_MODES),
  BounceKind: upperCase(BOUNCE_KINDS),
  BulkAndAuto: upperCase(BULK_AND_AUTO),
  CompanyConfidential: upperCase(COMPANY_CONFIDENTIAL),
  ConnectionSecurity: upperCase(['tls', 'starttls', 'none']),
  DeferralReason: upperCase(DEFERRAL_REASONS),
  Direction: upperCase(['incoming', 'outgoing']),
  EngagementKind: upperCase(ENGAGEMENT_KINDS),
  FolderMode: upperCase(FOLDER_MODES),
  FolderUse: upperCase(FOLDER_USES),
  HistoryMode: upperCase(HISTORY_MODES),
  MailboxAuth: upperCase(AUTH_KINDS),
  MailboxErrorCode: upperCase([...Object.keys(MAIL_ERROR_KINDS), 'internal']),
  MailboxEventKind: upperCase(MAILBOX_EVENT_KINDS),
  MailboxLane: upperCase(LANES),
  MailboxStage: upperCase(MAILBOX_STAGES),
  MailboxState: upperCase(MAILBOX_STATES),
  MailAuthMethod: upperCase(AUTH_METHODS),
  MailProtocol: upperCase(['imap', 'pop3']),
  MailSettingsSource: upperCase(SETTINGS_SOURCES),
  OAuthProvider: upperCase(OAUTH_PROVIDERS),
  MissingCauseCode: upperCase(MISSING_CAUSES),
  ParticipantRole: upperCase(PARTICIPANT_ROLES),
  Preset: upperCase(PRESETS),
  RetroMatch: upperCase(RETRO_MATCH),
  RedecisionCause: upperCase(REDECISION_CAUSES),
  RedecisionState: upperCase(REDECISION_STATES),
  PastedForm: upperCase(PASTED_FORMS),
  RuleOutcome: upperCase(RULE_OUTCOMES),
  ServerCapability: upperCase(SERVER_CAPABILITIES),
  SeveralAccounts: upperCase(SEVERAL_ACCOUNTS),
  SkipReason: upperCase(SKIP_REASONS),
  UnknownCorrespondents: upperCase(UNKNOWN_CORRESPONDENTS),
  ThreadOrder: upperCase(THREAD_ORDERS),
  UserErrorCode: upperCase(USER_ERROR_CODES),
  UserRole: upperCase(USER_ROLES),
  Verdict: upperCase(VERDICTS),
};

function upperCase(values: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(values.map((value) => [value.toUpperCase(), value]));
}
