import { OAUTH_PROVIDERS } from '../../domain/authorization.ts';
import { SKIP_REASONS } from '../../domain/decision.ts';
import { DEFERRAL_REASONS, LANES, MAILBOX_STATES } from '../../domain/mailbox.ts';
import { MAILBOX_EVENT_KINDS } from '../../domain/mailbox-event.ts';
import { FOLDER_USES, PARTICIPANT_ROLES } from '../../domain/message.ts';
import { FOLDER_MODES, HISTORY_MODES } from '../../domain/policy.ts';
import { AUTH_METHODS } from '../../domain/provider.ts';
import { VERDICTS } from '../../drizzle/decisions.ts';
import { AUTH_KINDS } from '../../drizzle/mailboxes.ts';
import { USER_ROLES } from '../../drizzle/viewers.ts';
import { SETTINGS_SOURCES } from '../../mail/discover.ts';
import { MAIL_ERROR_KINDS } from '../../mail/errors.ts';
import { SERVER_CAPABILITIES } from '../../mail/probe.ts';
import { USER_ERROR_CODES } from '../errors.ts';
import { MAILBOX_STAGES } from '../values.ts';

/** GraphQL names are the upper case of the values inside (style.md section 5): resolvers see only the latter. */
export const enums = {
  BlacklistKind: upperCase(['address', 'domain']),
  ConnectionSecurity: upperCase(['tls', 'starttls', 'none']),
  DeferralReason: upperCase(DEFERRAL_REASONS),
  Direction: upperCase(['incoming', 'outgoing']),
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
  ParticipantRole: upperCase(PARTICIPANT_ROLES),
  ServerCapability: upperCase(SERVER_CAPABILITIES),
  SkipReason: upperCase(SKIP_REASONS),
  UserErrorCode: upperCase(USER_ERROR_CODES),
  UserRole: upperCase(USER_ROLES),
  Verdict: upperCase(VERDICTS),
};

function upperCase(values: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(values.map((value) => [value.toUpperCase(), value]));
}
