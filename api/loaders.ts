import DataLoader from 'dataloader';
import { findAccounts } from '../drizzle/accounts.ts';
import { findBlacklistEntries } from '../drizzle/blacklist.ts';
import { contactIdsByAddress, findContacts } from '../drizzle/contacts.ts';
import type { Db } from '../drizzle/database.ts';
import { findDecisions } from '../drizzle/decisions.ts';
import { attachmentsOf, engagementContents, participantsOf } from '../drizzle/engagement-parts.ts';
import { engagementIdsByMessage, findEngagements } from '../drizzle/engagements.ts';
import { checkpointsOf, countsOf, folderPathsOf } from '../drizzle/mailbox-progress.ts';
import { findMailboxes } from '../drizzle/mailboxes.ts';
import type { PageRequest } from '../drizzle/pages.ts';
import { findThreads, timelinePages, type TimelineOf } from '../drizzle/timelines.ts';
import { findUsers, findWorkspaces } from '../drizzle/viewers.ts';

/** Runs queries as the viewer's workspace. */
export type InWorkspace = <T>(work: (db: Db) => Promise<T>) => Promise<T>;

type TimelineKey = { readonly of: TimelineOf; readonly id: string; readonly page: PageRequest };

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
    Thread: byId(findThreads),
    User: byId(findUsers),
    Workspace: byId(findWorkspaces),
    attachments: byKey(attachmentsOf),
    checkpoint: byKey(checkpointsOf),
    contactByAddress: byKey(contactIdsByAddress),
    content: byKey(engagementContents),
    counts: byKey(countsOf),
    engagementByMessage: byKey(engagementIdsByMessage),
    folderPaths: byKey(folderPathsOf),
    participants: byKey(participantsOf),
    timeline: timelineLoader(inWorkspace),
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

/** All timelines that one field of a query shows have the same owner type and page, so they make one batch. */
function timelineLoader(inWorkspace: InWorkspace) {
  const batchOf = ({ of, page }: TimelineKey) => JSON.stringify([of, page.limit, page.after]);
  return new DataLoader(
    async (keys: readonly TimelineKey[]) => {
      const batches = Map.groupBy(keys, batchOf);
      const pages = new Map(
        await Promise.all(
          [...batches].map(async ([batch, [first, ...rest]]) => {
            if (first === undefined) throw new Error('a group has at least one member');
            const ids = [first, ...rest].map(({ id }) => id);
            const found = await inWorkspace((db) => timelinePages(db, first.of, ids, first.page));
            return [batch, found] as const;
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
