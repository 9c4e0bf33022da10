import { sql, type SQL } from 'drizzle-orm';
import type { EmailAddress } from '../domain/address.ts';
import { saysAddressIsDead, type BounceKind, type BounceReport } from '../domain/bounce.ts';
import type { Db } from './database.ts';
import { asRecords, isOneOf, isOneOfIds } from './rows.ts';
import { bounces } from './schema/index.ts';

/** Of these messages, those whose report has been read. */
export async function recordedReports(
  db: Db,
  messageIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectDistinct({ messageId: bounces.messageId })
    .from(bounces)
    .where(isOneOfIds(bounces.messageId, messageIds));
  return new Set(rows.map(({ messageId }) => messageId));
}

/**
 * Stores what reports said, by the message that is the report, each once (R41), with the message that it is about where
 * we know that, and marks the addresses that are dead. To be called when the sightings of the batch are decided: its own
 * copy in Sent may be what a report is about.
 */
export async function recordBounces(
  db: Db,
  workspaceId: string,
  reports: ReadonlyMap<string, BounceReport>,
): Promise<void> {
  const rows = [...reports].flatMap(([messageId, { recipients, originalMessageId }]) =>
    recipients.map((recipient) => ({ messageId, originalMessageId, ...recipient })),
  );
  if (rows.length === 0) return;
  const made = await db.execute<Outcome>(sql`
    insert into bounces (workspace_id, message_id, original_message_id, recipient, kind, status)
    select ${workspaceId}::uuid, r."messageId", o.id, r.address, r.kind, r.status
    from jsonb_to_recordset(${asRecords(rows)})
      as r("messageId" uuid, "originalMessageId" text, address text, kind text, status text)
    left join lateral (
      select m.id from messages m
      where m.workspace_id = ${workspaceId}::uuid and m.internet_message_id = r."originalMessageId"
        and (${wentOut(sql`m.id`)} or ${isFromUs(sql`m.id`)})
      order by ${wentOut(sql`m.id`)} desc, m.created_at, m.id limit 1) o on true
    order by r."messageId", r.address
    on conflict (message_id, recipient) do nothing
    returning message_id as "messageId", recipient, kind, status`);
  await markDeadAddresses(db, workspaceId, made);
}

/** What a batch that has been filed says about addresses. */
export interface Correspondence {
  /** Who wrote to us, and when. */
  readonly heardFrom: readonly { readonly address: EmailAddress; readonly at: Date }[];
  /** To whom went what stands in our folders for sent mail. */
  readonly sentTo: readonly {
    readonly messageId: string;
    readonly internetMessageId: string;
    readonly address: EmailAddress;
  }[];
}

/**
 * What that changes about earlier reports, in one statement: whoever writes to us has an address that works (its mark
 * goes), and a copy in Sent may be what a report was about that came to the inbox before the visit reached Sent.
 */
export async function settleBounces(
  db: Db,
  workspaceId: string,
  { heardFrom, sentTo }: Correspondence,
): Promise<void> {
  if (heardFrom.length + sentTo.length === 0) return;
  const linked = await db.execute<Outcome>(sql`
    with alive as (
      update contact_addresses ca set bounced_at = null, bounce_status = null
      from jsonb_to_recordset(${asRecords(heardFrom)}) as h(address text, at timestamptz)
      where ca.workspace_id = ${workspaceId}::uuid and ca.address = h.address and ca.bounced_at < h.at
        and exists (select from bounces where workspace_id = ${workspaceId}::uuid))
    update bounces b set original_message_id = t."messageId"
    from jsonb_to_recordset(${asRecords(sentTo)})
      as t("messageId" uuid, "internetMessageId" text, address text)
    where b.workspace_id = ${workspaceId}::uuid and b.recipient = t.address
      and (b.original_message_id = t."messageId" or b.original_message_id is null and exists (
        select from sightings s where s.message_id = b.message_id
          and s.evidence ->> 'originalMessageId' = t."internetMessageId"))
    returning b.message_id as "messageId", b.recipient, b.kind, b.status`);
  await markDeadAddresses(db, workspaceId, linked);
}

interface Outcome extends Record<string, unknown> {
  readonly messageId: string;
  readonly recipient: string;
  readonly kind: BounceKind;
  readonly status: string | null;
}

/**
 * Anybody can write a report, so one counts only when it is about a message that went out from here to exactly that
 * recipient. Who forges one must know the Message-ID of such a message, that is, have received or carried it. An address
 * that has written to us since is not dead, whatever the history brings up later.
 */
async function markDeadAddresses(
  db: Db,
  workspaceId: string,
  outcomes: readonly Outcome[],
): Promise<void> {
  const dead = outcomes.filter(saysAddressIsDead);
  if (dead.length === 0) return;
  await db.execute(sql`
    update contact_addresses ca set bounced_at = d.at, bounce_status = d.status
    from (
      select distinct on (c.contact_id, c.address) c.contact_id, c.address, b.status, r.at
      from bounces b
      join lateral (select min(s.arrived_at) as at from sightings s where s.message_id = b.message_id) r
        on r.at is not null
      join contact_addresses c on c.workspace_id = b.workspace_id and c.address = b.recipient
      where b.workspace_id = ${workspaceId}::uuid
        and ${isOneOfIds(
          sql`b.message_id`,
          dead.map(({ messageId }) => messageId),
        )}
        and ${isOneOf(
          sql`b.recipient`,
          dead.map(({ recipient }) => recipient),
        )}
        and ${wentOut(sql`b.original_message_id`)}
        and exists (
          select from participants p
          where p.message_id = b.original_message_id and p.address = b.recipient and p.role <> 'from')
        and not exists (
          select from participants p
          join engagements e on e.workspace_id = p.workspace_id and e.message_id = p.message_id
        and e.direction = 'incoming'
          where p.workspace_id = b.workspace_id and p.address = b.recipient and p.role = 'from'
            and e.occurred_at > r.at)
      order by c.contact_id, c.address, r.at desc) d
    where ca.contact_id = d.contact_id and ca.address = d.address
      and (ca.bounced_at is null or ca.bounced_at <= d.at)`);
}

/** Only we put mail into our folders for sent mail: what stands in an inbox under our name may be forged. */
function wentOut(messageId: SQL): SQL {
  return sql`exists (
    select from sightings sent join folders f on f.id = sent.folder_id and f.use = 'sent'
    where sent.message_id = ${messageId})`;
}

/** Enough to show a report beside a message, by what its headers say. */
function isFromUs(messageId: SQL): SQL {
  return sql`exists (
    select from participants sender
    where sender.message_id = ${messageId} and sender.role = 'from' and sender.is_internal)`;
}
