import DataLoader from 'dataloader';
import { findAccounts } from '../drizzle/accounts.ts';
import { findBlacklistEntries } from '../drizzle/blacklist.ts';
import {
  bouncedAddressesOf,
  bouncesOfDecisions,
  bouncesOfEngagements,
} from '../drizzle/bounce-reports.ts';
import { contactIdsByAddress, findContacts } from '../drizzle/contacts.ts';
import type { Db } from '../drizzle/database.ts';
import { accountIdsByExternalId, contactIdsByExternalId } from '../drizzle/external-ids.ts';
import { deletionsOf, entryOrigins } from '../drizzle/decision-circumstances.ts';
import { findDecisions } from '../drizzle/decisions.ts';
import { attachmentsOf, engagementContents, participantsOf } from '../drizzle/engagement-parts.ts';
import { engagementIdsByMessage, findEngagements } from '../drizzle/engagements.ts';
import {
  eventPages,
  folderHealthOf,
  historyCountsOf,
  importEndsOf,
} from '../drizzle/mailbox-health.ts';
import { checkpointsOf, countsOf, folderPathsOf } from '../drizzle/mailbox-progress.ts';
import { findMailboxes } from '../drizzle/mailboxes.ts';
import type { Page, PageRequest } from '../drizzle/pages.ts';
import { findRedecisions } from '../drizzle/redecisions.ts';
import { threadSummaries } from '../drizzle/thread-pages.ts';
import { findThreads, timelinePages, type TimelineOf } from '../drizzle/timelines.ts';
import { sourceMessagesOf } from '../drizzle/source-messages.ts';
import { findUnknown, suggestedAccountsOf } from '../drizzle/unknown-review.ts';
import { usageOf } from '../drizzle/usage.ts';
import { findUsers, type ThreadOrder } from '../drizzle/viewers.ts';
import { findWorkspaces } from '../drizzle/workspaces.ts';

/** Runs queries as the viewer's workspace. */
export type InWorkspace = <T>(work: (db: Db) => Promise<T>) => Promise<T>;

interface PageOfOne {
  readonly id: string;
  readonly page: PageRequest;
}
type TimelineKey = PageOfOne & { readonly of: TimelineOf; readonly order: ThreadOrder };

/** What one request reads by key: each kind in one statement per level of the query, whatever the number of rows. */
export function createLoaders(inWorkspace: InWorkspace) {
  const byId = <T extends { readonly id: string }>(
    find: (db: Db, ids: readonly string[]) => Promise<readonly T[]>,
  ) =>
    keyed(
      inWorkspace,
      async (db, ids: readonly string[]) =>
        new Map((await find(db, ids)).map((value) => [value.id, value])),
    );
  const byKey = <K extends string, T>(
    find: (db: Db, keys: readonly K[]) => Promise<ReadonlyMap<string, T>>,
  ) => keyed(inWorkspace, find);
  return {
    Account: byId(findAccounts),
    BlacklistEntry: byId(findBlacklistEntries),
    Contact: byId(findContacts),
    Decision: byId(findDecisions),
    Engagement: byId(findEngagements),
    Mailbox: byId(findMailboxes),
    Redecision: byId(findRedecisions),
    Thread: byId(findThreads),
    UnknownCorrespondent: byId(findUnknown),
    User: byId(findUsers),
    Workspace: byId(findWorkspaces),
    accountByExternalId: byKey(accountIdsByExternalId),
    attachments: byKey(attachmentsOf),
    bouncedAddresses: byKey(bouncedAddressesOf),
    bouncesOfDecision: byKey(bouncesOfDecisions),
    bouncesOfEngagement: byKey(bouncesOfEngagements),
    checkpoint: byKey(checkpointsOf),
    contactByAddress: byKey(contactIdsByAddress),
    contactByExternalId: byKey(contactIdsByExternalId),
    content: byKey(engagementContents),
    counts: byKey(countsOf),
    deletion: byKey(deletionsOf),
    entryOrigin: byKey(entryOrigins),
    engagementByMessage: byKey(engagementIdsByMessage),
    events: pageLoader(inWorkspace, (db, { page }: PageOfOne, ids) => eventPages(db, ids, page)),
    folders: byKey(folderHealthOf),
    folderPaths: byKey(folderPathsOf),
    historyCounts: byKey(historyCountsOf),
    importEnds: byKey(importEndsOf),
    participants: byKey(participantsOf),
    sourceMessages: byKey(sourceMessagesOf),
    suggestedAccount: byKey(suggestedAccountsOf),
    threadSummary: byKey(threadSummaries),
    timeline: pageLoader(
      inWorkspace,
      (db, { of, order, page }: TimelineKey, ids) => timelinePages(db, { of, order }, ids, page),
      ({ of, order }) => `${of} ${order}`,
    ),
    usage: byKey(usageOf),
  };
}

export type Loaders = ReturnType<typeof createLoaders>;

function keyed<K extends string, T>(
  inWorkspace: InWorkspace,
  find: (db: Db, keys: readonly K[]) => Promise<ReadonlyMap<string, T>>,
) {
  return new DataLoader<K, T | null>(async (keys) => {
    const values = await inWorkspace((db) => find(db, keys));
    return keys.map((key) => values.get(key) ?? null);
  });
}

/** All pages that one field of a query shows are of the same kind and place, so they are read together. */
function pageLoader<K extends PageOfOne, T>(
  inWorkspace: InWorkspace,
  read: (db: Db, like: K, ids: readonly string[]) => Promise<ReadonlyMap<string, Page<T>>>,
  kindOf: (key: K) => string = () => '',
) {
  const batchOf = (key: K) => JSON.stringify([kindOf(key), key.page.limit, key.page.after]);
  return new DataLoader<K, Page<T>, string>(
    async (keys) => {
      const batches = Map.groupBy(keys, batchOf);
      const pages = new Map(
        await Promise.all(
          [...batches].map(async ([batch, [first, ...rest]]) => {
            if (first === undefined) throw new Error('a group has at least one member');
            const ids = [first, ...rest].map(({ id }) => id);
            return [batch, await inWorkspace((db) => read(db, first, ids))] as const;
          }),
        ),
      );
      return keys.map(
        (key) => pages.get(batchOf(key))?.get(key.id) ?? { items: [], hasMore: false },
      );
    },
    { cacheKeyFn: (key) => `${batchOf(key)} ${key.id}` },
  );
}
