import { sql } from 'drizzle-orm';
import type { Evidence } from '../domain/decision.ts';
import type { AfterImport } from '../domain/policy.ts';
import type { Db } from './database.ts';
import { isOneOfIds } from './rows.ts';
import type { Decided } from './verdicts.ts';

/** A message that was filed and is to be deleted in its mailbox. */
export interface Removable {
  readonly id: string;
  readonly folderId: string;
  readonly folderPath: string;
  readonly uidValidity: string;
  readonly uid: number;
}

const MARKED: Evidence = {
  removal: 'Marked as deleted only: the server cannot delete single messages (UIDPLUS, RFC 4315).',
};

/** Notes in the decisions of a batch that their messages are to be deleted: those from before the policy never are. */
export function toBeRemoved(
  decisions: readonly Decided[],
  afterImport: AfterImport,
): readonly Decided[] {
  if (afterImport === 'leave') return decisions;
  return decisions.map((decision) =>
    decision.verdict === 'logged'
      ? { ...decision, evidence: { ...decision.evidence, afterImport } }
      : decision,
  );
}

/**
 * What of a batch, or of all batches of the mailbox, was logged to be deleted and is not yet; nothing whose engagement a user
 * has deleted since, nothing that the server has numbered anew, and nothing that a person has pasted by hand (R44): of that
 * the mailbox has the only copy of which nobody can have left anything away.
 */
export async function pendingRemovals(
  db: Db,
  mailboxId: string,
  batchId: string | null,
): Promise<readonly Removable[]> {
  return [
    ...(await db.execute<{
      id: string;
      folderId: string;
      folderPath: string;
      uidValidity: string;
      uid: number;
    }>(sql`
      select s.id, f.id as "folderId", f.path as "folderPath", s.uid_validity as "uidValidity", s.uid::float8 as uid
      from sightings s
      join folders f on f.id = s.folder_id and f.uid_validity = s.uid_validity
      join engagements e on e.id = s.engagement_id and e.deleted_at is null and e.author_id is null
      where s.mailbox_id = ${mailboxId}::uuid and s.verdict = 'logged' and s.removed_at is null
        and s.evidence ->> 'afterImport' = 'delete'
        and (${batchId}::text is null or s.batch_id = ${batchId})
      order by f.id, s.uid`)),
  ];
}

/** Writes down what is gone, and what could only be marked. */
export async function recordRemoved(
  db: Db,
  mailboxId: string,
  { gone, marked }: { readonly gone: readonly Removable[]; readonly marked: readonly Removable[] },
): Promise<void> {
  if (marked.length > 0) await setRemoved(db, marked, MARKED);
  if (gone.length === 0) return;
  await setRemoved(db, gone, {});
  await db.execute(sql`
    update folders f set on_server = greatest(0, f.on_server - n.count), recorded = greatest(0, f.recorded - n.count)
    from (select s.folder_id, count(*)::int as count from sightings s
          where ${isOneOfIds(sql`s.id`, idsOf(gone))} group by s.folder_id) as n
    where f.id = n.folder_id and f.checked_at is not null`);
  await forgetUidls(db, mailboxId, idsOf(gone));
}

async function setRemoved(
  db: Db,
  removed: readonly Removable[],
  evidence: Evidence,
): Promise<void> {
  await db.execute(sql`
    update sightings s set removed_at = now(), evidence = s.evidence || ${JSON.stringify(evidence)}::jsonb
    where ${isOneOfIds(sql`s.id`, idsOf(removed))}`);
}

/**
 * Of a POP3 mailbox: names that are gone because of us must not look like names that the server has changed. The highest
 * number stays known (drizzle/pop3-messages.ts), so that none is given twice.
 */
async function forgetUidls(db: Db, mailboxId: string, ids: readonly string[]): Promise<void> {
  const [before] = await db.execute<{ highest: number | null }>(sql`
    select max(uid)::float8 as highest from pop3_messages where mailbox_id = ${mailboxId}::uuid`);
  await db.execute(sql`
    delete from pop3_messages p using sightings s
    where p.mailbox_id = ${mailboxId}::uuid and p.uidl not like ' %'
      and p.uid = s.uid and ${isOneOfIds(sql`s.id`, ids)}`);
  await db.execute(sql`
    insert into pop3_messages (workspace_id, mailbox_id, uidl, uid)
    select workspace_id, id, ' highest', ${before?.highest ?? null}::bigint from mailboxes
    where id = ${mailboxId}::uuid and ${before?.highest ?? null}::bigint > coalesce(
      (select max(uid) from pop3_messages where mailbox_id = ${mailboxId}::uuid), 0)
    on conflict (mailbox_id, uidl) do update set uid = excluded.uid`);
}

function idsOf(removed: readonly Removable[]): readonly string[] {
  return removed.map(({ id }) => id);
}
