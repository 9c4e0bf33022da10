import { and, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import type { MailboxUsage } from '../domain/budget.ts';
import type { Policy } from '../domain/policy.ts';
import { effectivePolicy, PRESETS_WITH_PUSH } from '../domain/presets.ts';
import type { Db } from './database.ts';
import { isOneOf } from './rows.ts';
import {
  folders,
  mailboxCheckpoints,
  mailboxes,
  mailboxLeases,
  workspaces,
} from './schema/index.ts';
import { usageOf } from './usage.ts';

/** A mailbox that asks for push and that nobody watches, with what it has used. */
export interface Unwatched {
  readonly id: string;
  readonly host: string;
  readonly provider: string;
  readonly policy: Policy;
  readonly usage: MailboxUsage;
}

/** `effectivePolicy(…).push`, asked of all mailboxes at once. */
const livePushPolicy = sql`coalesce(${mailboxes.policy} -> 'push', ${workspaces.policy} -> 'push',
  to_jsonb(${inArray(workspaces.preset, [...PRESETS_WITH_PUSH])})) = 'true'::jsonb`;
const isWatchable: SQL | undefined = and(
  isNull(mailboxes.disconnectedAt),
  eq(mailboxes.desiredState, 'active'),
  eq(mailboxes.state, 'watching'),
  eq(mailboxes.protocol, 'imap'),
  livePushPolicy,
);

/** Mailboxes that want push and have no live lease; at most `limit`, so not always the same ones. */
export async function findUnwatched(db: Db, limit: number): Promise<readonly Unwatched[]> {
  const rows = await db
    .select({
      ...{ id: mailboxes.id, host: sql<string>`lower(${mailboxes.host})` },
      ...{ provider: mailboxes.provider, own: mailboxes.policy, workspace: workspaces.policy },
      preset: workspaces.preset,
    })
    .from(mailboxes)
    .innerJoin(workspaces, eq(workspaces.id, mailboxes.workspaceId))
    .where(
      and(
        isWatchable,
        sql`not exists (select from ${mailboxLeases} where ${mailboxLeases.mailboxId} = ${mailboxes.id} and ${mailboxLeases.expiresAt} > now())`,
      ),
    )
    .orderBy(sql`random()`)
    .limit(limit);
  const usage = await usageOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map(({ own, workspace, preset, ...row }) => ({
    ...row,
    policy: effectivePolicy(preset, workspace, own),
    usage: usage.get(row.id) ?? { at: 0, hours: [] },
  }));
}

/** Of these mailboxes, those that still may be watched. */
export async function stillWatchable(
  db: Db,
  mailboxIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ id: mailboxes.id })
    .from(mailboxes)
    .innerJoin(workspaces, eq(workspaces.id, mailboxes.workspaceId))
    .where(and(isWatchable, isOneOf(sql`${mailboxes.id}::text`, mailboxIds)));
  return new Set(rows.map(({ id }) => id));
}

/** Live watches by host. */
export async function watchedByHost(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .select({ host: mailboxLeases.host, watched: sql<string>`count(*)` })
    .from(mailboxLeases)
    .where(and(eq(mailboxLeases.purpose, 'watch'), sql`${mailboxLeases.expiresAt} > now()`))
    .groupBy(mailboxLeases.host);
  return new Map(rows.map(({ host, watched }) => [host, Number(watched)]));
}

/** The UID up to which the inbox has been decided, under this UIDVALIDITY; null when that is not known. */
export async function inboxDecidedUpTo(
  db: Db,
  mailboxId: string,
  uidValidity: string,
): Promise<number | null> {
  const [row] = await db
    .select({ folderId: folders.id, checkpoint: mailboxCheckpoints.checkpoint })
    .from(folders)
    .innerJoin(mailboxCheckpoints, eq(mailboxCheckpoints.mailboxId, folders.mailboxId))
    .where(and(eq(folders.mailboxId, mailboxId), eq(folders.use, 'inbox')));
  const at = row?.checkpoint[row.folderId];
  return at?.uidValidity === uidValidity ? at.lastUid : null;
}
