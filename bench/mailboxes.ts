import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectFleet, loginsOf, plansOf, recordPlans, startFarm } from './fleet.ts';
import { latenessBetween } from './lateness.ts';
import { quantile, seconds } from './numbers.ts';
import { openOffice } from './office.ts';
import type { Options } from './options.ts';
import { cpuSeconds, difference, memoryOf } from './processes.ts';
import type { Section } from './report.ts';
import { startBench } from './servers.ts';

const P99_TARGET_S = 10;
const MINUTE_MS = 60_000;
/** First visits list folders and compare with the ledger; nothing is timed before every mailbox has had two. */
const WARM_UP_MS = 2.5 * MINUTE_MS;
const TOLD_EVERY_MS = 30_000;

interface Measured {
  /** Seconds from the planned time of a visit to its login; of visits that are still owed, up to the end. */
  readonly lateness: readonly number[];
  readonly visits: number;
  readonly seconds: number;
  readonly cpu: Readonly<Record<string, number>>;
  readonly memory: { readonly before: number; readonly now: number; readonly highest: number };
}

/** Many mailboxes, visited every minute by one worker. */
export async function benchMailboxes(
  options: Options,
  print: (line: string) => void,
): Promise<Section> {
  await using bench = await startBench(options);
  await using farm = await startFarm(bench);
  const { workspaceId } = await openOffice(bench.product, 0.01);
  await recordPlans(bench);
  const worker = bench.product.worker.pid ?? 0;
  const before = memoryOf(worker).now;
  const users = await connectFleet(bench, farm, { count: options.mailboxes, workspaceId });
  print(`${users.size} mailboxes connected`);
  await sleep(WARM_UP_MS);
  const processes = { ...bench.processes, farm };
  const [startedAt, cpu] = [Date.now(), cpuSeconds(processes)];
  const endAt = startedAt + options.minutes * MINUTE_MS;
  while (Date.now() < endAt) {
    await sleep(Math.min(TOLD_EVERY_MS, endAt - Date.now()));
    const latenesses = latenessBetween(users, await plansOf(bench), loginsOf(farm), [
      startedAt,
      Date.now(),
    ]);
    print(`${latenesses.length} visits, p99 ${seconds(quantile(latenesses, 0.99))} late`);
  }
  const window = [startedAt, Date.now()] as const;
  const used = difference(cpu, cpuSeconds(processes));
  const logins = loginsOf(farm);
  return sectionOf(options, {
    lateness: latenessBetween(users, await plansOf(bench), logins, window),
    visits: [...logins.values()].flat().filter((at) => at >= window[0] && at < window[1]).length,
    seconds: (window[1] - window[0]) / 1000,
    cpu: used,
    memory: { before, ...memoryOf(worker) },
  });
}

function sectionOf(options: Options, measured: Measured): Section {
  const { lateness, visits, memory } = measured;
  const p99 = quantile(lateness, 0.99);
  const cores = availableParallelism();
  const own = Object.entries(measured.cpu).filter(([name]) => name !== 'farm');
  const perVisit = own.reduce((sum, [, used]) => sum + used, 0) / visits;
  const rate = visits / measured.seconds;
  const perMailbox = (memory.now - memory.before) / options.mailboxes;
  return {
    title: `${options.mailboxes} mailboxes visited every minute by one worker, ${options.minutes} minutes`,
    findings: [
      {
        ...{ what: 'lateness of visits, p99', measured: seconds(p99) },
        ...{ target: `< ${seconds(P99_TARGET_S)}`, isMet: p99 < P99_TARGET_S },
      },
      {
        what: 'lateness p50, p95, longest',
        measured: [quantile(lateness, 0.5), quantile(lateness, 0.95), Math.max(...lateness)]
          .map(seconds)
          .join(', '),
      },
      { what: 'visits', measured: `${visits}, ${rate.toFixed(1)} a second` },
      {
        what: 'memory of the worker',
        measured: `${megabyte(memory.now)}, at most ${megabyte(memory.highest)}; ${megabyte(memory.before)} without mailboxes`,
      },
      { what: 'memory per mailbox', measured: `${(perMailbox / 1024).toFixed(0)} KB` },
      {
        what: `CPU for a visit, all processes; visits a second that ${cores} cores could do`,
        measured: `${(perVisit * 1000).toFixed(1)} ms; ${(cores / perVisit).toFixed(0)}`,
      },
      {
        what: '10,000 mailboxes every 15 minutes need',
        measured: `${(10_000 / 900).toFixed(1)} visits a second, ${((10_000 / 900) * perVisit).toFixed(2)} cores`,
      },
    ],
    tables: [
      {
        head: ['process', 'CPU', 'per visit'],
        rows: Object.entries(measured.cpu).map(([name, used]) => [
          name,
          `${((used / measured.seconds) * 100).toFixed(0)} % of a core`,
          `${((used / visits) * 1000).toFixed(1)} ms`,
        ]),
      },
    ],
  };
}

function megabyte(octets: number): string {
  return `${(octets / 1024 ** 2).toFixed(0)} MB`;
}
