import { DEFAULT_POLICY, PRESETS, type Policy, type Preset } from './policy.ts';

/**
 * Five products that do this job, each as the whole set of policies that makes a workspace behave like it (spec.md
 * section 3). A value of which spec.md names no product is the default; `bulkAndAuto`, `blacklistMode` and
 * `companyConfidential` are so everywhere: there the five do not differ (R9, R13, R21).
 */
export const PRESET_POLICIES: Readonly<Record<Preset, Policy>> = {
  /** Amity: the default of everything, spelled out so that neither changes without the other. */
  customer_success: {
    ...DEFAULT_POLICY,
    // R30: an account that owns exactly the domain makes the contact.
    unknownCorrespondents: 'known_domain',
    // R21: the sender or any recipient.
    blacklistMode: 'any_participant',
    // R17: each contact's default account, else the most recently linked one.
    severalAccounts: 'default_account',
    // R4, R3: neither a later contact nor a new mailbox pulls in what was there before.
    retroMatch: 'off',
    history: { mode: 'from_connection' },
  },
  /** Mago: people are entered by hand, and what came before that stays out. */
  performer: {
    ...DEFAULT_POLICY,
    // R24, R32: nobody is made a contact by a message.
    unknownCorrespondents: 'never',
    // R4: mail at 1:00, visit at 1:05, contact at 1:10: not logged; the next one is.
    retroMatch: 'off',
    // R3: nothing older than the connection.
    history: { mode: 'from_connection' },
    // R2, R7: what is sent counts whatever program sent it.
    folders: { mode: 'inbox_and_sent' },
    // R1: a few visits per hour, no standing connection.
    pollEveryMinutes: 15,
    push: false,
  },
  /** Simla: whoever writes is a customer. */
  shop: {
    ...DEFAULT_POLICY,
    // R32: a contact with only the address; the product's "create customer if not found: no" is the choice `never`.
    unknownCorrespondents: 'always',
    // R3: everything that lies in the mailbox.
    history: { mode: 'all' },
    // R1, as Mago.
    pollEveryMinutes: 15,
    push: false,
    // The product can also delete. It is a choice there and here: picking a preset must never empty a mailbox.
    afterImport: 'leave',
  },
  /** Salesmate: two-way, at once, two months back. */
  sales: {
    ...DEFAULT_POLICY,
    history: { mode: 'days', days: 60 },
    // R2: what was moved away before the visit is not seen.
    folders: { mode: 'inbox' },
    // R1: IDLE where the provider has room for it (RFC 2177); visits by the clock go on beside it.
    push: true,
  },
  /** Totango: only what users hand in, on the account that the rules for archives choose. */
  archive_only: {
    ...DEFAULT_POLICY,
    // R32, R68: customers must be contacts already.
    unknownCorrespondents: 'never',
    // R63-R66: `defaultForArchive`, else the most recent; by domain and by engagements where no contact says it.
    severalAccounts: 'archive_rules',
  },
};

/** The presets under which mailboxes want a standing connection, for the store to ask by. */
export const PRESETS_WITH_PUSH: readonly Preset[] = PRESETS.filter(
  (preset) => PRESET_POLICIES[preset].push,
);

/** The policy in force: the workspace's preset, then the workspace's own choices, then the mailbox's. */
export function effectivePolicy(preset: Preset, ...choices: readonly Partial<Policy>[]): Policy {
  return choices.reduce<Policy>(
    (policy, choice) => ({ ...policy, ...choice }),
    PRESET_POLICIES[preset],
  );
}
