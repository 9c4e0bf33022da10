import { eq, isNotNull } from 'drizzle-orm';
import type { MessageIntent } from '../../local/demo/build.ts';
import type { Policy, Preset } from '../../domain/policy.ts';
import * as tables from '../../drizzle/schema/index.ts';
import { decisionsOf } from './pipeline.ts';
import { fromJill, twoMailboxes } from './two-mailboxes.ts';

const DAY_MS = 24 * 3_600_000;

/** Ana's mailbox in a workspace that works as one of the five products does; the mailbox itself chooses nothing. */
export async function presetOffice(preset: Preset) {
  const office = await twoMailboxes();
  const { db, dovecot, pipeline } = office;
  const change = (set: { readonly preset?: Preset; readonly policy?: Partial<Policy> }) =>
    db.update(tables.workspaces).set(set).where(eq(tables.workspaces.id, pipeline.workspaceId));
  await change({ preset });
  return {
    ...office,
    connect: (own: Partial<Policy> = {}) => office.connectAna(own),
    choose: (policy: Partial<Policy>) => change({ policy }),
    /** From Jill to Ana unless it is said otherwise, and now unless it is so many days old. */
    deliver: (
      subject: string,
      { folder = 'INBOX', daysAgo = 0, ...intent }: MessageIntent & Where = {},
    ) =>
      dovecot.deliver('ana', folder, fromJill(subject, intent), {
        ...(daysAgo === 0 ? {} : { internalDate: new Date(Date.now() - daysAgo * DAY_MS) }),
      }),
    /** By subject: `logged`, or why not; what was never looked at is missing. */
    verdicts: async (): Promise<Readonly<Record<string, string | null>>> => {
      const decisions = await decisionsOf(pipeline);
      return Object.fromEntries(
        decisions.map(({ subject, verdict, reason }) => [subject ?? '', reason ?? verdict]),
      );
    },
    /** Contacts that no person entered, by address, with where they come from. */
    madeContacts: () =>
      db
        .select({
          address: tables.contactAddresses.address,
          name: tables.contacts.name,
          accountId: tables.contacts.defaultAccountId,
          source: tables.contacts.source,
        })
        .from(tables.contacts)
        .innerJoin(
          tables.contactAddresses,
          eq(tables.contactAddresses.contactId, tables.contacts.id),
        )
        .where(isNotNull(tables.contacts.source))
        .orderBy(tables.contactAddresses.address),
    /** By subject, the names of the accounts whose timelines show it. */
    accounts: async () => {
      const rows = await db
        .select({ subject: tables.engagements.subject, name: tables.accounts.name })
        .from(tables.engagementAccounts)
        .innerJoin(
          tables.engagements,
          eq(tables.engagements.id, tables.engagementAccounts.engagementId),
        )
        .innerJoin(tables.accounts, eq(tables.accounts.id, tables.engagementAccounts.accountId))
        .orderBy(tables.accounts.name);
      const bySubject = Map.groupBy(rows, ({ subject }) => subject);
      return Object.fromEntries(
        [...bySubject].map(([subject, of]) => [subject, of.map(({ name }) => name)]),
      );
    },
    evidence: async (subject: string) =>
      (await decisionsOf(pipeline)).find((decision) => decision.subject === subject)?.evidence,
    [Symbol.asyncDispose]: () => office[Symbol.asyncDispose](),
  };
}

interface Where {
  readonly folder?: string;
  readonly daysAgo?: number;
}

export type PresetOffice = Awaited<ReturnType<typeof presetOffice>>;
