import type { AfterImport } from './values.ts';
import type { BlacklistKind } from './values.ts';
import type { BlacklistMode } from './values.ts';
import type { BounceKind } from './values.ts';
import type { BulkAndAuto } from './values.ts';
import type { CompanyConfidential } from './values.ts';
import type { ConnectionSecurity } from './values.ts';
import type { DeferralReason } from './values.ts';
import type { Direction } from './values.ts';
import type { EngagementKind } from './values.ts';
import type { FolderMode } from './values.ts';
import type { FolderUse } from './values.ts';
import type { HistoryMode } from './values.ts';
import type { MailboxAuth } from './values.ts';
import type { MailboxErrorCode } from './values.ts';
import type { MailboxEventKind } from './values.ts';
import type { MailboxLane } from './values.ts';
import type { MailboxStage } from './values.ts';
import type { MailboxState } from './values.ts';
import type { MailAuthMethod } from './values.ts';
import type { MailProtocol } from './values.ts';
import type { MailSettingsSource } from './values.ts';
import type { OAuthProvider } from './values.ts';
import type { MissingCauseCode } from './values.ts';
import type { ParticipantRole } from './values.ts';
import type { Preset } from './values.ts';
import type { RedecisionCause } from './values.ts';
import type { RedecisionState } from './values.ts';
import type { RetroMatch } from './values.ts';
import type { PastedForm } from './values.ts';
import type { RuleOutcome } from './values.ts';
import type { ServerCapability } from './values.ts';
import type { SeveralAccounts } from './values.ts';
import type { SkipReason } from './values.ts';
import type { UnknownCorrespondents } from './values.ts';
import type { ThreadOrder } from './values.ts';
import type { UserErrorCode } from './values.ts';
import type { UserRole } from './values.ts';
import type { Verdict } from './values.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Account as AccountValue } from '../drizzle/accounts.ts';
import type { AttachedFile as AttachmentValue, EngagementParticipant as ParticipantValue } from '../drizzle/engagement-parts.ts';
import type { CalendarInvite as CalendarInviteValue } from '../domain/engagement.ts';
import type { BlacklistEntry as BlacklistEntryValue } from '../drizzle/blacklist.ts';
import type { Bounce as BounceValue, BouncedAddress as BouncedAddressValue } from '../drizzle/bounce-reports.ts';
import type { Contact as ContactValue } from '../drizzle/contacts.ts';
import type { ContactSourceValue, MailboxErrorValue, NodeValue, ThreadValue } from './values.ts';
import type { Decision as DecisionValue } from '../drizzle/decisions.ts';
import type { DecisionCount as DecisionCountValue } from '../drizzle/decision-counts.ts';
import type { Engagement as EngagementValue } from '../drizzle/engagements.ts';
import type { Mailbox as MailboxValue } from '../drizzle/mailboxes.ts';
import type { MailboxEvent as MailboxEventValue, FolderHealth as FolderHealthValue } from '../drizzle/mailbox-health.ts';
import type { ProviderProfile as ProviderProfileValue } from '../domain/provider.ts';
import type { DiscoveredSettings as DiscoveredSettingsValue } from '../mail/discover.ts';
import type { Redecision as RedecisionValue } from '../drizzle/redecisions.ts';
import type { PolicyEffect as PolicyEffectValue } from '../domain/policy-preview.ts';
import type { Preview as PolicyPreviewValue } from './policy-preview.ts';
import type { UnknownCorrespondent as UnknownCorrespondentValue } from '../drizzle/unknown-review.ts';
import type { User as UserValue } from '../drizzle/viewers.ts';
import type { Workspace as WorkspaceValue } from '../drizzle/workspaces.ts';
import type { RequestContext } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type EnumResolverSignature<T, AllowedValues = any> = { [key in keyof T]?: AllowedValues };
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A moment as ISO 8601 with milliseconds in UTC, e.g. `2026-11-22T08:15:00.000Z`. Input may carry any offset, but must carry one; its year is 1900 to 9998. */
  DateTime: { input: Date; output: Date; }
  /** A normalised e-mail address: lower case, domain in IDNA ASCII form. Only in answers; inputs take a `String`. */
  EmailAddress: { input: string; output: string; }
  /** An unsigned 32-bit number, as IMAP numbers messages (RFC 9051, section 2.3.1.1). `Int` ends at half of that. */
  UInt32: { input: number; output: number; }
  /** A number of octets: a whole number from 0 to 2^53 - 1. `Int` ends at 2 GB, which is less than a provider allows in a day. */
  Octets: { input: number; output: number; }
};

/** Anything that has a global id and can be fetched by `node`. */
export type Node = {
  /** Opaque and unique over all types. It stays the same for the life of the object. */
  readonly id: Scalars['ID']['output'];
};

/** Where a page lies in its list (Relay cursor connections). */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Whether more items follow `endCursor`. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether the page was asked for with `after`, so that items come before it. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first item; null on an empty page. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
  /** Cursor of the last item, to pass as `after`; null on an empty page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

/** Something in the input that a person can correct. Nothing was changed when there is one, unless its code says so. */
export type UserError = {
  readonly __typename?: 'UserError';
  /** The stable code to branch on. */
  readonly code: UserErrorCode;
  /** One or two sentences in English that may be shown as they are. */
  readonly message: Scalars['String']['output'];
  /** Path of the input field at fault from the argument on, e.g. `input`, `addresses`, `1`; null when no single field is. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

export type { UserErrorCode };

/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type Query = {
  readonly __typename?: 'Query';
  /** The user whose token is used. */
  readonly viewer: User;
  /** The workspace of the viewer. */
  readonly workspace: Workspace;
  /**
   * What a change to policies would have meant for the mail of the last 30 days, before making it: its messages are decided again
   * under the present policies and under the proposed ones, with the contacts and lists of today. Nothing is stored. Which
   * mail is read at all (`history`, `folders`, pace) is not looked at. Admins only.
   */
  readonly policyPreview: PolicyPreviewPayload;
  /** Any object by its global id; null when there is none in the workspace. */
  readonly node?: Maybe<Node>;
  /** Several objects by global id, in the order asked, null where there is none. */
  readonly nodes: ReadonlyArray<Maybe<Node>>;
  /** One mailbox, disconnected ones included. */
  readonly mailbox?: Maybe<Mailbox>;
  /** Mailboxes by address. */
  readonly mailboxes: MailboxConnection;
  /** One contact. */
  readonly contact?: Maybe<Contact>;
  /**
   * Finds the mail servers of an address before its mailbox is connected: in our own table, then in the DNS and in what the
   * domain publishes. Within ten seconds; null when nothing was found. An invalid address is a `BAD_USER_INPUT` error.
   */
  readonly mailSettings?: Maybe<MailSettings>;
  /** Contacts by name; those without a name come first. */
  readonly contacts: ContactConnection;
  /** The contact that stands for a person of another system; null when there is none. */
  readonly contactByExternalId?: Maybe<Contact>;
  /** One account. */
  readonly account?: Maybe<Account>;
  /** The account that stands for a company of another system; null when there is none. */
  readonly accountByExternalId?: Maybe<Account>;
  /** Accounts by name. */
  readonly accounts: AccountConnection;
  /** One engagement; null once it is deleted. */
  readonly engagement?: Maybe<Engagement>;
  /** Engagements, newest first, without deleted ones. */
  readonly engagements: EngagementConnection;
  /** Threads by their latest engagement, newest first. */
  readonly threads: ThreadConnection;
  /** What was decided about messages and why, latest decision first. Nothing seen in a mailbox is missing here once decided. */
  readonly decisions: DecisionConnection;
  /** Second looks at earlier messages, the latest first. */
  readonly redecisions: RedecisionConnection;
  /**
   * How many messages got which verdict for which reason, per mailbox and day, latest day first; days without any are left
   * out. A failed message that is tried again moves to its new verdict.
   */
  readonly decisionCounts: ReadonlyArray<DecisionCount>;
  /**
   * What would become of a message if a mailbox saw it now: the same rules and words as in `decisions`, each rule in its order,
   * and what would be shown. Nothing is stored or sent, no mail server is asked. For every user.
   */
  readonly simulateMessage: Simulation;
  /**
   * Why a message is not here, also when nothing was ever decided about it: the decisions that fit, and what of the mailbox's
   * state can keep a message out of sight, the likeliest first.
   */
  readonly whyMissing: MissingMessage;
  /** The blacklist by value. */
  readonly blacklistEntries: BlacklistEntryConnection;
  /** What an entry would have kept out, before adding it; null when the value is neither an address nor a domain. */
  readonly blacklistPreview?: Maybe<BlacklistPreview>;
  /** What a pasted list would have kept out, before adding it. */
  readonly blacklistListPreview: BlacklistListPreview;
  /** People whose mail was skipped because nobody knew them, for review: latest first. Who has become a contact, one of your own, or blacklisted since is not listed. */
  readonly unknownCorrespondents: UnknownCorrespondentConnection;
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryPolicyPreviewArgs = {
  input: PolicyPreviewInput;
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryNodesArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryMailboxArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryMailboxesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  includeDisconnected?: InputMaybe<Scalars['Boolean']['input']>;
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryContactArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryMailSettingsArgs = {
  address: Scalars['String']['input'];
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryContactsArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryContactByExternalIdArgs = {
  externalId: Scalars['String']['input'];
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryAccountArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryAccountByExternalIdArgs = {
  externalId: Scalars['String']['input'];
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryAccountsArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryEngagementArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryEngagementsArgs = {
  filter?: InputMaybe<EngagementFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryThreadsArgs = {
  filter?: InputMaybe<ThreadFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryDecisionsArgs = {
  filter?: InputMaybe<DecisionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryRedecisionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryDecisionCountsArgs = {
  filter?: InputMaybe<DecisionCountFilter>;
  timeZone?: InputMaybe<Scalars['String']['input']>;
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QuerySimulateMessageArgs = {
  raw: Scalars['String']['input'];
  mailboxId?: InputMaybe<Scalars['ID']['input']>;
  folderUse?: InputMaybe<FolderUse>;
  flags?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryWhyMissingArgs = {
  input: WhyMissingInput;
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryBlacklistEntriesArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryBlacklistPreviewArgs = {
  value: Scalars['String']['input'];
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryBlacklistListPreviewArgs = {
  text: Scalars['String']['input'];
};


/** Everything that can be read. A by-id field is null when there is no such object in the workspace. */
export type QueryUnknownCorrespondentsArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
  includeDismissed?: InputMaybe<Scalars['Boolean']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** Narrows `engagements`; conditions are joined by and. */
export type EngagementFilter = {
  /** Seen in this mailbox. */
  readonly mailboxId?: InputMaybe<Scalars['ID']['input']>;
  /** On the timeline of this contact. */
  readonly contactId?: InputMaybe<Scalars['ID']['input']>;
  /** On the timeline of this account. */
  readonly accountId?: InputMaybe<Scalars['ID']['input']>;
  /** Received or sent. */
  readonly direction?: InputMaybe<Direction>;
  /** Occurred at this moment or later. */
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  /** Occurred before this moment. */
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
  /** Part of the subject, the text, or a participant's name or address, any case. */
  readonly search?: InputMaybe<Scalars['String']['input']>;
};

/** Narrows `threads`; conditions are joined by and. One engagement must meet all of them but `since`. */
export type ThreadFilter = {
  /** Seen in this mailbox. */
  readonly mailboxId?: InputMaybe<Scalars['ID']['input']>;
  /** On the timeline of this contact. */
  readonly contactId?: InputMaybe<Scalars['ID']['input']>;
  /** On the timeline of this account. */
  readonly accountId?: InputMaybe<Scalars['ID']['input']>;
  /** The latest engagement occurred at this moment or later. */
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Narrows `decisions`; conditions are joined by and. */
export type DecisionFilter = {
  /** Seen in this mailbox. */
  readonly mailboxId?: InputMaybe<Scalars['ID']['input']>;
  /** The message has this address among sender and recipients, in any case, with any `+tag` or without. An invalid address is a `BAD_USER_INPUT` error. */
  readonly address?: InputMaybe<Scalars['String']['input']>;
  /** The Message-ID header, with or without angle brackets. */
  readonly internetMessageId?: InputMaybe<Scalars['String']['input']>;
  /** What was decided. */
  readonly verdict?: InputMaybe<Verdict>;
  /** Why it was skipped. */
  readonly reason?: InputMaybe<SkipReason>;
  /** Decided at this moment or later. */
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  /** Decided before this moment. */
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
  /** Seen in the folder with this path, e.g. `INBOX`, in any case. */
  readonly folder?: InputMaybe<Scalars['String']['input']>;
  /** Part of the subject, any case, at most 200 characters. */
  readonly subject?: InputMaybe<Scalars['String']['input']>;
};

/** Narrows `decisionCounts`; conditions are joined by and. */
export type DecisionCountFilter = {
  /** Seen in this mailbox. */
  readonly mailboxId?: InputMaybe<Scalars['ID']['input']>;
  /** Decided at this moment or later; 30 days before `until` when left out. */
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
  /** Decided before this moment, 400 days after `since` at most; now when left out. */
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

/** What is known of a message that nobody finds. Give the mailbox, and as much of the rest as you have. */
export type WhyMissingInput = {
  /** The mailbox in which it should have been seen. */
  readonly mailboxId: Scalars['ID']['input'];
  /** The Message-ID header, with or without angle brackets. */
  readonly internetMessageId?: InputMaybe<Scalars['String']['input']>;
  /** Sender or a recipient, in any case, with any `+tag` or without. An invalid address is a `BAD_USER_INPUT` error. */
  readonly address?: InputMaybe<Scalars['String']['input']>;
  /** Part of the subject, any case, at most 200 characters. */
  readonly subject?: InputMaybe<Scalars['String']['input']>;
  /** About when it arrived, or was sent; causes that cannot be then are left out. */
  readonly arrivedAt?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /**
   * Changes the workspace: name, policies, internal domains. Rules of filing count for mail that is decided from now on; nothing
   * that was filed goes. Mailboxes whose history, folders or pace change by that are visited at once, as after
   * `updateMailbox`. `policyPreview` says beforehand what would change. Admins only.
   */
  readonly updateWorkspace: UpdateWorkspacePayload;
  /** Tries to log in to a mail server and says within 15 seconds what is there, or the one reason why not. Nothing is stored. */
  readonly testMailbox: TestMailboxPayload;
  /** Connects a mailbox of the viewer: tries the login first, stores it encrypted, and starts its visits. For every user. */
  readonly connectMailbox: ConnectMailboxPayload;
  /**
   * Begins to connect a mailbox at Google or Microsoft, or to reconnect it, without a password. Open `authorizationUrl` in a
   * browser within ten minutes: the person consents there, the login is tried, and the mailbox is stored as
   * `connectMailbox` or `reconnectMailbox` would. Nothing changes before that. For every user; reconnecting for admins and the owner of
   * the mailbox only.
   */
  readonly startMailboxAuthorization: StartMailboxAuthorizationPayload;
  /** Stops the visits of a mailbox and keeps everything. A visit in progress ends early. Pausing twice changes nothing. For admins and the owner of the mailbox only. */
  readonly pauseMailbox: PauseMailboxPayload;
  /** Goes on with the visits from the checkpoint and misses nothing. Resuming twice changes nothing. For admins and the owner of the mailbox only. */
  readonly resumeMailbox: ResumeMailboxPayload;
  /** Takes new credentials: tries them first, then stores them and visits at once. Nothing changes when the login fails. For admins and the owner of the mailbox only. */
  readonly reconnectMailbox: ReconnectMailboxPayload;
  /** Stops the visits for good and deletes the credentials. Engagements and decisions stay unless asked otherwise. For admins and the owner of the mailbox only. */
  readonly disconnectMailbox: DisconnectMailboxPayload;
  /** Asks for a visit now instead of at the next interval. The provider's own limits still hold. For admins and the owner of the mailbox only. */
  readonly syncMailboxNow: SyncMailboxNowPayload;
  /** Changes how a mailbox is read, from its next visit on, which begins at once. For admins and the owner of the mailbox only. */
  readonly updateMailbox: UpdateMailboxPayload;
  /** Leaves the rest of the history unread; what was filed of it stays, and new mail goes on. A longer `history` set later reads on. For admins and the owner of the mailbox only. */
  readonly stopMailboxImport: StopMailboxImportPayload;
  /** Decides a skipped message again, now, under the rules and contacts of now. Its text is downloaded if it is to be logged, even while the mailbox is paused. For admins and the owner of the mailbox only. */
  readonly redecideMessage: RedecideMessagePayload;
  /** Tries a message again that was set aside as `FAILED`. For admins and the owner of the mailbox only. */
  readonly retryMessage: RetryMessagePayload;
  /** Tries all messages of a mailbox again that were set aside as `FAILED`. For admins and the owner of the mailbox only. */
  readonly retryFailedMessages: RetryFailedMessagesPayload;
  /** Gives a message up that was set aside as `FAILED`: it becomes `SKIPPED` as `DISCARDED`. The message itself stays in the mailbox. For admins and the owner of the mailbox only. */
  readonly discardMessage: DiscardMessagePayload;
  /** Makes a contact. Mail that was already decided is looked at again only in mailboxes under `retroMatch: ON`. */
  readonly createContact: CreateContactPayload;
  /** Changes a contact; fields that are left out stay as they are. */
  readonly updateContact: UpdateContactPayload;
  /** Deletes a contact. Its engagements stay on the timelines of accounts and other contacts. */
  readonly deleteContact: DeleteContactPayload;
  /** Makes an account. */
  readonly createAccount: CreateAccountPayload;
  /** Changes an account; fields that are left out stay as they are. */
  readonly updateAccount: UpdateAccountPayload;
  /** Deletes an account. Its contacts stay, its child accounts lose their parent, its engagements stay on other timelines. Admins only. */
  readonly deleteAccount: DeleteAccountPayload;
  /**
   * Makes and changes up to 10,000 contacts as they stand in another system, each found by its `externalId`. All rows that are
   * right are stored together, the others are named in `rowErrors` and leave nothing behind. The same call again changes
   * nothing. Contacts that are not listed stay. Validated as `createContact` does; a request is 2 MB at most, which is 10,000
   * rows of 200 bytes. For every user.
   */
  readonly upsertContacts: UpsertContactsPayload;
  /**
   * The same for accounts. A row may name as its parent an account that another row makes, and take over a domain that another
   * row gives up. Validated as `createAccount` does. For every user.
   */
  readonly upsertAccounts: UpsertAccountsPayload;
  /**
   * `upsertContacts` with rows from CSV (RFC 4180, in UTF-8; commas, semicolons or tabs between cells, as the header line has
   * them). Columns, in any order, are named as the fields of `ContactRowInput`: `contactId`, `externalId`, `name`, `addresses`,
   * `accountExternalIds`, `accountIds`, `defaultAccountExternalId`, `defaultAccountId`. A column that is missing leaves its
   * field as it is, an empty cell clears it; lists stand in one cell with semicolons between. An apostrophe before `=`, `+`,
   * `-`, `@` or a tab at the start of a cell is taken off. `GET /export/contacts.csv` answers with such a file. For every user.
   */
  readonly importContacts: ImportContactsPayload;
  /**
   * `upsertAccounts` with rows from CSV, as `importContacts` reads it. Columns: `accountId`, `externalId`, `name`, `domains`,
   * `parentExternalId`, `parentId`, `defaultForArchive` (`true` or `false`). `GET /export/accounts.csv` answers with such a
   * file. For every user.
   */
  readonly importAccounts: ImportAccountsPayload;
  /**
   * Adds entries to the blacklist from CSV, as `importContacts` reads it, and changes the notes of those that are there.
   * Columns: `value`, as `addBlacklistEntry` takes it, and `note`. Entries that are not listed stay. `GET
   * /export/blacklist.csv` answers with such a file. Admins only.
   */
  readonly importBlacklist: ImportBlacklistPayload;
  /**
   * Undoes a contact that the system made: the contact goes, and its addresses stand dismissed on the list of unknown
   * correspondents, so that the next mail does not make it again. Engagements that were logged for no other contact leave the
   * timelines and are decided as unknown again; accepting the correspondent brings them back. Those whose message was deleted
   * from the mailbox after the import stay. A contact that a person made is refused: `deleteContact` is for those.
   */
  readonly undoAutomaticContact: UndoAutomaticContactPayload;
  /**
   * Makes a contact of an unknown correspondent, with the account if one is named, and decides the skipped mail of that person
   * again in the background. When a contact has the address already, it is answered unchanged, and the mail is decided again.
   */
  readonly acceptUnknownCorrespondent: AcceptUnknownCorrespondentPayload;
  /** Hides an unknown correspondent from the list. No policy makes a contact of that address any more. Dismissing twice changes nothing. */
  readonly dismissUnknownCorrespondent: DismissUnknownCorrespondentPayload;
  /** Takes a dismissal back. */
  readonly restoreUnknownCorrespondent: RestoreUnknownCorrespondentPayload;
  /** Chooses the account on which a contact's later engagements are logged. */
  readonly setDefaultAccount: SetDefaultAccountPayload;
  /** Keeps later mail with an address or domain out. Engagements already logged stay. A value already listed is answered with its entry, unchanged. Admins only. */
  readonly addBlacklistEntry: AddBlacklistEntryPayload;
  /**
   * Adds a pasted list of up to 10,000 addresses and domains: what is right is added, all at once, and what is not is answered
   * line by line. Taken are lines, commas and semicolons between entries, `Name <jill@example.com>`, `mailto:`, `@example.com`,
   * `*.example.com`, and comments from `#` on. Admins only.
   */
  readonly addBlacklistEntries: AddBlacklistEntriesPayload;
  /** Changes the note of an entry. Admins only. */
  readonly updateBlacklistEntry: UpdateBlacklistEntryPayload;
  /** Lets later mail with that address or domain in again. Admins only. */
  readonly removeBlacklistEntry: RemoveBlacklistEntryPayload;
  /** Changes what the viewer may choose for themself. */
  readonly updateViewer: UpdateViewerPayload;
  /** Deletes one engagement from all timelines for good: text and attachments are erased and it never comes back through a later visit. Deleting twice changes nothing. */
  readonly deleteEngagement: DeleteEngagementPayload;
  /**
   * Puts a note, or a message that was copied out of a mail program, on timelines by hand. From a message its direction,
   * participants, subject and time are taken. The source of a message with a Message-ID is that message: where a mailbox
   * has logged it already, its engagement is shown on these timelines as well. For every user.
   */
  readonly logNote: LogNotePayload;
  /** Changes a note; fields that are left out stay as they are. For admins and the author only. */
  readonly updateEngagement: UpdateEngagementPayload;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationUpdateWorkspaceArgs = {
  input: UpdateWorkspaceInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationTestMailboxArgs = {
  input: TestMailboxInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationConnectMailboxArgs = {
  input: ConnectMailboxInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationStartMailboxAuthorizationArgs = {
  input: StartMailboxAuthorizationInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationPauseMailboxArgs = {
  input: PauseMailboxInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationResumeMailboxArgs = {
  input: ResumeMailboxInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationReconnectMailboxArgs = {
  input: ReconnectMailboxInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationDisconnectMailboxArgs = {
  input: DisconnectMailboxInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationSyncMailboxNowArgs = {
  input: SyncMailboxNowInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationUpdateMailboxArgs = {
  input: UpdateMailboxInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationStopMailboxImportArgs = {
  input: StopMailboxImportInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationRedecideMessageArgs = {
  input: RedecideMessageInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationRetryMessageArgs = {
  input: RetryMessageInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationRetryFailedMessagesArgs = {
  input: RetryFailedMessagesInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationDiscardMessageArgs = {
  input: DiscardMessageInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationCreateContactArgs = {
  input: CreateContactInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationUpdateContactArgs = {
  input: UpdateContactInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationDeleteContactArgs = {
  input: DeleteContactInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationCreateAccountArgs = {
  input: CreateAccountInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationUpdateAccountArgs = {
  input: UpdateAccountInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationDeleteAccountArgs = {
  input: DeleteAccountInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationUpsertContactsArgs = {
  input: UpsertContactsInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationUpsertAccountsArgs = {
  input: UpsertAccountsInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationImportContactsArgs = {
  input: ImportContactsInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationImportAccountsArgs = {
  input: ImportAccountsInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationImportBlacklistArgs = {
  input: ImportBlacklistInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationUndoAutomaticContactArgs = {
  input: UndoAutomaticContactInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationAcceptUnknownCorrespondentArgs = {
  input: AcceptUnknownCorrespondentInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationDismissUnknownCorrespondentArgs = {
  input: DismissUnknownCorrespondentInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationRestoreUnknownCorrespondentArgs = {
  input: RestoreUnknownCorrespondentInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationSetDefaultAccountArgs = {
  input: SetDefaultAccountInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationAddBlacklistEntryArgs = {
  input: AddBlacklistEntryInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationAddBlacklistEntriesArgs = {
  input: AddBlacklistEntriesInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationUpdateBlacklistEntryArgs = {
  input: UpdateBlacklistEntryInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationRemoveBlacklistEntryArgs = {
  input: RemoveBlacklistEntryInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationUpdateViewerArgs = {
  input: UpdateViewerInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationDeleteEngagementArgs = {
  input: DeleteEngagementInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationLogNoteArgs = {
  input: LogNoteInput;
};


/** Everything that can be changed. One `input` each; the payload has the object as it now is, and `userErrors`. */
export type MutationUpdateEngagementArgs = {
  input: UpdateEngagementInput;
};

/** One customer of the system. Nothing is visible across workspaces. */
export type Workspace = Node & {
  readonly __typename?: 'Workspace';
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Name for people. */
  readonly name: Scalars['String']['output'];
  /** The product whose behaviour the policies start from. */
  readonly preset: Preset;
  /** Policies in force for every mailbox that does not choose its own: the workspace's choices, else the preset. */
  readonly policy: MailboxSettings;
  /** Domains whose addresses are all the workspace's own, by name; exact: a subdomain counts when it is listed. Mail among own addresses is never logged. */
  readonly internalDomains: ReadonlyArray<Scalars['String']['output']>;
};

export type { Preset };

/** Changes to the workspace. What is left out stays as it is, and so it does when null, except in `policy`. */
export type UpdateWorkspaceInput = {
  /** Name for people, 1 to 200 characters. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /**
   * The product to start from. Another one than before sets all policies at once: the workspace's earlier choices go, and
   * those in `policy` count on top of it. The same one as before changes nothing. What mailboxes chose for themselves stays.
   */
  readonly preset?: InputMaybe<Preset>;
  /**
   * The workspace's own choices. What is left out stays as it is, null goes back to the preset, and null for the whole of
   * `policy` takes all choices back. Limits above a provider's count as the provider's.
   */
  readonly policy?: InputMaybe<MailboxSettingsInput>;
  /** All internal domains, at most 100; domains of free mail and of accounts are refused. What is filed already stays. */
  readonly internalDomains?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** A change to policies, as `updateWorkspace` takes it, or `updateMailbox` where a mailbox is named. */
export type PolicyPreviewInput = {
  /** Global id of the one mailbox whose policies are to change; all mailboxes when it is left out. */
  readonly mailboxId?: InputMaybe<Scalars['ID']['input']>;
  /** The product to start from; not with a mailbox. */
  readonly preset?: InputMaybe<Preset>;
  /** The choices; null takes all of them back. */
  readonly policy?: InputMaybe<MailboxSettingsInput>;
  /** All internal domains; not with a mailbox. */
  readonly internalDomains?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** What the change would have meant. */
export type PolicyPreviewPayload = {
  readonly __typename?: 'PolicyPreviewPayload';
  /** The answer; null when the change would be refused. */
  readonly policyPreview?: Maybe<PolicyPreview>;
  /** Why it would be refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What a change to policies would have meant. */
export type PolicyPreview = {
  readonly __typename?: 'PolicyPreview';
  /** Mail that arrived at this moment or later was looked at. */
  readonly since: Scalars['DateTime']['output'];
  /** Messages that were looked at, each once. */
  readonly messageCount: Scalars['Int']['output'];
  /** Whether there may be more: at most the 5,000 decisions made last are looked at. */
  readonly isCut: Scalars['Boolean']['output'];
  /** Messages that would be logged and are not. */
  readonly wouldBeLogged: Scalars['Int']['output'];
  /** Messages that are logged and would not be. */
  readonly wouldBeSkipped: Scalars['Int']['output'];
  /** The same by reason, the most frequent first. */
  readonly effects: ReadonlyArray<PolicyEffect>;
};

/** Messages for which a change to policies would mean the same. */
export type PolicyEffect = {
  readonly __typename?: 'PolicyEffect';
  /** What would be decided: `LOGGED` or `SKIPPED`. */
  readonly verdict: Verdict;
  /** Under `LOGGED` why they are skipped now, under `SKIPPED` why they would be. */
  readonly reason: SkipReason;
  /** Messages, each once. */
  readonly count: Scalars['Int']['output'];
  /** The newest of them, at most three, as they were decided. */
  readonly examples: ReadonlyArray<Decision>;
};

/** The workspace after the change. */
export type UpdateWorkspacePayload = {
  readonly __typename?: 'UpdateWorkspacePayload';
  /** The workspace; null when it was refused. */
  readonly workspace?: Maybe<Workspace>;
  /** Whether the mailboxes that are read differently now were told. Otherwise their next visit finds out. */
  readonly confirmed: Scalars['Boolean']['output'];
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A person, or a service, that may log in to the workspace. */
export type User = Node & {
  readonly __typename?: 'User';
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Name for people. */
  readonly name: Scalars['String']['output'];
  /** What the user may do. */
  readonly role: UserRole;
  /** Own addresses and aliases, primary first. Mail between own addresses is never logged. */
  readonly addresses: ReadonlyArray<Scalars['EmailAddress']['output']>;
  /** In which order this user reads threads. */
  readonly threadOrder: ThreadOrder;
  /** The workspace of the user. */
  readonly workspace: Workspace;
};

/** What to change of the viewer; what is left out stays. */
export type UpdateViewerInput = {
  /** In which order `Thread.engagements` answers this user. */
  readonly threadOrder?: InputMaybe<ThreadOrder>;
};

/** The viewer with the changes. */
export type UpdateViewerPayload = {
  readonly __typename?: 'UpdateViewerPayload';
  /** The viewer as it now is. */
  readonly viewer?: Maybe<User>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

export type { UserRole };

/** One connected address with its credentials, which are never shown. It is visited by itself until it is disconnected. */
export type Mailbox = Node & {
  readonly __typename?: 'Mailbox';
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** The address whose mail is filed. */
  readonly address: Scalars['EmailAddress']['output'];
  /** The user it belongs to; null for a shared mailbox. */
  readonly owner?: Maybe<User>;
  /** Where and how it is read. */
  readonly imap: ImapServer;
  /** What it is opened with. */
  readonly auth: MailboxAuth;
  /** Settings in force: the mailbox's own, else the workspace's, else those of its preset. */
  readonly settings: MailboxSettings;
  /** Where it stands, as it last reported itself. */
  readonly state: MailboxState;
  /** The step at work right now; null between visits. */
  readonly stage?: Maybe<MailboxStage>;
  /** When it was connected. Under the default history nothing older is filed. */
  readonly connectedAt: Scalars['DateTime']['output'];
  /** When it was disconnected for good; null while it is connected. */
  readonly disconnectedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When a visit last ended well; null before the first. */
  readonly lastSuccessAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the next visit is planned; null while it is not visited. */
  readonly nextVisitAt?: Maybe<Scalars['DateTime']['output']>;
  /**
   * Seconds by which the next visit is late; null while none is planned. More than a minute or two means that no worker
   * runs: `state` is then only what was reported last.
   */
  readonly latenessSeconds?: Maybe<Scalars['Int']['output']>;
  /** What is wrong; null when the last visit ended well. */
  readonly lastError?: Maybe<MailboxError>;
  /** Messages seen so far by verdict. They count from the connection on. */
  readonly counts: MailboxCounts;
  /** How far each folder has been decided, by folder. Empty before the first visit. */
  readonly checkpoint: ReadonlyArray<FolderCheckpoint>;
  /** How its mail is read. */
  readonly protocol: MailProtocol;
  /** Whose limits and peculiarities it is read by. */
  readonly provider: MailProvider;
  /** Folders that the server has or had, by path; those that the policy leaves out were never compared. */
  readonly folders: ReadonlyArray<MailboxFolder>;
  /** What is on the server against what is recorded, over all its folders; null before they were first compared. */
  readonly coverage?: Maybe<MailboxCoverage>;
  /** What was used lately of the provider's allowance. */
  readonly usage: MailboxUsage;
  /** What is put off although nothing failed; null when nothing is. It follows later, nothing is dropped. */
  readonly deferred?: Maybe<MailboxDeferral>;
  /** How far the history has been read; null when it holds no messages, and before they were counted. */
  readonly import?: Maybe<MailboxImport>;
  /** What happened to it, newest first. */
  readonly events: MailboxEventConnection;
};


/** One connected address with its credentials, which are never shown. It is visited by itself until it is disconnected. */
export type MailboxEventsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A page of mailboxes. */
export type MailboxConnection = {
  readonly __typename?: 'MailboxConnection';
  /** The mailboxes of the page. */
  readonly nodes: ReadonlyArray<Mailbox>;
  /** The same with a cursor each. */
  readonly edges: ReadonlyArray<MailboxEdge>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
};

/** A mailbox in a list. */
export type MailboxEdge = {
  readonly __typename?: 'MailboxEdge';
  /** Its place in the list, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The mailbox. */
  readonly node: Mailbox;
};

export type { MailboxState };

export type { MailboxStage };

/** The last failure of a mailbox. */
export type MailboxError = {
  readonly __typename?: 'MailboxError';
  /** What kind of failure. */
  readonly code: MailboxErrorCode;
  /** The failure in words. */
  readonly message: Scalars['String']['output'];
  /** What to do about it. */
  readonly advice: Scalars['String']['output'];
  /** When it happened. */
  readonly at: Scalars['DateTime']['output'];
};

export type { MailboxErrorCode };

/** Sightings of messages in the folders of a mailbox. A message in two folders counts twice. */
export type MailboxCounts = {
  readonly __typename?: 'MailboxCounts';
  /** All, those without a decision yet included. */
  readonly seen: Scalars['Int']['output'];
  /** Logged as an engagement. */
  readonly logged: Scalars['Int']['output'];
  /** Left in the mailbox for a reason. */
  readonly skipped: Scalars['Int']['output'];
  /** Set aside because they could not be processed. */
  readonly failed: Scalars['Int']['output'];
};

/** How far one folder has been decided: every message up to `lastUid` has a decision. */
export type FolderCheckpoint = {
  readonly __typename?: 'FolderCheckpoint';
  /** Path of the folder on the server. */
  readonly folder: Scalars['String']['output'];
  /** UIDVALIDITY of the folder (RFC 9051); when the server changes it, the folder is read anew. */
  readonly uidValidity: Scalars['String']['output'];
  /** The highest UID decided; 0 when the folder was empty. */
  readonly lastUid: Scalars['UInt32']['output'];
};

export type { MailProtocol };

/** A mail provider, as far as Mailroom knows how it wants to be read. */
export type MailProvider = {
  readonly __typename?: 'MailProvider';
  /** Stable name of the profile, e.g. `gmail`; `generic` for all that are not known. */
  readonly code: Scalars['String']['output'];
  /** Name for people. */
  readonly name: Scalars['String']['output'];
  /** The least `pollEveryMinutes` that it tolerates. */
  readonly minPollMinutes: Scalars['Int']['output'];
};

/** A folder of a mailbox, and what was found when it was last compared with what is recorded. */
export type MailboxFolder = {
  readonly __typename?: 'MailboxFolder';
  /** Its path on the server. */
  readonly path: Scalars['String']['output'];
  /** What it is for. */
  readonly use: FolderUse;
  /** UIDVALIDITY (RFC 9051) under which it was last read; null before that. */
  readonly uidValidity?: Maybe<Scalars['String']['output']>;
  /** Messages on the server when it was last compared; null before that. */
  readonly onServer?: Maybe<Scalars['Int']['output']>;
  /** Those of them that have a decision. */
  readonly recorded?: Maybe<Scalars['Int']['output']>;
  /** Those of them that are not recorded; they are fetched. */
  readonly missing?: Maybe<Scalars['Int']['output']>;
  /** When it was last compared; null before the first time. */
  readonly checkedAt?: Maybe<Scalars['DateTime']['output']>;
  /** It cannot be read and is left alone until then; null while it is read, and when the server does not list it any more. */
  readonly parkedUntil?: Maybe<Scalars['DateTime']['output']>;
  /** Why it cannot be read, in words; null while it is read. */
  readonly parkedFor?: Maybe<Scalars['String']['output']>;
};

/** What is on the server against what is recorded. Messages older than the history that was asked for do not count. */
export type MailboxCoverage = {
  readonly __typename?: 'MailboxCoverage';
  /** Messages on the server. */
  readonly onServer: Scalars['Int']['output'];
  /** Those of them that have a decision. */
  readonly recorded: Scalars['Int']['output'];
  /** Those of them that are not recorded; they are fetched. */
  readonly missing: Scalars['Int']['output'];
  /** When the folder that was compared longest ago was compared. */
  readonly checkedAt: Scalars['DateTime']['output'];
};

/** What was used of the provider's allowance, over all visits and downloads. */
export type MailboxUsage = {
  readonly __typename?: 'MailboxUsage';
  /** Octets sent and received in the last 24 hours. */
  readonly bytes: Scalars['Octets']['output'];
  /** The allowance for 24 hours: the provider's, or less where `settings` say so. */
  readonly bytesPerDay: Scalars['Octets']['output'];
  /** Where visits for new mail stop, so that something is left for people's own mail programs. */
  readonly liveBytes: Scalars['Octets']['output'];
  /** Where reading the history stops, so that new mail always has room. */
  readonly backfillBytes: Scalars['Octets']['output'];
  /** Logins in the last hour. */
  readonly logins: Scalars['Int']['output'];
  /** Logins that an hour may have. */
  readonly loginsPerHour: Scalars['Int']['output'];
};

/** Something that is put off although nothing failed. */
export type MailboxDeferral = {
  readonly __typename?: 'MailboxDeferral';
  /** What is put off. */
  readonly lane: MailboxLane;
  /** Why it is put off. */
  readonly reason: DeferralReason;
  /** When it goes on by itself. */
  readonly until: Scalars['DateTime']['output'];
};

export type { MailboxLane };

export type { DeferralReason };

/** How far the history of a mailbox has been read. Numbers are messages in folders, so that one in two folders counts twice. */
export type MailboxImport = {
  readonly __typename?: 'MailboxImport';
  /** All messages of the history when they were counted. */
  readonly total: Scalars['Int']['output'];
  /** Those that have a decision. */
  readonly done: Scalars['Int']['output'];
  /** Those still to be read; 0 once it is finished or stopped. */
  readonly remaining: Scalars['Int']['output'];
  /** About what reading the rest will download. */
  readonly estimatedBytes: Scalars['Octets']['output'];
  /** Whether a person stopped it before its end. */
  readonly stopped: Scalars['Boolean']['output'];
  /** When it was read to its end; null before, and when it was stopped. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** Something that happened to a mailbox. */
export type MailboxEvent = {
  readonly __typename?: 'MailboxEvent';
  /** What kind of thing. */
  readonly kind: MailboxEventKind;
  /** Path of the folder that it is about; null when it is about the whole mailbox. */
  readonly folder?: Maybe<Scalars['String']['output']>;
  /** What happened, in words. */
  readonly message: Scalars['String']['output'];
  /** When it happened. */
  readonly at: Scalars['DateTime']['output'];
};

export type { MailboxEventKind };

/** A page of events. */
export type MailboxEventConnection = {
  readonly __typename?: 'MailboxEventConnection';
  /** The events of the page. */
  readonly nodes: ReadonlyArray<MailboxEvent>;
  /** The same with a cursor each. */
  readonly edges: ReadonlyArray<MailboxEventEdge>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
};

/** An event in a list. */
export type MailboxEventEdge = {
  readonly __typename?: 'MailboxEventEdge';
  /** Its place in the list, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The event. */
  readonly node: MailboxEvent;
};

/** An IMAP server and the login name there. */
export type ImapServer = {
  readonly __typename?: 'ImapServer';
  /** Host name or IP address. */
  readonly host: Scalars['String']['output'];
  /** TCP port. */
  readonly port: Scalars['Int']['output'];
  /** How the connection is encrypted. */
  readonly security: ConnectionSecurity;
  /** Login name. */
  readonly username: Scalars['String']['output'];
};

export type { ConnectionSecurity };

/** How a mailbox is read, and which of its mail is filed. */
export type MailboxSettings = {
  readonly __typename?: 'MailboxSettings';
  /** How far back the first visit reads. */
  readonly history: HistorySettings;
  /** Which folders are read. */
  readonly folders: FolderSettings;
  /** Minutes between two visits. */
  readonly pollEveryMinutes: Scalars['Int']['output'];
  /** Whether a connection is held open so that new mail is noticed at once, where the provider has room for that. */
  readonly push: Scalars['Boolean']['output'];
  /** Octets in 24 hours that an admin allows; null for as much as the provider does. */
  readonly bytesPerDay?: Maybe<Scalars['Octets']['output']>;
  /** Logins in an hour that an admin allows; null for as many as the provider does. */
  readonly loginsPerHour?: Maybe<Scalars['Int']['output']>;
  /** What happens with mail of people who are not contacts yet. */
  readonly unknownCorrespondents: UnknownCorrespondents;
  /** Whose place in a message the blacklist looks at. */
  readonly blacklistMode: BlacklistMode;
  /** What happens with newsletters and automatic replies. */
  readonly bulkAndAuto: BulkAndAuto;
  /** What happens with mail that the sender marked as company confidential. */
  readonly companyConfidential: CompanyConfidential;
  /** Where mail of a contact with several accounts goes. */
  readonly severalAccounts: SeveralAccounts;
  /** Whether a contact that is made later pulls in earlier mail. */
  readonly retroMatch: RetroMatch;
  /** What becomes of a message in the mailbox once it is filed. */
  readonly afterImport: AfterImport;
  /** Names of the fields above that were chosen here; all others follow the workspace, or its preset. */
  readonly chosen: ReadonlyArray<Scalars['String']['output']>;
};

export type { UnknownCorrespondents };

export type { BlacklistMode };

export type { BulkAndAuto };

export type { CompanyConfidential };

export type { SeveralAccounts };

export type { RetroMatch };

export type { AfterImport };

/** How far back the first visit reads. */
export type HistorySettings = {
  readonly __typename?: 'HistorySettings';
  /** The rule. */
  readonly mode: HistoryMode;
  /** Days before the connection, under `DAYS`; otherwise null. */
  readonly days?: Maybe<Scalars['Int']['output']>;
};

export type { HistoryMode };

/** Which folders of a mailbox are read. */
export type FolderSettings = {
  readonly __typename?: 'FolderSettings';
  /** The rule. */
  readonly mode: FolderMode;
  /** Folder paths, under `SELECTED`; otherwise empty. */
  readonly paths: ReadonlyArray<Scalars['String']['output']>;
};

export type { FolderMode };

/** A server and login to try; exactly one of the two. */
export type TestMailboxInput = {
  /** Where and how to log in by IMAP. */
  readonly imap?: InputMaybe<ImapServerInput>;
  /** Where and how to log in by POP3, where there is no IMAP. */
  readonly pop3?: InputMaybe<Pop3ServerInput>;
};

/** An IMAP server with a login. The password is stored encrypted and can never be read back through this API. */
export type ImapServerInput = {
  /** Host name or IP address, without protocol or port. */
  readonly host: Scalars['String']['input'];
  /** TCP port, 1 to 65535. */
  readonly port: Scalars['Int']['input'];
  /** How the connection is encrypted. */
  readonly security: ConnectionSecurity;
  /** Login name, often the address. */
  readonly username: Scalars['String']['input'];
  /** Password, or an app password where the provider asks for one. At most 1024 characters. */
  readonly password: Scalars['String']['input'];
};

/** A POP3 server with a login. The password is stored encrypted and can never be read back through this API. */
export type Pop3ServerInput = {
  /** Host name or IP address, without protocol or port. */
  readonly host: Scalars['String']['input'];
  /** TCP port, 1 to 65535; usually 995 with TLS. */
  readonly port: Scalars['Int']['input'];
  /** How the connection is encrypted. */
  readonly security: ConnectionSecurity;
  /** Login name, often the address. */
  readonly username: Scalars['String']['input'];
  /** Password, or an app password where the provider asks for one. At most 1024 characters. */
  readonly password: Scalars['String']['input'];
};

/** What the login found. */
export type TestMailboxPayload = {
  readonly __typename?: 'TestMailboxPayload';
  /** What is there; null when the login failed. */
  readonly test?: Maybe<MailboxTest>;
  /** Why it failed. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A login that worked. */
export type MailboxTest = {
  readonly __typename?: 'MailboxTest';
  /** Folders of the mailbox; by POP3 the inbox alone. */
  readonly folders: ReadonlyArray<ServerFolder>;
  /** What the server offers; empty by POP3. */
  readonly capabilities: ReadonlyArray<ServerCapability>;
  /** Messages in the inbox and the folder of sent mail; null when the server did not count them in time. */
  readonly messageCount?: Maybe<Scalars['Int']['output']>;
};

export type { ServerCapability };

/** Where mail of an address can probably be read. Proposals: only `testMailbox` knows. */
export type MailSettings = {
  readonly __typename?: 'MailSettings';
  /** Whose servers they are. */
  readonly provider: MailProvider;
  /** How the provider lets Mailroom in, preferred ways first; without those that this server is not set up for. */
  readonly auth: ReadonlyArray<MailAuthMethod>;
  /** What the provider wants for a login, in its own terms; null where the password of the account does. */
  readonly loginAdvice?: Maybe<Scalars['String']['output']>;
  /** Servers, IMAP first. */
  readonly servers: ReadonlyArray<MailServerProposal>;
  /** Where they were found. */
  readonly source: MailSettingsSource;
  /** Whether a person should look at the host names before a password is sent there: only the DNS says so, and they lie outside the domain of the address (RFC 6186, section 6). */
  readonly needsConfirmation: Scalars['Boolean']['output'];
};

/** A server to try. */
export type MailServerProposal = {
  readonly __typename?: 'MailServerProposal';
  /** By which protocol. */
  readonly protocol: MailProtocol;
  /** Host name. */
  readonly host: Scalars['String']['output'];
  /** TCP port. */
  readonly port: Scalars['Int']['output'];
  /** How the connection is encrypted. */
  readonly security: ConnectionSecurity;
  /** Login name as the provider usually wants it. */
  readonly username: Scalars['String']['output'];
};

export type { MailAuthMethod };

export type { MailSettingsSource };

/** A folder on a mail server. */
export type ServerFolder = {
  readonly __typename?: 'ServerFolder';
  /** Its path, as `folders.paths` takes it. */
  readonly path: Scalars['String']['output'];
  /** What it is for. */
  readonly use: FolderUse;
};

export type { FolderUse };

/** A mailbox to connect, by exactly one of `imap` and `pop3`. */
export type ConnectMailboxInput = {
  /** The address whose mail is filed. */
  readonly address: Scalars['String']['input'];
  /** Where and how to log in by IMAP. */
  readonly imap?: InputMaybe<ImapServerInput>;
  /** Where and how to log in by POP3, where there is no IMAP. Only the inbox can be read then, and sent mail is not filed. */
  readonly pop3?: InputMaybe<Pop3ServerInput>;
  /** How it is read; what is left out follows the workspace. */
  readonly settings?: InputMaybe<MailboxSettingsInput>;
};

/** How mail is read and filed, in a mailbox or in all of the workspace; what is left out follows the workspace, or its preset. */
export type MailboxSettingsInput = {
  /** How far back the first visit reads. */
  readonly history?: InputMaybe<HistorySettingsInput>;
  /** Which folders are read. */
  readonly folders?: InputMaybe<FolderSettingsInput>;
  /** Minutes between two visits, 5 to 1440; some providers want more than 5. */
  readonly pollEveryMinutes?: InputMaybe<Scalars['Int']['input']>;
  /** Whether a connection is held open so that new mail is noticed at once. Visits go on beside it. */
  readonly push?: InputMaybe<Scalars['Boolean']['input']>;
  /** Octets in 24 hours, at least 1,000,000 and at most what the provider allows. */
  readonly bytesPerDay?: InputMaybe<Scalars['Octets']['input']>;
  /** Logins in an hour, at least 4 and at most what the provider allows. */
  readonly loginsPerHour?: InputMaybe<Scalars['Int']['input']>;
  /** What happens with mail of people who are not contacts yet. This and all that follows: admins only. */
  readonly unknownCorrespondents?: InputMaybe<UnknownCorrespondents>;
  /** Whose place in a message the blacklist looks at. */
  readonly blacklistMode?: InputMaybe<BlacklistMode>;
  /** What happens with newsletters and automatic replies. */
  readonly bulkAndAuto?: InputMaybe<BulkAndAuto>;
  /** What happens with mail that the sender marked as company confidential. */
  readonly companyConfidential?: InputMaybe<CompanyConfidential>;
  /** Where mail of a contact with several accounts goes. */
  readonly severalAccounts?: InputMaybe<SeveralAccounts>;
  /** Whether a contact that is made later pulls in earlier mail. */
  readonly retroMatch?: InputMaybe<RetroMatch>;
  /** What becomes of a message in the mailbox once it is filed. */
  readonly afterImport?: InputMaybe<AfterImport>;
};

/** How far back the first visit reads. */
export type HistorySettingsInput = {
  /** The rule. */
  readonly mode: HistoryMode;
  /** Days before the connection, 1 to 3650; exactly under `DAYS`. */
  readonly days?: InputMaybe<Scalars['Int']['input']>;
};

/** Which folders are read. */
export type FolderSettingsInput = {
  /** The rule. */
  readonly mode: FolderMode;
  /** 1 to 100 paths of folders that the server has, `INBOX` in any case; exactly under `SELECTED`. */
  readonly paths?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** The mailbox that was connected. */
export type ConnectMailboxPayload = {
  readonly __typename?: 'ConnectMailboxPayload';
  /** The mailbox, in state `CONNECTING`; null when it was refused. */
  readonly mailbox?: Maybe<Mailbox>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Changes to how a mailbox is read. */
export type UpdateMailboxInput = {
  /** Global id of the mailbox. */
  readonly mailboxId: Scalars['ID']['input'];
  /**
   * What is left out stays as it is; null goes back to what the workspace says. A longer `history` reads the older mail that
   * it adds; a shorter one leaves unread what it cuts off, and what was filed stays. Folders that are added are read
   * under the `history` in force; those that are taken out are left alone, and what was filed from them stays. Rules of
   * filing count for mail that is decided from now on; only admins may change them.
   */
  readonly settings: MailboxSettingsInput;
};

/** The mailbox after the change. */
export type UpdateMailboxPayload = {
  readonly __typename?: 'UpdateMailboxPayload';
  /** The mailbox; null when it was refused. */
  readonly mailbox?: Maybe<Mailbox>;
  /** Whether the scheduler of the visits was told. Otherwise the settings are stored and take effect with the next visit. */
  readonly confirmed: Scalars['Boolean']['output'];
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Names the mailbox whose history is to be left. */
export type StopMailboxImportInput = {
  /** Global id of the mailbox. */
  readonly mailboxId: Scalars['ID']['input'];
};

/** The mailbox after that. */
export type StopMailboxImportPayload = {
  readonly __typename?: 'StopMailboxImportPayload';
  /** The mailbox; null when it was refused. */
  readonly mailbox?: Maybe<Mailbox>;
  /** Whether the mailbox itself answered. Otherwise the request is kept and takes effect as soon as a worker runs. */
  readonly confirmed: Scalars['Boolean']['output'];
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A mailbox to connect or to reconnect with OAuth 2; exactly one of `address` and `mailboxId`. */
export type StartMailboxAuthorizationInput = {
  /** Who runs the mailbox. */
  readonly provider: OAuthProvider;
  /** The address whose mail is filed, to connect it. */
  readonly address?: InputMaybe<Scalars['String']['input']>;
  /** Global id of a connected mailbox, to reconnect it. */
  readonly mailboxId?: InputMaybe<Scalars['ID']['input']>;
  /** How a new mailbox is read; what is left out follows the workspace. Not for a mailbox that is reconnected. */
  readonly settings?: InputMaybe<MailboxSettingsInput>;
};

export type { OAuthProvider };

/** Where the person goes on. */
export type StartMailboxAuthorizationPayload = {
  readonly __typename?: 'StartMailboxAuthorizationPayload';
  /** To open in a browser, once, within ten minutes; null when it was refused. */
  readonly authorizationUrl?: Maybe<Scalars['String']['output']>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

export type { MailboxAuth };

/** Names the mailbox to pause. */
export type PauseMailboxInput = {
  /** Global id of the mailbox. */
  readonly mailboxId: Scalars['ID']['input'];
};

/** The mailbox after pausing. */
export type PauseMailboxPayload = {
  readonly __typename?: 'PauseMailboxPayload';
  /** The mailbox; null when it was refused. */
  readonly mailbox?: Maybe<Mailbox>;
  /** Whether the mailbox itself answered. Otherwise the request is kept and takes effect as soon as a worker runs. */
  readonly confirmed: Scalars['Boolean']['output'];
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Names the mailbox to resume. */
export type ResumeMailboxInput = {
  /** Global id of the mailbox. */
  readonly mailboxId: Scalars['ID']['input'];
};

/** The mailbox after resuming. */
export type ResumeMailboxPayload = {
  readonly __typename?: 'ResumeMailboxPayload';
  /** The mailbox; null when it was refused. */
  readonly mailbox?: Maybe<Mailbox>;
  /** Whether the mailbox itself answered. Otherwise the request is kept and takes effect as soon as a worker runs. */
  readonly confirmed: Scalars['Boolean']['output'];
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** New credentials for a mailbox. */
export type ReconnectMailboxInput = {
  /** Global id of the mailbox. */
  readonly mailboxId: Scalars['ID']['input'];
  /** The new login of a mailbox that is read by IMAP. */
  readonly imap?: InputMaybe<ReconnectImapInput>;
  /** The new login of a mailbox that is read by POP3. */
  readonly pop3?: InputMaybe<ReconnectPop3Input>;
};

/** A new login; what is left out stays as it is. */
export type ReconnectImapInput = {
  /** Password, or an app password where the provider asks for one. At most 1024 characters. */
  readonly password: Scalars['String']['input'];
  /** Host name or IP address, without protocol or port. */
  readonly host?: InputMaybe<Scalars['String']['input']>;
  /** TCP port, 1 to 65535. */
  readonly port?: InputMaybe<Scalars['Int']['input']>;
  /** How the connection is encrypted. */
  readonly security?: InputMaybe<ConnectionSecurity>;
  /** Login name, often the address. */
  readonly username?: InputMaybe<Scalars['String']['input']>;
};

/** A new login; what is left out stays as it is. */
export type ReconnectPop3Input = {
  /** Password, or an app password where the provider asks for one. At most 1024 characters. */
  readonly password: Scalars['String']['input'];
  /** Host name or IP address, without protocol or port. */
  readonly host?: InputMaybe<Scalars['String']['input']>;
  /** TCP port, 1 to 65535. */
  readonly port?: InputMaybe<Scalars['Int']['input']>;
  /** How the connection is encrypted. */
  readonly security?: InputMaybe<ConnectionSecurity>;
  /** Login name, often the address. */
  readonly username?: InputMaybe<Scalars['String']['input']>;
};

/** The mailbox after reconnecting. */
export type ReconnectMailboxPayload = {
  readonly __typename?: 'ReconnectMailboxPayload';
  /** The mailbox; null when it was refused. */
  readonly mailbox?: Maybe<Mailbox>;
  /** Whether the mailbox itself answered. Otherwise the request is kept and takes effect as soon as a worker runs. */
  readonly confirmed: Scalars['Boolean']['output'];
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Names the mailbox to disconnect. */
export type DisconnectMailboxInput = {
  /** Global id of the mailbox. */
  readonly mailboxId: Scalars['ID']['input'];
  /** Whether engagements that no other connected mailbox has seen are deleted too, as `deleteEngagement` does it. Admins only. */
  readonly deleteEngagements?: InputMaybe<Scalars['Boolean']['input']>;
};

/** The mailbox after disconnecting. */
export type DisconnectMailboxPayload = {
  readonly __typename?: 'DisconnectMailboxPayload';
  /** The mailbox, in state `DISCONNECTED`; null when it was refused. */
  readonly mailbox?: Maybe<Mailbox>;
  /** Whether the visits have ended. Otherwise they end as soon as the scheduler and a worker run; nothing is filed any more. */
  readonly confirmed: Scalars['Boolean']['output'];
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Names the mailbox to visit. */
export type SyncMailboxNowInput = {
  /** Global id of the mailbox. */
  readonly mailboxId: Scalars['ID']['input'];
};

/** The visit that was asked for. */
export type SyncMailboxNowPayload = {
  readonly __typename?: 'SyncMailboxNowPayload';
  /** The mailbox; null when it was refused. */
  readonly mailbox?: Maybe<Mailbox>;
  /** The visit begins no earlier than this, because of the provider's limits; null when not confirmed or refused. */
  readonly notBefore?: Maybe<Scalars['DateTime']['output']>;
  /** Whether the mailbox itself answered. Otherwise the request is kept and takes effect as soon as a worker runs. */
  readonly confirmed: Scalars['Boolean']['output'];
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A person outside. Mail with one of the addresses is logged on the contact's timeline. */
export type Contact = Node & {
  readonly __typename?: 'Contact';
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Name for people; empty when only the address is known. */
  readonly name: Scalars['String']['output'];
  /** Its id in the system that it comes from; null when it comes from none. */
  readonly externalId?: Maybe<Scalars['String']['output']>;
  /** The main address. */
  readonly primaryAddress: Scalars['EmailAddress']['output'];
  /** Further addresses, which match like the main one. */
  readonly alternateAddresses: ReadonlyArray<Scalars['EmailAddress']['output']>;
  /**
   * Those of them that mail we sent could not be delivered to, because there is no such mailbox or domain. An address is taken
   * off once somebody writes to us from it.
   */
  readonly bouncedAddresses: ReadonlyArray<BouncedAddress>;
  /** Companies the person is linked to, most recently linked first. */
  readonly accounts: ReadonlyArray<Account>;
  /** The account on which engagements are logged: the chosen one, else the most recently linked; null without accounts. */
  readonly defaultAccount?: Maybe<Account>;
  /** Where the contact came from when the system made it; null when a person did. */
  readonly source?: Maybe<ContactSource>;
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The timeline, newest first, without deleted engagements. */
  readonly engagements: EngagementConnection;
};


/** A person outside. Mail with one of the addresses is logged on the contact's timeline. */
export type ContactEngagementsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** An address that mail could not be delivered to. */
export type BouncedAddress = {
  readonly __typename?: 'BouncedAddress';
  /** The address. */
  readonly address: Scalars['EmailAddress']['output'];
  /** When the report arrived. */
  readonly bouncedAt: Scalars['DateTime']['output'];
  /** Enhanced status code (RFC 3463), e.g. `5.1.1`; null when the report named none. */
  readonly status?: Maybe<Scalars['String']['output']>;
  /** What the report said, in words. */
  readonly explanation: Scalars['String']['output'];
};

/** The message from which the system made a contact. */
export type ContactSource = {
  readonly __typename?: 'ContactSource';
  /** When the contact was made. */
  readonly madeAt: Scalars['DateTime']['output'];
  /** What the message says of itself; it stays when the engagement is deleted. */
  readonly message: SourceMessage;
  /** The mailbox in which the message was seen; null when it is gone. */
  readonly mailbox?: Maybe<Mailbox>;
  /** The engagement of that message; null when it was deleted. */
  readonly engagement?: Maybe<Engagement>;
};

/** A message as its headers tell it. */
export type SourceMessage = {
  readonly __typename?: 'SourceMessage';
  /** The From line as it stands, decoded. */
  readonly from: Scalars['String']['output'];
  /** The subject, decoded; empty when there is none. */
  readonly subject: Scalars['String']['output'];
  /** The Message-ID header without angle brackets; null when absent. */
  readonly internetMessageId?: Maybe<Scalars['String']['output']>;
  /** The Date header; null when it is absent or no date. */
  readonly sentAt?: Maybe<Scalars['DateTime']['output']>;
};

/** Names the contact to undo. */
export type UndoAutomaticContactInput = {
  /** Global id of a contact that the system made. */
  readonly contactId: Scalars['ID']['input'];
};

/** What was undone. */
export type UndoAutomaticContactPayload = {
  readonly __typename?: 'UndoAutomaticContactPayload';
  /** Global id of the contact that is gone; null when it was refused. */
  readonly removedContactId?: Maybe<Scalars['ID']['output']>;
  /** How many engagements left the timelines; null when it was refused. */
  readonly removedEngagementCount?: Maybe<Scalars['Int']['output']>;
  /** The addresses of the contact on the list of unknown correspondents, dismissed; null when it was refused. */
  readonly unknownCorrespondents?: Maybe<ReadonlyArray<UnknownCorrespondent>>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A page of contacts. */
export type ContactConnection = {
  readonly __typename?: 'ContactConnection';
  /** The contacts of the page. */
  readonly nodes: ReadonlyArray<Contact>;
  /** The same with a cursor each. */
  readonly edges: ReadonlyArray<ContactEdge>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
};

/** A contact in a list. */
export type ContactEdge = {
  readonly __typename?: 'ContactEdge';
  /** Its place in the list, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The contact. */
  readonly node: Contact;
};

/** A contact to make. */
export type CreateContactInput = {
  /** Name for people, at most 200 characters; may be empty. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 50 addresses; the first is the main one. Other contacts may carry the same address. */
  readonly addresses: ReadonlyArray<Scalars['String']['input']>;
  /** Accounts to link, at most 50; the last counts as the most recently linked. */
  readonly accountIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** The account to log on, one of `accountIds`; left out, the most recently linked one. */
  readonly defaultAccountId?: InputMaybe<Scalars['ID']['input']>;
};

/** The contact that was made. */
export type CreateContactPayload = {
  readonly __typename?: 'CreateContactPayload';
  /** The contact; null when it was refused. */
  readonly contact?: Maybe<Contact>;
  /** The second look at earlier messages that this brings about; null where the policy `retroMatch` of no mailbox asks for one. */
  readonly redecision?: Maybe<Redecision>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Changes to a contact. A field that is left out stays as it is. */
export type UpdateContactInput = {
  /** Global id of the contact. */
  readonly contactId: Scalars['ID']['input'];
  /** Name for people, at most 200 characters; may be empty. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** All addresses, 1 to 50; the first is the main one. Those not listed are removed. */
  readonly addresses?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** All accounts, at most 50. Links that exist keep their age; new ones count as linked now, the last as the most recent. */
  readonly accountIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** The account to log on, which must be linked; null goes back to the most recently linked one. */
  readonly defaultAccountId?: InputMaybe<Scalars['ID']['input']>;
};

/** The contact after the change. */
export type UpdateContactPayload = {
  readonly __typename?: 'UpdateContactPayload';
  /** The contact; null when it was refused. */
  readonly contact?: Maybe<Contact>;
  /** The second look at earlier messages that this brings about; null where the policy `retroMatch` of no mailbox asks for one. */
  readonly redecision?: Maybe<Redecision>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Names the contact to delete. */
export type DeleteContactInput = {
  /** Global id of the contact. */
  readonly contactId: Scalars['ID']['input'];
};

/** The contact that is gone. */
export type DeleteContactPayload = {
  readonly __typename?: 'DeleteContactPayload';
  /** Global id of what was deleted; null when it was refused. */
  readonly deletedContactId?: Maybe<Scalars['ID']['output']>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Chooses a contact's default account. */
export type SetDefaultAccountInput = {
  /** Global id of the contact. */
  readonly contactId: Scalars['ID']['input'];
  /** Global id of the account, which must be linked to the contact. */
  readonly accountId: Scalars['ID']['input'];
};

/** The contact after the choice. */
export type SetDefaultAccountPayload = {
  readonly __typename?: 'SetDefaultAccountPayload';
  /** The contact; null when it was refused. */
  readonly contact?: Maybe<Contact>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A customer company. */
export type Account = Node & {
  readonly __typename?: 'Account';
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Name for people. */
  readonly name: Scalars['String']['output'];
  /** Its id in the system that it comes from; null when it comes from none. */
  readonly externalId?: Maybe<Scalars['String']['output']>;
  /** Domains whose unknown people are filed here, exactly as listed: subdomains are not covered. */
  readonly domains: ReadonlyArray<Scalars['String']['output']>;
  /** The company it belongs to, if any. */
  readonly parent?: Maybe<Account>;
  /** Whether it wins when several accounts fit mail to an archive address. */
  readonly defaultForArchive: Scalars['Boolean']['output'];
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The timeline, newest first, without deleted engagements. */
  readonly engagements: EngagementConnection;
};


/** A customer company. */
export type AccountEngagementsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A page of accounts. */
export type AccountConnection = {
  readonly __typename?: 'AccountConnection';
  /** The accounts of the page. */
  readonly nodes: ReadonlyArray<Account>;
  /** The same with a cursor each. */
  readonly edges: ReadonlyArray<AccountEdge>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
};

/** An account in a list. */
export type AccountEdge = {
  readonly __typename?: 'AccountEdge';
  /** Its place in the list, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The account. */
  readonly node: Account;
};

/** An account to make. */
export type CreateAccountInput = {
  /** Name for people, 1 to 200 characters. */
  readonly name: Scalars['String']['input'];
  /** Domains of the company, at most 100. Free-mail domains and public suffixes are refused. */
  readonly domains?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Global id of the company it belongs to. */
  readonly parentId?: InputMaybe<Scalars['ID']['input']>;
  /** Whether it wins when several accounts fit mail to an archive address. */
  readonly defaultForArchive?: InputMaybe<Scalars['Boolean']['input']>;
};

/** The account that was made. */
export type CreateAccountPayload = {
  readonly __typename?: 'CreateAccountPayload';
  /** The account; null when it was refused. */
  readonly account?: Maybe<Account>;
  /** The second look at earlier messages that this brings about; null where the policy `retroMatch` of no mailbox asks for one. */
  readonly redecision?: Maybe<Redecision>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Changes to an account. A field that is left out stays as it is. */
export type UpdateAccountInput = {
  /** Global id of the account. */
  readonly accountId: Scalars['ID']['input'];
  /** Name for people, 1 to 200 characters. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** All domains, at most 100. Those not listed are removed. */
  readonly domains?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Global id of the company it belongs to; null for none. */
  readonly parentId?: InputMaybe<Scalars['ID']['input']>;
  /** Whether it wins when several accounts fit mail to an archive address. */
  readonly defaultForArchive?: InputMaybe<Scalars['Boolean']['input']>;
};

/** The account after the change. */
export type UpdateAccountPayload = {
  readonly __typename?: 'UpdateAccountPayload';
  /** The account; null when it was refused. */
  readonly account?: Maybe<Account>;
  /** The second look at earlier messages that this brings about; null where the policy `retroMatch` of no mailbox asks for one. */
  readonly redecision?: Maybe<Redecision>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Names the account to delete. */
export type DeleteAccountInput = {
  /** Global id of the account. */
  readonly accountId: Scalars['ID']['input'];
};

/** The account that is gone. */
export type DeleteAccountPayload = {
  readonly __typename?: 'DeleteAccountPayload';
  /** Global id of what was deleted; null when it was refused. */
  readonly deletedAccountId?: Maybe<Scalars['ID']['output']>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Something in one row of a list that was left out. */
export type RowError = {
  readonly __typename?: 'RowError';
  /** Place of the row in the list, from 0. */
  readonly index: Scalars['Int']['output'];
  /** The `externalId` of the row as it was given; null when it has none. */
  readonly externalId?: Maybe<Scalars['String']['output']>;
  /** The stable code to branch on. */
  readonly code: UserErrorCode;
  /** One or two sentences in English that may be shown as they are. */
  readonly message: Scalars['String']['output'];
  /** Path within the row, e.g. `addresses`, `1`; null when no single field is at fault. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** Something in one line of a CSV file that was left out. */
export type CsvLineError = {
  readonly __typename?: 'CsvLineError';
  /** Number of the line on which the row begins, from 1; the header is a line too. */
  readonly line: Scalars['Int']['output'];
  /** The column at fault; null when no single one is. */
  readonly column?: Maybe<Scalars['String']['output']>;
  /** The stable code to branch on. */
  readonly code: UserErrorCode;
  /** One or two sentences in English that may be shown as they are. */
  readonly message: Scalars['String']['output'];
};

/** A contact as another system has it. A field that is left out stays as it is; null or an empty list clears it. */
export type ContactRowInput = {
  /** Global id of a contact that is there, instead of `externalId`, or to give it one. */
  readonly contactId?: InputMaybe<Scalars['ID']['input']>;
  /** Its id in the other system, 1 to 200 characters without the space around them. Needed where `contactId` is left out; each stands once in a list. */
  readonly externalId?: InputMaybe<Scalars['String']['input']>;
  /** Name for people, at most 200 characters. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** All addresses, 1 to 50; the first is the main one. Those not listed are removed. Needed for a new contact. Other contacts may carry the same address. */
  readonly addresses?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Accounts to link, by their ids in the other system. With `accountIds` all of them, 50 at most: others are unlinked. */
  readonly accountExternalIds?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Accounts to link, by global id. */
  readonly accountIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** The account to log on, which must be linked; cleared, the most recently linked one. */
  readonly defaultAccountExternalId?: InputMaybe<Scalars['String']['input']>;
  /** The same by global id; give one of the two. */
  readonly defaultAccountId?: InputMaybe<Scalars['ID']['input']>;
};

/** Contacts as they stand in another system. */
export type UpsertContactsInput = {
  /** The contacts, at most 10,000. */
  readonly contacts: ReadonlyArray<ContactRowInput>;
};

/** What became of the contacts. */
export type UpsertContactsPayload = {
  readonly __typename?: 'UpsertContactsPayload';
  /** How many contacts are new; null when the list as a whole was refused. */
  readonly created?: Maybe<Scalars['Int']['output']>;
  /** How many contacts were there and have changed; null when the list as a whole was refused. */
  readonly updated?: Maybe<Scalars['Int']['output']>;
  /** How many contacts were there and stood so already; null when the list as a whole was refused. */
  readonly unchanged?: Maybe<Scalars['Int']['output']>;
  /** How many rows were left out for what `rowErrors` say; null when the list as a whole was refused. */
  readonly refused?: Maybe<Scalars['Int']['output']>;
  /** What is wrong with the rows that were left out, at most 10 errors of each; null when the list as a whole was refused. */
  readonly rowErrors?: Maybe<ReadonlyArray<RowError>>;
  /** The second look at earlier messages that this brings about; null where the policy `retroMatch` of no mailbox asks for one. */
  readonly redecision?: Maybe<Redecision>;
  /** Why the list as a whole was refused. Then nothing of it was stored. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** An account as another system has it. A field that is left out stays as it is; null or an empty list clears it. */
export type AccountRowInput = {
  /** Global id of an account that is there, instead of `externalId`, or to give it one. */
  readonly accountId?: InputMaybe<Scalars['ID']['input']>;
  /** Its id in the other system, 1 to 200 characters without the space around them. Needed where `accountId` is left out; each stands once in a list. */
  readonly externalId?: InputMaybe<Scalars['String']['input']>;
  /** Name for people, 1 to 200 characters. Needed for a new account. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** All domains, at most 100. Those not listed are removed. Free-mail domains and public suffixes are refused. */
  readonly domains?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** The company it belongs to, by its id in the other system; it may stand in this list. */
  readonly parentExternalId?: InputMaybe<Scalars['String']['input']>;
  /** The same by global id; give one of the two. */
  readonly parentId?: InputMaybe<Scalars['ID']['input']>;
  /** Whether it wins when several accounts fit mail to an archive address; cleared, it does not. */
  readonly defaultForArchive?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Accounts as they stand in another system. */
export type UpsertAccountsInput = {
  /** The accounts, at most 10,000. */
  readonly accounts: ReadonlyArray<AccountRowInput>;
};

/** What became of the accounts. */
export type UpsertAccountsPayload = {
  readonly __typename?: 'UpsertAccountsPayload';
  /** How many accounts are new; null when the list as a whole was refused. */
  readonly created?: Maybe<Scalars['Int']['output']>;
  /** How many accounts were there and have changed; null when the list as a whole was refused. */
  readonly updated?: Maybe<Scalars['Int']['output']>;
  /** How many accounts were there and stood so already; null when the list as a whole was refused. */
  readonly unchanged?: Maybe<Scalars['Int']['output']>;
  /** How many rows were left out for what `rowErrors` say; null when the list as a whole was refused. */
  readonly refused?: Maybe<Scalars['Int']['output']>;
  /** What is wrong with the rows that were left out, at most 10 errors of each; null when the list as a whole was refused. */
  readonly rowErrors?: Maybe<ReadonlyArray<RowError>>;
  /** The second look at earlier messages that this brings about; null where the policy `retroMatch` of no mailbox asks for one. */
  readonly redecision?: Maybe<Redecision>;
  /** Why the list as a whole was refused. Then nothing of it was stored. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Contacts as CSV. */
export type ImportContactsInput = {
  /** The text of the file, with a header line; at most 10,000 rows after it. */
  readonly csv: Scalars['String']['input'];
};

/** What became of the file. */
export type ImportContactsPayload = {
  readonly __typename?: 'ImportContactsPayload';
  /** How many contacts are new; null when the list as a whole was refused. */
  readonly created?: Maybe<Scalars['Int']['output']>;
  /** How many contacts were there and have changed; null when the list as a whole was refused. */
  readonly updated?: Maybe<Scalars['Int']['output']>;
  /** How many contacts were there and stood so already; null when the list as a whole was refused. */
  readonly unchanged?: Maybe<Scalars['Int']['output']>;
  /** How many rows were left out for what `lineErrors` say; null when the list as a whole was refused. */
  readonly refused?: Maybe<Scalars['Int']['output']>;
  /** What is wrong with the rows that were left out, at most 10 errors of each; null when the list as a whole was refused. */
  readonly lineErrors?: Maybe<ReadonlyArray<CsvLineError>>;
  /** The second look at earlier messages that this brings about; null where the policy `retroMatch` of no mailbox asks for one. */
  readonly redecision?: Maybe<Redecision>;
  /** Why the list as a whole was refused. Then nothing of it was stored. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Accounts as CSV. */
export type ImportAccountsInput = {
  /** The text of the file, with a header line; at most 10,000 rows after it. */
  readonly csv: Scalars['String']['input'];
};

/** What became of the file. */
export type ImportAccountsPayload = {
  readonly __typename?: 'ImportAccountsPayload';
  /** How many accounts are new; null when the list as a whole was refused. */
  readonly created?: Maybe<Scalars['Int']['output']>;
  /** How many accounts were there and have changed; null when the list as a whole was refused. */
  readonly updated?: Maybe<Scalars['Int']['output']>;
  /** How many accounts were there and stood so already; null when the list as a whole was refused. */
  readonly unchanged?: Maybe<Scalars['Int']['output']>;
  /** How many rows were left out for what `lineErrors` say; null when the list as a whole was refused. */
  readonly refused?: Maybe<Scalars['Int']['output']>;
  /** What is wrong with the rows that were left out, at most 10 errors of each; null when the list as a whole was refused. */
  readonly lineErrors?: Maybe<ReadonlyArray<CsvLineError>>;
  /** The second look at earlier messages that this brings about; null where the policy `retroMatch` of no mailbox asks for one. */
  readonly redecision?: Maybe<Redecision>;
  /** Why the list as a whole was refused. Then nothing of it was stored. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Blacklist entries as CSV. */
export type ImportBlacklistInput = {
  /** The text of the file, with a header line; at most 10,000 rows after it. */
  readonly csv: Scalars['String']['input'];
  /** Whether domains may be added at which many unrelated people have addresses, like gmail.com or co.uk: they keep out all of them. */
  readonly allowSharedDomains?: InputMaybe<Scalars['Boolean']['input']>;
};

/** What became of the file. */
export type ImportBlacklistPayload = {
  readonly __typename?: 'ImportBlacklistPayload';
  /** How many entries are new; null when the list as a whole was refused. */
  readonly created?: Maybe<Scalars['Int']['output']>;
  /** How many entries were there and have changed; null when the list as a whole was refused. */
  readonly updated?: Maybe<Scalars['Int']['output']>;
  /** How many entries were there and stood so already; null when the list as a whole was refused. */
  readonly unchanged?: Maybe<Scalars['Int']['output']>;
  /** How many rows were left out for what `lineErrors` say; null when the list as a whole was refused. */
  readonly refused?: Maybe<Scalars['Int']['output']>;
  /** What is wrong with the rows that were left out, at most 10 errors of each; null when the list as a whole was refused. */
  readonly lineErrors?: Maybe<ReadonlyArray<CsvLineError>>;
  /** Why the list as a whole was refused. Then nothing of it was stored. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** One logged message on the timelines of contacts and accounts. A message seen in several mailboxes is one engagement. */
export type Engagement = Node & {
  readonly __typename?: 'Engagement';
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Whether it was filed from a mailbox or put there by hand. */
  readonly kind: EngagementKind;
  /** Who put it there by hand; null for what was filed, and when that user is gone. */
  readonly author?: Maybe<User>;
  /** Received or sent, seen from the workspace. */
  readonly direction: Direction;
  /** The subject, decoded; empty when the message has none. */
  readonly subject: Scalars['String']['output'];
  /** When the message was sent, by its own date where that is plausible. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** The Message-ID header without angle brackets; null when the message has none. Neither unique nor trustworthy. */
  readonly internetMessageId?: Maybe<Scalars['String']['output']>;
  /** Sender first, then recipients in order. */
  readonly participants: ReadonlyArray<Participant>;
  /** Contacts on whose timelines it stands. */
  readonly contacts: ReadonlyArray<Contact>;
  /** Accounts on whose timelines it stands. */
  readonly accounts: ReadonlyArray<Account>;
  /** Mailboxes in which it was seen. */
  readonly mailboxes: ReadonlyArray<Mailbox>;
  /** The whole text, quoted history included. */
  readonly text: Scalars['String']['output'];
  /** The text without quoted history and signature. */
  readonly replyText: Scalars['String']['output'];
  /**
   * Sanitised HTML, safe to show; null when the message has none. Pictures that came with the message have the path of their
   * attachment (`Attachment.downloadUrl`) as `src`.
   */
  readonly html?: Maybe<Scalars['String']['output']>;
  /** Attached files. They are listed, not stored. */
  readonly attachments: ReadonlyArray<Attachment>;
  /** The invitation that the message carries, the first one; null when there is none, or nobody could read it. */
  readonly calendar?: Maybe<CalendarInvite>;
  /** The exchange it belongs to; null when it stands alone. */
  readonly thread?: Maybe<Thread>;
  /**
   * What mail servers reported about its delivery, earliest first, one entry per report and recipient. Anybody can write such a
   * report.
   */
  readonly bounces: ReadonlyArray<Bounce>;
};


/** One logged message on the timelines of contacts and accounts. A message seen in several mailboxes is one engagement. */
export type EngagementHtmlArgs = {
  remoteImages?: InputMaybe<Scalars['Boolean']['input']>;
};


/** One logged message on the timelines of contacts and accounts. A message seen in several mailboxes is one engagement. */
export type EngagementAttachmentsArgs = {
  includeEmbedded?: InputMaybe<Scalars['Boolean']['input']>;
};

/** What a delivery report said of one recipient of a message (RFC 3464). */
export type Bounce = {
  readonly __typename?: 'Bounce';
  /** Who was not reached, as far as the report says so; an alias behind the address may stand in its place. */
  readonly recipient: Scalars['EmailAddress']['output'];
  /** What became of the message. */
  readonly kind: BounceKind;
  /** Enhanced status code (RFC 3463), e.g. `5.1.1`; null when the report names none. */
  readonly status?: Maybe<Scalars['String']['output']>;
  /** The report in words. */
  readonly explanation: Scalars['String']['output'];
  /** When the report arrived. */
  readonly reportedAt: Scalars['DateTime']['output'];
  /** Subject of the message that it is about, logged or not; null when that message is not known. */
  readonly subject?: Maybe<Scalars['String']['output']>;
  /** The message that it is about; null when that is not known, was not logged or was deleted. */
  readonly engagement?: Maybe<Engagement>;
};

export type { BounceKind };

/** What an invitation says (iCalendar, RFC 5545). The sender may write what they like. */
export type CalendarInvite = {
  readonly __typename?: 'CalendarInvite';
  /** What is asked, in upper case (RFC 5546): `REQUEST`, `REPLY`, `CANCEL`, `COUNTER`; `PUBLISH` when nothing is asked. */
  readonly method: Scalars['String']['output'];
  /** Title of the event; empty when it has none. */
  readonly summary: Scalars['String']['output'];
  /** Who invites; null when absent or not an address. */
  readonly organizer?: Maybe<Scalars['EmailAddress']['output']>;
  /**
   * When it begins, as ISO 8601: in UTC (`2026-11-22T10:00:00Z`), a date alone for whole days, or without `Z` when the invitation
   * does not say in which time zone. Null when absent.
   */
  readonly start?: Maybe<Scalars['String']['output']>;
  /** When it ends, in the same form; for whole days the day after the last one. Null when absent. */
  readonly end?: Maybe<Scalars['String']['output']>;
  /** Where it takes place, as written; empty when it does not say. */
  readonly location: Scalars['String']['output'];
  /** Id of the event, the same in its changes and cancellation; empty when it has none. */
  readonly uid: Scalars['String']['output'];
};

export type { EngagementKind };

export type { Direction };

/** An address in a message. */
export type Participant = {
  readonly __typename?: 'Participant';
  /** Where it stands. */
  readonly role: ParticipantRole;
  /** The address. */
  readonly address: Scalars['EmailAddress']['output'];
  /** The display name as the sender wrote it, empty when there is none. It proves nothing. */
  readonly name: Scalars['String']['output'];
  /** A contact who carries the address, the first by name when several do; null for unknown people. */
  readonly contact?: Maybe<Contact>;
  /** Whether the address was one of the workspace's own when the message was decided. */
  readonly isInternal: Scalars['Boolean']['output'];
};

export type { ParticipantRole };

/** A file that came with a message. It stays in the mailbox and is read from there when somebody downloads it. */
export type Attachment = {
  readonly __typename?: 'Attachment';
  /** File name as the sender wrote it; empty when there is none. */
  readonly name: Scalars['String']['output'];
  /** Media type as the sender wrote it, e.g. `application/pdf`. It proves nothing. */
  readonly mediaType: Scalars['String']['output'];
  /** Decoded size in octets, estimated from the encoded one. */
  readonly size: Scalars['UInt32']['output'];
  /**
   * Path below this server. GET it with the same `Authorization` header; the file comes as it was sent, whatever it is, and
   * must not be shown unchecked. 410 when it is gone from all connected mailboxes, 503 with `Retry-After` while the
   * mailbox is busy or may not be read.
   */
  readonly downloadUrl: Scalars['String']['output'];
};

/** Messages joined by their References and In-Reply-To headers, never by subject alone. */
export type Thread = Node & {
  readonly __typename?: 'Thread';
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Subject of its first engagement, decoded; empty when that has none. */
  readonly subject: Scalars['String']['output'];
  /** Addresses of senders and recipients, those from outside first, 20 at most. */
  readonly participants: ReadonlyArray<Scalars['EmailAddress']['output']>;
  /** When its latest engagement occurred; null when all of them were deleted. */
  readonly lastEngagementAt?: Maybe<Scalars['DateTime']['output']>;
  /** Number of its engagements, without deleted ones. */
  readonly engagementCount: Scalars['Int']['output'];
  /** Its engagements, without deleted ones. */
  readonly engagements: EngagementConnection;
};


/** Messages joined by their References and In-Reply-To headers, never by subject alone. */
export type ThreadEngagementsArgs = {
  order?: InputMaybe<ThreadOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type { ThreadOrder };

/** A page of threads. */
export type ThreadConnection = {
  readonly __typename?: 'ThreadConnection';
  /** The threads of the page. */
  readonly nodes: ReadonlyArray<Thread>;
  /** The same with a cursor each. */
  readonly edges: ReadonlyArray<ThreadEdge>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
};

/** A thread in a list. */
export type ThreadEdge = {
  readonly __typename?: 'ThreadEdge';
  /** Its place in the list, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The thread. */
  readonly node: Thread;
};

/** A page of engagements. */
export type EngagementConnection = {
  readonly __typename?: 'EngagementConnection';
  /** The engagements of the page. */
  readonly nodes: ReadonlyArray<Engagement>;
  /** The same with a cursor each. */
  readonly edges: ReadonlyArray<EngagementEdge>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
};

/** An engagement in a list. */
export type EngagementEdge = {
  readonly __typename?: 'EngagementEdge';
  /** Its place in the list, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The engagement. */
  readonly node: Engagement;
};

/** A text to put on timelines. At least one contact or account. */
export type LogNoteInput = {
  /** Contacts on whose timelines it goes, and on those of the default account of each; 50 at most. */
  readonly contactIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** More accounts on whose timelines it goes; 50 at most. */
  readonly accountIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /**
   * The note; or a message as Outlook, Gmail, Apple Mail or Thunderbird copy it, with its header of sender, date, recipients and
   * subject in any of 13 languages; or the whole source of a message (RFC 5322). At most 1 MiB.
   */
  readonly text: Scalars['String']['input'];
  /** At most 500 characters; that of the pasted message when left out, else empty. */
  readonly subject?: InputMaybe<Scalars['String']['input']>;
  /** Received or sent; as the pasted message says, or sent, when left out. */
  readonly direction?: InputMaybe<Direction>;
  /** When it took place; as the pasted message says, or now, when left out. */
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** By which clock times in a pasted header are meant that name no zone, by its IANA name, e.g. `Europe/Berlin`. */
  readonly timeZone?: InputMaybe<Scalars['String']['input']>;
  /** Any text of at most 200 characters. A second call of the same user with the same key makes no second note. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The note that now stands on the timelines. */
export type LogNotePayload = {
  readonly __typename?: 'LogNotePayload';
  /** The engagement; null when it was refused. */
  readonly engagement?: Maybe<Engagement>;
  /** What was taken from the pasted message; null for a plain note. */
  readonly recognized?: Maybe<RecognizedMessage>;
  /** Whether it was there before: the same message was logged, or the same call was made, earlier. Null when it was refused. */
  readonly wasLogged?: Maybe<Scalars['Boolean']['output']>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What a pasted message says of itself. */
export type RecognizedMessage = {
  readonly __typename?: 'RecognizedMessage';
  /** How it was known. */
  readonly form: PastedForm;
  /** The sender as it was pasted, for people to read. */
  readonly from: Scalars['String']['output'];
  /** Everybody whose address it names; the sender first, if it names exactly one. */
  readonly participants: ReadonlyArray<Participant>;
  /** The subject; empty when there is none. */
  readonly subject: Scalars['String']['output'];
  /** The date it names; null when it names none. */
  readonly sentAt?: Maybe<Scalars['DateTime']['output']>;
};

export type { PastedForm };

/** Changes to a note. What is left out stays as it is. */
export type UpdateEngagementInput = {
  /** Global id of the note. */
  readonly engagementId: Scalars['ID']['input'];
  /** The subject, at most 500 characters. */
  readonly subject?: InputMaybe<Scalars['String']['input']>;
  /** The whole text, at most 1 MiB; as it stands, nothing is recognised in it. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
  /** When it took place. */
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
};

/** The note after the change. */
export type UpdateEngagementPayload = {
  readonly __typename?: 'UpdateEngagementPayload';
  /** The engagement; null when it was refused. */
  readonly engagement?: Maybe<Engagement>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Names the engagement to delete. */
export type DeleteEngagementInput = {
  /** Global id of the engagement. */
  readonly engagementId: Scalars['ID']['input'];
};

/** The engagement that is gone. */
export type DeleteEngagementPayload = {
  readonly __typename?: 'DeleteEngagementPayload';
  /** Global id of what was deleted; null when it was refused. */
  readonly deletedEngagementId?: Maybe<Scalars['ID']['output']>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What was decided about one message in one folder of a mailbox, and why. Of a skipped message only headers are kept. */
export type Decision = Node & {
  readonly __typename?: 'Decision';
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** What was decided. */
  readonly verdict: Verdict;
  /** The rule that spoke first; null unless skipped. */
  readonly reason?: Maybe<SkipReason>;
  /** The decision in words: the rule, or on whose timelines the message was logged. */
  readonly explanation: Scalars['String']['output'];
  /** What to do to get such mail logged; null when it was logged. */
  readonly advice?: Maybe<Scalars['String']['output']>;
  /** What the rule looked at. */
  readonly evidence: ReadonlyArray<Evidence>;
  /** The mailbox in which the message was seen. */
  readonly mailbox: Mailbox;
  /** Path of the folder in which the message was seen. */
  readonly folder: Scalars['String']['output'];
  /** UID of the message in that folder (RFC 9051). */
  readonly uid: Scalars['UInt32']['output'];
  /** The Message-ID header without angle brackets; null when there is none or the headers could not be read. */
  readonly internetMessageId?: Maybe<Scalars['String']['output']>;
  /** The From header as it stands, decoded, for people to read; null when the headers could not be read. */
  readonly from?: Maybe<Scalars['String']['output']>;
  /** The subject, decoded; null when the headers could not be read. */
  readonly subject?: Maybe<Scalars['String']['output']>;
  /** When it was decided. */
  readonly decidedAt: Scalars['DateTime']['output'];
  /** How often it could not be read or stored. */
  readonly attempts: Scalars['Int']['output'];
  /** When it is tried again by itself, under `FAILED`; null when it waits for `retryMessage` or `discardMessage`. */
  readonly retryAt?: Maybe<Scalars['DateTime']['output']>;
  /** What was logged; null unless logged, and once the engagement is deleted. */
  readonly engagement?: Maybe<Engagement>;
  /** Under `BOUNCE`, what the report said and about which message, by recipient; empty when it could not be read. */
  readonly bounces: ReadonlyArray<Bounce>;
};

export type { Verdict };

export type { SkipReason };

/** A fact that a decision rests on. */
export type Evidence = {
  readonly __typename?: 'Evidence';
  /** What it is, e.g. `entry`. */
  readonly name: Scalars['String']['output'];
  /** Its value, e.g. `example.com`. */
  readonly value: Scalars['String']['output'];
};

/** Messages of one mailbox that were decided in the same way on one day. */
export type DecisionCount = {
  readonly __typename?: 'DecisionCount';
  /** The day in the time zone that was asked for, as `2026-11-22`. */
  readonly day: Scalars['String']['output'];
  /** The mailbox in which they were seen. */
  readonly mailbox: Mailbox;
  /** What was decided. */
  readonly verdict: Verdict;
  /** Why they were skipped; null unless skipped. */
  readonly reason?: Maybe<SkipReason>;
  /** How many, each folder that shows a message counted. */
  readonly count: Scalars['Int']['output'];
};

/** What the rules say of a message that was not filed. */
export type Simulation = {
  readonly __typename?: 'Simulation';
  /** What would be decided. */
  readonly verdict: Verdict;
  /** The rule that would speak first; null when it would be logged. */
  readonly reason?: Maybe<SkipReason>;
  /** The decision in words, as in `Decision`. */
  readonly explanation: Scalars['String']['output'];
  /** What to do to get such mail logged; null when it would be. */
  readonly advice?: Maybe<Scalars['String']['output']>;
  /** What the rule looked at. */
  readonly evidence: ReadonlyArray<Evidence>;
  /** Every rule in the order in which they are asked. */
  readonly trace: ReadonlyArray<RuleStep>;
  /** Received or sent; null when nobody can be told to be the sender. */
  readonly direction?: Maybe<Direction>;
  /** The subject, decoded. */
  readonly subject: Scalars['String']['output'];
  /** The Date header; null when absent or not a date. */
  readonly sentAt?: Maybe<Scalars['DateTime']['output']>;
  /** The Message-ID header without angle brackets; null when absent. */
  readonly internetMessageId?: Maybe<Scalars['String']['output']>;
  /** Sender first, then recipients in order. */
  readonly participants: ReadonlyArray<Participant>;
  /** Contacts on whose timelines it would stand. */
  readonly contacts: ReadonlyArray<Contact>;
  /** Accounts on whose timelines it would stand. */
  readonly accounts: ReadonlyArray<Account>;
  /** Contacts that would be made. */
  readonly newContacts: ReadonlyArray<SimulatedContact>;
  /** The whole text; null unless it would be logged: of other mail not even the text is downloaded. */
  readonly text?: Maybe<Scalars['String']['output']>;
  /** The text without quoted history and signature; null unless it would be logged. */
  readonly replyText?: Maybe<Scalars['String']['output']>;
  /** Sanitised HTML, safe to show; null unless it would be logged and has some. */
  readonly html?: Maybe<Scalars['String']['output']>;
  /** Names of the files that would be listed, empty for those without one. */
  readonly attachmentNames: ReadonlyArray<Scalars['String']['output']>;
  /** The engagement of the same message, where it is on timelines already. */
  readonly duplicateOf?: Maybe<Engagement>;
};

/** A rule, and whether it spoke. */
export type RuleStep = {
  readonly __typename?: 'RuleStep';
  /** The reason that the rule gives when it speaks. */
  readonly rule: SkipReason;
  /** What came of asking it. */
  readonly outcome: RuleOutcome;
  /** The rule in words. */
  readonly explanation: Scalars['String']['output'];
};

export type { RuleOutcome };

/** A contact that filing the message would make. */
export type SimulatedContact = {
  readonly __typename?: 'SimulatedContact';
  /** The address that it would carry. */
  readonly address: Scalars['EmailAddress']['output'];
  /** Its name; empty where the policy fills in the address alone. */
  readonly name: Scalars['String']['output'];
  /** The account that it would be linked to; null when no account owns the domain. */
  readonly account?: Maybe<Account>;
};

/** Why a message is not here. */
export type MissingMessage = {
  readonly __typename?: 'MissingMessage';
  /** The decisions that fit, latest first, in any mailbox; 10 at most. */
  readonly decisions: ReadonlyArray<Decision>;
  /** What can have kept it out of sight in this mailbox, the likeliest first; never empty. */
  readonly causes: ReadonlyArray<MissingCause>;
};

/** Something that can keep a message out of sight. */
export type MissingCause = {
  readonly __typename?: 'MissingCause';
  /** To branch on. */
  readonly code: MissingCauseCode;
  /** What it means, with the names and times of this mailbox. */
  readonly explanation: Scalars['String']['output'];
  /** What to do; null when nothing needs to be done. */
  readonly advice?: Maybe<Scalars['String']['output']>;
};

export type { MissingCauseCode };

/** A page of decisions. */
export type DecisionConnection = {
  readonly __typename?: 'DecisionConnection';
  /** The decisions of the page. */
  readonly nodes: ReadonlyArray<Decision>;
  /** The same with a cursor each. */
  readonly edges: ReadonlyArray<DecisionEdge>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
};

/** A decision in a list. */
export type DecisionEdge = {
  readonly __typename?: 'DecisionEdge';
  /** Its place in the list, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The decision. */
  readonly node: Decision;
};

/** A second look at messages that were skipped earlier, because something has changed or a person asks. Only what is newly logged is downloaded. */
export type Redecision = Node & {
  readonly __typename?: 'Redecision';
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** What brought it about. */
  readonly cause: RedecisionCause;
  /** How far it has come. */
  readonly state: RedecisionState;
  /** How many messages it is about, counted once per mailbox that has them; null before that is known. */
  readonly total?: Maybe<Scalars['Int']['output']>;
  /** How many of them have been decided again. */
  readonly done: Scalars['Int']['output'];
  /** How many of them were logged by that. */
  readonly logged: Scalars['Int']['output'];
  /** When it was asked for. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When it came to its end; null before. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
};

export type { RedecisionCause };

export type { RedecisionState };

/** A page of second looks. */
export type RedecisionConnection = {
  readonly __typename?: 'RedecisionConnection';
  /** The second looks of the page. */
  readonly nodes: ReadonlyArray<Redecision>;
  /** The same with a cursor each. */
  readonly edges: ReadonlyArray<RedecisionEdge>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
};

/** A second look in a list. */
export type RedecisionEdge = {
  readonly __typename?: 'RedecisionEdge';
  /** Its place in the list, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The second look. */
  readonly node: Redecision;
};

/** Names the message to decide again. */
export type RedecideMessageInput = {
  /** Global id of its decision, which must be `SKIPPED`. */
  readonly decisionId: Scalars['ID']['input'];
};

/** The decision as it stands now, and the second look that may change it. */
export type RedecideMessagePayload = {
  readonly __typename?: 'RedecideMessagePayload';
  /** The decision, new where the second look took less than a second or two; null when it was refused. */
  readonly decision?: Maybe<Decision>;
  /** The second look, to follow until it is `FINISHED`; null when it was refused. */
  readonly redecision?: Maybe<Redecision>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Names the message to try again. */
export type RetryMessageInput = {
  /** Global id of its decision. */
  readonly decisionId: Scalars['ID']['input'];
};

/** The decision that stands until the message has been tried again. */
export type RetryMessagePayload = {
  readonly __typename?: 'RetryMessagePayload';
  /** The decision; null when it was refused. */
  readonly decision?: Maybe<Decision>;
  /** Whether the scheduler of the visits was told. Otherwise the message is tried with the next visit. */
  readonly confirmed: Scalars['Boolean']['output'];
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Names the mailbox whose failed messages are to be tried again. */
export type RetryFailedMessagesInput = {
  /** Global id of the mailbox. */
  readonly mailboxId: Scalars['ID']['input'];
};

/** What will be tried again. */
export type RetryFailedMessagesPayload = {
  readonly __typename?: 'RetryFailedMessagesPayload';
  /** How many messages; null when it was refused. */
  readonly messageCount?: Maybe<Scalars['Int']['output']>;
  /** Whether the scheduler of the visits was told. Otherwise the messages are tried with the next visit. */
  readonly confirmed: Scalars['Boolean']['output'];
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Names the message to give up. */
export type DiscardMessageInput = {
  /** Global id of its decision. */
  readonly decisionId: Scalars['ID']['input'];
};

/** The decision that now stands. */
export type DiscardMessagePayload = {
  readonly __typename?: 'DiscardMessagePayload';
  /** The decision, `SKIPPED` as `DISCARDED`; null when it was refused. */
  readonly decision?: Maybe<Decision>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A person who wrote to the workspace, or was written to, while nobody knew them, so that the mail was skipped. */
export type UnknownCorrespondent = Node & {
  readonly __typename?: 'UnknownCorrespondent';
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** The address, without a `+tag`. */
  readonly address: Scalars['EmailAddress']['output'];
  /** As they last called themselves; empty when they never did. Anybody can write any name. */
  readonly name: Scalars['String']['output'];
  /** Messages that were skipped for this reason, each once, however many folders and mailboxes show it. */
  readonly messageCount: Scalars['Int']['output'];
  /** When the first of them arrived. */
  readonly firstSeenAt: Scalars['DateTime']['output'];
  /** When the last of them arrived. */
  readonly lastSeenAt: Scalars['DateTime']['output'];
  /** When somebody hid the person from the list; null while listed. */
  readonly dismissedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who did; null when nobody has, or that user is gone. */
  readonly dismissedBy?: Maybe<User>;
  /** The account that owns exactly the domain of the address; null when none does, and for domains where anybody can have an address. */
  readonly suggestedAccount?: Maybe<Account>;
};

/** A page of unknown correspondents. */
export type UnknownCorrespondentConnection = {
  readonly __typename?: 'UnknownCorrespondentConnection';
  /** The people of the page. */
  readonly nodes: ReadonlyArray<UnknownCorrespondent>;
  /** The same with a cursor each. */
  readonly edges: ReadonlyArray<UnknownCorrespondentEdge>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
};

/** An unknown correspondent in a list. */
export type UnknownCorrespondentEdge = {
  readonly __typename?: 'UnknownCorrespondentEdge';
  /** Its place in the list, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The person. */
  readonly node: UnknownCorrespondent;
};

/** The person to accept, and what the contact is to be. At most one of `accountId` and `newAccount`. */
export type AcceptUnknownCorrespondentInput = {
  /** Global id of the unknown correspondent. */
  readonly unknownCorrespondentId: Scalars['ID']['input'];
  /** Name of the contact, at most 200 characters; as the person writes it when left out. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Global id of the account to link; the contact has none when both this and `newAccount` are left out. */
  readonly accountId?: InputMaybe<Scalars['ID']['input']>;
  /** An account to make for the contact. */
  readonly newAccount?: InputMaybe<NewAccountInput>;
};

/** An account to make on the way. */
export type NewAccountInput = {
  /** Name of the company, 1 to 200 characters. */
  readonly name: Scalars['String']['input'];
  /** Its domains; none when left out. Domains of free mail and of other accounts are refused. */
  readonly domains?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** The contact that was made. */
export type AcceptUnknownCorrespondentPayload = {
  readonly __typename?: 'AcceptUnknownCorrespondentPayload';
  /** The contact with the address; null when it was refused. */
  readonly contact?: Maybe<Contact>;
  /** The second look at the messages of that address. */
  readonly redecision?: Maybe<Redecision>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Names whom to dismiss. */
export type DismissUnknownCorrespondentInput = {
  /** Global id of the unknown correspondent. */
  readonly unknownCorrespondentId: Scalars['ID']['input'];
};

/** The person as they now stand. */
export type DismissUnknownCorrespondentPayload = {
  readonly __typename?: 'DismissUnknownCorrespondentPayload';
  /** The unknown correspondent; null when it was refused. */
  readonly unknownCorrespondent?: Maybe<UnknownCorrespondent>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Names whose dismissal to take back. */
export type RestoreUnknownCorrespondentInput = {
  /** Global id of the unknown correspondent. */
  readonly unknownCorrespondentId: Scalars['ID']['input'];
};

/** The person as they now stand, listed again. */
export type RestoreUnknownCorrespondentPayload = {
  readonly __typename?: 'RestoreUnknownCorrespondentPayload';
  /** The unknown correspondent; null when it was refused. */
  readonly unknownCorrespondent?: Maybe<UnknownCorrespondent>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** An address or a domain whose mail is never logged. */
export type BlacklistEntry = Node & {
  readonly __typename?: 'BlacklistEntry';
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Address or domain. */
  readonly kind: BlacklistKind;
  /** The normalised address or domain. A domain covers its subdomains, an address its `+tag` variants. */
  readonly value: Scalars['String']['output'];
  /** Why it was added; null when nobody said. */
  readonly note?: Maybe<Scalars['String']['output']>;
  /** Who added it; null when that user is gone. */
  readonly author?: Maybe<User>;
  /** When it was added. */
  readonly createdAt: Scalars['DateTime']['output'];
};

export type { BlacklistKind };

/** A page of blacklist entries. */
export type BlacklistEntryConnection = {
  readonly __typename?: 'BlacklistEntryConnection';
  /** The entries of the page. */
  readonly nodes: ReadonlyArray<BlacklistEntry>;
  /** The same with a cursor each. */
  readonly edges: ReadonlyArray<BlacklistEntryEdge>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
};

/** A blacklist entry in a list. */
export type BlacklistEntryEdge = {
  readonly __typename?: 'BlacklistEntryEdge';
  /** Its place in the list, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: BlacklistEntry;
};

/** What an entry would have done. */
export type BlacklistPreview = {
  readonly __typename?: 'BlacklistPreview';
  /** Address or domain. */
  readonly kind: BlacklistKind;
  /** The value as it would be stored. */
  readonly value: Scalars['String']['output'];
  /** Messages logged in the last 30 days that the entry would have kept out under the policies of their mailboxes, each once, deleted engagements not counted. */
  readonly messageCount: Scalars['Int']['output'];
};

/** What a list of entries would have done. */
export type BlacklistListPreview = {
  readonly __typename?: 'BlacklistListPreview';
  /** Different addresses and domains in the list that could be added, those already on the blacklist included. */
  readonly entryCount: Scalars['Int']['output'];
  /** Messages logged in the last 30 days that they would have kept out, together, each once, deleted engagements not counted. */
  readonly messageCount: Scalars['Int']['output'];
  /** What in the list is neither an address nor a domain, or must not be added. */
  readonly errors: ReadonlyArray<BlacklistLineError>;
};

/** Something in a pasted list that was not added. */
export type BlacklistLineError = {
  readonly __typename?: 'BlacklistLineError';
  /** Number of the line, from 1. */
  readonly line: Scalars['Int']['output'];
  /** What stands there, at most 100 characters of it. */
  readonly text: Scalars['String']['output'];
  /** What is wrong with it, and what to do. */
  readonly message: Scalars['String']['output'];
};

/** An entry to add. */
export type AddBlacklistEntryInput = {
  /** An address, or a domain with at least two labels. */
  readonly value: Scalars['String']['input'];
  /** Why, at most 500 characters. */
  readonly note?: InputMaybe<Scalars['String']['input']>;
  /** Whether a domain may be added at which many unrelated people have addresses, like gmail.com or co.uk: it keeps out all of them. */
  readonly allowSharedDomain?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A list to add. */
export type AddBlacklistEntriesInput = {
  /** Addresses and domains, at most 10,000. */
  readonly text: Scalars['String']['input'];
  /** Why, at most 500 characters; the note of every entry that is new. */
  readonly note?: InputMaybe<Scalars['String']['input']>;
  /** Whether domains may be added at which many unrelated people have addresses, like gmail.com or co.uk: they keep out all of them. */
  readonly allowSharedDomains?: InputMaybe<Scalars['Boolean']['input']>;
};

/** What became of the list. */
export type AddBlacklistEntriesPayload = {
  readonly __typename?: 'AddBlacklistEntriesPayload';
  /** How many entries are new; null when the list was refused. */
  readonly added?: Maybe<Scalars['Int']['output']>;
  /** How many stood on the blacklist already, or stand in the list twice; null when it was refused. */
  readonly alreadyThere?: Maybe<Scalars['Int']['output']>;
  /** What was not added; null when the list was refused. */
  readonly errors?: Maybe<ReadonlyArray<BlacklistLineError>>;
  /** Why the list as a whole was refused. Then nothing of it was added. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A change to an entry. */
export type UpdateBlacklistEntryInput = {
  /** Global id of the entry. */
  readonly blacklistEntryId: Scalars['ID']['input'];
  /** Why it is there, at most 500 characters; null or nothing but space for no note. */
  readonly note?: InputMaybe<Scalars['String']['input']>;
};

/** The entry after the change. */
export type UpdateBlacklistEntryPayload = {
  readonly __typename?: 'UpdateBlacklistEntryPayload';
  /** The entry; null when it was refused. */
  readonly blacklistEntry?: Maybe<BlacklistEntry>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The entry that is now on the blacklist. */
export type AddBlacklistEntryPayload = {
  readonly __typename?: 'AddBlacklistEntryPayload';
  /** The entry; null when it was refused. */
  readonly blacklistEntry?: Maybe<BlacklistEntry>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Names the entry to remove. */
export type RemoveBlacklistEntryInput = {
  /** Global id of the entry. */
  readonly blacklistEntryId: Scalars['ID']['input'];
};

/** The entry that is gone. */
export type RemoveBlacklistEntryPayload = {
  readonly __typename?: 'RemoveBlacklistEntryPayload';
  /** Global id of what was removed; null when it was refused. */
  readonly removedBlacklistEntryId?: Maybe<Scalars['ID']['output']>;
  /** The second look at earlier messages that this brings about; null where the policy `retroMatch` of no mailbox asks for one. */
  readonly redecision?: Maybe<Redecision>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  EmailAddress: ResolverTypeWrapper<Scalars['EmailAddress']['output']>;
  UInt32: ResolverTypeWrapper<Scalars['UInt32']['output']>;
  Octets: ResolverTypeWrapper<Scalars['Octets']['output']>;
  Node: ResolverTypeWrapper<NodeValue>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  EngagementFilter: EngagementFilter;
  ThreadFilter: ThreadFilter;
  DecisionFilter: DecisionFilter;
  DecisionCountFilter: DecisionCountFilter;
  WhyMissingInput: WhyMissingInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Workspace: ResolverTypeWrapper<WorkspaceValue>;
  Preset: Preset;
  UpdateWorkspaceInput: UpdateWorkspaceInput;
  PolicyPreviewInput: PolicyPreviewInput;
  PolicyPreviewPayload: ResolverTypeWrapper<Omit<PolicyPreviewPayload, 'policyPreview'> & { policyPreview?: Maybe<ResolversTypes['PolicyPreview']> }>;
  PolicyPreview: ResolverTypeWrapper<PolicyPreviewValue>;
  PolicyEffect: ResolverTypeWrapper<PolicyEffectValue>;
  UpdateWorkspacePayload: ResolverTypeWrapper<Omit<UpdateWorkspacePayload, 'workspace'> & { workspace?: Maybe<ResolversTypes['Workspace']> }>;
  User: ResolverTypeWrapper<UserValue>;
  UpdateViewerInput: UpdateViewerInput;
  UpdateViewerPayload: ResolverTypeWrapper<Omit<UpdateViewerPayload, 'viewer'> & { viewer?: Maybe<ResolversTypes['User']> }>;
  UserRole: UserRole;
  Mailbox: ResolverTypeWrapper<MailboxValue>;
  MailboxConnection: ResolverTypeWrapper<Omit<MailboxConnection, 'nodes' | 'edges'> & { nodes: ReadonlyArray<ResolversTypes['Mailbox']>, edges: ReadonlyArray<ResolversTypes['MailboxEdge']> }>;
  MailboxEdge: ResolverTypeWrapper<Omit<MailboxEdge, 'node'> & { node: ResolversTypes['Mailbox'] }>;
  MailboxState: MailboxState;
  MailboxStage: MailboxStage;
  MailboxError: ResolverTypeWrapper<MailboxErrorValue>;
  MailboxErrorCode: MailboxErrorCode;
  MailboxCounts: ResolverTypeWrapper<MailboxCounts>;
  FolderCheckpoint: ResolverTypeWrapper<FolderCheckpoint>;
  MailProtocol: MailProtocol;
  MailProvider: ResolverTypeWrapper<ProviderProfileValue>;
  MailboxFolder: ResolverTypeWrapper<FolderHealthValue>;
  MailboxCoverage: ResolverTypeWrapper<MailboxCoverage>;
  MailboxUsage: ResolverTypeWrapper<MailboxUsage>;
  MailboxDeferral: ResolverTypeWrapper<MailboxDeferral>;
  MailboxLane: MailboxLane;
  DeferralReason: DeferralReason;
  MailboxImport: ResolverTypeWrapper<MailboxImport>;
  MailboxEvent: ResolverTypeWrapper<MailboxEventValue>;
  MailboxEventKind: MailboxEventKind;
  MailboxEventConnection: ResolverTypeWrapper<Omit<MailboxEventConnection, 'nodes' | 'edges'> & { nodes: ReadonlyArray<ResolversTypes['MailboxEvent']>, edges: ReadonlyArray<ResolversTypes['MailboxEventEdge']> }>;
  MailboxEventEdge: ResolverTypeWrapper<Omit<MailboxEventEdge, 'node'> & { node: ResolversTypes['MailboxEvent'] }>;
  ImapServer: ResolverTypeWrapper<ImapServer>;
  ConnectionSecurity: ConnectionSecurity;
  MailboxSettings: ResolverTypeWrapper<MailboxSettings>;
  UnknownCorrespondents: UnknownCorrespondents;
  BlacklistMode: BlacklistMode;
  BulkAndAuto: BulkAndAuto;
  CompanyConfidential: CompanyConfidential;
  SeveralAccounts: SeveralAccounts;
  RetroMatch: RetroMatch;
  AfterImport: AfterImport;
  HistorySettings: ResolverTypeWrapper<HistorySettings>;
  HistoryMode: HistoryMode;
  FolderSettings: ResolverTypeWrapper<FolderSettings>;
  FolderMode: FolderMode;
  TestMailboxInput: TestMailboxInput;
  ImapServerInput: ImapServerInput;
  Pop3ServerInput: Pop3ServerInput;
  TestMailboxPayload: ResolverTypeWrapper<TestMailboxPayload>;
  MailboxTest: ResolverTypeWrapper<MailboxTest>;
  ServerCapability: ServerCapability;
  MailSettings: ResolverTypeWrapper<DiscoveredSettingsValue>;
  MailServerProposal: ResolverTypeWrapper<MailServerProposal>;
  MailAuthMethod: MailAuthMethod;
  MailSettingsSource: MailSettingsSource;
  ServerFolder: ResolverTypeWrapper<ServerFolder>;
  FolderUse: FolderUse;
  ConnectMailboxInput: ConnectMailboxInput;
  MailboxSettingsInput: MailboxSettingsInput;
  HistorySettingsInput: HistorySettingsInput;
  FolderSettingsInput: FolderSettingsInput;
  ConnectMailboxPayload: ResolverTypeWrapper<Omit<ConnectMailboxPayload, 'mailbox'> & { mailbox?: Maybe<ResolversTypes['Mailbox']> }>;
  UpdateMailboxInput: UpdateMailboxInput;
  UpdateMailboxPayload: ResolverTypeWrapper<Omit<UpdateMailboxPayload, 'mailbox'> & { mailbox?: Maybe<ResolversTypes['Mailbox']> }>;
  StopMailboxImportInput: StopMailboxImportInput;
  StopMailboxImportPayload: ResolverTypeWrapper<Omit<StopMailboxImportPayload, 'mailbox'> & { mailbox?: Maybe<ResolversTypes['Mailbox']> }>;
  StartMailboxAuthorizationInput: StartMailboxAuthorizationInput;
  OAuthProvider: OAuthProvider;
  StartMailboxAuthorizationPayload: ResolverTypeWrapper<StartMailboxAuthorizationPayload>;
  MailboxAuth: MailboxAuth;
  PauseMailboxInput: PauseMailboxInput;
  PauseMailboxPayload: ResolverTypeWrapper<Omit<PauseMailboxPayload, 'mailbox'> & { mailbox?: Maybe<ResolversTypes['Mailbox']> }>;
  ResumeMailboxInput: ResumeMailboxInput;
  ResumeMailboxPayload: ResolverTypeWrapper<Omit<ResumeMailboxPayload, 'mailbox'> & { mailbox?: Maybe<ResolversTypes['Mailbox']> }>;
  ReconnectMailboxInput: ReconnectMailboxInput;
  ReconnectImapInput: ReconnectImapInput;
  ReconnectPop3Input: ReconnectPop3Input;
  ReconnectMailboxPayload: ResolverTypeWrapper<Omit<ReconnectMailboxPayload, 'mailbox'> & { mailbox?: Maybe<ResolversTypes['Mailbox']> }>;
  DisconnectMailboxInput: DisconnectMailboxInput;
  DisconnectMailboxPayload: ResolverTypeWrapper<Omit<DisconnectMailboxPayload, 'mailbox'> & { mailbox?: Maybe<ResolversTypes['Mailbox']> }>;
  SyncMailboxNowInput: SyncMailboxNowInput;
  SyncMailboxNowPayload: ResolverTypeWrapper<Omit<SyncMailboxNowPayload, 'mailbox'> & { mailbox?: Maybe<ResolversTypes['Mailbox']> }>;
  Contact: ResolverTypeWrapper<ContactValue>;
  BouncedAddress: ResolverTypeWrapper<BouncedAddressValue>;
  ContactSource: ResolverTypeWrapper<ContactSourceValue>;
  SourceMessage: ResolverTypeWrapper<SourceMessage>;
  UndoAutomaticContactInput: UndoAutomaticContactInput;
  UndoAutomaticContactPayload: ResolverTypeWrapper<Omit<UndoAutomaticContactPayload, 'unknownCorrespondents'> & { unknownCorrespondents?: Maybe<ReadonlyArray<ResolversTypes['UnknownCorrespondent']>> }>;
  ContactConnection: ResolverTypeWrapper<Omit<ContactConnection, 'nodes' | 'edges'> & { nodes: ReadonlyArray<ResolversTypes['Contact']>, edges: ReadonlyArray<ResolversTypes['ContactEdge']> }>;
  ContactEdge: ResolverTypeWrapper<Omit<ContactEdge, 'node'> & { node: ResolversTypes['Contact'] }>;
  CreateContactInput: CreateContactInput;
  CreateContactPayload: ResolverTypeWrapper<Omit<CreateContactPayload, 'contact' | 'redecision'> & { contact?: Maybe<ResolversTypes['Contact']>, redecision?: Maybe<ResolversTypes['Redecision']> }>;
  UpdateContactInput: UpdateContactInput;
  UpdateContactPayload: ResolverTypeWrapper<Omit<UpdateContactPayload, 'contact' | 'redecision'> & { contact?: Maybe<ResolversTypes['Contact']>, redecision?: Maybe<ResolversTypes['Redecision']> }>;
  DeleteContactInput: DeleteContactInput;
  DeleteContactPayload: ResolverTypeWrapper<DeleteContactPayload>;
  SetDefaultAccountInput: SetDefaultAccountInput;
  SetDefaultAccountPayload: ResolverTypeWrapper<Omit<SetDefaultAccountPayload, 'contact'> & { contact?: Maybe<ResolversTypes['Contact']> }>;
  Account: ResolverTypeWrapper<AccountValue>;
  AccountConnection: ResolverTypeWrapper<Omit<AccountConnection, 'nodes' | 'edges'> & { nodes: ReadonlyArray<ResolversTypes['Account']>, edges: ReadonlyArray<ResolversTypes['AccountEdge']> }>;
  AccountEdge: ResolverTypeWrapper<Omit<AccountEdge, 'node'> & { node: ResolversTypes['Account'] }>;
  CreateAccountInput: CreateAccountInput;
  CreateAccountPayload: ResolverTypeWrapper<Omit<CreateAccountPayload, 'account' | 'redecision'> & { account?: Maybe<ResolversTypes['Account']>, redecision?: Maybe<ResolversTypes['Redecision']> }>;
  UpdateAccountInput: UpdateAccountInput;
  UpdateAccountPayload: ResolverTypeWrapper<Omit<UpdateAccountPayload, 'account' | 'redecision'> & { account?: Maybe<ResolversTypes['Account']>, redecision?: Maybe<ResolversTypes['Redecision']> }>;
  DeleteAccountInput: DeleteAccountInput;
  DeleteAccountPayload: ResolverTypeWrapper<DeleteAccountPayload>;
  RowError: ResolverTypeWrapper<RowError>;
  CsvLineError: ResolverTypeWrapper<CsvLineError>;
  ContactRowInput: ContactRowInput;
  UpsertContactsInput: UpsertContactsInput;
  UpsertContactsPayload: ResolverTypeWrapper<Omit<UpsertContactsPayload, 'redecision'> & { redecision?: Maybe<ResolversTypes['Redecision']> }>;
  AccountRowInput: AccountRowInput;
  UpsertAccountsInput: UpsertAccountsInput;
  UpsertAccountsPayload: ResolverTypeWrapper<Omit<UpsertAccountsPayload, 'redecision'> & { redecision?: Maybe<ResolversTypes['Redecision']> }>;
  ImportContactsInput: ImportContactsInput;
  ImportContactsPayload: ResolverTypeWrapper<Omit<ImportContactsPayload, 'redecision'> & { redecision?: Maybe<ResolversTypes['Redecision']> }>;
  ImportAccountsInput: ImportAccountsInput;
  ImportAccountsPayload: ResolverTypeWrapper<Omit<ImportAccountsPayload, 'redecision'> & { redecision?: Maybe<ResolversTypes['Redecision']> }>;
  ImportBlacklistInput: ImportBlacklistInput;
  ImportBlacklistPayload: ResolverTypeWrapper<ImportBlacklistPayload>;
  Engagement: ResolverTypeWrapper<EngagementValue>;
  Bounce: ResolverTypeWrapper<BounceValue>;
  BounceKind: BounceKind;
  CalendarInvite: ResolverTypeWrapper<CalendarInviteValue>;
  EngagementKind: EngagementKind;
  Direction: Direction;
  Participant: ResolverTypeWrapper<ParticipantValue>;
  ParticipantRole: ParticipantRole;
  Attachment: ResolverTypeWrapper<AttachmentValue>;
  Thread: ResolverTypeWrapper<ThreadValue>;
  ThreadOrder: ThreadOrder;
  ThreadConnection: ResolverTypeWrapper<Omit<ThreadConnection, 'nodes' | 'edges'> & { nodes: ReadonlyArray<ResolversTypes['Thread']>, edges: ReadonlyArray<ResolversTypes['ThreadEdge']> }>;
  ThreadEdge: ResolverTypeWrapper<Omit<ThreadEdge, 'node'> & { node: ResolversTypes['Thread'] }>;
  EngagementConnection: ResolverTypeWrapper<Omit<EngagementConnection, 'nodes' | 'edges'> & { nodes: ReadonlyArray<ResolversTypes['Engagement']>, edges: ReadonlyArray<ResolversTypes['EngagementEdge']> }>;
  EngagementEdge: ResolverTypeWrapper<Omit<EngagementEdge, 'node'> & { node: ResolversTypes['Engagement'] }>;
  LogNoteInput: LogNoteInput;
  LogNotePayload: ResolverTypeWrapper<Omit<LogNotePayload, 'engagement' | 'recognized'> & { engagement?: Maybe<ResolversTypes['Engagement']>, recognized?: Maybe<ResolversTypes['RecognizedMessage']> }>;
  RecognizedMessage: ResolverTypeWrapper<Omit<RecognizedMessage, 'participants'> & { participants: ReadonlyArray<ResolversTypes['Participant']> }>;
  PastedForm: PastedForm;
  UpdateEngagementInput: UpdateEngagementInput;
  UpdateEngagementPayload: ResolverTypeWrapper<Omit<UpdateEngagementPayload, 'engagement'> & { engagement?: Maybe<ResolversTypes['Engagement']> }>;
  DeleteEngagementInput: DeleteEngagementInput;
  DeleteEngagementPayload: ResolverTypeWrapper<DeleteEngagementPayload>;
  Decision: ResolverTypeWrapper<DecisionValue>;
  Verdict: Verdict;
  SkipReason: SkipReason;
  Evidence: ResolverTypeWrapper<Evidence>;
  DecisionCount: ResolverTypeWrapper<DecisionCountValue>;
  Simulation: ResolverTypeWrapper<Omit<Simulation, 'participants' | 'contacts' | 'accounts' | 'newContacts' | 'duplicateOf'> & { participants: ReadonlyArray<ResolversTypes['Participant']>, contacts: ReadonlyArray<ResolversTypes['Contact']>, accounts: ReadonlyArray<ResolversTypes['Account']>, newContacts: ReadonlyArray<ResolversTypes['SimulatedContact']>, duplicateOf?: Maybe<ResolversTypes['Engagement']> }>;
  RuleStep: ResolverTypeWrapper<RuleStep>;
  RuleOutcome: RuleOutcome;
  SimulatedContact: ResolverTypeWrapper<Omit<SimulatedContact, 'account'> & { account?: Maybe<ResolversTypes['Account']> }>;
  MissingMessage: ResolverTypeWrapper<Omit<MissingMessage, 'decisions'> & { decisions: ReadonlyArray<ResolversTypes['Decision']> }>;
  MissingCause: ResolverTypeWrapper<MissingCause>;
  MissingCauseCode: MissingCauseCode;
  DecisionConnection: ResolverTypeWrapper<Omit<DecisionConnection, 'nodes' | 'edges'> & { nodes: ReadonlyArray<ResolversTypes['Decision']>, edges: ReadonlyArray<ResolversTypes['DecisionEdge']> }>;
  DecisionEdge: ResolverTypeWrapper<Omit<DecisionEdge, 'node'> & { node: ResolversTypes['Decision'] }>;
  Redecision: ResolverTypeWrapper<RedecisionValue>;
  RedecisionCause: RedecisionCause;
  RedecisionState: RedecisionState;
  RedecisionConnection: ResolverTypeWrapper<Omit<RedecisionConnection, 'nodes' | 'edges'> & { nodes: ReadonlyArray<ResolversTypes['Redecision']>, edges: ReadonlyArray<ResolversTypes['RedecisionEdge']> }>;
  RedecisionEdge: ResolverTypeWrapper<Omit<RedecisionEdge, 'node'> & { node: ResolversTypes['Redecision'] }>;
  RedecideMessageInput: RedecideMessageInput;
  RedecideMessagePayload: ResolverTypeWrapper<Omit<RedecideMessagePayload, 'decision' | 'redecision'> & { decision?: Maybe<ResolversTypes['Decision']>, redecision?: Maybe<ResolversTypes['Redecision']> }>;
  RetryMessageInput: RetryMessageInput;
  RetryMessagePayload: ResolverTypeWrapper<Omit<RetryMessagePayload, 'decision'> & { decision?: Maybe<ResolversTypes['Decision']> }>;
  RetryFailedMessagesInput: RetryFailedMessagesInput;
  RetryFailedMessagesPayload: ResolverTypeWrapper<RetryFailedMessagesPayload>;
  DiscardMessageInput: DiscardMessageInput;
  DiscardMessagePayload: ResolverTypeWrapper<Omit<DiscardMessagePayload, 'decision'> & { decision?: Maybe<ResolversTypes['Decision']> }>;
  UnknownCorrespondent: ResolverTypeWrapper<UnknownCorrespondentValue>;
  UnknownCorrespondentConnection: ResolverTypeWrapper<Omit<UnknownCorrespondentConnection, 'nodes' | 'edges'> & { nodes: ReadonlyArray<ResolversTypes['UnknownCorrespondent']>, edges: ReadonlyArray<ResolversTypes['UnknownCorrespondentEdge']> }>;
  UnknownCorrespondentEdge: ResolverTypeWrapper<Omit<UnknownCorrespondentEdge, 'node'> & { node: ResolversTypes['UnknownCorrespondent'] }>;
  AcceptUnknownCorrespondentInput: AcceptUnknownCorrespondentInput;
  NewAccountInput: NewAccountInput;
  AcceptUnknownCorrespondentPayload: ResolverTypeWrapper<Omit<AcceptUnknownCorrespondentPayload, 'contact' | 'redecision'> & { contact?: Maybe<ResolversTypes['Contact']>, redecision?: Maybe<ResolversTypes['Redecision']> }>;
  DismissUnknownCorrespondentInput: DismissUnknownCorrespondentInput;
  DismissUnknownCorrespondentPayload: ResolverTypeWrapper<Omit<DismissUnknownCorrespondentPayload, 'unknownCorrespondent'> & { unknownCorrespondent?: Maybe<ResolversTypes['UnknownCorrespondent']> }>;
  RestoreUnknownCorrespondentInput: RestoreUnknownCorrespondentInput;
  RestoreUnknownCorrespondentPayload: ResolverTypeWrapper<Omit<RestoreUnknownCorrespondentPayload, 'unknownCorrespondent'> & { unknownCorrespondent?: Maybe<ResolversTypes['UnknownCorrespondent']> }>;
  BlacklistEntry: ResolverTypeWrapper<BlacklistEntryValue>;
  BlacklistKind: BlacklistKind;
  BlacklistEntryConnection: ResolverTypeWrapper<Omit<BlacklistEntryConnection, 'nodes' | 'edges'> & { nodes: ReadonlyArray<ResolversTypes['BlacklistEntry']>, edges: ReadonlyArray<ResolversTypes['BlacklistEntryEdge']> }>;
  BlacklistEntryEdge: ResolverTypeWrapper<Omit<BlacklistEntryEdge, 'node'> & { node: ResolversTypes['BlacklistEntry'] }>;
  BlacklistPreview: ResolverTypeWrapper<BlacklistPreview>;
  BlacklistListPreview: ResolverTypeWrapper<BlacklistListPreview>;
  BlacklistLineError: ResolverTypeWrapper<BlacklistLineError>;
  AddBlacklistEntryInput: AddBlacklistEntryInput;
  AddBlacklistEntriesInput: AddBlacklistEntriesInput;
  AddBlacklistEntriesPayload: ResolverTypeWrapper<AddBlacklistEntriesPayload>;
  UpdateBlacklistEntryInput: UpdateBlacklistEntryInput;
  UpdateBlacklistEntryPayload: ResolverTypeWrapper<Omit<UpdateBlacklistEntryPayload, 'blacklistEntry'> & { blacklistEntry?: Maybe<ResolversTypes['BlacklistEntry']> }>;
  AddBlacklistEntryPayload: ResolverTypeWrapper<Omit<AddBlacklistEntryPayload, 'blacklistEntry'> & { blacklistEntry?: Maybe<ResolversTypes['BlacklistEntry']> }>;
  RemoveBlacklistEntryInput: RemoveBlacklistEntryInput;
  RemoveBlacklistEntryPayload: ResolverTypeWrapper<Omit<RemoveBlacklistEntryPayload, 'redecision'> & { redecision?: Maybe<ResolversTypes['Redecision']> }>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  EmailAddress: Scalars['EmailAddress']['output'];
  UInt32: Scalars['UInt32']['output'];
  Octets: Scalars['Octets']['output'];
  Node: NodeValue;
  ID: Scalars['ID']['output'];
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  String: Scalars['String']['output'];
  UserError: UserError;
  Query: Record<PropertyKey, never>;
  Int: Scalars['Int']['output'];
  EngagementFilter: EngagementFilter;
  ThreadFilter: ThreadFilter;
  DecisionFilter: DecisionFilter;
  DecisionCountFilter: DecisionCountFilter;
  WhyMissingInput: WhyMissingInput;
  Mutation: Record<PropertyKey, never>;
  Workspace: WorkspaceValue;
  UpdateWorkspaceInput: UpdateWorkspaceInput;
  PolicyPreviewInput: PolicyPreviewInput;
  PolicyPreviewPayload: Omit<PolicyPreviewPayload, 'policyPreview'> & { policyPreview?: Maybe<ResolversParentTypes['PolicyPreview']> };
  PolicyPreview: PolicyPreviewValue;
  PolicyEffect: PolicyEffectValue;
  UpdateWorkspacePayload: Omit<UpdateWorkspacePayload, 'workspace'> & { workspace?: Maybe<ResolversParentTypes['Workspace']> };
  User: UserValue;
  UpdateViewerInput: UpdateViewerInput;
  UpdateViewerPayload: Omit<UpdateViewerPayload, 'viewer'> & { viewer?: Maybe<ResolversParentTypes['User']> };
  Mailbox: MailboxValue;
  MailboxConnection: Omit<MailboxConnection, 'nodes' | 'edges'> & { nodes: ReadonlyArray<ResolversParentTypes['Mailbox']>, edges: ReadonlyArray<ResolversParentTypes['MailboxEdge']> };
  MailboxEdge: Omit<MailboxEdge, 'node'> & { node: ResolversParentTypes['Mailbox'] };
  MailboxError: MailboxErrorValue;
  MailboxCounts: MailboxCounts;
  FolderCheckpoint: FolderCheckpoint;
  MailProvider: ProviderProfileValue;
  MailboxFolder: FolderHealthValue;
  MailboxCoverage: MailboxCoverage;
  MailboxUsage: MailboxUsage;
  MailboxDeferral: MailboxDeferral;
  MailboxImport: MailboxImport;
  MailboxEvent: MailboxEventValue;
  MailboxEventConnection: Omit<MailboxEventConnection, 'nodes' | 'edges'> & { nodes: ReadonlyArray<ResolversParentTypes['MailboxEvent']>, edges: ReadonlyArray<ResolversParentTypes['MailboxEventEdge']> };
  MailboxEventEdge: Omit<MailboxEventEdge, 'node'> & { node: ResolversParentTypes['MailboxEvent'] };
  ImapServer: ImapServer;
  MailboxSettings: MailboxSettings;
  HistorySettings: HistorySettings;
  FolderSettings: FolderSettings;
  TestMailboxInput: TestMailboxInput;
  ImapServerInput: ImapServerInput;
  Pop3ServerInput: Pop3ServerInput;
  TestMailboxPayload: TestMailboxPayload;
  MailboxTest: MailboxTest;
  MailSettings: DiscoveredSettingsValue;
  MailServerProposal: MailServerProposal;
  ServerFolder: ServerFolder;
  ConnectMailboxInput: ConnectMailboxInput;
  MailboxSettingsInput: MailboxSettingsInput;
  HistorySettingsInput: HistorySettingsInput;
  FolderSettingsInput: FolderSettingsInput;
  ConnectMailboxPayload: Omit<ConnectMailboxPayload, 'mailbox'> & { mailbox?: Maybe<ResolversParentTypes['Mailbox']> };
  UpdateMailboxInput: UpdateMailboxInput;
  UpdateMailboxPayload: Omit<UpdateMailboxPayload, 'mailbox'> & { mailbox?: Maybe<ResolversParentTypes['Mailbox']> };
  StopMailboxImportInput: StopMailboxImportInput;
  StopMailboxImportPayload: Omit<StopMailboxImportPayload, 'mailbox'> & { mailbox?: Maybe<ResolversParentTypes['Mailbox']> };
  StartMailboxAuthorizationInput: StartMailboxAuthorizationInput;
  StartMailboxAuthorizationPayload: StartMailboxAuthorizationPayload;
  PauseMailboxInput: PauseMailboxInput;
  PauseMailboxPayload: Omit<PauseMailboxPayload, 'mailbox'> & { mailbox?: Maybe<ResolversParentTypes['Mailbox']> };
  ResumeMailboxInput: ResumeMailboxInput;
  ResumeMailboxPayload: Omit<ResumeMailboxPayload, 'mailbox'> & { mailbox?: Maybe<ResolversParentTypes['Mailbox']> };
  ReconnectMailboxInput: ReconnectMailboxInput;
  ReconnectImapInput: ReconnectImapInput;
  ReconnectPop3Input: ReconnectPop3Input;
  ReconnectMailboxPayload: Omit<ReconnectMailboxPayload, 'mailbox'> & { mailbox?: Maybe<ResolversParentTypes['Mailbox']> };
  DisconnectMailboxInput: DisconnectMailboxInput;
  DisconnectMailboxPayload: Omit<DisconnectMailboxPayload, 'mailbox'> & { mailbox?: Maybe<ResolversParentTypes['Mailbox']> };
  SyncMailboxNowInput: SyncMailboxNowInput;
  SyncMailboxNowPayload: Omit<SyncMailboxNowPayload, 'mailbox'> & { mailbox?: Maybe<ResolversParentTypes['Mailbox']> };
  Contact: ContactValue;
  BouncedAddress: BouncedAddressValue;
  ContactSource: ContactSourceValue;
  SourceMessage: SourceMessage;
  UndoAutomaticContactInput: UndoAutomaticContactInput;
  UndoAutomaticContactPayload: Omit<UndoAutomaticContactPayload, 'unknownCorrespondents'> & { unknownCorrespondents?: Maybe<ReadonlyArray<ResolversParentTypes['UnknownCorrespondent']>> };
  ContactConnection: Omit<ContactConnection, 'nodes' | 'edges'> & { nodes: ReadonlyArray<ResolversParentTypes['Contact']>, edges: ReadonlyArray<ResolversParentTypes['ContactEdge']> };
  ContactEdge: Omit<ContactEdge, 'node'> & { node: ResolversParentTypes['Contact'] };
  CreateContactInput: CreateContactInput;
  CreateContactPayload: Omit<CreateContactPayload, 'contact' | 'redecision'> & { contact?: Maybe<ResolversParentTypes['Contact']>, redecision?: Maybe<ResolversParentTypes['Redecision']> };
  UpdateContactInput: UpdateContactInput;
  UpdateContactPayload: Omit<UpdateContactPayload, 'contact' | 'redecision'> & { contact?: Maybe<ResolversParentTypes['Contact']>, redecision?: Maybe<ResolversParentTypes['Redecision']> };
  DeleteContactInput: DeleteContactInput;
  DeleteContactPayload: DeleteContactPayload;
  SetDefaultAccountInput: SetDefaultAccountInput;
  SetDefaultAccountPayload: Omit<SetDefaultAccountPayload, 'contact'> & { contact?: Maybe<ResolversParentTypes['Contact']> };
  Account: AccountValue;
  AccountConnection: Omit<AccountConnection, 'nodes' | 'edges'> & { nodes: ReadonlyArray<ResolversParentTypes['Account']>, edges: ReadonlyArray<ResolversParentTypes['AccountEdge']> };
  AccountEdge: Omit<AccountEdge, 'node'> & { node: ResolversParentTypes['Account'] };
  CreateAccountInput: CreateAccountInput;
  CreateAccountPayload: Omit<CreateAccountPayload, 'account' | 'redecision'> & { account?: Maybe<ResolversParentTypes['Account']>, redecision?: Maybe<ResolversParentTypes['Redecision']> };
  UpdateAccountInput: UpdateAccountInput;
  UpdateAccountPayload: Omit<UpdateAccountPayload, 'account' | 'redecision'> & { account?: Maybe<ResolversParentTypes['Account']>, redecision?: Maybe<ResolversParentTypes['Redecision']> };
  DeleteAccountInput: DeleteAccountInput;
  DeleteAccountPayload: DeleteAccountPayload;
  RowError: RowError;
  CsvLineError: CsvLineError;
  ContactRowInput: ContactRowInput;
  UpsertContactsInput: UpsertContactsInput;
  UpsertContactsPayload: Omit<UpsertContactsPayload, 'redecision'> & { redecision?: Maybe<ResolversParentTypes['Redecision']> };
  AccountRowInput: AccountRowInput;
  UpsertAccountsInput: UpsertAccountsInput;
  UpsertAccountsPayload: Omit<UpsertAccountsPayload, 'redecision'> & { redecision?: Maybe<ResolversParentTypes['Redecision']> };
  ImportContactsInput: ImportContactsInput;
  ImportContactsPayload: Omit<ImportContactsPayload, 'redecision'> & { redecision?: Maybe<ResolversParentTypes['Redecision']> };
  ImportAccountsInput: ImportAccountsInput;
  ImportAccountsPayload: Omit<ImportAccountsPayload, 'redecision'> & { redecision?: Maybe<ResolversParentTypes['Redecision']> };
  ImportBlacklistInput: ImportBlacklistInput;
  ImportBlacklistPayload: ImportBlacklistPayload;
  Engagement: EngagementValue;
  Bounce: BounceValue;
  CalendarInvite: CalendarInviteValue;
  Participant: ParticipantValue;
  Attachment: AttachmentValue;
  Thread: ThreadValue;
  ThreadConnection: Omit<ThreadConnection, 'nodes' | 'edges'> & { nodes: ReadonlyArray<ResolversParentTypes['Thread']>, edges: ReadonlyArray<ResolversParentTypes['ThreadEdge']> };
  ThreadEdge: Omit<ThreadEdge, 'node'> & { node: ResolversParentTypes['Thread'] };
  EngagementConnection: Omit<EngagementConnection, 'nodes' | 'edges'> & { nodes: ReadonlyArray<ResolversParentTypes['Engagement']>, edges: ReadonlyArray<ResolversParentTypes['EngagementEdge']> };
  EngagementEdge: Omit<EngagementEdge, 'node'> & { node: ResolversParentTypes['Engagement'] };
  LogNoteInput: LogNoteInput;
  LogNotePayload: Omit<LogNotePayload, 'engagement' | 'recognized'> & { engagement?: Maybe<ResolversParentTypes['Engagement']>, recognized?: Maybe<ResolversParentTypes['RecognizedMessage']> };
  RecognizedMessage: Omit<RecognizedMessage, 'participants'> & { participants: ReadonlyArray<ResolversParentTypes['Participant']> };
  UpdateEngagementInput: UpdateEngagementInput;
  UpdateEngagementPayload: Omit<UpdateEngagementPayload, 'engagement'> & { engagement?: Maybe<ResolversParentTypes['Engagement']> };
  DeleteEngagementInput: DeleteEngagementInput;
  DeleteEngagementPayload: DeleteEngagementPayload;
  Decision: DecisionValue;
  Evidence: Evidence;
  DecisionCount: DecisionCountValue;
  Simulation: Omit<Simulation, 'participants' | 'contacts' | 'accounts' | 'newContacts' | 'duplicateOf'> & { participants: ReadonlyArray<ResolversParentTypes['Participant']>, contacts: ReadonlyArray<ResolversParentTypes['Contact']>, accounts: ReadonlyArray<ResolversParentTypes['Account']>, newContacts: ReadonlyArray<ResolversParentTypes['SimulatedContact']>, duplicateOf?: Maybe<ResolversParentTypes['Engagement']> };
  RuleStep: RuleStep;
  SimulatedContact: Omit<SimulatedContact, 'account'> & { account?: Maybe<ResolversParentTypes['Account']> };
  MissingMessage: Omit<MissingMessage, 'decisions'> & { decisions: ReadonlyArray<ResolversParentTypes['Decision']> };
  MissingCause: MissingCause;
  DecisionConnection: Omit<DecisionConnection, 'nodes' | 'edges'> & { nodes: ReadonlyArray<ResolversParentTypes['Decision']>, edges: ReadonlyArray<ResolversParentTypes['DecisionEdge']> };
  DecisionEdge: Omit<DecisionEdge, 'node'> & { node: ResolversParentTypes['Decision'] };
  Redecision: RedecisionValue;
  RedecisionConnection: Omit<RedecisionConnection, 'nodes' | 'edges'> & { nodes: ReadonlyArray<ResolversParentTypes['Redecision']>, edges: ReadonlyArray<ResolversParentTypes['RedecisionEdge']> };
  RedecisionEdge: Omit<RedecisionEdge, 'node'> & { node: ResolversParentTypes['Redecision'] };
  RedecideMessageInput: RedecideMessageInput;
  RedecideMessagePayload: Omit<RedecideMessagePayload, 'decision' | 'redecision'> & { decision?: Maybe<ResolversParentTypes['Decision']>, redecision?: Maybe<ResolversParentTypes['Redecision']> };
  RetryMessageInput: RetryMessageInput;
  RetryMessagePayload: Omit<RetryMessagePayload, 'decision'> & { decision?: Maybe<ResolversParentTypes['Decision']> };
  RetryFailedMessagesInput: RetryFailedMessagesInput;
  RetryFailedMessagesPayload: RetryFailedMessagesPayload;
  DiscardMessageInput: DiscardMessageInput;
  DiscardMessagePayload: Omit<DiscardMessagePayload, 'decision'> & { decision?: Maybe<ResolversParentTypes['Decision']> };
  UnknownCorrespondent: UnknownCorrespondentValue;
  UnknownCorrespondentConnection: Omit<UnknownCorrespondentConnection, 'nodes' | 'edges'> & { nodes: ReadonlyArray<ResolversParentTypes['UnknownCorrespondent']>, edges: ReadonlyArray<ResolversParentTypes['UnknownCorrespondentEdge']> };
  UnknownCorrespondentEdge: Omit<UnknownCorrespondentEdge, 'node'> & { node: ResolversParentTypes['UnknownCorrespondent'] };
  AcceptUnknownCorrespondentInput: AcceptUnknownCorrespondentInput;
  NewAccountInput: NewAccountInput;
  AcceptUnknownCorrespondentPayload: Omit<AcceptUnknownCorrespondentPayload, 'contact' | 'redecision'> & { contact?: Maybe<ResolversParentTypes['Contact']>, redecision?: Maybe<ResolversParentTypes['Redecision']> };
  DismissUnknownCorrespondentInput: DismissUnknownCorrespondentInput;
  DismissUnknownCorrespondentPayload: Omit<DismissUnknownCorrespondentPayload, 'unknownCorrespondent'> & { unknownCorrespondent?: Maybe<ResolversParentTypes['UnknownCorrespondent']> };
  RestoreUnknownCorrespondentInput: RestoreUnknownCorrespondentInput;
  RestoreUnknownCorrespondentPayload: Omit<RestoreUnknownCorrespondentPayload, 'unknownCorrespondent'> & { unknownCorrespondent?: Maybe<ResolversParentTypes['UnknownCorrespondent']> };
  BlacklistEntry: BlacklistEntryValue;
  BlacklistEntryConnection: Omit<BlacklistEntryConnection, 'nodes' | 'edges'> & { nodes: ReadonlyArray<ResolversParentTypes['BlacklistEntry']>, edges: ReadonlyArray<ResolversParentTypes['BlacklistEntryEdge']> };
  BlacklistEntryEdge: Omit<BlacklistEntryEdge, 'node'> & { node: ResolversParentTypes['BlacklistEntry'] };
  BlacklistPreview: BlacklistPreview;
  BlacklistListPreview: BlacklistListPreview;
  BlacklistLineError: BlacklistLineError;
  AddBlacklistEntryInput: AddBlacklistEntryInput;
  AddBlacklistEntriesInput: AddBlacklistEntriesInput;
  AddBlacklistEntriesPayload: AddBlacklistEntriesPayload;
  UpdateBlacklistEntryInput: UpdateBlacklistEntryInput;
  UpdateBlacklistEntryPayload: Omit<UpdateBlacklistEntryPayload, 'blacklistEntry'> & { blacklistEntry?: Maybe<ResolversParentTypes['BlacklistEntry']> };
  AddBlacklistEntryPayload: Omit<AddBlacklistEntryPayload, 'blacklistEntry'> & { blacklistEntry?: Maybe<ResolversParentTypes['BlacklistEntry']> };
  RemoveBlacklistEntryInput: RemoveBlacklistEntryInput;
  RemoveBlacklistEntryPayload: Omit<RemoveBlacklistEntryPayload, 'redecision'> & { redecision?: Maybe<ResolversParentTypes['Redecision']> };
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface EmailAddressScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['EmailAddress'], any> {
  name: 'EmailAddress';
}

export interface UInt32ScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['UInt32'], any> {
  name: 'UInt32';
}

export interface OctetsScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Octets'], any> {
  name: 'Octets';
}

export type NodeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Workspace' | 'User' | 'Mailbox' | 'Contact' | 'Account' | 'Engagement' | 'Thread' | 'Decision' | 'Redecision' | 'UnknownCorrespondent' | 'BlacklistEntry', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type UserErrorCodeResolvers = EnumResolverSignature<{ NOT_FOUND?: any, REQUIRED?: any, TOO_LONG?: any, TOO_MANY?: any, OUT_OF_RANGE?: any, INVALID_ADDRESS?: any, INVALID_DOMAIN?: any, SHARED_DOMAIN?: any, DOMAIN_TAKEN?: any, DUPLICATE?: any, EXTERNAL_ID_TAKEN?: any, INVALID_CSV?: any, UNKNOWN_COLUMN?: any, ALREADY_CONNECTED?: any, INVALID_HOST?: any, HOST_NOT_ALLOWED?: any, SECURITY_NOT_ALLOWED?: any, INVALID_SETTINGS?: any, OAUTH_NOT_SET_UP?: any, NOT_LINKED?: any, INVALID_PARENT?: any, MAILBOX_NOT_ACTIVE?: any, MAILBOX_DISCONNECTED?: any, OWN_ADDRESS?: any, MADE_BY_PERSON?: any, NOT_FAILED?: any, NOT_A_NOTE?: any, NOT_SKIPPED?: any, ENGAGEMENT_DELETED?: any, SCHEDULER_UNAVAILABLE?: any, AUTHENTICATION_FAILED?: any, AUTHORIZATION_FAILED?: any, TLS_FAILED?: any, HOST_REFUSED?: any, THROTTLED?: any, CONNECTION_LOST?: any, TIMED_OUT?: any, SERVER_UNAVAILABLE?: any, FOLDER_MISSING?: any, MESSAGE_TOO_LARGE?: any, PROTOCOL_VIOLATION?: any }, ResolversTypes['UserErrorCode']>;

export type QueryResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  viewer: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  workspace: Resolver<ResolversTypes['Workspace'], ParentType, ContextType>;
  policyPreview: Resolver<ResolversTypes['PolicyPreviewPayload'], ParentType, ContextType, RequireFields<QueryPolicyPreviewArgs, 'input'>>;
  node: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes: Resolver<ReadonlyArray<Maybe<ResolversTypes['Node']>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
  mailbox: Resolver<Maybe<ResolversTypes['Mailbox']>, ParentType, ContextType, RequireFields<QueryMailboxArgs, 'id'>>;
  mailboxes: Resolver<ResolversTypes['MailboxConnection'], ParentType, ContextType, RequireFields<QueryMailboxesArgs, 'first' | 'includeDisconnected'>>;
  contact: Resolver<Maybe<ResolversTypes['Contact']>, ParentType, ContextType, RequireFields<QueryContactArgs, 'id'>>;
  mailSettings: Resolver<Maybe<ResolversTypes['MailSettings']>, ParentType, ContextType, RequireFields<QueryMailSettingsArgs, 'address'>>;
  contacts: Resolver<ResolversTypes['ContactConnection'], ParentType, ContextType, RequireFields<QueryContactsArgs, 'first'>>;
  contactByExternalId: Resolver<Maybe<ResolversTypes['Contact']>, ParentType, ContextType, RequireFields<QueryContactByExternalIdArgs, 'externalId'>>;
  account: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType, RequireFields<QueryAccountArgs, 'id'>>;
  accountByExternalId: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType, RequireFields<QueryAccountByExternalIdArgs, 'externalId'>>;
  accounts: Resolver<ResolversTypes['AccountConnection'], ParentType, ContextType, RequireFields<QueryAccountsArgs, 'first'>>;
  engagement: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType, RequireFields<QueryEngagementArgs, 'id'>>;
  engagements: Resolver<ResolversTypes['EngagementConnection'], ParentType, ContextType, RequireFields<QueryEngagementsArgs, 'first'>>;
  threads: Resolver<ResolversTypes['ThreadConnection'], ParentType, ContextType, RequireFields<QueryThreadsArgs, 'first'>>;
  decisions: Resolver<ResolversTypes['DecisionConnection'], ParentType, ContextType, RequireFields<QueryDecisionsArgs, 'first'>>;
  redecisions: Resolver<ResolversTypes['RedecisionConnection'], ParentType, ContextType, RequireFields<QueryRedecisionsArgs, 'first'>>;
  decisionCounts: Resolver<ReadonlyArray<ResolversTypes['DecisionCount']>, ParentType, ContextType, RequireFields<QueryDecisionCountsArgs, 'timeZone'>>;
  simulateMessage: Resolver<ResolversTypes['Simulation'], ParentType, ContextType, RequireFields<QuerySimulateMessageArgs, 'raw' | 'folderUse'>>;
  whyMissing: Resolver<ResolversTypes['MissingMessage'], ParentType, ContextType, RequireFields<QueryWhyMissingArgs, 'input'>>;
  blacklistEntries: Resolver<ResolversTypes['BlacklistEntryConnection'], ParentType, ContextType, RequireFields<QueryBlacklistEntriesArgs, 'first'>>;
  blacklistPreview: Resolver<Maybe<ResolversTypes['BlacklistPreview']>, ParentType, ContextType, RequireFields<QueryBlacklistPreviewArgs, 'value'>>;
  blacklistListPreview: Resolver<ResolversTypes['BlacklistListPreview'], ParentType, ContextType, RequireFields<QueryBlacklistListPreviewArgs, 'text'>>;
  unknownCorrespondents: Resolver<ResolversTypes['UnknownCorrespondentConnection'], ParentType, ContextType, RequireFields<QueryUnknownCorrespondentsArgs, 'includeDismissed' | 'first'>>;
};

export type MutationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  updateWorkspace: Resolver<ResolversTypes['UpdateWorkspacePayload'], ParentType, ContextType, RequireFields<MutationUpdateWorkspaceArgs, 'input'>>;
  testMailbox: Resolver<ResolversTypes['TestMailboxPayload'], ParentType, ContextType, RequireFields<MutationTestMailboxArgs, 'input'>>;
  connectMailbox: Resolver<ResolversTypes['ConnectMailboxPayload'], ParentType, ContextType, RequireFields<MutationConnectMailboxArgs, 'input'>>;
  startMailboxAuthorization: Resolver<ResolversTypes['StartMailboxAuthorizationPayload'], ParentType, ContextType, RequireFields<MutationStartMailboxAuthorizationArgs, 'input'>>;
  pauseMailbox: Resolver<ResolversTypes['PauseMailboxPayload'], ParentType, ContextType, RequireFields<MutationPauseMailboxArgs, 'input'>>;
  resumeMailbox: Resolver<ResolversTypes['ResumeMailboxPayload'], ParentType, ContextType, RequireFields<MutationResumeMailboxArgs, 'input'>>;
  reconnectMailbox: Resolver<ResolversTypes['ReconnectMailboxPayload'], ParentType, ContextType, RequireFields<MutationReconnectMailboxArgs, 'input'>>;
  disconnectMailbox: Resolver<ResolversTypes['DisconnectMailboxPayload'], ParentType, ContextType, RequireFields<MutationDisconnectMailboxArgs, 'input'>>;
  syncMailboxNow: Resolver<ResolversTypes['SyncMailboxNowPayload'], ParentType, ContextType, RequireFields<MutationSyncMailboxNowArgs, 'input'>>;
  updateMailbox: Resolver<ResolversTypes['UpdateMailboxPayload'], ParentType, ContextType, RequireFields<MutationUpdateMailboxArgs, 'input'>>;
  stopMailboxImport: Resolver<ResolversTypes['StopMailboxImportPayload'], ParentType, ContextType, RequireFields<MutationStopMailboxImportArgs, 'input'>>;
  redecideMessage: Resolver<ResolversTypes['RedecideMessagePayload'], ParentType, ContextType, RequireFields<MutationRedecideMessageArgs, 'input'>>;
  retryMessage: Resolver<ResolversTypes['RetryMessagePayload'], ParentType, ContextType, RequireFields<MutationRetryMessageArgs, 'input'>>;
  retryFailedMessages: Resolver<ResolversTypes['RetryFailedMessagesPayload'], ParentType, ContextType, RequireFields<MutationRetryFailedMessagesArgs, 'input'>>;
  discardMessage: Resolver<ResolversTypes['DiscardMessagePayload'], ParentType, ContextType, RequireFields<MutationDiscardMessageArgs, 'input'>>;
  createContact: Resolver<ResolversTypes['CreateContactPayload'], ParentType, ContextType, RequireFields<MutationCreateContactArgs, 'input'>>;
  updateContact: Resolver<ResolversTypes['UpdateContactPayload'], ParentType, ContextType, RequireFields<MutationUpdateContactArgs, 'input'>>;
  deleteContact: Resolver<ResolversTypes['DeleteContactPayload'], ParentType, ContextType, RequireFields<MutationDeleteContactArgs, 'input'>>;
  createAccount: Resolver<ResolversTypes['CreateAccountPayload'], ParentType, ContextType, RequireFields<MutationCreateAccountArgs, 'input'>>;
  updateAccount: Resolver<ResolversTypes['UpdateAccountPayload'], ParentType, ContextType, RequireFields<MutationUpdateAccountArgs, 'input'>>;
  deleteAccount: Resolver<ResolversTypes['DeleteAccountPayload'], ParentType, ContextType, RequireFields<MutationDeleteAccountArgs, 'input'>>;
  upsertContacts: Resolver<ResolversTypes['UpsertContactsPayload'], ParentType, ContextType, RequireFields<MutationUpsertContactsArgs, 'input'>>;
  upsertAccounts: Resolver<ResolversTypes['UpsertAccountsPayload'], ParentType, ContextType, RequireFields<MutationUpsertAccountsArgs, 'input'>>;
  importContacts: Resolver<ResolversTypes['ImportContactsPayload'], ParentType, ContextType, RequireFields<MutationImportContactsArgs, 'input'>>;
  importAccounts: Resolver<ResolversTypes['ImportAccountsPayload'], ParentType, ContextType, RequireFields<MutationImportAccountsArgs, 'input'>>;
  importBlacklist: Resolver<ResolversTypes['ImportBlacklistPayload'], ParentType, ContextType, RequireFields<MutationImportBlacklistArgs, 'input'>>;
  undoAutomaticContact: Resolver<ResolversTypes['UndoAutomaticContactPayload'], ParentType, ContextType, RequireFields<MutationUndoAutomaticContactArgs, 'input'>>;
  acceptUnknownCorrespondent: Resolver<ResolversTypes['AcceptUnknownCorrespondentPayload'], ParentType, ContextType, RequireFields<MutationAcceptUnknownCorrespondentArgs, 'input'>>;
  dismissUnknownCorrespondent: Resolver<ResolversTypes['DismissUnknownCorrespondentPayload'], ParentType, ContextType, RequireFields<MutationDismissUnknownCorrespondentArgs, 'input'>>;
  restoreUnknownCorrespondent: Resolver<ResolversTypes['RestoreUnknownCorrespondentPayload'], ParentType, ContextType, RequireFields<MutationRestoreUnknownCorrespondentArgs, 'input'>>;
  setDefaultAccount: Resolver<ResolversTypes['SetDefaultAccountPayload'], ParentType, ContextType, RequireFields<MutationSetDefaultAccountArgs, 'input'>>;
  addBlacklistEntry: Resolver<ResolversTypes['AddBlacklistEntryPayload'], ParentType, ContextType, RequireFields<MutationAddBlacklistEntryArgs, 'input'>>;
  addBlacklistEntries: Resolver<ResolversTypes['AddBlacklistEntriesPayload'], ParentType, ContextType, RequireFields<MutationAddBlacklistEntriesArgs, 'input'>>;
  updateBlacklistEntry: Resolver<ResolversTypes['UpdateBlacklistEntryPayload'], ParentType, ContextType, RequireFields<MutationUpdateBlacklistEntryArgs, 'input'>>;
  removeBlacklistEntry: Resolver<ResolversTypes['RemoveBlacklistEntryPayload'], ParentType, ContextType, RequireFields<MutationRemoveBlacklistEntryArgs, 'input'>>;
  updateViewer: Resolver<ResolversTypes['UpdateViewerPayload'], ParentType, ContextType, RequireFields<MutationUpdateViewerArgs, 'input'>>;
  deleteEngagement: Resolver<ResolversTypes['DeleteEngagementPayload'], ParentType, ContextType, RequireFields<MutationDeleteEngagementArgs, 'input'>>;
  logNote: Resolver<ResolversTypes['LogNotePayload'], ParentType, ContextType, RequireFields<MutationLogNoteArgs, 'input'>>;
  updateEngagement: Resolver<ResolversTypes['UpdateEngagementPayload'], ParentType, ContextType, RequireFields<MutationUpdateEngagementArgs, 'input'>>;
};

export type WorkspaceResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Workspace'] = ResolversParentTypes['Workspace']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  preset?: Resolver<ResolversTypes['Preset'], ParentType, ContextType>;
  policy?: Resolver<ResolversTypes['MailboxSettings'], ParentType, ContextType>;
  internalDomains?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PresetResolvers = EnumResolverSignature<{ CUSTOMER_SUCCESS?: any, PERFORMER?: any, SHOP?: any, SALES?: any, ARCHIVE_ONLY?: any }, ResolversTypes['Preset']>;

export type PolicyPreviewPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PolicyPreviewPayload'] = ResolversParentTypes['PolicyPreviewPayload']> = {
  policyPreview?: Resolver<Maybe<ResolversTypes['PolicyPreview']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PolicyPreviewResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PolicyPreview'] = ResolversParentTypes['PolicyPreview']> = {
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  messageCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isCut?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  wouldBeLogged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  wouldBeSkipped?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  effects?: Resolver<ReadonlyArray<ResolversTypes['PolicyEffect']>, ParentType, ContextType>;
};

export type PolicyEffectResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PolicyEffect'] = ResolversParentTypes['PolicyEffect']> = {
  verdict?: Resolver<ResolversTypes['Verdict'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['SkipReason'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  examples?: Resolver<ReadonlyArray<ResolversTypes['Decision']>, ParentType, ContextType>;
};

export type UpdateWorkspacePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UpdateWorkspacePayload'] = ResolversParentTypes['UpdateWorkspacePayload']> = {
  workspace?: Resolver<Maybe<ResolversTypes['Workspace']>, ParentType, ContextType>;
  confirmed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UserResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['UserRole'], ParentType, ContextType>;
  addresses?: Resolver<ReadonlyArray<ResolversTypes['EmailAddress']>, ParentType, ContextType>;
  threadOrder?: Resolver<ResolversTypes['ThreadOrder'], ParentType, ContextType>;
  workspace?: Resolver<ResolversTypes['Workspace'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateViewerPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UpdateViewerPayload'] = ResolversParentTypes['UpdateViewerPayload']> = {
  viewer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UserRoleResolvers = EnumResolverSignature<{ ADMIN?: any, MEMBER?: any, OPERATOR?: any, SERVICE?: any }, ResolversTypes['UserRole']>;

export type MailboxResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Mailbox'] = ResolversParentTypes['Mailbox']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  address?: Resolver<ResolversTypes['EmailAddress'], ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  imap?: Resolver<ResolversTypes['ImapServer'], ParentType, ContextType>;
  auth?: Resolver<ResolversTypes['MailboxAuth'], ParentType, ContextType>;
  settings?: Resolver<ResolversTypes['MailboxSettings'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['MailboxState'], ParentType, ContextType>;
  stage?: Resolver<Maybe<ResolversTypes['MailboxStage']>, ParentType, ContextType>;
  connectedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  disconnectedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastSuccessAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  nextVisitAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  latenessSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  lastError?: Resolver<Maybe<ResolversTypes['MailboxError']>, ParentType, ContextType>;
  counts?: Resolver<ResolversTypes['MailboxCounts'], ParentType, ContextType>;
  checkpoint?: Resolver<ReadonlyArray<ResolversTypes['FolderCheckpoint']>, ParentType, ContextType>;
  protocol?: Resolver<ResolversTypes['MailProtocol'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['MailProvider'], ParentType, ContextType>;
  folders?: Resolver<ReadonlyArray<ResolversTypes['MailboxFolder']>, ParentType, ContextType>;
  coverage?: Resolver<Maybe<ResolversTypes['MailboxCoverage']>, ParentType, ContextType>;
  usage?: Resolver<ResolversTypes['MailboxUsage'], ParentType, ContextType>;
  deferred?: Resolver<Maybe<ResolversTypes['MailboxDeferral']>, ParentType, ContextType>;
  import?: Resolver<Maybe<ResolversTypes['MailboxImport']>, ParentType, ContextType>;
  events?: Resolver<ResolversTypes['MailboxEventConnection'], ParentType, ContextType, RequireFields<MailboxEventsArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MailboxConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MailboxConnection'] = ResolversParentTypes['MailboxConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Mailbox']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['MailboxEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type MailboxEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MailboxEdge'] = ResolversParentTypes['MailboxEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Mailbox'], ParentType, ContextType>;
};

export type MailboxStateResolvers = EnumResolverSignature<{ CONNECTING?: any, IMPORTING?: any, WATCHING?: any, BACKING_OFF?: any, PAUSED?: any, NEEDS_RECONNECTION?: any, DISCONNECTED?: any }, ResolversTypes['MailboxState']>;

export type MailboxStageResolvers = EnumResolverSignature<{ FETCH_NEW?: any, PARSE?: any, CLASSIFY?: any, MATCH?: any, PERSIST?: any }, ResolversTypes['MailboxStage']>;

export type MailboxErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MailboxError'] = ResolversParentTypes['MailboxError']> = {
  code?: Resolver<ResolversTypes['MailboxErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  advice?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type MailboxErrorCodeResolvers = EnumResolverSignature<{ AUTHENTICATION_FAILED?: any, AUTHORIZATION_FAILED?: any, TLS_FAILED?: any, HOST_REFUSED?: any, THROTTLED?: any, CONNECTION_LOST?: any, TIMED_OUT?: any, SERVER_UNAVAILABLE?: any, FOLDER_MISSING?: any, MESSAGE_TOO_LARGE?: any, PROTOCOL_VIOLATION?: any, INTERNAL?: any }, ResolversTypes['MailboxErrorCode']>;

export type MailboxCountsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MailboxCounts'] = ResolversParentTypes['MailboxCounts']> = {
  seen?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  logged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  skipped?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type FolderCheckpointResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['FolderCheckpoint'] = ResolversParentTypes['FolderCheckpoint']> = {
  folder?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  uidValidity?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastUid?: Resolver<ResolversTypes['UInt32'], ParentType, ContextType>;
};

export type MailProtocolResolvers = EnumResolverSignature<{ IMAP?: any, POP3?: any }, ResolversTypes['MailProtocol']>;

export type MailProviderResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MailProvider'] = ResolversParentTypes['MailProvider']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  minPollMinutes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MailboxFolderResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MailboxFolder'] = ResolversParentTypes['MailboxFolder']> = {
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  use?: Resolver<ResolversTypes['FolderUse'], ParentType, ContextType>;
  uidValidity?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  onServer?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  recorded?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  missing?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  checkedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  parkedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  parkedFor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MailboxCoverageResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MailboxCoverage'] = ResolversParentTypes['MailboxCoverage']> = {
  onServer?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recorded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  missing?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  checkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type MailboxUsageResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MailboxUsage'] = ResolversParentTypes['MailboxUsage']> = {
  bytes?: Resolver<ResolversTypes['Octets'], ParentType, ContextType>;
  bytesPerDay?: Resolver<ResolversTypes['Octets'], ParentType, ContextType>;
  liveBytes?: Resolver<ResolversTypes['Octets'], ParentType, ContextType>;
  backfillBytes?: Resolver<ResolversTypes['Octets'], ParentType, ContextType>;
  logins?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  loginsPerHour?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MailboxDeferralResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MailboxDeferral'] = ResolversParentTypes['MailboxDeferral']> = {
  lane?: Resolver<ResolversTypes['MailboxLane'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['DeferralReason'], ParentType, ContextType>;
  until?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type MailboxLaneResolvers = EnumResolverSignature<{ LIVE?: any, BACKFILL?: any }, ResolversTypes['MailboxLane']>;

export type DeferralReasonResolvers = EnumResolverSignature<{ BYTES_SPENT?: any, LOGINS_SPENT?: any, HOST_BUSY?: any }, ResolversTypes['DeferralReason']>;

export type MailboxImportResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MailboxImport'] = ResolversParentTypes['MailboxImport']> = {
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  done?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  remaining?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  estimatedBytes?: Resolver<ResolversTypes['Octets'], ParentType, ContextType>;
  stopped?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type MailboxEventResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MailboxEvent'] = ResolversParentTypes['MailboxEvent']> = {
  kind?: Resolver<ResolversTypes['MailboxEventKind'], ParentType, ContextType>;
  folder?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type MailboxEventKindResolvers = EnumResolverSignature<{ UID_VALIDITY_CHANGED?: any, UID_VALIDITY_FLAPPING?: any, NUMBERS_REUSED?: any, FOLDER_EMPTIED?: any, FOLDER_PARKED?: any, FOLDER_BACK?: any, CHECKPOINT_LOST?: any, WORKFLOW_LOST?: any, MESSAGES_MISSING?: any, QUARANTINED?: any, DEFERRED?: any, FAILING?: any, RECOVERED?: any, IMPORT_FINISHED?: any, IMPORT_STOPPED?: any, ALERT?: any }, ResolversTypes['MailboxEventKind']>;

export type MailboxEventConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MailboxEventConnection'] = ResolversParentTypes['MailboxEventConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['MailboxEvent']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['MailboxEventEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type MailboxEventEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MailboxEventEdge'] = ResolversParentTypes['MailboxEventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['MailboxEvent'], ParentType, ContextType>;
};

export type ImapServerResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ImapServer'] = ResolversParentTypes['ImapServer']> = {
  host?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  port?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  security?: Resolver<ResolversTypes['ConnectionSecurity'], ParentType, ContextType>;
  username?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConnectionSecurityResolvers = EnumResolverSignature<{ TLS?: any, STARTTLS?: any, NONE?: any }, ResolversTypes['ConnectionSecurity']>;

export type MailboxSettingsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MailboxSettings'] = ResolversParentTypes['MailboxSettings']> = {
  history?: Resolver<ResolversTypes['HistorySettings'], ParentType, ContextType>;
  folders?: Resolver<ResolversTypes['FolderSettings'], ParentType, ContextType>;
  pollEveryMinutes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  push?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  bytesPerDay?: Resolver<Maybe<ResolversTypes['Octets']>, ParentType, ContextType>;
  loginsPerHour?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  unknownCorrespondents?: Resolver<ResolversTypes['UnknownCorrespondents'], ParentType, ContextType>;
  blacklistMode?: Resolver<ResolversTypes['BlacklistMode'], ParentType, ContextType>;
  bulkAndAuto?: Resolver<ResolversTypes['BulkAndAuto'], ParentType, ContextType>;
  companyConfidential?: Resolver<ResolversTypes['CompanyConfidential'], ParentType, ContextType>;
  severalAccounts?: Resolver<ResolversTypes['SeveralAccounts'], ParentType, ContextType>;
  retroMatch?: Resolver<ResolversTypes['RetroMatch'], ParentType, ContextType>;
  afterImport?: Resolver<ResolversTypes['AfterImport'], ParentType, ContextType>;
  chosen?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type UnknownCorrespondentsResolvers = EnumResolverSignature<{ KNOWN_DOMAIN?: any, NEVER?: any, ALWAYS?: any, SENT_ONLY?: any }, ResolversTypes['UnknownCorrespondents']>;

export type BlacklistModeResolvers = EnumResolverSignature<{ ANY_PARTICIPANT?: any, SENDER_ONLY?: any }, ResolversTypes['BlacklistMode']>;

export type BulkAndAutoResolvers = EnumResolverSignature<{ SKIP?: any, LOG?: any }, ResolversTypes['BulkAndAuto']>;

export type CompanyConfidentialResolvers = EnumResolverSignature<{ LOG?: any, SKIP?: any }, ResolversTypes['CompanyConfidential']>;

export type SeveralAccountsResolvers = EnumResolverSignature<{ DEFAULT_ACCOUNT?: any, ARCHIVE_RULES?: any }, ResolversTypes['SeveralAccounts']>;

export type RetroMatchResolvers = EnumResolverSignature<{ OFF?: any, ON?: any }, ResolversTypes['RetroMatch']>;

export type AfterImportResolvers = EnumResolverSignature<{ LEAVE?: any, DELETE?: any }, ResolversTypes['AfterImport']>;

export type HistorySettingsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['HistorySettings'] = ResolversParentTypes['HistorySettings']> = {
  mode?: Resolver<ResolversTypes['HistoryMode'], ParentType, ContextType>;
  days?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type HistoryModeResolvers = EnumResolverSignature<{ FROM_CONNECTION?: any, DAYS?: any, ALL?: any }, ResolversTypes['HistoryMode']>;

export type FolderSettingsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['FolderSettings'] = ResolversParentTypes['FolderSettings']> = {
  mode?: Resolver<ResolversTypes['FolderMode'], ParentType, ContextType>;
  paths?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type FolderModeResolvers = EnumResolverSignature<{ INBOX_AND_SENT?: any, INBOX?: any, ALL?: any, SELECTED?: any }, ResolversTypes['FolderMode']>;

export type TestMailboxPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TestMailboxPayload'] = ResolversParentTypes['TestMailboxPayload']> = {
  test?: Resolver<Maybe<ResolversTypes['MailboxTest']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MailboxTestResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MailboxTest'] = ResolversParentTypes['MailboxTest']> = {
  folders?: Resolver<ReadonlyArray<ResolversTypes['ServerFolder']>, ParentType, ContextType>;
  capabilities?: Resolver<ReadonlyArray<ResolversTypes['ServerCapability']>, ParentType, ContextType>;
  messageCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ServerCapabilityResolvers = EnumResolverSignature<{ IDLE?: any, CONDSTORE?: any, QRESYNC?: any, ESEARCH?: any, SPECIAL_USE?: any, GMAIL_EXTENSIONS?: any, OBJECT_ID?: any }, ResolversTypes['ServerCapability']>;

export type MailSettingsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MailSettings'] = ResolversParentTypes['MailSettings']> = {
  provider?: Resolver<ResolversTypes['MailProvider'], ParentType, ContextType>;
  auth?: Resolver<ReadonlyArray<ResolversTypes['MailAuthMethod']>, ParentType, ContextType>;
  loginAdvice?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  servers?: Resolver<ReadonlyArray<ResolversTypes['MailServerProposal']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['MailSettingsSource'], ParentType, ContextType>;
  needsConfirmation?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type MailServerProposalResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MailServerProposal'] = ResolversParentTypes['MailServerProposal']> = {
  protocol?: Resolver<ResolversTypes['MailProtocol'], ParentType, ContextType>;
  host?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  port?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  security?: Resolver<ResolversTypes['ConnectionSecurity'], ParentType, ContextType>;
  username?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MailAuthMethodResolvers = EnumResolverSignature<{ PASSWORD?: any, APP_PASSWORD?: any, GOOGLE?: any, MICROSOFT?: any }, ResolversTypes['MailAuthMethod']>;

export type MailSettingsSourceResolvers = EnumResolverSignature<{ PROVIDER?: any, MX?: any, SRV?: any, AUTOCONFIG?: any, GUESS?: any }, ResolversTypes['MailSettingsSource']>;

export type ServerFolderResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ServerFolder'] = ResolversParentTypes['ServerFolder']> = {
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  use?: Resolver<ResolversTypes['FolderUse'], ParentType, ContextType>;
};

export type FolderUseResolvers = EnumResolverSignature<{ INBOX?: any, SENT?: any, DRAFTS?: any, JUNK?: any, TRASH?: any, ARCHIVE?: any, ALL?: any, OTHER?: any }, ResolversTypes['FolderUse']>;

export type ConnectMailboxPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ConnectMailboxPayload'] = ResolversParentTypes['ConnectMailboxPayload']> = {
  mailbox?: Resolver<Maybe<ResolversTypes['Mailbox']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateMailboxPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UpdateMailboxPayload'] = ResolversParentTypes['UpdateMailboxPayload']> = {
  mailbox?: Resolver<Maybe<ResolversTypes['Mailbox']>, ParentType, ContextType>;
  confirmed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type StopMailboxImportPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['StopMailboxImportPayload'] = ResolversParentTypes['StopMailboxImportPayload']> = {
  mailbox?: Resolver<Maybe<ResolversTypes['Mailbox']>, ParentType, ContextType>;
  confirmed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type OAuthProviderResolvers = EnumResolverSignature<{ GOOGLE?: any, MICROSOFT?: any }, ResolversTypes['OAuthProvider']>;

export type StartMailboxAuthorizationPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['StartMailboxAuthorizationPayload'] = ResolversParentTypes['StartMailboxAuthorizationPayload']> = {
  authorizationUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MailboxAuthResolvers = EnumResolverSignature<{ PASSWORD?: any, GOOGLE?: any, MICROSOFT?: any }, ResolversTypes['MailboxAuth']>;

export type PauseMailboxPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PauseMailboxPayload'] = ResolversParentTypes['PauseMailboxPayload']> = {
  mailbox?: Resolver<Maybe<ResolversTypes['Mailbox']>, ParentType, ContextType>;
  confirmed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ResumeMailboxPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ResumeMailboxPayload'] = ResolversParentTypes['ResumeMailboxPayload']> = {
  mailbox?: Resolver<Maybe<ResolversTypes['Mailbox']>, ParentType, ContextType>;
  confirmed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReconnectMailboxPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ReconnectMailboxPayload'] = ResolversParentTypes['ReconnectMailboxPayload']> = {
  mailbox?: Resolver<Maybe<ResolversTypes['Mailbox']>, ParentType, ContextType>;
  confirmed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DisconnectMailboxPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['DisconnectMailboxPayload'] = ResolversParentTypes['DisconnectMailboxPayload']> = {
  mailbox?: Resolver<Maybe<ResolversTypes['Mailbox']>, ParentType, ContextType>;
  confirmed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SyncMailboxNowPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SyncMailboxNowPayload'] = ResolversParentTypes['SyncMailboxNowPayload']> = {
  mailbox?: Resolver<Maybe<ResolversTypes['Mailbox']>, ParentType, ContextType>;
  notBefore?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  confirmed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ContactResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Contact'] = ResolversParentTypes['Contact']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  primaryAddress?: Resolver<ResolversTypes['EmailAddress'], ParentType, ContextType>;
  alternateAddresses?: Resolver<ReadonlyArray<ResolversTypes['EmailAddress']>, ParentType, ContextType>;
  bouncedAddresses?: Resolver<ReadonlyArray<ResolversTypes['BouncedAddress']>, ParentType, ContextType>;
  accounts?: Resolver<ReadonlyArray<ResolversTypes['Account']>, ParentType, ContextType>;
  defaultAccount?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['ContactSource']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  engagements?: Resolver<ResolversTypes['EngagementConnection'], ParentType, ContextType, RequireFields<ContactEngagementsArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BouncedAddressResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['BouncedAddress'] = ResolversParentTypes['BouncedAddress']> = {
  address?: Resolver<ResolversTypes['EmailAddress'], ParentType, ContextType>;
  bouncedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  explanation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ContactSourceResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ContactSource'] = ResolversParentTypes['ContactSource']> = {
  madeAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['SourceMessage'], ParentType, ContextType>;
  mailbox?: Resolver<Maybe<ResolversTypes['Mailbox']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
};

export type SourceMessageResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SourceMessage'] = ResolversParentTypes['SourceMessage']> = {
  from?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  internetMessageId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type UndoAutomaticContactPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UndoAutomaticContactPayload'] = ResolversParentTypes['UndoAutomaticContactPayload']> = {
  removedContactId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  removedEngagementCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  unknownCorrespondents?: Resolver<Maybe<ReadonlyArray<ResolversTypes['UnknownCorrespondent']>>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ContactConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ContactConnection'] = ResolversParentTypes['ContactConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Contact']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['ContactEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ContactEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ContactEdge'] = ResolversParentTypes['ContactEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Contact'], ParentType, ContextType>;
};

export type CreateContactPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CreateContactPayload'] = ResolversParentTypes['CreateContactPayload']> = {
  contact?: Resolver<Maybe<ResolversTypes['Contact']>, ParentType, ContextType>;
  redecision?: Resolver<Maybe<ResolversTypes['Redecision']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateContactPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UpdateContactPayload'] = ResolversParentTypes['UpdateContactPayload']> = {
  contact?: Resolver<Maybe<ResolversTypes['Contact']>, ParentType, ContextType>;
  redecision?: Resolver<Maybe<ResolversTypes['Redecision']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeleteContactPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['DeleteContactPayload'] = ResolversParentTypes['DeleteContactPayload']> = {
  deletedContactId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SetDefaultAccountPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SetDefaultAccountPayload'] = ResolversParentTypes['SetDefaultAccountPayload']> = {
  contact?: Resolver<Maybe<ResolversTypes['Contact']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AccountResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Account'] = ResolversParentTypes['Account']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  domains?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  defaultForArchive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  engagements?: Resolver<ResolversTypes['EngagementConnection'], ParentType, ContextType, RequireFields<AccountEngagementsArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AccountConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccountConnection'] = ResolversParentTypes['AccountConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Account']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['AccountEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AccountEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccountEdge'] = ResolversParentTypes['AccountEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Account'], ParentType, ContextType>;
};

export type CreateAccountPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CreateAccountPayload'] = ResolversParentTypes['CreateAccountPayload']> = {
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  redecision?: Resolver<Maybe<ResolversTypes['Redecision']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateAccountPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UpdateAccountPayload'] = ResolversParentTypes['UpdateAccountPayload']> = {
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  redecision?: Resolver<Maybe<ResolversTypes['Redecision']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeleteAccountPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['DeleteAccountPayload'] = ResolversParentTypes['DeleteAccountPayload']> = {
  deletedAccountId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RowErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RowError'] = ResolversParentTypes['RowError']> = {
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type CsvLineErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CsvLineError'] = ResolversParentTypes['CsvLineError']> = {
  line?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  column?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UpsertContactsPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UpsertContactsPayload'] = ResolversParentTypes['UpsertContactsPayload']> = {
  created?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  updated?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  unchanged?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  refused?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  rowErrors?: Resolver<Maybe<ReadonlyArray<ResolversTypes['RowError']>>, ParentType, ContextType>;
  redecision?: Resolver<Maybe<ResolversTypes['Redecision']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertAccountsPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UpsertAccountsPayload'] = ResolversParentTypes['UpsertAccountsPayload']> = {
  created?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  updated?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  unchanged?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  refused?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  rowErrors?: Resolver<Maybe<ReadonlyArray<ResolversTypes['RowError']>>, ParentType, ContextType>;
  redecision?: Resolver<Maybe<ResolversTypes['Redecision']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ImportContactsPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ImportContactsPayload'] = ResolversParentTypes['ImportContactsPayload']> = {
  created?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  updated?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  unchanged?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  refused?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  lineErrors?: Resolver<Maybe<ReadonlyArray<ResolversTypes['CsvLineError']>>, ParentType, ContextType>;
  redecision?: Resolver<Maybe<ResolversTypes['Redecision']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ImportAccountsPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ImportAccountsPayload'] = ResolversParentTypes['ImportAccountsPayload']> = {
  created?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  updated?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  unchanged?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  refused?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  lineErrors?: Resolver<Maybe<ReadonlyArray<ResolversTypes['CsvLineError']>>, ParentType, ContextType>;
  redecision?: Resolver<Maybe<ResolversTypes['Redecision']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ImportBlacklistPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ImportBlacklistPayload'] = ResolversParentTypes['ImportBlacklistPayload']> = {
  created?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  updated?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  unchanged?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  refused?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  lineErrors?: Resolver<Maybe<ReadonlyArray<ResolversTypes['CsvLineError']>>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type EngagementResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Engagement'] = ResolversParentTypes['Engagement']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['EngagementKind'], ParentType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  direction?: Resolver<ResolversTypes['Direction'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  internetMessageId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  participants?: Resolver<ReadonlyArray<ResolversTypes['Participant']>, ParentType, ContextType>;
  contacts?: Resolver<ReadonlyArray<ResolversTypes['Contact']>, ParentType, ContextType>;
  accounts?: Resolver<ReadonlyArray<ResolversTypes['Account']>, ParentType, ContextType>;
  mailboxes?: Resolver<ReadonlyArray<ResolversTypes['Mailbox']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  replyText?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  html?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<EngagementHtmlArgs, 'remoteImages'>>;
  attachments?: Resolver<ReadonlyArray<ResolversTypes['Attachment']>, ParentType, ContextType, RequireFields<EngagementAttachmentsArgs, 'includeEmbedded'>>;
  calendar?: Resolver<Maybe<ResolversTypes['CalendarInvite']>, ParentType, ContextType>;
  thread?: Resolver<Maybe<ResolversTypes['Thread']>, ParentType, ContextType>;
  bounces?: Resolver<ReadonlyArray<ResolversTypes['Bounce']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BounceResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Bounce'] = ResolversParentTypes['Bounce']> = {
  recipient?: Resolver<ResolversTypes['EmailAddress'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['BounceKind'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  explanation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reportedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
};

export type BounceKindResolvers = EnumResolverSignature<{ FAILED?: any, DELAYED?: any, DELIVERED?: any }, ResolversTypes['BounceKind']>;

export type CalendarInviteResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CalendarInvite'] = ResolversParentTypes['CalendarInvite']> = {
  method?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  organizer?: Resolver<Maybe<ResolversTypes['EmailAddress']>, ParentType, ContextType>;
  start?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  end?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  location?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  uid?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type EngagementKindResolvers = EnumResolverSignature<{ EMAIL?: any, NOTE?: any }, ResolversTypes['EngagementKind']>;

export type DirectionResolvers = EnumResolverSignature<{ INCOMING?: any, OUTGOING?: any }, ResolversTypes['Direction']>;

export type ParticipantResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Participant'] = ResolversParentTypes['Participant']> = {
  role?: Resolver<ResolversTypes['ParticipantRole'], ParentType, ContextType>;
  address?: Resolver<ResolversTypes['EmailAddress'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  contact?: Resolver<Maybe<ResolversTypes['Contact']>, ParentType, ContextType>;
  isInternal?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ParticipantRoleResolvers = EnumResolverSignature<{ FROM?: any, TO?: any, CC?: any, BCC?: any }, ResolversTypes['ParticipantRole']>;

export type AttachmentResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Attachment'] = ResolversParentTypes['Attachment']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  mediaType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['UInt32'], ParentType, ContextType>;
  downloadUrl?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ThreadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Thread'] = ResolversParentTypes['Thread']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  participants?: Resolver<ReadonlyArray<ResolversTypes['EmailAddress']>, ParentType, ContextType>;
  lastEngagementAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  engagementCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  engagements?: Resolver<ResolversTypes['EngagementConnection'], ParentType, ContextType, RequireFields<ThreadEngagementsArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ThreadOrderResolvers = EnumResolverSignature<{ NEWEST_FIRST?: any, OLDEST_FIRST?: any }, ResolversTypes['ThreadOrder']>;

export type ThreadConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ThreadConnection'] = ResolversParentTypes['ThreadConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Thread']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['ThreadEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ThreadEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ThreadEdge'] = ResolversParentTypes['ThreadEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Thread'], ParentType, ContextType>;
};

export type EngagementConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EngagementConnection'] = ResolversParentTypes['EngagementConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Engagement']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['EngagementEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type EngagementEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EngagementEdge'] = ResolversParentTypes['EngagementEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Engagement'], ParentType, ContextType>;
};

export type LogNotePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['LogNotePayload'] = ResolversParentTypes['LogNotePayload']> = {
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  recognized?: Resolver<Maybe<ResolversTypes['RecognizedMessage']>, ParentType, ContextType>;
  wasLogged?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RecognizedMessageResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RecognizedMessage'] = ResolversParentTypes['RecognizedMessage']> = {
  form?: Resolver<ResolversTypes['PastedForm'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  participants?: Resolver<ReadonlyArray<ResolversTypes['Participant']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type PastedFormResolvers = EnumResolverSignature<{ SOURCE?: any, HEADER?: any }, ResolversTypes['PastedForm']>;

export type UpdateEngagementPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UpdateEngagementPayload'] = ResolversParentTypes['UpdateEngagementPayload']> = {
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeleteEngagementPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['DeleteEngagementPayload'] = ResolversParentTypes['DeleteEngagementPayload']> = {
  deletedEngagementId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DecisionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Decision'] = ResolversParentTypes['Decision']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['Verdict'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['SkipReason']>, ParentType, ContextType>;
  explanation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  advice?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  mailbox?: Resolver<ResolversTypes['Mailbox'], ParentType, ContextType>;
  folder?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  uid?: Resolver<ResolversTypes['UInt32'], ParentType, ContextType>;
  internetMessageId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  decidedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  retryAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  bounces?: Resolver<ReadonlyArray<ResolversTypes['Bounce']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VerdictResolvers = EnumResolverSignature<{ LOGGED?: any, SKIPPED?: any, FAILED?: any }, ResolversTypes['Verdict']>;

export type SkipReasonResolvers = EnumResolverSignature<{ BEFORE_START?: any, DRAFT?: any, SPAM?: any, DUPLICATE?: any, OWN_LOOP?: any, ENGAGEMENT_DELETED?: any, UNPARSABLE?: any, ONLY_OWN_ADDRESSES?: any, INTERNAL?: any, PERSONAL?: any, BLACKLISTED?: any, BULK?: any, AUTO_REPLY?: any, BOUNCE?: any, READ_RECEIPT?: any, FEEDBACK_REPORT?: any, UNKNOWN_SENDER?: any, UNKNOWN_RECIPIENTS?: any, AMBIGUOUS_ACCOUNT?: any, NO_ACCOUNT?: any, SENDER_NOT_A_USER?: any, SENDER_NOT_VERIFIED?: any, EMPTY?: any, TOO_LARGE?: any, REMOVED_ON_SERVER?: any, DISCARDED?: any }, ResolversTypes['SkipReason']>;

export type EvidenceResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Evidence'] = ResolversParentTypes['Evidence']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DecisionCountResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['DecisionCount'] = ResolversParentTypes['DecisionCount']> = {
  day?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  mailbox?: Resolver<ResolversTypes['Mailbox'], ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['Verdict'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['SkipReason']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SimulationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Simulation'] = ResolversParentTypes['Simulation']> = {
  verdict?: Resolver<ResolversTypes['Verdict'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['SkipReason']>, ParentType, ContextType>;
  explanation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  advice?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  trace?: Resolver<ReadonlyArray<ResolversTypes['RuleStep']>, ParentType, ContextType>;
  direction?: Resolver<Maybe<ResolversTypes['Direction']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  internetMessageId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  participants?: Resolver<ReadonlyArray<ResolversTypes['Participant']>, ParentType, ContextType>;
  contacts?: Resolver<ReadonlyArray<ResolversTypes['Contact']>, ParentType, ContextType>;
  accounts?: Resolver<ReadonlyArray<ResolversTypes['Account']>, ParentType, ContextType>;
  newContacts?: Resolver<ReadonlyArray<ResolversTypes['SimulatedContact']>, ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  replyText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  html?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  attachmentNames?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  duplicateOf?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
};

export type RuleStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RuleStep'] = ResolversParentTypes['RuleStep']> = {
  rule?: Resolver<ResolversTypes['SkipReason'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['RuleOutcome'], ParentType, ContextType>;
  explanation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RuleOutcomeResolvers = EnumResolverSignature<{ PASSED?: any, SPOKE?: any, NOT_ASKED?: any }, ResolversTypes['RuleOutcome']>;

export type SimulatedContactResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SimulatedContact'] = ResolversParentTypes['SimulatedContact']> = {
  address?: Resolver<ResolversTypes['EmailAddress'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
};

export type MissingMessageResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MissingMessage'] = ResolversParentTypes['MissingMessage']> = {
  decisions?: Resolver<ReadonlyArray<ResolversTypes['Decision']>, ParentType, ContextType>;
  causes?: Resolver<ReadonlyArray<ResolversTypes['MissingCause']>, ParentType, ContextType>;
};

export type MissingCauseResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MissingCause'] = ResolversParentTypes['MissingCause']> = {
  code?: Resolver<ResolversTypes['MissingCauseCode'], ParentType, ContextType>;
  explanation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  advice?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MissingCauseCodeResolvers = EnumResolverSignature<{ DISCONNECTED?: any, NEEDS_RECONNECTION?: any, PAUSED?: any, BACKING_OFF?: any, DEFERRED?: any, NOT_YET_VISITED?: any, BEING_DECIDED?: any, SET_ASIDE?: any, FOLDER_UNREADABLE?: any, BEFORE_HISTORY?: any, HISTORY_UNREAD?: any, KNOWN_GAP?: any, FOLDER_NOT_READ?: any, NOT_IN_MAILBOX?: any }, ResolversTypes['MissingCauseCode']>;

export type DecisionConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['DecisionConnection'] = ResolversParentTypes['DecisionConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Decision']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['DecisionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DecisionEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['DecisionEdge'] = ResolversParentTypes['DecisionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Decision'], ParentType, ContextType>;
};

export type RedecisionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Redecision'] = ResolversParentTypes['Redecision']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  cause?: Resolver<ResolversTypes['RedecisionCause'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['RedecisionState'], ParentType, ContextType>;
  total?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  done?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  logged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RedecisionCauseResolvers = EnumResolverSignature<{ CONTACT?: any, ACCOUNT_DOMAIN?: any, BLACKLIST?: any, ACCEPTED?: any, MESSAGE?: any }, ResolversTypes['RedecisionCause']>;

export type RedecisionStateResolvers = EnumResolverSignature<{ WAITING?: any, RUNNING?: any, FINISHED?: any, FAILED?: any }, ResolversTypes['RedecisionState']>;

export type RedecisionConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RedecisionConnection'] = ResolversParentTypes['RedecisionConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Redecision']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['RedecisionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type RedecisionEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RedecisionEdge'] = ResolversParentTypes['RedecisionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Redecision'], ParentType, ContextType>;
};

export type RedecideMessagePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RedecideMessagePayload'] = ResolversParentTypes['RedecideMessagePayload']> = {
  decision?: Resolver<Maybe<ResolversTypes['Decision']>, ParentType, ContextType>;
  redecision?: Resolver<Maybe<ResolversTypes['Redecision']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RetryMessagePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RetryMessagePayload'] = ResolversParentTypes['RetryMessagePayload']> = {
  decision?: Resolver<Maybe<ResolversTypes['Decision']>, ParentType, ContextType>;
  confirmed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RetryFailedMessagesPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RetryFailedMessagesPayload'] = ResolversParentTypes['RetryFailedMessagesPayload']> = {
  messageCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  confirmed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DiscardMessagePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['DiscardMessagePayload'] = ResolversParentTypes['DiscardMessagePayload']> = {
  decision?: Resolver<Maybe<ResolversTypes['Decision']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UnknownCorrespondentResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UnknownCorrespondent'] = ResolversParentTypes['UnknownCorrespondent']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  address?: Resolver<ResolversTypes['EmailAddress'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  messageCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  firstSeenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastSeenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  dismissedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  dismissedBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  suggestedAccount?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UnknownCorrespondentConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UnknownCorrespondentConnection'] = ResolversParentTypes['UnknownCorrespondentConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['UnknownCorrespondent']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['UnknownCorrespondentEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type UnknownCorrespondentEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UnknownCorrespondentEdge'] = ResolversParentTypes['UnknownCorrespondentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['UnknownCorrespondent'], ParentType, ContextType>;
};

export type AcceptUnknownCorrespondentPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AcceptUnknownCorrespondentPayload'] = ResolversParentTypes['AcceptUnknownCorrespondentPayload']> = {
  contact?: Resolver<Maybe<ResolversTypes['Contact']>, ParentType, ContextType>;
  redecision?: Resolver<Maybe<ResolversTypes['Redecision']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DismissUnknownCorrespondentPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['DismissUnknownCorrespondentPayload'] = ResolversParentTypes['DismissUnknownCorrespondentPayload']> = {
  unknownCorrespondent?: Resolver<Maybe<ResolversTypes['UnknownCorrespondent']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RestoreUnknownCorrespondentPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RestoreUnknownCorrespondentPayload'] = ResolversParentTypes['RestoreUnknownCorrespondentPayload']> = {
  unknownCorrespondent?: Resolver<Maybe<ResolversTypes['UnknownCorrespondent']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type BlacklistEntryResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['BlacklistEntry'] = ResolversParentTypes['BlacklistEntry']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['BlacklistKind'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BlacklistKindResolvers = EnumResolverSignature<{ ADDRESS?: any, DOMAIN?: any }, ResolversTypes['BlacklistKind']>;

export type BlacklistEntryConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['BlacklistEntryConnection'] = ResolversParentTypes['BlacklistEntryConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['BlacklistEntry']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['BlacklistEntryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type BlacklistEntryEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['BlacklistEntryEdge'] = ResolversParentTypes['BlacklistEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['BlacklistEntry'], ParentType, ContextType>;
};

export type BlacklistPreviewResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['BlacklistPreview'] = ResolversParentTypes['BlacklistPreview']> = {
  kind?: Resolver<ResolversTypes['BlacklistKind'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  messageCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type BlacklistListPreviewResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['BlacklistListPreview'] = ResolversParentTypes['BlacklistListPreview']> = {
  entryCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  messageCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['BlacklistLineError']>, ParentType, ContextType>;
};

export type BlacklistLineErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['BlacklistLineError'] = ResolversParentTypes['BlacklistLineError']> = {
  line?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AddBlacklistEntriesPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AddBlacklistEntriesPayload'] = ResolversParentTypes['AddBlacklistEntriesPayload']> = {
  added?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  alreadyThere?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  errors?: Resolver<Maybe<ReadonlyArray<ResolversTypes['BlacklistLineError']>>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateBlacklistEntryPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UpdateBlacklistEntryPayload'] = ResolversParentTypes['UpdateBlacklistEntryPayload']> = {
  blacklistEntry?: Resolver<Maybe<ResolversTypes['BlacklistEntry']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AddBlacklistEntryPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AddBlacklistEntryPayload'] = ResolversParentTypes['AddBlacklistEntryPayload']> = {
  blacklistEntry?: Resolver<Maybe<ResolversTypes['BlacklistEntry']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RemoveBlacklistEntryPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RemoveBlacklistEntryPayload'] = ResolversParentTypes['RemoveBlacklistEntryPayload']> = {
  removedBlacklistEntryId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  redecision?: Resolver<Maybe<ResolversTypes['Redecision']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = RequestContext> = {
  DateTime?: GraphQLScalarType;
  EmailAddress?: GraphQLScalarType;
  UInt32?: GraphQLScalarType;
  Octets?: GraphQLScalarType;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  UserErrorCode?: UserErrorCodeResolvers;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Workspace?: WorkspaceResolvers<ContextType>;
  Preset?: PresetResolvers;
  PolicyPreviewPayload?: PolicyPreviewPayloadResolvers<ContextType>;
  PolicyPreview?: PolicyPreviewResolvers<ContextType>;
  PolicyEffect?: PolicyEffectResolvers<ContextType>;
  UpdateWorkspacePayload?: UpdateWorkspacePayloadResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UpdateViewerPayload?: UpdateViewerPayloadResolvers<ContextType>;
  UserRole?: UserRoleResolvers;
  Mailbox?: MailboxResolvers<ContextType>;
  MailboxConnection?: MailboxConnectionResolvers<ContextType>;
  MailboxEdge?: MailboxEdgeResolvers<ContextType>;
  MailboxState?: MailboxStateResolvers;
  MailboxStage?: MailboxStageResolvers;
  MailboxError?: MailboxErrorResolvers<ContextType>;
  MailboxErrorCode?: MailboxErrorCodeResolvers;
  MailboxCounts?: MailboxCountsResolvers<ContextType>;
  FolderCheckpoint?: FolderCheckpointResolvers<ContextType>;
  MailProtocol?: MailProtocolResolvers;
  MailProvider?: MailProviderResolvers<ContextType>;
  MailboxFolder?: MailboxFolderResolvers<ContextType>;
  MailboxCoverage?: MailboxCoverageResolvers<ContextType>;
  MailboxUsage?: MailboxUsageResolvers<ContextType>;
  MailboxDeferral?: MailboxDeferralResolvers<ContextType>;
  MailboxLane?: MailboxLaneResolvers;
  DeferralReason?: DeferralReasonResolvers;
  MailboxImport?: MailboxImportResolvers<ContextType>;
  MailboxEvent?: MailboxEventResolvers<ContextType>;
  MailboxEventKind?: MailboxEventKindResolvers;
  MailboxEventConnection?: MailboxEventConnectionResolvers<ContextType>;
  MailboxEventEdge?: MailboxEventEdgeResolvers<ContextType>;
  ImapServer?: ImapServerResolvers<ContextType>;
  ConnectionSecurity?: ConnectionSecurityResolvers;
  MailboxSettings?: MailboxSettingsResolvers<ContextType>;
  UnknownCorrespondents?: UnknownCorrespondentsResolvers;
  BlacklistMode?: BlacklistModeResolvers;
  BulkAndAuto?: BulkAndAutoResolvers;
  CompanyConfidential?: CompanyConfidentialResolvers;
  SeveralAccounts?: SeveralAccountsResolvers;
  RetroMatch?: RetroMatchResolvers;
  AfterImport?: AfterImportResolvers;
  HistorySettings?: HistorySettingsResolvers<ContextType>;
  HistoryMode?: HistoryModeResolvers;
  FolderSettings?: FolderSettingsResolvers<ContextType>;
  FolderMode?: FolderModeResolvers;
  TestMailboxPayload?: TestMailboxPayloadResolvers<ContextType>;
  MailboxTest?: MailboxTestResolvers<ContextType>;
  ServerCapability?: ServerCapabilityResolvers;
  MailSettings?: MailSettingsResolvers<ContextType>;
  MailServerProposal?: MailServerProposalResolvers<ContextType>;
  MailAuthMethod?: MailAuthMethodResolvers;
  MailSettingsSource?: MailSettingsSourceResolvers;
  ServerFolder?: ServerFolderResolvers<ContextType>;
  FolderUse?: FolderUseResolvers;
  ConnectMailboxPayload?: ConnectMailboxPayloadResolvers<ContextType>;
  UpdateMailboxPayload?: UpdateMailboxPayloadResolvers<ContextType>;
  StopMailboxImportPayload?: StopMailboxImportPayloadResolvers<ContextType>;
  OAuthProvider?: OAuthProviderResolvers;
  StartMailboxAuthorizationPayload?: StartMailboxAuthorizationPayloadResolvers<ContextType>;
  MailboxAuth?: MailboxAuthResolvers;
  PauseMailboxPayload?: PauseMailboxPayloadResolvers<ContextType>;
  ResumeMailboxPayload?: ResumeMailboxPayloadResolvers<ContextType>;
  ReconnectMailboxPayload?: ReconnectMailboxPayloadResolvers<ContextType>;
  DisconnectMailboxPayload?: DisconnectMailboxPayloadResolvers<ContextType>;
  SyncMailboxNowPayload?: SyncMailboxNowPayloadResolvers<ContextType>;
  Contact?: ContactResolvers<ContextType>;
  BouncedAddress?: BouncedAddressResolvers<ContextType>;
  ContactSource?: ContactSourceResolvers<ContextType>;
  SourceMessage?: SourceMessageResolvers<ContextType>;
  UndoAutomaticContactPayload?: UndoAutomaticContactPayloadResolvers<ContextType>;
  ContactConnection?: ContactConnectionResolvers<ContextType>;
  ContactEdge?: ContactEdgeResolvers<ContextType>;
  CreateContactPayload?: CreateContactPayloadResolvers<ContextType>;
  UpdateContactPayload?: UpdateContactPayloadResolvers<ContextType>;
  DeleteContactPayload?: DeleteContactPayloadResolvers<ContextType>;
  SetDefaultAccountPayload?: SetDefaultAccountPayloadResolvers<ContextType>;
  Account?: AccountResolvers<ContextType>;
  AccountConnection?: AccountConnectionResolvers<ContextType>;
  AccountEdge?: AccountEdgeResolvers<ContextType>;
  CreateAccountPayload?: CreateAccountPayloadResolvers<ContextType>;
  UpdateAccountPayload?: UpdateAccountPayloadResolvers<ContextType>;
  DeleteAccountPayload?: DeleteAccountPayloadResolvers<ContextType>;
  RowError?: RowErrorResolvers<ContextType>;
  CsvLineError?: CsvLineErrorResolvers<ContextType>;
  UpsertContactsPayload?: UpsertContactsPayloadResolvers<ContextType>;
  UpsertAccountsPayload?: UpsertAccountsPayloadResolvers<ContextType>;
  ImportContactsPayload?: ImportContactsPayloadResolvers<ContextType>;
  ImportAccountsPayload?: ImportAccountsPayloadResolvers<ContextType>;
  ImportBlacklistPayload?: ImportBlacklistPayloadResolvers<ContextType>;
  Engagement?: EngagementResolvers<ContextType>;
  Bounce?: BounceResolvers<ContextType>;
  BounceKind?: BounceKindResolvers;
  CalendarInvite?: CalendarInviteResolvers<ContextType>;
  EngagementKind?: EngagementKindResolvers;
  Direction?: DirectionResolvers;
  Participant?: ParticipantResolvers<ContextType>;
  ParticipantRole?: ParticipantRoleResolvers;
  Attachment?: AttachmentResolvers<ContextType>;
  Thread?: ThreadResolvers<ContextType>;
  ThreadOrder?: ThreadOrderResolvers;
  ThreadConnection?: ThreadConnectionResolvers<ContextType>;
  ThreadEdge?: ThreadEdgeResolvers<ContextType>;
  EngagementConnection?: EngagementConnectionResolvers<ContextType>;
  EngagementEdge?: EngagementEdgeResolvers<ContextType>;
  LogNotePayload?: LogNotePayloadResolvers<ContextType>;
  RecognizedMessage?: RecognizedMessageResolvers<ContextType>;
  PastedForm?: PastedFormResolvers;
  UpdateEngagementPayload?: UpdateEngagementPayloadResolvers<ContextType>;
  DeleteEngagementPayload?: DeleteEngagementPayloadResolvers<ContextType>;
  Decision?: DecisionResolvers<ContextType>;
  Verdict?: VerdictResolvers;
  SkipReason?: SkipReasonResolvers;
  Evidence?: EvidenceResolvers<ContextType>;
  DecisionCount?: DecisionCountResolvers<ContextType>;
  Simulation?: SimulationResolvers<ContextType>;
  RuleStep?: RuleStepResolvers<ContextType>;
  RuleOutcome?: RuleOutcomeResolvers;
  SimulatedContact?: SimulatedContactResolvers<ContextType>;
  MissingMessage?: MissingMessageResolvers<ContextType>;
  MissingCause?: MissingCauseResolvers<ContextType>;
  MissingCauseCode?: MissingCauseCodeResolvers;
  DecisionConnection?: DecisionConnectionResolvers<ContextType>;
  DecisionEdge?: DecisionEdgeResolvers<ContextType>;
  Redecision?: RedecisionResolvers<ContextType>;
  RedecisionCause?: RedecisionCauseResolvers;
  RedecisionState?: RedecisionStateResolvers;
  RedecisionConnection?: RedecisionConnectionResolvers<ContextType>;
  RedecisionEdge?: RedecisionEdgeResolvers<ContextType>;
  RedecideMessagePayload?: RedecideMessagePayloadResolvers<ContextType>;
  RetryMessagePayload?: RetryMessagePayloadResolvers<ContextType>;
  RetryFailedMessagesPayload?: RetryFailedMessagesPayloadResolvers<ContextType>;
  DiscardMessagePayload?: DiscardMessagePayloadResolvers<ContextType>;
  UnknownCorrespondent?: UnknownCorrespondentResolvers<ContextType>;
  UnknownCorrespondentConnection?: UnknownCorrespondentConnectionResolvers<ContextType>;
  UnknownCorrespondentEdge?: UnknownCorrespondentEdgeResolvers<ContextType>;
  AcceptUnknownCorrespondentPayload?: AcceptUnknownCorrespondentPayloadResolvers<ContextType>;
  DismissUnknownCorrespondentPayload?: DismissUnknownCorrespondentPayloadResolvers<ContextType>;
  RestoreUnknownCorrespondentPayload?: RestoreUnknownCorrespondentPayloadResolvers<ContextType>;
  BlacklistEntry?: BlacklistEntryResolvers<ContextType>;
  BlacklistKind?: BlacklistKindResolvers;
  BlacklistEntryConnection?: BlacklistEntryConnectionResolvers<ContextType>;
  BlacklistEntryEdge?: BlacklistEntryEdgeResolvers<ContextType>;
  BlacklistPreview?: BlacklistPreviewResolvers<ContextType>;
  BlacklistListPreview?: BlacklistListPreviewResolvers<ContextType>;
  BlacklistLineError?: BlacklistLineErrorResolvers<ContextType>;
  AddBlacklistEntriesPayload?: AddBlacklistEntriesPayloadResolvers<ContextType>;
  UpdateBlacklistEntryPayload?: UpdateBlacklistEntryPayloadResolvers<ContextType>;
  AddBlacklistEntryPayload?: AddBlacklistEntryPayloadResolvers<ContextType>;
  RemoveBlacklistEntryPayload?: RemoveBlacklistEntryPayloadResolvers<ContextType>;
};

