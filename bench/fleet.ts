import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { sql } from 'drizzle-orm';
import { parseAddress } from '../domain/address.ts';
import { insertMailbox } from '../drizzle/mailboxes.ts';
import { createVault, credentialScope } from '../drizzle/vault.ts';
import { startProcess, type ManagedProcess } from '../local/processes.ts';
import { WORKFLOW_TYPE } from '../workflows/messages.ts';
import { startOptions } from '../workflows/start-options.ts';
import { OWN_DOMAIN } from './corpus.ts';
import type { Plan } from './lateness.ts';
import type { Bench } from './servers.ts';

const FARM = fileURLToPath(new URL('mail-farm.ts', import.meta.url));
const MINUTE_MS = 60_000;
/** A provider of the size that has this many of our mailboxes lets us log in as often as that. */
const MAILBOXES_PER_HOST = 10;
const HOSTS_PER_BLOCK = 200;
const AT_ONCE = 25;
/** Workflows are asked for before the first of them is due. */
const LEAD_MS = 10_000;

/** The mail server of the fleet (mail-farm.ts), as a process of its own. */
export async function startFarm({ folder }: Bench): Promise<ManagedProcess> {
  const logDir = join(folder, 'logs');
  return startProcess(
    {
      ...{ name: 'mail farm', command: process.execPath, args: [FARM] },
      ...{ logFile: join(logDir, 'farm.log'), isReady: (log) => log().includes('listening') },
    },
    { logDir, print: () => undefined },
  );
}

function portOf(farm: ManagedProcess): number {
  return Number(/listening (\d+)/.exec(readFileSync(farm.spec.logFile, 'utf8'))?.[1]);
}

/**
 * Connects `count` mailboxes that are visited every minute, their first visits spread over a minute. Below the least
 * interval that the API allows, hence straight into the database. Resolves with their ids by user.
 */
export async function connectFleet(
  { product, temporalAddress }: Bench,
  farm: ManagedProcess,
  { count, workspaceId }: { count: number; workspaceId: string },
): Promise<ReadonlyMap<string, string>> {
  const port = portOf(farm);
  const { db } = product.database;
  const vault = createVault(Buffer.from(product.env['ENCRYPTION_KEY'] ?? '', 'base64'));
  const connection = await Connection.connect({ address: temporalAddress });
  const client = new Client({ connection });
  const taskQueue = product.env['TEMPORAL_TASK_QUEUE'] ?? '';
  const firstAt = Date.now() + LEAD_MS;
  const ids = new Map<string, string>();
  const connect = async (index: number): Promise<void> => {
    const [id, user, host] = [randomUUID(), `user${index}`, hostOf(index)];
    const address = parseAddress(`${user}@${OWN_DOMAIN}`);
    if (address === null) throw new Error(`${user} makes no address.`);
    ids.set(user, id);
    const mailbox = { id, workspaceId, provider: 'generic' };
    const server = { host, port, security: 'none', username: user } as const;
    const policy = { pollEveryMinutes: 1, history: { mode: 'from_connection' } } as const;
    const envelope = vault.seal('secret', credentialScope(workspaceId, id));
    await insertMailbox(db, { ...mailbox, userId: null, address, policy, server }, envelope);
    const startAt = firstAt + (index * MINUTE_MS) / count;
    await client.workflow.start(WORKFLOW_TYPE, {
      ...startOptions({ ...mailbox, host }, taskQueue),
      startDelay: Math.max(0, startAt - Date.now()),
    });
  };
  for (let index = 0; index < count; index += AT_ONCE) {
    const length = Math.min(AT_ONCE, count - index);
    await Promise.all(Array.from({ length }, (_, offset) => connect(index + offset)));
  }
  await connection.close();
  return ids;
}

/** Every ten mailboxes share a loopback address, which is a host to whoever counts connections per host. */
function hostOf(index: number): string {
  const host = Math.floor(index / MAILBOXES_PER_HOST);
  return `127.0.${1 + Math.floor(host / HOSTS_PER_BLOCK)}.${1 + (host % HOSTS_PER_BLOCK)}`;
}

/** Makes PostgreSQL write down every plan of a visit: the product itself keeps the next one only. */
export async function recordPlans({ product }: Bench): Promise<void> {
  const { db } = product.database;
  await db.execute(sql`
    create table bench_plans
      (mailbox_id uuid, planned_at timestamptz, since timestamptz default clock_timestamp())`);
  await db.execute(sql`
    create function bench_plan() returns trigger language plpgsql as $$
    begin
      insert into bench_plans (mailbox_id, planned_at) values (new.id, new.next_visit_at);
      return null;
    end $$`);
  await db.execute(sql`
    create trigger bench_plan after update of next_visit_at on mailboxes for each row
    when (new.next_visit_at is not null and new.next_visit_at is distinct from old.next_visit_at)
    execute function bench_plan()`);
}

/** All plans by mailbox, in the order in which they were made. */
export async function plansOf({ product }: Bench): Promise<ReadonlyMap<string, readonly Plan[]>> {
  const rows = await product.database.db.execute<{
    mailbox: string;
    planned: number;
    since: number;
  }>(sql`
    select mailbox_id as mailbox, extract(epoch from planned_at)::float8 * 1000 as planned,
           extract(epoch from since)::float8 * 1000 as since
    from bench_plans order by since`);
  const plans = new Map<string, Plan[]>();
  for (const { mailbox, planned, since } of rows) {
    const list = plans.get(mailbox) ?? [];
    list.push({ plannedAt: planned, since });
    plans.set(mailbox, list);
  }
  return plans;
}

/** When each user logged in (epoch ms), in order. */
export function loginsOf(farm: ManagedProcess): ReadonlyMap<string, readonly number[]> {
  const logins = new Map<string, number[]>();
  for (const line of readFileSync(farm.spec.logFile, 'utf8').split('\n')) {
    const [, at, user] = /^(\d{4}-\S+Z) (\S+)$/.exec(line) ?? [];
    if (at === undefined || user === undefined) continue;
    const list = logins.get(user) ?? [];
    list.push(Date.parse(at));
    logins.set(user, list);
  }
  return logins;
}
