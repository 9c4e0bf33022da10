import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Db } from './database.ts';
import { blacklistEntries, engagements, users } from './schema/index.ts';

/** What stands behind decisions, looked up when somebody asks why (R45). */
export interface EntryOrigin {
  readonly author: string | null;
  readonly createdAt: Date;
}

/** Who added the blacklist entries with these values, and when; without those that have been removed. */
export async function entryOrigins(
  db: Db,
  values: readonly string[],
): Promise<ReadonlyMap<string, EntryOrigin>> {
  const rows = await db
    .select({
      value: blacklistEntries.value,
      author: users.name,
      createdAt: blacklistEntries.createdAt,
    })
    .from(blacklistEntries)
    .leftJoin(users, eq(users.id, blacklistEntries.authorId))
    .where(inArray(blacklistEntries.value, [...values]));
  return new Map(rows.map(({ value, ...origin }) => [value, origin]));
}

export interface Deletion {
  readonly by: string | null;
  readonly at: Date;
}

/** Who deleted the engagements of these messages, and when. */
export async function deletionsOf(
  db: Db,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, Deletion>> {
  const rows = await db
    .select({ messageId: engagements.messageId, by: users.name, at: engagements.deletedAt })
    .from(engagements)
    .leftJoin(users, eq(users.id, engagements.deletedBy))
    .where(and(inArray(engagements.messageId, [...messageIds]), isNotNull(engagements.deletedAt)));
  return new Map(
    rows.flatMap(({ messageId, by, at }) => (at === null ? [] : [[messageId, { by, at }]])),
  );
}
