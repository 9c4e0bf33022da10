import { SKIP_REASONS } from '../../domain/decision.ts';
import { MAILBOX_STATES } from '../../domain/mailbox.ts';
import { FOLDER_USES, PARTICIPANT_ROLES } from '../../domain/message.ts';
import { FOLDER_MODES, HISTORY_MODES } from '../../domain/policy.ts';
import { VERDICTS } from '../../drizzle/decisions.ts';
import { USER_ROLES } from '../../drizzle/viewers.ts';
import { MAIL_ERROR_KINDS } from '../../mail/errors.ts';
import { USER_ERROR_CODES } from '../errors.ts';
import { MAILBOX_STAGES } from '../values.ts';

/** GraphQL names are the upper case of the values inside (style.md section 5): resolvers see only the latter. */
export const enums = {
  BlacklistKind: upperCase(['address', 'domain']),
  ConnectionSecurity: upperCase(['tls', 'starttls', 'none']),
  Direction: upperCase(['incoming', 'outgoing']),
  FolderMode: upperCase(FOLDER_MODES),
  FolderUse: upperCase(FOLDER_USES),
  HistoryMode: upperCase(HISTORY_MODES),
  MailboxErrorCode: upperCase([...Object.keys(MAIL_ERROR_KINDS), 'internal']),
  MailboxStage: upperCase(MAILBOX_STAGES),
  MailboxState: upperCase(MAILBOX_STATES),
  ParticipantRole: upperCase(PARTICIPANT_ROLES),
  SkipReason: upperCase(SKIP_REASONS),
  UserErrorCode: upperCase(USER_ERROR_CODES),
  UserRole: upperCase(USER_ROLES),
  Verdict: upperCase(VERDICTS),
};

function upperCase(values: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(values.map((value) => [value.toUpperCase(), value]));
}
