import { sql } from 'drizzle-orm';
import type { Participant } from '../domain/message.ts';
import type { Db } from './database.ts';
import { asRecords } from './rows.ts';

/** A message as its headers tell it. */
export interface MessageFacts {
  readonly messageKey: string;
  readonly internetMessageId: string | null;
  readonly subject: string;
  readonly fromRaw: string;
  readonly sentAt: Date | null;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  readonly participants: readonly KnownParticipant[];
}

/** The same on its way into the store. */
export interface ParsedMessage extends MessageFacts {
  readonly sightingId: string;
}

type KnownParticipant = Participant & { readonly isInternal: boolean };

/**
 * Stores each message once per workspace, whoever sees it first (R40); returns the ids by message key. Headers and
 * structure are copied from the sighting where they lie.
 */
export async function saveParsed(
  db: Db,
  workspaceId: string,
  parsed: readonly ParsedMessage[],
): Promise<ReadonlyMap<string, string>> {
  if (parsed.length === 0) return new Map();
  // In one order for everybody: two mailboxes that see the same messages wait for each other instead of deadlocking.
  const inOrder = parsed.toSorted((a, b) => (a.messageKey < b.messageKey ? -1 : 1));
  const people = peopleOf(inOrder);
  const made = await makeMessages(db, workspaceId, inOrder, people);
  const others = people.filter(({ messageKey }) => !made.has(messageKey));
  const known = inOrder.filter(({ messageKey }) => !made.has(messageKey));
  if (known.length === 0) return made;
  const found = await addParticipants(
    db,
    workspaceId,
    known.map(({ messageKey }) => ({ messageKey })),
    others,
  );
  return new Map([...made, ...found]);
}

interface Person extends KnownParticipant {
  readonly messageKey: string;
  readonly position: number;
}

/** The participants of each message, once per role, over all of its copies in this batch. */
function peopleOf(parsed: readonly ParsedMessage[]): readonly Person[] {
  const people: Person[] = [];
  let [key, position, seen] = ['', 0, new Set<string>()];
  for (const { messageKey, participants } of parsed) {
    if (messageKey !== key) [key, position, seen] = [messageKey, 0, new Set()];
    for (const participant of participants) {
      const identity = `${participant.role} ${participant.address}`;
      if (seen.has(identity)) continue;
      seen.add(identity);
      people.push({ messageKey, position, ...participant });
      position += 1;
    }
  }
  return people;
}

async function makeMessages(
  db: Db,
  workspaceId: string,
  parsed: readonly ParsedMessage[],
  people: readonly Person[],
): Promise<ReadonlyMap<string, string>> {
  const byKey = new Map(parsed.map(({ participants: _people, ...row }) => [row.messageKey, row]));
  const made = await db.execute<{ id: string; messageKey: string }>(sql`
    with made as (
      insert into messages (workspace_id, message_key, internet_message_id, subject, from_raw, sent_at, in_reply_to,
                            "references", header_block, body_structure, size)
      select ${workspaceId}::uuid, t."messageKey", t."internetMessageId", t.subject, t."fromRaw", t."sentAt",
             t."inReplyTo", t."references", s.header_block, s.body_structure, s.size
      from jsonb_to_recordset(${asRecords([...byKey.values()])})
        as t("sightingId" uuid, "messageKey" text, "internetMessageId" text, subject text, "fromRaw" text,
             "sentAt" timestamptz, "inReplyTo" text[], "references" text[])
      join sightings s on s.id = t."sightingId"
      order by t."messageKey"
      on conflict (workspace_id, message_key) do nothing
      returning id, message_key
    ), named as (
      insert into participants (workspace_id, message_id, position, role, address, name, is_internal)
      select ${workspaceId}::uuid, made.id, p.position, p.role, p.address, p.name, p."isInternal"
      from jsonb_to_recordset(${asRecords(people)})
        as p("messageKey" text, position int, role text, address text, name text, "isInternal" boolean)
      join made on made.message_key = p."messageKey"
    )
    select id, message_key as "messageKey" from made`);
  return new Map(made.map(({ id, messageKey }) => [messageKey, id]));
}

/** Adds what this copy knows more: the one in Sent names those in Bcc. The message rows are locked in order meanwhile. */
async function addParticipants(
  db: Db,
  workspaceId: string,
  known: readonly { readonly messageKey: string }[],
  people: readonly Person[],
): Promise<ReadonlyMap<string, string>> {
  const found = await db.execute<{ id: string; messageKey: string }>(sql`
    with locked as (
      select m.id, m.message_key from messages m
      where m.workspace_id = ${workspaceId}::uuid and m.message_key in (
        select k."messageKey" from jsonb_to_recordset(${asRecords(known)}) as k("messageKey" text))
      order by m.message_key for update
    ), added as (
      insert into participants (workspace_id, message_id, position, role, address, name, is_internal)
      select ${workspaceId}::uuid, m.id,
             coalesce((select max(q.position) + 1 from participants q where q.message_id = m.id), 0)
               + row_number() over (partition by m.id order by p.position) - 1,
             p.role, p.address, p.name, p."isInternal"
      from jsonb_to_recordset(${asRecords(people)})
        as p("messageKey" text, position int, role text, address text, name text, "isInternal" boolean)
      join locked m on m.message_key = p."messageKey"
      where not exists (select from participants q
                        where q.message_id = m.id and q.role = p.role and q.address = p.address)
    )
    select id, message_key as "messageKey" from locked`);
  return new Map(found.map(({ id, messageKey }) => [messageKey, id]));
}
