import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { EmailAddress } from '../domain/address.ts';
import { ancestorsOf, assignThreads, type Threadable } from '../domain/thread.ts';
import type { Db } from './database.ts';
import { asRecords, isOneOf, isOneOfIds, textArray } from './rows.ts';

/** Puts messages that are to be logged into threads (R43), all of a batch in three statements; joining threads takes one more. */
export async function threadMessages(
  db: Db,
  workspaceId: string,
  messageIds: readonly string[],
): Promise<void> {
  if (messageIds.length === 0) return;
  const newcomers = (await threadables(db, isOneOfIds(sql`m.id`, messageIds))).filter(
    ({ threadId }) => threadId === null,
  );
  if (newcomers.length === 0) return;
  const own = newcomers.flatMap(({ internetMessageId }) => internetMessageId ?? []);
  const ancestors = newcomers.flatMap((message) => message.ancestors);
  const ids = [...new Set([...own, ...ancestors])];
  const known =
    ids.length === 0
      ? []
      : await threadables(
          db,
          sql`m.workspace_id = ${workspaceId}::uuid and m.thread_id is not null
              and (${isOneOf(sql`m.internet_message_id`, ids)} or m."references" && ${textArray(ids)})`,
        );
  const { assigned, merged } = assignThreads(newcomers, known, randomUUID);
  await saveThreads(db, workspaceId, assigned);
  if (merged.size > 0) await mergeThreads(db, merged);
}

/** The threads that go stay as empty rows: somebody may be filing a message in one of them at this moment. */
async function mergeThreads(db: Db, merged: ReadonlyMap<string, string>): Promise<void> {
  const moves = [...merged].map(([from, into]) => ({ from, into }));
  await db.execute(sql`
    with moves as materialized (
      select * from jsonb_to_recordset(${asRecords(moves)}) as m("from" uuid, "into" uuid)
    ), locked as materialized (
      select messages.id, moves."into" from messages join moves on moves."from" = messages.thread_id
      order by messages.id for update of messages
    ), moved as (
      update messages set thread_id = locked."into" from locked where locked.id = messages.id
    )
    update engagements set thread_id = locked."into" from locked where locked.id = engagements.message_id`);
}

async function saveThreads(
  db: Db,
  workspaceId: string,
  assigned: ReadonlyMap<string, string>,
): Promise<void> {
  const links = [...assigned].map(([messageId, threadId]) => ({ messageId, threadId }));
  await db.execute(sql`
    with links as materialized (
      select * from jsonb_to_recordset(${asRecords(links)}) as l("messageId" uuid, "threadId" uuid)
    ), made as (
      insert into threads (id, workspace_id) select distinct "threadId", ${workspaceId}::uuid from links
      on conflict do nothing
    )
    update messages m set thread_id = l."threadId" from links l where m.id = l."messageId"`);
}

async function threadables(db: Db, where: ReturnType<typeof sql>): Promise<Threadable[]> {
  const rows = await db.execute<{
    id: string;
    internetMessageId: string | null;
    inReplyTo: string[];
    references: string[];
    outsiders: EmailAddress[];
    threadId: string | null;
  }>(sql`
    select m.id, m.internet_message_id as "internetMessageId", m.in_reply_to as "inReplyTo",
           m."references", m.thread_id as "threadId",
           array(select p.address from participants p
                 where p.message_id = m.id and p.is_internal is not true) as outsiders
    from messages m where ${where}
    order by m.sent_at nulls last, m.id`);
  return [...rows].map(({ inReplyTo, references, outsiders, ...row }) => ({
    ...row,
    ancestors: ancestorsOf(inReplyTo, references),
    outsiders: new Set(outsiders),
  }));
}
