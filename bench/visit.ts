import { linkSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { sql } from 'drizzle-orm';
import { workflowIdOf } from '../workflows/messages.ts';
import { corpus } from './corpus.ts';
import { median } from './numbers.ts';
import { openOffice, type Office, type OfficeMailbox } from './office.ts';
import type { Options } from './options.ts';
import type { Section } from './report.ts';
import { startBench, type Bench } from './servers.ts';
import { startWire, type Wire } from './wire.ts';

const SIZES = [1_000, 100_000];
const OCTETS_TARGET = 3_000;
const DIGITS = 24;
/** ext4 allows 65,000. */
const LINKS_PER_FILE = 50_000;
const WAIT_MS = 120_000;
const LOOK_EVERY_MS = 50;
/** A visit that the mailbox makes of its own accord (what it compares, what it lists) is over after this. */
const SETTLED_MS = 3_000;

interface EmptyVisit {
  readonly octets: number;
  readonly connections: number;
  readonly activities: readonly string[];
}

/** What a visit costs that finds nothing, in a small and in a large mailbox. */
export async function benchVisit(
  options: Options,
  print: (line: string) => void,
): Promise<Section> {
  const users = SIZES.map((size) => `with-${size}`);
  await using bench = await startBench(options, users);
  const office = await openOffice(bench.product, 0);
  const visits = new Map<number, readonly EmptyVisit[]>();
  for (const [index, size] of SIZES.entries()) {
    const user = users[index] ?? '';
    await fill(bench, user, size);
    await using wire = await startWire(bench.dovecot.imapPort);
    const settings = { history: { mode: 'FROM_CONNECTION' } };
    const mailbox = await office.connect({ port: wire.port, user, settings });
    await untilVisited(bench, mailbox, new Date(0));
    await sleep(SETTLED_MS);
    const found: EmptyVisit[] = [];
    for (let run = 1; run <= options.runs; run += 1) {
      found.push(await emptyVisit(bench, office, mailbox, wire));
      print(`${size} messages, visit ${run}: ${found.at(-1)?.octets ?? 0} octets`);
    }
    visits.set(size, found);
    await office.disconnect(mailbox);
  }
  return sectionOf(visits);
}

/** `size` messages, nearly all the same file: only their number matters. */
async function fill({ dovecot }: Bench, user: string, size: number): Promise<void> {
  for (const { raw, internalDate } of corpus(Math.ceil(size / LINKS_PER_FILE))) {
    await dovecot.deliver(user, 'INBOX', raw, { flags: ['\\Seen'], internalDate });
  }
  const folder = join(dovecot.mailDir(user), 'cur');
  const files = readdirSync(folder);
  for (let copy = files.length; copy < size; copy += 1) {
    const file = files[copy % files.length] ?? '';
    linkSync(join(folder, file), join(folder, `${1_700_000_000 + copy}.M1P1.mailroom:2,S`));
  }
}

async function emptyVisit(
  bench: Bench,
  office: Office,
  mailbox: OfficeMailbox,
  wire: Wire,
): Promise<EmptyVisit> {
  const before = { ...wire.octets, made: wire.connections.made };
  const activitiesBefore = await activitiesOf(bench, mailbox);
  const since = new Date();
  await office.syncNow(mailbox);
  await untilVisited(bench, mailbox, since);
  const deadline = Date.now() + WAIT_MS;
  while (wire.connections.open > 0 && Date.now() < deadline) await sleep(LOOK_EVERY_MS);
  await sleep(SETTLED_MS);
  const { fromClient, toClient } = wire.octets;
  return {
    octets: fromClient - before.fromClient + toClient - before.toClient,
    connections: wire.connections.made - before.made,
    activities: (await activitiesOf(bench, mailbox)).slice(activitiesBefore.length),
  };
}

/** Until a visit that ended after `since` was good. */
async function untilVisited({ product }: Bench, { id }: OfficeMailbox, since: Date): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const [row] = await product.database.db.execute<{ visited: boolean }>(sql`
      select last_success_at > ${since.toISOString()}::timestamptz as visited from mailboxes where id = ${id}`);
    if (row?.visited === true) return;
    if (Date.now() > deadline) throw new Error('The mailbox was not visited.');
    await sleep(LOOK_EVERY_MS);
  }
}

/** Types of the activities that the mailbox's workflow has asked for, in order. */
async function activitiesOf(
  { temporalAddress }: Bench,
  { id }: OfficeMailbox,
): Promise<readonly string[]> {
  const connection = await Connection.connect({ address: temporalAddress });
  try {
    const handle = new Client({ connection }).workflow.getHandle(workflowIdOf(id));
    const { events } = await handle.fetchHistory();
    return (events ?? []).flatMap(
      (event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? [],
    );
  } finally {
    await connection.close();
  }
}

function sectionOf(visits: ReadonlyMap<number, readonly EmptyVisit[]>): Section {
  const octetsOf = (list: readonly EmptyVisit[]) => median(list.map(({ octets }) => octets));
  const sizes = [...visits].map(([size, list]) => ({ size, octets: octetsOf(list), list }));
  const smallest = Math.min(...sizes.map(({ octets }) => octets));
  const largest = Math.max(...sizes.map(({ octets }) => octets));
  const activities = Math.max(
    ...sizes.flatMap(({ list }) => list.map((visit) => visit.activities.length)),
  );
  return {
    title: 'A visit that finds nothing',
    findings: [
      {
        ...{ what: 'octets on the wire, login included', target: `< ${OCTETS_TARGET}` },
        ...{ measured: String(largest), isMet: largest < OCTETS_TARGET },
      },
      {
        // 100,000 has two digits more than 1,000: in MESSAGES, UIDNEXT and HIGHESTMODSEQ of STATUS, and once more each.
        ...{ what: 'difference between the mailboxes', target: `digits (<= ${DIGITS})` },
        ...{ measured: `${largest - smallest} octets`, isMet: largest - smallest <= DIGITS },
      },
      {
        ...{ what: 'activities', target: '1', measured: String(activities) },
        isMet: activities === 1,
      },
    ],
    tables: [
      {
        head: ['mailbox', 'octets per visit', 'connections', 'activities'],
        rows: sizes.map(({ size, list }) => [
          `${size} messages`,
          list.map(({ octets }) => octets).join(' '),
          list.map(({ connections }) => connections).join(' '),
          list.map((visit) => visit.activities.join('+')).join(' '),
        ]),
      },
    ],
  };
}
