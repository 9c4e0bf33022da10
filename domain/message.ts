import type { EmailAddress } from './address.ts';
import type { CalendarInvite } from './engagement.ts';

/** Where an address stands in a message (RFC 5322 section 3.6). */
export const PARTICIPANT_ROLES = ['from', 'to', 'cc', 'bcc'] as const;
export type ParticipantRole = (typeof PARTICIPANT_ROLES)[number];

/** An address with its role. The display name is shown to people and identifies nobody (R18). */
export interface Participant {
  readonly role: ParticipantRole;
  readonly address: EmailAddress;
  readonly name: string;
}

/** Special uses of folders (RFC 6154), as far as rules care. */
export const FOLDER_USES = [
  'inbox',
  'sent',
  'drafts',
  'junk',
  'trash',
  'archive',
  'all',
  'other',
] as const;
export type FolderUse = (typeof FOLDER_USES)[number];

/** What a message says of itself: its headers, read strictly (facts: RFC 5322, 2047, 3834, 2369). */
export interface MessageHeaders {
  /** Without angle brackets; null when absent. May be forged or repeated: never an identity of its own. */
  readonly internetMessageId: string | null;
  readonly subject: string;
  /** The Date header; null when absent or not a date. */
  readonly sentAt: Date | null;
  /** The one sender, or null when From is absent or does not parse to exactly one address (R18). */
  readonly from: Participant | null;
  /** The From header as it stands, decoded, for people to read; never matched. */
  readonly fromRaw: string;
  /** Sender first, then To, Cc, Bcc, in order, each address once per role. */
  readonly participants: readonly Participant[];
  /** Whether there are more recipients, or more header text, than is read: then nobody can vouch for all of them. */
  readonly isCut: boolean;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  /** Header values by lower-case name, unfolded, for the rules that look at markers (List-Id, Auto-Submitted, …). */
  readonly fields: ReadonlyMap<string, readonly string[]>;
}

/** One leaf of BODYSTRUCTURE (RFC 9051 section 7.5.2). */
export interface BodyPart {
  /** IMAP section number, e.g. `1.2`. */
  readonly part: string;
  /** Lower case, e.g. `text/plain`. */
  readonly mediaType: string;
  readonly charset: string | null;
  readonly encoding: string;
  /** Encoded size in octets. */
  readonly size: number;
  readonly disposition: 'inline' | 'attachment' | null;
  readonly fileName: string | null;
  readonly contentId: string | null;
  /** Of a text whose lines are joined before it is read (RFC 3676): `delsp` when without their blanks. */
  readonly flow?: 'flowed' | 'delsp';
}

/** The structure of a body: its leaves in order, and the type and parameters of the whole. */
export interface BodyStructure {
  readonly mediaType: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly parts: readonly BodyPart[];
}

/** The text of a message as it is shown (R42). */
export interface MessageContent {
  /** Full plain text; made from the HTML when there is no plain part. */
  readonly text: string;
  /** The text without quoted history and signature. */
  readonly replyText: string;
  /** Sanitised HTML, or null when the message has none. */
  readonly html: string | null;
  /** Absent when the message carries no invitation. */
  readonly calendar?: CalendarInvite;
}
