/** How a provider lets a third party in. `app_password` is a password that the user has to create for us. */
export const AUTH_METHODS = ['password', 'app_password', 'google', 'microsoft'] as const;
export type AuthMethod = (typeof AUTH_METHODS)[number];

/** A server of a provider, for one protocol. */
export interface ProviderServer {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls';
}

/** A server that the mail of one address can probably be read from. */
export interface ServerCandidate extends ProviderServer {
  readonly protocol: 'imap' | 'pop3';
  /** The full address, or what stands before the `@` where the provider wants that. */
  readonly username: string;
}

/** What must be known of a mail provider to read mailboxes there without giving it a reason to close them (R1). */
export interface ProviderProfile {
  /** Stored with each mailbox: never changes. */
  readonly id: string;
  /** For people, e.g. `Gmail`. */
  readonly name: string;
  /** Hosts of its servers: a name, or `.suffix` for everything below it. */
  readonly hosts: readonly string[];
  /** Domains of its addresses, and of the MX hosts of other domains it serves (same form). */
  readonly domains: readonly string[];
  readonly mxHosts: readonly string[];
  readonly imap: ProviderServer | null;
  readonly pop3: ProviderServer | null;
  readonly smtp: ProviderServer | null;
  /** Where some of its addresses have other servers than the ones above. */
  readonly variants?: readonly ProviderVariant[];
  /** In the order of preference. */
  readonly auth: readonly AuthMethod[];
  readonly limits: ProviderLimits;
  readonly quirks: ProviderQuirks;
}

/** Host names that replace the usual ones, for addresses or MX hosts that `at` names (form of `ProviderProfile.hosts`). */
export interface ProviderVariant {
  readonly at: readonly string[];
  readonly imap?: string;
  readonly pop3?: string;
  readonly smtp?: string;
}

export interface ProviderLimits {
  /** Minutes between visits: usual, and the least an admin may choose. */
  readonly pollEveryMinutes: number;
  readonly minPollMinutes: number;
  /** Octets that the provider lets a mailbox download in 24 hours, per protocol; our own caution where it says nothing. */
  readonly imapBytesPerDay: number;
  readonly pop3BytesPerDay: number;
  readonly loginsPerHour: number;
  /** Over all mailboxes on one host, all workspaces and all processes. */
  readonly connectionsPerHost: number;
  readonly connectsPerSecond: number;
  /** Connections of `connectionsPerHost` that may be held open for push. */
  readonly watchedPerHost: number;
}

/** What its servers do differently from RFC 9051. */
export interface ProviderQuirks {
  /** May refuse a right password for reasons of its own: asked once more, later, before a person is needed for good. */
  readonly falseRefusals?: boolean;
  /** The user name is what stands before the `@`, for its own domains. */
  readonly localPartAsUser?: boolean;
  /** Refuses SELECT to clients that have not said who they are (RFC 2971). */
  readonly needsId?: boolean;
  /** Offers X-GM-EXT-1: labels are folders, and a message shows in several. */
  readonly gmailExtensions?: boolean;
  readonly noCondstore?: boolean;
  /** Folder uses are known by localised names only. */
  readonly noSpecialUse?: boolean;
  /** How long an OAuth session lives at most, in minutes: the connection is renewed before. */
  readonly sessionMinutes?: number;
}
