import { and, eq, gte, ilike, inArray, isNotNull, lt, sql, type SQL } from 'drizzle-orm';
import { domainOf, withoutTag, type EmailAddress } from '../domain/address.ts';
import type { Evidence, SkipReason } from '../domain/decision.ts';
import type { Db } from './database.ts';
import { after, containing, inOrder, pageOf, sortKey } from './pages.ts';
import type { Order, Page, PageRequest } from './pages.ts';
import { folders, messages, sightings } from './schema/index.ts';
import { VERDICTS, type Verdict } from './schema/ledger.ts';

export { VERDICTS };
export type { Verdict };

/** A sighting that has been decided (R45). */
export interface Decision {
  readonly id: string;
  readonly mailboxId: string;
  readonly folder: string;
  /** null when the headers could not be read. */
  readonly messageId: string | null;
  readonly uid: number;
  readonly verdict: Verdict;
  readonly reason: SkipReason | null;
  readonly evidence: Evidence;
  readonly decidedAt: Date;
  readonly attempts: number;
  /** Of a failed one: tried again then; null waits for a person. */
  readonly retryAt: Date | null;
  /** What was logged, deleted or not. */
  readonly engagementId: string | null;
  readonly internetMessageId: string | null;
  readonly from: string | null;
  readonly subject: string | null;
}

export interface DecisionFilter {
  readonly mailboxId?: string;
  readonly address?: EmailAddress;
  readonly internetMessageId?: string;
  readonly verdict?: Verdict;
  readonly reason?: SkipReason;
  /** The path, in any case. */
  readonly folder?: string;
  /** A part of it, in any case. */
  readonly subject?: string;
  readonly since?: Date;
  readonly until?: Date;
}

const LATEST_FIRST: Order = { by: sightings.decidedAt, id: sightings.id, kind: 'newest_first' };

const COLUMNS = {
  id: sightings.id,
  mailboxId: sightings.mailboxId,
  folder: folders.path,
  messageId: sightings.messageId,
  uid: sightings.uid,
  verdict: sightings.verdict,
  reason: sightings.reason,
  evidence: sightings.evidence,
  decidedAt: sightings.decidedAt,
  attempts: sightings.attempts,
  retryAt: sightings.retryAt,
  engagementId: sightings.engagementId,
  internetMessageId: messages.internetMessageId,
  from: messages.fromRaw,
  subject: messages.subject,
  sort: sortKey(LATEST_FIRST),
};

export async function findDecisions(db: Db, ids: readonly string[]): Promise<readonly Decision[]> {
  const rows = await decided(db, [inArray(sightings.id, [...ids])]);
  return rows.map(toDecision);
}

export async function decisionsPage(
  db: Db,
  filter: DecisionFilter,
  page: PageRequest,
): Promise<Page<Decision>> {
  const rows = await decided(db, [after(LATEST_FIRST, page.after), ...conditions(filter)])
    .orderBy(...inOrder(LATEST_FIRST))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit, toDecision);
}

function decided(db: Db, where: readonly (SQL | undefined)[]) {
  return db
    .select(COLUMNS)
    .from(sightings)
    .innerJoin(folders, eq(folders.id, sightings.folderId))
    .leftJoin(messages, eq(messages.id, sightings.messageId))
    .where(and(isNotNull(sightings.decidedAt), ...where))
    .$dynamic();
}

function conditions(filter: DecisionFilter): SQL[] {
  const { mailboxId, address, internetMessageId, verdict, reason, since, until } = filter;
  const { folder, subject } = filter;
  return [
    ...(mailboxId === undefined ? [] : [eq(sightings.mailboxId, mailboxId)]),
    ...(address === undefined ? [] : [hasParticipant(address)]),
    ...(internetMessageId === undefined ? [] : [eq(messages.internetMessageId, internetMessageId)]),
    ...(verdict === undefined ? [] : [eq(sightings.verdict, verdict)]),
    ...(reason === undefined ? [] : [eq(sightings.reason, reason)]),
    ...(folder === undefined ? [] : [sql`lower(${folders.path}) = lower(${folder})`]),
    ...(subject === undefined ? [] : [ilike(messages.subject, containing(subject))]),
    ...(since === undefined ? [] : [gte(sightings.decidedAt, since)]),
    ...(until === undefined ? [] : [lt(sightings.decidedAt, until)]),
  ];
}

/** R14: with any tag, or asked for with one, without it. `^@` is found by the index, and under row-level security. */
function hasParticipant(address: EmailAddress): SQL {
  const person = withoutTag(address) ?? address;
  const at = `@${domainOf(person)}`;
  const tagged = `${person.slice(0, -at.length)}+`;
  return sql`exists (select 1 from participants
    where participants.message_id = ${sightings.messageId}
      and (address = ${person} or address ^@ ${tagged} and right(address, ${at.length}::int) = ${at}))`;
}

type Row = Omit<Decision, 'verdict' | 'decidedAt'> & {
  readonly verdict: Verdict | null;
  readonly decidedAt: Date | null;
  readonly sort: string;
};

function toDecision(row: Row): Decision {
  const { verdict, decidedAt } = row;
  if (verdict === null || decidedAt === null) {
    throw new Error(`sighting ${row.id} was selected as decided and is not`);
  }
  return { ...row, verdict, decidedAt };
}
