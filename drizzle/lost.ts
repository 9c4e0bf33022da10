import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { mailboxes, mailboxLeases } from './schema/index.ts';

/** What is needed to start the workflow of a mailbox. */
export interface OverdueMailbox {
  readonly id: string;
  readonly workspaceId: string;
  readonly provider: string;
  readonly host: string;
}

/** Runs `work` unless another process does the same at this moment; it holds a connection of the pool meanwhile. */
export async function alone(db: Db, name: string, work: (db: Db) => Promise<void>): Promise<void> {
  await db.transaction(async (transaction) => {
    const [row] = await transaction.execute<{ isOurs: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as "isOurs"`,
    );
    if (row?.isOurs === true) await work(transaction);
  });
}

/**
 * Connected mailboxes whose visit should have come long ago, and that nobody reads (to wait for news is not to read): their
 * workflow may be lost, or no worker runs. At most `limit`, so not always the same ones.
 */
export async function findOverdue(
  db: Db,
  { overdueMs, limit }: { readonly overdueMs: number; readonly limit: number },
): Promise<readonly OverdueMailbox[]> {
  const longAgo = sql`now() - ${overdueMs} * interval '1 millisecond'`;
  return db
    .select({
      ...{ id: mailboxes.id, workspaceId: mailboxes.workspaceId },
      ...{ provider: mailboxes.provider, host: mailboxes.host },
    })
    .from(mailboxes)
    .where(
      and(
        isNull(mailboxes.disconnectedAt),
        or(
          and(
            // What is paused or needs a person has no visits: a command that concerns it starts the workflow too.
            sql`${mailboxes.state} in ('importing', 'watching', 'backing_off')`,
            eq(mailboxes.desiredState, 'active'),
            lt(mailboxes.nextVisitAt, longAgo),
          ),
          and(eq(mailboxes.state, 'connecting'), lt(mailboxes.connectedAt, longAgo)),
        ),
        sql`not exists (select from ${mailboxLeases} where ${mailboxLeases.mailboxId} = ${mailboxes.id} and ${mailboxLeases.purpose} <> 'watch'
          and ${mailboxLeases.expiresAt} > now())`,
      ),
    )
    .orderBy(sql`random()`)
    .limit(limit);
}
