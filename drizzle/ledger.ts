import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';
import type { Classification } from '../domain/classification.ts';
import type { Match } from '../domain/matching.ts';
import type { BodyStructure, FolderUse, Participant } from '../domain/message.ts';
import type { Db } from './database.ts';
import { asRecords, storableText } from './rows.ts';
import { engagements, folders, messages, sightings } from './schema/index.ts';

type Stage = (typeof sightings.$inferSelect)['stage'];

/** A sighting that `parse` has still to read. */
export interface FetchedSighting {
  readonly id: string;
  readonly size: number;
  readonly headerBlock: Buffer;
  readonly bodyStructure: BodyStructure;
}

export async function fetchedSightings(
  db: Db,
  batchId: string,
): Promise<readonly FetchedSighting[]> {
  const rows = await db
    .select({
      id: sightings.id,
      size: sightings.size,
      headerBlock: sightings.headerBlock,
      bodyStructure: sightings.bodyStructure,
    })
    .from(sightings)
    .where(inStage(batchId, 'fetched'))
    .orderBy(asc(sightings.uid));
  return rows.flatMap(({ headerBlock, bodyStructure, ...row }) =>
    headerBlock === null || bodyStructure === null ? [] : [{ ...row, headerBlock, bodyStructure }],
  );
}

/** A message as its headers tell it, on its way into the store. */
export interface ParsedMessage {
  readonly sightingId: string;
  readonly messageKey: string;
  readonly internetMessageId: string | null;
  readonly subject: string;
  readonly fromRaw: string;
  readonly sentAt: Date | null;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  readonly headerBlock: Buffer;
  readonly bodyStructure: BodyStructure;
  readonly size: number;
  readonly participants: readonly Participant[];
}

/** Stores each message once per workspace, whoever sees it first (R40), and ties the sightings to it. */
export async function saveParsed(
  db: Db,
  workspaceId: string,
  parsed: readonly ParsedMessage[],
): Promise<void> {
  if (parsed.length === 0) return;
  // In one order for everybody: two mailboxes that see the same messages wait for each other instead of deadlocking.
  const inOrder = parsed.toSorted((a, b) => (a.messageKey < b.messageKey ? -1 : 1));
  const byKey = new Map(inOrder.map((message) => [message.messageKey, message]));
  await db
    .insert(messages)
    .values([...byKey.values()].map((message) => messageRow(workspaceId, message)))
    .onConflictDoNothing({ target: [messages.workspaceId, messages.messageKey] });
  await saveParticipants(db, workspaceId, inOrder);
  const links = parsed.map(({ sightingId, messageKey }) => ({ id: sightingId, messageKey }));
  await db.execute(sql`
    update sightings s set message_id = m.id, stage = 'parsed'
    from jsonb_to_recordset(${asRecords(links)}) as l(id uuid, "messageKey" text)
    join messages m on m.workspace_id = ${workspaceId}::uuid and m.message_key = l."messageKey"
    where s.id = l.id and s.stage = 'fetched'`);
}

/** Adds what this copy knows more: the one in Sent names those in Bcc. The message rows are locked in order meanwhile. */
async function saveParticipants(
  db: Db,
  workspaceId: string,
  parsed: readonly ParsedMessage[],
): Promise<void> {
  const people = parsed.flatMap(({ messageKey, participants }) =>
    participants.map((participant, position) => ({ messageKey, position, ...participant })),
  );
  await db.execute(sql`
    with named as (
      select distinct on (p."messageKey", p.role, p.address) p.*
      from jsonb_to_recordset(${asRecords(people)})
        as p("messageKey" text, position int, role text, address text, name text)
    ), locked as (
      select m.id, m.message_key from messages m
      where m.workspace_id = ${workspaceId}::uuid and m.message_key in (select "messageKey" from named)
      order by m.message_key for update
    )
    insert into participants (workspace_id, message_id, position, role, address, name)
    select ${workspaceId}::uuid, m.id,
           coalesce((select max(q.position) + 1 from participants q where q.message_id = m.id), 0)
             + row_number() over (partition by m.id order by p.position) - 1,
           p.role, p.address, p.name
    from named p join locked m on m.message_key = p."messageKey"
    where not exists (select from participants q
                      where q.message_id = m.id and q.role = p.role and q.address = p.address)`);
}

function messageRow(
  workspaceId: string,
  { sightingId: _sighting, participants: _people, ...message }: ParsedMessage,
): typeof messages.$inferInsert {
  return {
    ...message,
    workspaceId,
    internetMessageId: message.internetMessageId && storableText(message.internetMessageId),
    subject: storableText(message.subject),
    fromRaw: storableText(message.fromRaw),
    inReplyTo: message.inReplyTo.map(storableText),
    references: message.references.map(storableText),
  };
}

/**
 * Each sighting is decided on its own copy: only the one in Sent names those in Bcc, only one of two mailboxes may have
 * marked it as spam. A message keeps the copy that came first.
 */
const OWN_HEADERS =
  sql<Buffer>`coalesce(${sightings.headerBlock}, ${messages.headerBlock})`.mapWith(
    messages.headerBlock,
  );
const OWN_STRUCTURE =
  sql<BodyStructure>`coalesce(${sightings.bodyStructure}, ${messages.bodyStructure})`.mapWith(
    messages.bodyStructure,
  );

/** A sighting whose message is known, with what the rules look at. */
export interface ParsedSighting {
  readonly id: string;
  readonly messageId: string;
  readonly headerBlock: Buffer;
  readonly bodyStructure: BodyStructure;
  readonly flags: readonly string[];
  readonly folderUse: FolderUse;
  readonly arrivedAt: Date;
  readonly startsAt: Date | null;
  readonly outcome: Classification | Match | null;
}

export async function sightingsInStage(
  db: Db,
  batchId: string,
  stage: 'parsed' | 'classified',
): Promise<readonly ParsedSighting[]> {
  return db
    .select({
      id: sightings.id,
      messageId: messages.id,
      headerBlock: OWN_HEADERS,
      bodyStructure: OWN_STRUCTURE,
      flags: sightings.flags,
      folderUse: folders.use,
      arrivedAt: sightings.arrivedAt,
      startsAt:
        sql<Date | null>`case when ${sightings.uid} < ${folders.importedBelow} then ${folders.startsAt} end`.mapWith(
          folders.startsAt,
        ),
      outcome: sightings.outcome,
    })
    .from(sightings)
    .innerJoin(messages, eq(messages.id, sightings.messageId))
    .innerJoin(folders, eq(folders.id, sightings.folderId))
    .where(inStage(batchId, stage))
    .orderBy(asc(sightings.folderId), asc(sightings.uid));
}

/** Writes down what a stage found and moves the sightings on; rows that are further already stay as they are. */
export async function saveOutcomes(
  db: Db,
  stages: { from: Stage; to: Stage },
  outcomes: readonly { readonly id: string; readonly outcome: Classification | Match }[],
): Promise<void> {
  if (outcomes.length === 0) return;
  await db.execute(sql`
    update sightings s set outcome = o.outcome, stage = ${stages.to}
    from jsonb_to_recordset(${asRecords(outcomes)}) as o(id uuid, outcome jsonb)
    where s.id = o.id and s.stage = ${stages.from}`);
}

/** A sighting that waits for `persist`. */
export interface MatchedSighting {
  readonly id: string;
  readonly messageId: string;
  readonly folderPath: string;
  readonly uidValidity: string;
  readonly uid: number;
  readonly arrivedAt: Date;
  readonly headerBlock: Buffer;
  readonly bodyStructure: BodyStructure;
  readonly outcome: Match;
  /** The engagement that the message has already, from another mailbox or folder. */
  readonly engagementId: string | null;
}

export async function matchedSightings(
  db: Db,
  batchId: string,
): Promise<readonly MatchedSighting[]> {
  const rows = await db
    .select({
      id: sightings.id,
      messageId: messages.id,
      folderPath: folders.path,
      uidValidity: sightings.uidValidity,
      uid: sightings.uid,
      arrivedAt: sightings.arrivedAt,
      headerBlock: OWN_HEADERS,
      bodyStructure: OWN_STRUCTURE,
      outcome: sightings.outcome,
      engagementId: engagements.id,
    })
    .from(sightings)
    .innerJoin(messages, eq(messages.id, sightings.messageId))
    .innerJoin(folders, eq(folders.id, sightings.folderId))
    .leftJoin(engagements, eq(engagements.messageId, messages.id))
    .where(and(inStage(batchId, 'matched'), isNotNull(sightings.outcome)))
    .orderBy(asc(sightings.folderId), asc(sightings.uid));
  return rows.flatMap(({ outcome, ...row }) =>
    outcome === null || outcome.kind === 'candidate' ? [] : [{ ...row, outcome }],
  );
}

function inStage(batchId: string, stage: Stage) {
  return and(eq(sightings.batchId, batchId), eq(sightings.stage, stage));
}
