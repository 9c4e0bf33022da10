import { setTimeout as sleep } from 'node:timers/promises';
import {
  fillInbox,
  forgetIndexes,
  importWithPeer,
  importWithProduct,
  REST_MS,
  type ImportRun,
  type ProductRun,
} from './import.ts';
import { median, megabytes, percent, seconds } from './numbers.ts';
import type { Options } from './options.ts';
import type { Finding, Section, Table } from './report.ts';
import { startBench } from './servers.ts';

/** Issue 4, "Fast": wall time as a multiple of mbsync's, and the share of the mailbox's octets that is downloaded. */
const TARGETS = [
  { share: 0.1, ratio: 1, aim: 0.5, downloaded: 0.15 },
  { share: 1, ratio: 2, aim: 1, downloaded: null },
];

/**
 * Imports the same mailbox with every contender in turn, `runs` times. Before that each goes once untimed, so that
 * Dovecot remembers what each asks for and no process is new.
 */
export async function benchImport(
  options: Options,
  print: (line: string) => void,
): Promise<Section> {
  await using bench = await startBench(options);
  const { messages } = options;
  const octets = await fillInbox(bench, messages);
  const contenders: readonly { name: string; run: () => Promise<ImportRun | ProductRun> }[] = [
    ...options.peers.map((peer) => ({ name: peer, run: () => importWithPeer(bench, peer) })),
    ...options.shares.map((share) => ({
      name: productName(share),
      run: () => importWithProduct(bench, { share, messages }),
    })),
  ];
  const runs = new Map<string, (ImportRun | ProductRun)[]>();
  for (let round = 0; round <= options.runs; round += 1) {
    for (const { name, run } of contenders) {
      await sleep(REST_MS);
      if (options.isCold) forgetIndexes(bench);
      const result = await run();
      print(`${round === 0 ? 'warm-up' : `run ${round}`}: ${name} ${seconds(result.seconds)}`);
      if (round > 0) runs.set(name, [...(runs.get(name) ?? []), result]);
    }
  }
  const index = options.isCold ? 'forgotten before each run' : 'warm for all';
  return {
    title: `Import of ${messages} messages, ${megabytes(octets)}; Dovecot's index ${index}; ${options.runs} runs`,
    findings: options.shares.flatMap((share) => findingsOf(share, runs, octets)),
    tables: [contenderTable(runs, octets), ...stepTables(runs)],
  };
}

function productName(share: number): string {
  return `Mailroom, ${Math.round(share * 100)} % customer mail`;
}

function findingsOf(
  share: number,
  runs: ReadonlyMap<string, readonly ImportRun[]>,
  octets: number,
): Finding[] {
  const own = runs.get(productName(share)) ?? [];
  const peer = runs.get('mbsync');
  const target = TARGETS.find((candidate) => candidate.share === share);
  const what = productName(share);
  const findings: Finding[] = [];
  if (peer !== undefined) {
    // Ratios within one round first: noise of the machine hits both contenders of a round alike.
    const ratio = median(own.map((run, round) => run.seconds / (peer[round]?.seconds ?? NaN)));
    findings.push({
      what: `${what}: time, mbsync = 1`,
      measured: `${ratio.toFixed(2)} x`,
      ...(target && {
        target: `<= ${target.ratio.toFixed(1)} x, aim ${target.aim.toFixed(1)} x`,
        isMet: ratio <= target.ratio,
      }),
    });
  }
  const downloaded = median(own.map((run) => run.octets)) / octets;
  const limit = target?.downloaded ?? null;
  findings.push({
    what: `${what}: share of the octets`,
    measured: percent(downloaded),
    ...(limit !== null && { target: `<= ${percent(limit)}`, isMet: downloaded <= limit }),
  });
  return findings;
}

function contenderTable(runs: ReadonlyMap<string, readonly ImportRun[]>, octets: number): Table {
  const processes = ['peer', 'worker', 'api', 'postgres', 'temporal', 'dovecot'];
  return {
    head: ['', 'median', 'runs', 'sent by Dovecot', 'CPU', ...processes],
    rows: [...runs].map(([name, list]) => [
      name,
      seconds(median(list.map((run) => run.seconds))),
      list.map((run) => run.seconds.toFixed(2)).join(' '),
      `${megabytes(median(list.map((run) => run.octets)))} (${percent(median(list.map((run) => run.octets)) / octets)})`,
      seconds(
        median(list.map(({ cpu }) => Object.values(cpu).reduce((sum, used) => sum + used, 0))),
      ),
      ...processes.map((process) => seconds(median(list.map(({ cpu }) => cpu[process] ?? 0)))),
    ]),
  };
}

/** Milliseconds per activity in the last run; those of two batches overlap. */
function stepTables(runs: ReadonlyMap<string, readonly (ImportRun | ProductRun)[]>): Table[] {
  const rows = [...runs].flatMap(([name, list]) => {
    const last = list.at(-1);
    if (last === undefined || !('steps' in last) || last.steps.size === 0) return [];
    const inSteps = [...last.steps.values()].reduce((sum, { ms }) => sum + ms, 0);
    return [
      ...[...last.steps].map(([step, { calls, ms }]) => [name, step, String(calls), `${ms} ms`]),
      [name, 'all of them', '', `${inSteps} ms`],
      [name, 'wall', '', `${Math.round(last.seconds * 1000)} ms`],
    ];
  });
  return rows.length === 0 ? [] : [{ head: ['', 'activity', 'calls', 'time'], rows }];
}
