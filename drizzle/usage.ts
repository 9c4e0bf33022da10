import { and, gt, sql } from 'drizzle-orm';
import type { MailboxUsage } from '../domain/budget.ts';
import type { Db } from './database.ts';
import { isOneOf } from './rows.ts';
import { mailboxUsage } from './schema/index.ts';

/** Octets and logins of one use of a connection; what is left out is none. */
export interface Used {
  readonly received?: number;
  readonly sent?: number;
  readonly logins?: number;
}

/** Adds to the hour that runs, by PostgreSQL's clock. */
export async function countUsage(
  db: Db,
  { mailboxId, workspaceId }: { readonly mailboxId: string; readonly workspaceId: string },
  { received = 0, sent = 0, logins = 0 }: Used,
): Promise<void> {
  await db
    .insert(mailboxUsage)
    .values({
      ...{ workspaceId, mailboxId, received, sent, logins },
      hour: sql`date_trunc('hour', now(), 'UTC')`,
    })
    .onConflictDoUpdate({
      target: [mailboxUsage.mailboxId, mailboxUsage.hour],
      set: {
        received: sql`${mailboxUsage.received} + excluded.received`,
        sent: sql`${mailboxUsage.sent} + excluded.sent`,
        logins: sql`${mailboxUsage.logins} + excluded.logins`,
      },
    });
}

/** What each of these mailboxes used in the last 25 hours; an entry for every one of them. */
export async function usageOf(
  db: Db,
  mailboxIds: readonly string[],
): Promise<ReadonlyMap<string, MailboxUsage>> {
  const rows = await db
    .select({
      ...{ mailboxId: mailboxUsage.mailboxId, hour: mailboxUsage.hour },
      ...{ received: mailboxUsage.received, sent: mailboxUsage.sent, logins: mailboxUsage.logins },
      at: sql<string>`extract(epoch from now()) * 1000`,
    })
    .from(mailboxUsage)
    .where(
      and(
        isOneOf(sql`${mailboxUsage.mailboxId}::text`, mailboxIds),
        gt(mailboxUsage.hour, sql`now() - interval '26 hours'`),
      ),
    )
    .orderBy(mailboxUsage.hour);
  const ofMailbox = Map.groupBy(rows, ({ mailboxId }) => mailboxId);
  return new Map(
    mailboxIds.map((mailboxId) => {
      const found = ofMailbox.get(mailboxId) ?? [];
      const hours = found.map(({ hour, received, sent, logins }) => ({
        ...{ hour: hour.getTime(), received, sent, logins },
      }));
      return [mailboxId, { at: Math.round(Number(found[0]?.at ?? Date.now())), hours }];
    }),
  );
}

/** Budgets look back a day, people a week at most. */
export async function forgetOldUsage(db: Db): Promise<void> {
  await db.delete(mailboxUsage).where(sql`${mailboxUsage.hour} < now() - interval '8 days'`);
}
