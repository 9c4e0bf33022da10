/** The domain's closed sets under the names of the GraphQL enums, for schema.generated.ts. */
import type { Account } from '../drizzle/accounts.ts';
import type { BlacklistEntry } from '../drizzle/blacklist.ts';
import type { Contact, ContactOrigin } from '../drizzle/contacts.ts';
import type { Decision } from '../drizzle/decisions.ts';
import type { Engagement } from '../drizzle/engagements.ts';
import type { Mailbox, MailboxServer } from '../drizzle/mailboxes.ts';
import type { Redecision } from '../drizzle/redecisions.ts';
import type { UnknownCorrespondent } from '../drizzle/unknown-review.ts';
import type { User } from '../drizzle/viewers.ts';
import type { Workspace } from '../drizzle/workspaces.ts';
import type { FOLDER_MODES, HISTORY_MODES } from '../domain/policy.ts';
import type { MailboxError } from '../domain/mailbox.ts';
import type { MailErrorKind } from '../mail/errors.ts';
import type { NodeType } from './ids.ts';

export type { OAuthProvider } from '../domain/authorization.ts';
export type { BounceKind } from '../domain/bounce.ts';
export type { SkipReason } from '../domain/decision.ts';
export type { EngagementKind } from '../domain/engagement.ts';
export type { Direction } from '../domain/identity.ts';
export type { DeferralReason, Lane as MailboxLane, MailboxState } from '../domain/mailbox.ts';
export type { MailboxEventKind } from '../domain/mailbox-event.ts';
export type { MissingCauseCode } from '../domain/missing.ts';
export type { FolderUse, ParticipantRole } from '../domain/message.ts';
export type {
  AfterImport,
  BlacklistMode,
  BulkAndAuto,
  CompanyConfidential,
  Preset,
  RetroMatch,
  SeveralAccounts,
  UnknownCorrespondents,
} from '../domain/policy.ts';
export type { AuthMethod as MailAuthMethod } from '../domain/provider.ts';
export type { RedecisionCause, RedecisionState } from '../domain/redecision.ts';
export type { RuleOutcome } from '../domain/trace.ts';
export type { Verdict } from '../drizzle/decisions.ts';
export type { AuthKind as MailboxAuth, MailProtocol } from '../drizzle/mailboxes.ts';
export type { ThreadOrder, UserRole } from '../drizzle/viewers.ts';
export type { SettingsSource as MailSettingsSource } from '../mail/discover.ts';
export type { ServerCapability } from '../mail/probe.ts';
export type { UserErrorCode } from './errors.ts';

/** How a pasted message was known. */
export const PASTED_FORMS = ['source', 'header'] as const;
export type PastedForm = (typeof PASTED_FORMS)[number];

export type BlacklistKind = BlacklistEntry['kind'];
export type ConnectionSecurity = MailboxServer['security'];
export type FolderMode = (typeof FOLDER_MODES)[number];
export type HistoryMode = (typeof HISTORY_MODES)[number];
/** Failures of the mail server, and ours. */
export type MailboxErrorCode = MailErrorKind | 'internal';

export const MAILBOX_STAGES = ['fetch_new', 'parse', 'classify', 'match', 'persist'] as const;
export type MailboxStage = (typeof MAILBOX_STAGES)[number];

/** A failure, and by which mailbox it is told: the remedy depends on the provider. */
export interface MailboxErrorValue extends MailboxError {
  readonly of: Pick<Mailbox, 'provider' | 'protocol' | 'auth'>;
}

/** Where a contact came from, and when it was made. */
export interface ContactSourceValue extends ContactOrigin {
  readonly madeAt: Date;
}

/** A thread has nothing of its own but its engagements. */
export interface ThreadValue {
  readonly id: string;
}

/** Any object with a global id, with the name of its type. */
export type NodeValue = { readonly __typename: NodeType } & (
  | Account
  | BlacklistEntry
  | Contact
  | Decision
  | Engagement
  | Mailbox
  | Redecision
  | ThreadValue
  | UnknownCorrespondent
  | User
  | Workspace
);
