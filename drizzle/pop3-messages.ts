import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { asRecords, isOneOf } from './rows.ts';
import { pop3Messages } from './schema/index.ts';

/** What `UidlStore` in mail/pop3-uidls.ts asks for, and answers with. */
export interface Pop3Numbers {
  readonly uids: ReadonlyMap<string, number>;
  readonly uidNext: number;
  readonly uidValidity: string;
}

/** Rows that are no messages; a name of a message never begins with a blank. */
const HIGHEST = ' highest';
const EPOCH = ' epoch';
const FIRST_EPOCH = 1;
/** When so many known messages are all gone, the server has renamed them, or all mail was taken away. */
const MIN_REPLACED = 10;

interface Pop3Mailbox {
  readonly id: string;
  readonly workspaceId: string;
}

/** The `UidlStore` of one POP3 mailbox. */
export function pop3Uidls(db: Db, mailbox: Pop3Mailbox) {
  return {
    number: (listed: readonly string[]): Promise<Pop3Numbers> =>
      db.transaction((transaction) => numberMessages(transaction, mailbox, listed)),
  };
}

/**
 * `listed` are the names of all messages that are there, in the server's order. New ones get the next numbers, those
 * that are gone are forgotten (a server may give their UIDL to another message), and no number is given twice. When
 * none of many is there any more, a new UIDVALIDITY begins: old mail that comes back under new names is not taken for
 * mail that arrived just now (R3). Done twice at once, both get the same numbers.
 */
async function numberMessages(
  db: Db,
  mailbox: Pop3Mailbox,
  listed: readonly string[],
): Promise<Pop3Numbers> {
  const lock = `mailroom_pop3:${mailbox.id}`;
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
  const before = await storedNumbers(db, mailbox.id);
  const { uids, highest, epoch } = numberAll(before, listed);
  await store(db, mailbox, before, rowsOf(uids, highest, epoch));
  return { uids, uidNext: highest + 1, uidValidity: `${epoch ?? FIRST_EPOCH}` };
}

type Numbers = ReadonlyMap<string, number>;

async function storedNumbers(db: Db, mailboxId: string): Promise<Numbers> {
  const { uidl, uid } = pop3Messages;
  const rows = await db
    .select({ uidl, uid })
    .from(pop3Messages)
    .where(eq(pop3Messages.mailboxId, mailboxId));
  return new Map(rows.map((row) => [row.uidl, row.uid]));
}

function numberAll(before: Numbers, listed: readonly string[]) {
  let highest = [...before.values()].reduce((most, uid) => Math.max(most, uid), 0);
  const known = [...before.keys()].filter((name) => name !== HIGHEST && name !== EPOCH);
  const there = new Set(listed);
  const isReplaced = known.length >= MIN_REPLACED && !known.some((name) => there.has(name));
  const epoch = isReplaced ? (highest += 1) : (before.get(EPOCH) ?? null);
  const uids = new Map<string, number>();
  for (const name of there) uids.set(name, before.get(name) ?? (highest += 1));
  return { uids, highest, epoch };
}

/** The rows as they should be. The highest number has one of its own when its message is gone. */
function rowsOf(uids: Numbers, highest: number, epoch: number | null): Numbers {
  const rows = new Map(uids);
  if (epoch !== null) rows.set(EPOCH, epoch);
  if (![...rows.values()].includes(highest)) rows.set(HIGHEST, highest);
  return rows;
}

async function store(
  db: Db,
  { id: mailboxId, workspaceId }: Pop3Mailbox,
  before: Numbers,
  after: Numbers,
): Promise<void> {
  const gone = [...before].filter(([name, uid]) => after.get(name) !== uid);
  if (gone.length > 0) {
    const names = gone.map(([name]) => name);
    await db
      .delete(pop3Messages)
      .where(and(eq(pop3Messages.mailboxId, mailboxId), isOneOf(pop3Messages.uidl, names)));
  }
  const added = [...after].filter(([name, uid]) => before.get(name) !== uid);
  if (added.length === 0) return;
  await db.execute(sql`
    insert into pop3_messages (workspace_id, mailbox_id, uidl, uid)
    select ${workspaceId}::uuid, ${mailboxId}::uuid, r.uidl, r.uid
    from jsonb_to_recordset(${asRecords(added.map(([uidl, uid]) => ({ uidl, uid })))}) as r(uidl text, uid bigint)`);
}
