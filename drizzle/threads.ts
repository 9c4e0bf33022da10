import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { EmailAddress } from '../domain/address.ts';
import { ancestorsOf, assignThreads, type Threadable } from '../domain/thread.ts';
import type { Db } from './database.ts';
import { asRecords, isOneOf, textArray } from './rows.ts';
import { threads } from './schema/index.ts';

/** Puts newly logged messages into threads (R43), all of a batch in four statements. */
export async function threadMessages(
  db: Db,
  workspaceId: string,
  messageIds: readonly string[],
): Promise<void> {
  if (messageIds.length === 0) return;
  const newcomers = (await threadables(db, sql`m.id in ${[...messageIds]}`)).filter(
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
  const assigned = assignThreads(newcomers, known, randomUUID);
  await saveThreads(db, workspaceId, assigned);
}

async function saveThreads(
  db: Db,
  workspaceId: string,
  assigned: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = [...new Set(assigned.values())].map((id) => ({ id, workspaceId }));
  await db.insert(threads).values(rows).onConflictDoNothing();
  const links = [...assigned].map(([messageId, threadId]) => ({ messageId, threadId }));
  await db.execute(sql`
    update messages m set thread_id = l."threadId"
    from jsonb_to_recordset(${asRecords(links)}) as l("messageId" uuid, "threadId" uuid)
    where m.id = l."messageId"`);
  await db.execute(sql`
    update engagements e set thread_id = l."threadId"
    from jsonb_to_recordset(${asRecords(links)}) as l("messageId" uuid, "threadId" uuid)
    where e.message_id = l."messageId"`);
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
