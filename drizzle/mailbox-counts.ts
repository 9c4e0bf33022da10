import { sql } from 'drizzle-orm';
import type { MailboxState } from '../domain/mailbox.ts';
import type { Db } from './database.ts';

/** How many mailboxes show each state, and how late the most overdue visit is. */
export interface MailboxCounts {
  readonly states: readonly { readonly state: MailboxState; readonly mailboxes: number }[];
  /** Of visits that are due and not being made; 0 when there is none. */
  readonly overdueSeconds: number;
}

/** Over the mailboxes of all workspaces, as they stand in the database: also while no worker runs. */
export async function mailboxCounts(db: Db): Promise<MailboxCounts> {
  const rows = await db.execute<{
    state: MailboxState;
    mailboxes: number;
    overdueSeconds: number | null;
  }>(sql`
    select m.state, count(*)::int as mailboxes,
      extract(epoch from now() - min(coalesce(m.next_visit_at, m.connected_at)) filter (
        where m.state in ('connecting', 'importing', 'watching', 'backing_off')
          and m.desired_state = 'active' and l.mailbox_id is null))::float8 as "overdueSeconds"
    from mailboxes m
    left join mailbox_leases l on l.mailbox_id = m.id and l.purpose <> 'watch' and l.expires_at > now()
    where m.disconnected_at is null group by m.state`);
  return {
    states: rows.map(({ state, mailboxes }) => ({ state, mailboxes })),
    overdueSeconds: Math.max(0, ...rows.map(({ overdueSeconds }) => overdueSeconds ?? 0)),
  };
}
